"""Pages in the Django admin."""

import pytest

from apps.accounts.models import User
from apps.common.models import OutboxMessage
from apps.common.tests.admin_forms import change, count_queries, read_form, signed_in, submit
from apps.pages.models import Page
from apps.pages.services import save_page

LIST = "/admin/pages/page/"

pytestmark = pytest.mark.django_db


def test_editor_adds_and_edits_a_page(editor: User) -> None:
    client = signed_in(editor)
    submit(client, f"{LIST}add/", title="About us", body="We *print*.")
    page = Page.objects.get()
    assert (page.slug, page.version) == ("about-us", 1)
    assert "<em>print</em>" in page.body_html
    submit(client, f"{LIST}{page.pk}/change/", body="We **bind**.")
    page.refresh_from_db()
    assert page.version == 2
    assert "<strong>bind</strong>" in page.body_html
    assert OutboxMessage.objects.filter(event="pages.saved").count() == 2


def test_stale_form_overwrites_nothing(editor: User) -> None:
    page = save_page(title="About", body="First.")
    client, path = signed_in(editor), f"{LIST}{page.pk}/change/"
    form = read_form(client, path)
    save_page(page=page, body="Theirs.")
    assert "Somebody saved this" in client.post(path, change(form, body="Mine.")).content.decode()
    assert Page.objects.get().body == "Theirs."


def test_deleting_tells_the_outbox(editor: User) -> None:
    page = save_page(title="About", body="First.")
    signed_in(editor).post(f"{LIST}{page.pk}/delete/", {"post": "yes"})
    assert not Page.objects.exists()
    assert OutboxMessage.objects.filter(event="pages.deleted").exists()


def test_list_takes_as_many_queries_for_many_rows(editor: User) -> None:
    save_page(title="About", body="")
    few = count_queries(signed_in(editor), LIST)
    for number in range(30):
        save_page(title=f"Page {number}", body="")
    assert count_queries(signed_in(editor), LIST) == few


def test_moderator_may_not(moderator: User) -> None:
    assert signed_in(moderator).get(LIST).status_code == 403
