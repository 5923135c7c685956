"""GET and PATCH /me."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.accounts.policies import abilities_of
from apps.accounts.serializers.me import MeSerializer

pytestmark = pytest.mark.django_db

ME = "/api/v1/me"
ABILITIES = {
    "reader": [],
    "author": ["write_posts"],
    "editor": ["write_posts", "edit_any_post", "feature_posts", "access_admin"],
    "moderator": ["moderate_comments", "access_admin"],
    "admin": ["write_posts", "edit_any_post", "feature_posts", "moderate_comments", "access_admin"],
}


def test_each_role_is_told_what_it_may_do(api: Any, cast: Any) -> None:
    for role, abilities in ABILITIES.items():
        me = api(getattr(cast, role)).get(ME).json()
        assert (me["roles"], me["permissions"]) == ([role], abilities)


def test_nobody_and_the_deactivated_have_no_account_to_see(api: Any, deactivated: User) -> None:
    assert api().get(ME).status_code == 401
    assert api(deactivated).get(ME).status_code == 401
    assert abilities_of(None) == []
    assert abilities_of(deactivated) == []


def test_shape_declared_is_the_shape_sent(api: Any, author: User) -> None:
    me = api(author).get(ME).json()

    assert list(me) == list(MeSerializer().fields)


def test_reading_is_private_and_conditional(api: Any, reader: User) -> None:
    client = api(reader)
    response = client.get(ME)

    assert response.headers["Cache-Control"] == "private, no-cache"
    assert client.get(ME, HTTP_IF_NONE_MATCH=response.headers["ETag"]).status_code == 304


def test_queries_are_few(api: Any, editor: User, django_assert_max_num_queries: Any) -> None:
    client = api(editor)

    with django_assert_max_num_queries(5):
        client.get(ME)


def test_member_changes_the_profile_and_the_version_rises(api: Any, reader: User) -> None:
    client = api(reader)
    change = {
        "display_name": "Rae",
        "bio": "Reads.",
        "avatar_url": "/media/avatars/rae.svg",
        "website": "https://example.org/rae",
    }

    response = client.patch(ME, change)

    assert response.status_code == 200
    assert {name: response.json()[name] for name in change} == change
    assert response.json()["version"] == reader.version + 1
    again = client.patch(ME, {"display_name": "Rae"})
    assert again.json()["version"] == reader.version + 1
    assert again.json()["bio"] == "Reads."


def test_if_match_is_honoured_where_it_is_sent(api: Any, reader: User) -> None:
    client = api(reader)
    tag = client.get(ME).headers["ETag"]

    assert client.patch(ME, {"bio": "One."}, HTTP_IF_MATCH=tag).status_code == 200
    stale = client.patch(ME, {"bio": "Two."}, HTTP_IF_MATCH=tag)

    assert stale.status_code == 412
    assert stale.json()["current_version"] == 2
    assert client.get(ME).json()["bio"] == "One."


@pytest.mark.parametrize(
    "change",
    [
        {"website": "javascript:alert(1)"},
        {"website": "example.org"},
        {"avatar_url": "data:image/png;base64,AA"},
        {"avatar_url": "//evil.example/a.png"},
        {"avatar_url": "/media/../secret"},
        {"display_name": "x" * 81},
        {"bio": "x" * 1001},
        {"bio": None},
        {"username": "other"},
        {"email": "other@example.org"},
        {"roles": ["admin"]},
        {"is_staff": True},
    ],
)
def test_what_may_not_be_changed_is_refused_and_named(api: Any, reader: User, change: dict[str, Any]) -> None:
    response = api(reader).patch(ME, change)

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == f"/{next(iter(change))}"
    reader.refresh_from_db()
    assert (reader.version, reader.is_staff) == (1 if not reader.groups.exists() else 2, False)
