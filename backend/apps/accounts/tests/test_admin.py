"""Users and sessions in the Django admin, and the sign-in to it."""

import pytest
from django.conf import settings
from django.test import Client

from apps.accounts.models import Session, User
from apps.accounts.sessions import start_session
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.common.models import OutboxMessage
from apps.common.tests.admin_forms import change, count_queries, messages_of, read_form, run_action, signed_in, submit

LIST = "/admin/accounts/user/"

pytestmark = pytest.mark.django_db


def form_of(user: User) -> str:
    return f"{LIST}{user.pk}/change/"


def test_admin_makes_an_account_with_roles(admin: User) -> None:
    response = submit(
        signed_in(admin),
        f"{LIST}add/",
        username="Ada",
        email="ada@example.org",
        password="a long enough phrase",
        roles=["author", "editor"],
    )
    assert response.status_code == 302
    ada = User.objects.get(username="Ada")
    assert ada.check_password("a long enough phrase")
    assert ada.is_staff
    assert ada.has_perm("posts.change_post")
    assert OutboxMessage.objects.filter(event="accounts.created").exists()


def test_weak_password_and_taken_name_are_errors_at_their_fields(admin: User, reader: User) -> None:
    response = submit(signed_in(admin), f"{LIST}add/", username="READER", email="x@example.org", password="123")
    errors = response.context["adminform"].form.errors
    assert "password" in errors
    assert "This username is taken." in str(errors)


def test_admin_edits_profile_and_roles(admin: User, reader: User) -> None:
    submit(signed_in(admin), form_of(reader), display_name="Rosa", roles=["moderator"])
    now = User.objects.get(pk=reader.pk)
    assert (now.display_name, now.is_staff) == ("Rosa", True)
    assert now.version > reader.version
    assert OutboxMessage.objects.filter(event="accounts.changed").exists()


def test_stale_form_overwrites_nothing(admin: User, reader: User) -> None:
    client = signed_in(admin)
    form = read_form(client, form_of(reader))
    submit(client, form_of(reader), display_name="Theirs")
    assert "Somebody saved this" in client.post(form_of(reader), change(form, display_name="Mine")).content.decode()
    assert User.objects.get(pk=reader.pk).display_name == "Theirs"


def test_admin_cannot_make_a_superuser_or_touch_one(admin: User, reader: User) -> None:
    boss = UserFactory.create(username="boss", is_superuser=True, is_staff=True)
    client = signed_in(admin)
    submit(client, form_of(reader), is_superuser="on", display_name="R")
    assert not User.objects.get(pk=reader.pk).is_superuser
    assert client.post(form_of(boss), {"username": "boss", "email": "mine@example.org"}).status_code == 403
    passwords = {"password1": "another long phrase", "password2": "another long phrase"}
    assert client.post(f"{LIST}{boss.pk}/password/", passwords).status_code == 403
    for action in ("deactivate", "give_role", "take_role"):
        said = messages_of(run_action(client, LIST, action, [boss], role="author"))
        assert "Only superusers" in said
    now = User.objects.get(pk=boss.pk)
    assert (now.is_active, now.email, now.check_password(PASSWORD)) == (True, boss.email, True)
    assert not now.groups.exists()


def test_superuser_makes_a_superuser(reader: User) -> None:
    boss = UserFactory.create(username="boss", is_superuser=True, is_staff=True)
    submit(signed_in(boss), form_of(reader), is_superuser="on")
    now = User.objects.get(pk=reader.pk)
    assert now.is_superuser
    assert now.is_staff


def test_deactivating_ends_sessions(admin: User, reader: User) -> None:
    session, _ = start_session(user=reader)
    run_action(signed_in(admin), LIST, "deactivate", [reader])
    assert not User.objects.get(pk=reader.pk).is_active
    assert Session.objects.get(pk=session.pk).ended_at is not None
    run_action(signed_in(admin), LIST, "activate", [reader])
    assert User.objects.get(pk=reader.pk).is_active


def test_admin_cannot_lock_themselves_out(admin: User) -> None:
    client = signed_in(admin)
    assert "your own account" in messages_of(run_action(client, LIST, "deactivate", [admin]))
    assert "your own account" in submit(client, form_of(admin), is_active=None).content.decode()
    assert User.objects.get(pk=admin.pk).is_active


def test_roles_are_given_and_taken_in_bulk(admin: User, reader: User, author: User) -> None:
    client = signed_in(admin)
    run_action(client, LIST, "give_role", [reader, author], role="editor")
    assert set(author.groups.values_list("name", flat=True)) == {"author", "editor"}
    run_action(client, LIST, "take_role", [author], role="author")
    assert set(author.groups.values_list("name", flat=True)) == {"editor"}
    assert "Choose a role" in messages_of(run_action(client, LIST, "give_role", [reader], role=""))


def test_new_password_ends_sessions(admin: User, reader: User) -> None:
    session, _ = start_session(user=reader)
    passwords = {"password1": "another long phrase", "password2": "another long phrase"}
    assert signed_in(admin).post(f"{LIST}{reader.pk}/password/", passwords).status_code == 302
    assert User.objects.get(pk=reader.pk).check_password("another long phrase")
    assert not Session.objects.live().filter(pk=session.pk).exists()


def test_accounts_are_not_deleted(admin: User, reader: User) -> None:
    assert signed_in(admin).post(f"{LIST}{reader.pk}/delete/", {"post": "yes"}).status_code == 403


def test_sessions_are_for_looking_at(admin: User, reader: User) -> None:
    session, _ = start_session(user=reader)
    client = signed_in(admin)
    few = count_queries(client, "/admin/accounts/session/")
    for _ in range(10):
        start_session(user=UserFactory.create())
    assert count_queries(client, "/admin/accounts/session/") == few
    path = f"/admin/accounts/session/{session.pk}/change/"
    assert client.get(path).status_code == 200
    assert session.refresh_id not in client.get(path).content.decode()
    assert client.post(path, {"address": "127.0.0.1"}).status_code == 403


def test_list_takes_as_many_queries_for_many_rows(admin: User) -> None:
    client = signed_in(admin)
    few = count_queries(client, LIST)
    for _ in range(20):
        UserFactory.create(roles=["author"])
    assert count_queries(client, LIST) == few


@pytest.mark.parametrize("who", ["editor", "moderator"])
def test_users_are_for_admins(who: str, request: pytest.FixtureRequest) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(LIST).status_code == 403
    assert client.get("/admin/auth/group/").status_code == 404


def test_sign_in_says_so_after_too_many_tries(admin: User) -> None:
    client = Client()
    for _ in range(settings.SIGN_IN_MAX_FAILURES + 1):
        response = client.post("/admin/login/", {"username": "admin", "password": "wrong"})
    assert "Too many attempts" in response.content.decode()
    assert response.status_code == 429
    response = client.post("/admin/login/", {"username": "admin", "password": PASSWORD})
    assert response.status_code == 429


def test_page_of_a_user_shows_no_hash(admin: User, reader: User) -> None:
    page = signed_in(admin).get(form_of(reader)).content.decode()

    assert reader.password not in page
    assert reader.password.rpartition("$")[2] not in page
    assert f"{LIST}{reader.pk}/password/" in page or "../password/" in page
