"""Standing pages: written by editors, read by everybody once published."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.common.errors import VersionConflict
from apps.common.models import OutboxMessage
from apps.pages.services import save_page
from conftest import ApiFor

pytestmark = pytest.mark.django_db


def test_page_is_rendered_counted_and_recorded() -> None:
    page = save_page(title="About us", body="*We* write.")
    assert (page.slug, page.version, page.body_html) == ("about-us", 1, "<p><em>We</em> write.</p>\n")
    assert OutboxMessage.objects.filter(event="pages.saved").count() == 1


def test_page_is_described_by_how_it_begins(api: ApiFor) -> None:
    save_page(title="About us", body=f"*We* write. {'And on. ' * 40}")
    description = api().get("/api/v1/pages/about-us").json()["description"]
    assert description.startswith("We write. And on.")
    assert description.endswith(" And…")
    assert "description" not in api().get("/api/v1/pages").json()["results"][0]


def test_pages_of_one_title_have_addresses_of_their_own() -> None:
    assert [save_page(title="About").slug for _ in range(2)] == ["about", "about-2"]


def test_change_is_based_on_the_version_that_was_seen() -> None:
    page = save_page(title="About")
    assert save_page(page=page, title="About us", expected={1}).version == 2
    with pytest.raises(VersionConflict):
        save_page(page=page, title="Stale", expected={1})


def test_list_holds_published_pages_in_their_order_without_bodies(
    api: ApiFor, editor: User, django_assert_num_queries: Any
) -> None:
    save_page(title="Second", position=2)
    save_page(title="First", position=1)
    save_page(title="Hidden", in_navigation=False, position=3)
    save_page(title="Draft", status="draft")
    client = api()
    with django_assert_num_queries(1):
        rows = client.get("/api/v1/pages").json()["results"]
    assert [row["title"] for row in rows] == ["First", "Second", "Hidden"]
    assert "body" not in rows[0]
    shown = client.get("/api/v1/pages", {"in_navigation": "true"}).json()["results"]
    assert [row["title"] for row in shown] == ["First", "Second"]
    assert len(api(editor).get("/api/v1/pages").json()["results"]) == 3


def test_draft_is_for_editors(api: ApiFor, editor: User, author: User) -> None:
    save_page(title="Plans", status="draft")
    assert api(editor).get("/api/v1/pages/plans").status_code == 200
    assert api(author).get("/api/v1/pages/plans").status_code == 404
