"""What takes rights away is in force with the next request, for access tokens that were issued before as well."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.common.tests.admin_forms import run_action, signed_in

pytestmark = pytest.mark.django_db

USERS = "/admin/accounts/user/"
NEW_PASSWORD = "another long secret"


@dataclass
class Scene:
    """The member is signed in twice: `victim` holds tokens from before, `elsewhere` is where something is done."""

    api: Any
    admin: User
    member: User
    elsewhere: Any


def _role_changed(scene: Scene) -> None:
    run_action(signed_in(scene.admin), USERS, "give_role", [scene.member], role="editor")


def _deactivated(scene: Scene) -> None:
    run_action(signed_in(scene.admin), USERS, "deactivate", [scene.member])


def _deactivated_and_let_back_in(scene: Scene) -> None:
    _deactivated(scene)
    run_action(signed_in(scene.admin), USERS, "activate", [scene.member])


def _password_changed(scene: Scene) -> None:
    body = {"current_password": PASSWORD, "password": NEW_PASSWORD, "cookie": False}
    assert scene.elsewhere.post("/api/v1/auth/password", body).status_code == 200


def _password_set_by_an_admin(scene: Scene) -> None:
    passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    signed_in(scene.admin).post(f"{USERS}{scene.member.pk}/password/", passwords)


def _signed_out_everywhere(scene: Scene) -> None:
    assert scene.elsewhere.delete("/api/v1/me/sessions").status_code == 204


def _ended_from_elsewhere(scene: Scene) -> None:
    rows = scene.elsewhere.get("/api/v1/me/sessions").json()["results"]
    for row in rows:
        if not row["current"]:
            scene.elsewhere.delete(f"/api/v1/me/sessions/{row['id']}")


def _deletion_asked(scene: Scene) -> None:
    answer = scene.elsewhere.delete("/api/v1/me", {"posts": "keep", "comments": "keep"})
    assert answer.status_code == 202


def _deleted(scene: Scene) -> None:
    User.objects.filter(pk=scene.member.pk).update(is_active=False, deleted_at=timezone.now())


def _row_deleted(scene: Scene) -> None:
    scene.member.delete()


@pytest.mark.parametrize(
    ("happens", "code", "refreshes"),
    [
        (_role_changed, "token_outdated", True),
        (_deactivated, "session_over", False),
        (_deactivated_and_let_back_in, "session_over", False),
        (_password_changed, "session_over", False),
        (_password_set_by_an_admin, "session_over", False),
        (_signed_out_everywhere, "session_over", False),
        (_ended_from_elsewhere, "session_over", False),
        (_deletion_asked, "session_over", False),
        (_deleted, "session_over", False),
        (_row_deleted, "session_over", False),
    ],
)
def test_token_from_before_is_refused_with_the_next_request(
    api: Any, admin: User, author: User, happens: Callable[[Scene], None], code: str, refreshes: bool
) -> None:
    victim = api()
    body = {"username": "author", "password": PASSWORD, "cookie": False}
    tokens = victim.post("/api/v1/auth/token", body).json()
    victim.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
    assert victim.get("/api/v1/me").status_code == 200

    happens(Scene(api, admin, author, api(author)))
    done_at = timezone.now()

    for refused in (victim.get("/api/v1/me"), victim.post("/api/v1/posts", {"title": "Late"})):
        assert (refused.status_code, refused.json()["code"]) == (401, code)
    assert timezone.now() - done_at < timedelta(seconds=1)
    refreshed = api().post("/api/v1/auth/token/refresh", {"refresh": tokens["refresh"]})
    assert refreshed.status_code == (200 if refreshes else 401)
    if refreshes:
        victim.credentials(HTTP_AUTHORIZATION=f"Bearer {refreshed.json()['access']}")
        assert "editor" in victim.get("/api/v1/me").json()["roles"]


def test_losing_a_role_takes_its_rights_from_the_very_next_token(api: Any, admin: User, author: User) -> None:
    client = api()
    tokens = client.post("/api/v1/auth/token", {"username": "author", "password": PASSWORD, "cookie": False}).json()
    run_action(signed_in(admin), USERS, "take_role", [author], role="author")

    renewed = client.post("/api/v1/auth/token/refresh", {"refresh": tokens["refresh"]}).json()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {renewed['access']}")

    assert client.post("/api/v1/posts", {"title": "Late"}).status_code == 403
