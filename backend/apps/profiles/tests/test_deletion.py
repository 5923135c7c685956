"""Leaving: DELETE /me, POST /me/keep, and the job that deletes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as DjangoSession
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from apps.accounts import scrubbing
from apps.accounts.api_tokens import make_token
from apps.accounts.challenges import Purpose, open_challenge, send_code
from apps.accounts.clients import Client as Caller
from apps.accounts.failed_sign_ins import note_failed_sign_in
from apps.accounts.leaving import Fate, ask_for_deletion
from apps.accounts.models import ApiToken, Challenge, SecurityEvent, Session, User
from apps.accounts.relations import block, follow
from apps.accounts.scopes import Scope
from apps.accounts.security_log import Kind, log_event
from apps.accounts.sessions import start_session
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment, moderate_comment
from apps.common import outbox
from apps.common.models import IdempotencyRecord, OutboxMessage
from apps.importers.models import ImportedAuthor
from apps.media.models import Image
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from apps.profiles import deletion
from apps.profiles.models import Export
from apps.profiles.tasks import delete_due_accounts
from apps.site.services import forget_site, update_site

pytestmark = pytest.mark.django_db

PATH = "/api/v1/me"
LATER = settings.DELETION_DELAY + timedelta(minutes=1)


@pytest.fixture
def mina() -> User:
    return UserFactory.create(
        username="Mina.Okafor",
        email="mina@okafor.example",
        display_name="Wilhelmina Okafor",
        bio="Draws cartouches.",
        website="https://okafor.example",
        links=[{"label": "Cartouches", "url": "https://cartouches.example/"}],
        roles=["author", "editor"],
    )


def drain_all() -> None:
    while outbox.drain():
        pass


def run_when_due() -> object:
    with time_machine.travel(timezone.now() + LATER):
        deleted = delete_due_accounts()
        drain_all()
        return deleted


# -- Asking ----------------------------------------------------------------------------------------------------
def test_owner_asks_and_is_told_how_to_undo_it(api: Any, mina: User) -> None:
    client, elsewhere = api(mina), api(mina)
    _, secret = make_token(user=mina, name="Backup", scopes={Scope.POSTS_READ}, days=30)
    site = Client()
    site.force_login(mina)

    response = client.delete(PATH, {"posts": "keep", "comments": "remove"})

    assert response.status_code == 202
    due = response.json()["deletion_due_at"]
    assert due is not None
    assert client.get(PATH).status_code == 200
    assert elsewhere.get(PATH).status_code == 401
    assert api().get("/api/v1/posts", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert site.get("/admin/").status_code == 302
    assert api().get("/api/v1/users/mina.okafor").status_code == 200
    drain_all()
    sent = next(message for message in mail.outbox if "will be deleted" in message.subject)
    assert sent.to == ["mina@okafor.example"]
    assert "/account/privacy" in sent.body
    assert "Keep my account" in sent.body
    event = SecurityEvent.objects.get(user=mina, kind="deletion_asked")
    assert event.detail == "posts: keep, comments: remove"
    assert client.delete(PATH, {"posts": "remove"}).json()["deletion_due_at"] == due
    mina.refresh_from_db()
    assert mina.deletion_choice == {"posts": "remove", "comments": "keep"}


def test_owner_signs_in_again_and_keeps_the_account(api: Any, mina: User) -> None:
    api(mina).delete(PATH, {})
    signed_in = api().post("/api/v1/auth/token", {"username": "mina.okafor", "password": PASSWORD, "cookie": False})
    client = api()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {signed_in.json()['access']}")

    kept = client.post(PATH + "/keep")

    assert kept.status_code == 200
    assert kept.json()["deletion_due_at"] is None
    assert client.post(PATH + "/keep").status_code == 200
    assert run_when_due() == 0
    drain_all()
    assert any(message.subject.endswith(" stays") for message in mail.outbox)
    mina.refresh_from_db()
    assert (mina.username, mina.deleted_at, mina.deletion_choice) == ("Mina.Okafor", None, {})
    assert SecurityEvent.objects.filter(user=mina, kind="deletion_undone").count() == 1


def test_too_late_to_keep_it(api: Any, mina: User) -> None:
    with time_machine.travel(timezone.now() - LATER):
        ask_for_deletion(user=mina)
    mina.refresh_from_db()

    response = api(mina).post(PATH + "/keep")

    assert response.status_code == 422
    assert response.json()["code"] == "invalid_state"


def test_confirmation_is_asked_for(api: Any, mina: User) -> None:
    client = api(mina)
    Session.objects.update(confirmed_at=timezone.now() - timedelta(hours=1))

    assert client.delete(PATH, {}).json()["code"] == "confirmation_required"
    mina.refresh_from_db()
    assert mina.deletion_due_at is None


@pytest.mark.parametrize(
    ("body", "pointer"), [({"posts": "burn"}, "/posts"), ({"comments": None}, "/comments"), ({"all": 1}, "/all")]
)
def test_bad_choice_names_its_field(api: Any, mina: User, body: dict[str, Any], pointer: str) -> None:
    response = api(mina).delete(PATH, body)

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == pointer


def test_last_superuser_stays(api: Any, mina: User) -> None:
    User.objects.filter(pk=mina.pk).update(is_superuser=True, is_staff=True)
    mina.refresh_from_db()

    assert api(mina).delete(PATH, {}).status_code == 422
    UserFactory.create(username="second", is_superuser=True, is_staff=True)
    assert api(mina).delete(PATH, {}).status_code == 202
    second = User.objects.get(username="second")
    assert api(second).delete(PATH, {}).status_code == 422


# -- Deleting --------------------------------------------------------------------------------------------------
def test_nothing_happens_before_its_time(mina: User) -> None:
    ask_for_deletion(user=mina)

    assert delete_due_accounts() == 0
    deletion.delete_account(mina)
    mina.refresh_from_db()
    assert mina.is_active


@pytest.mark.parametrize("fate", list(Fate))
def test_what_was_written_stays_or_goes_as_chosen(api: Any, mina: User, reader: User, fate: Fate) -> None:
    published = make_post(mina, title="Published", tags=["maps"])
    for state in ("draft", "scheduled", "due", "archived", "trashed"):
        make_post(mina, state, title=state)
    Post.objects.filter(title="scheduled").update(published_at=timezone.now() + timedelta(days=60))
    others = make_post(reader, title="Of somebody else")
    parent = add_comment(post=others, author=mina, body="A remark.")
    reply = add_comment(post=others, author=reader, parent=parent, body="An answer.")
    removed = add_comment(post=others, author=mina, body="Rude words.")
    moderate_comment(comment=removed, status="removed")
    add_comment(post=published, author=reader, body="Nice.")
    ask_for_deletion(user=mina, posts=fate, comments=fate)

    assert run_when_due() == 1

    titles = set(Post.objects.filter(author=mina).values_list("title", flat=True))
    assert titles == ({"Published", "due", "archived"} if fate == Fate.KEEP else set())
    thread = api().get(f"/api/v1/posts/{others.slug}/comments").json()["results"]
    assert [row["id"] for row in thread] == [parent.pk, reply.pk]
    if fate == Fate.KEEP:
        assert thread[0]["body"] == "A remark."
        assert thread[0]["author"] == {
            "username": f"deleted-{mina.pk}",
            "display_name": "Deleted user",
            "avatar_url": "",
        }
        shown = api().get(f"/api/v1/posts/{published.slug}").json()
        assert shown["author"]["display_name"] == "Deleted user"
        update_site(language="de")
        forget_site()
        shown = api().get(f"/api/v1/posts/{published.slug}").json()
        assert shown["author"]["display_name"] == "Gelöschtes Konto"
    else:
        assert thread[0]["status"] == "deleted"
        assert not Comment.objects.filter(author=mina).exclude(body="", body_html="").exists()
        assert api().get("/api/v1/tags/maps").json()["post_count"] == 0
        reader.refresh_from_db()
        assert reader.comment_count == 1
    mina.refresh_from_db()
    assert mina.comment_count == (1 if fate == Fate.KEEP else 0)
    assert api().get(f"/api/v1/users/deleted-{mina.pk}").status_code == 404
    assert f"deleted-{mina.pk}" not in {row["username"] for row in api().get("/api/v1/users").json()["results"]}


def test_nobody_can_sign_in_to_a_deleted_account_or_take_its_name(api: Any, mina: User) -> None:
    session, tokens = start_session(user=mina)
    ask_for_deletion(user=mina, session=session)
    with time_machine.travel(timezone.now() + LATER):
        delete_due_accounts()
    password = {"username": "mina.okafor", "password": PASSWORD, "cookie": False}

    assert api().post("/api/v1/auth/token", password).status_code == 401
    assert api().post("/api/v1/auth/token/refresh", {"refresh": tokens.refresh}).status_code == 401
    assert api().get(PATH, headers={"Authorization": f"Bearer {tokens.access}"}).status_code == 401
    taken = {"username": f"Deleted-{mina.pk}", "email": "new@example.org", "password": "a long enough secret"}
    assert api().post("/api/v1/auth/register", taken).json()["errors"][0]["pointer"] == "/username"
    again = {"username": "Mina.Okafor", "email": "mina@okafor.example", "password": "a long enough secret"}
    assert api().post("/api/v1/auth/register", again).status_code == 201


def test_counters_of_those_who_stay_are_right(mina: User, reader: User, author: User) -> None:
    follow(follower=mina, followed=author)
    follow(follower=reader, followed=author)
    follow(follower=author, followed=mina)
    block(blocker=mina, blocked=reader)
    ask_for_deletion(user=mina)
    run_when_due()

    author.refresh_from_db()
    assert author.follower_count == 1
    assert not author.following.exists()
    assert not reader.blocked_by.exists()


def test_interrupted_deletion_is_carried_on(mina: User, reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        make_post(mina, title=f"Post {number}")
    comment = add_comment(post=make_post(reader), author=mina, body="A remark.")
    ask_for_deletion(user=mina, posts=Fate.REMOVE, comments=Fate.REMOVE)
    real_delete, real_scrub = vars(deletion)["delete_post"], scrubbing._make_nameless
    done: list[int] = []

    def break_off(*, post: Post) -> None:
        if done:
            raise RuntimeError("killed")
        done.append(post.pk)
        real_delete(post=post)

    def break_at_the_end(account: User) -> None:
        raise RuntimeError("killed again")

    with time_machine.travel(timezone.now() + LATER):
        monkeypatch.setattr(deletion, "delete_post", break_off)
        with pytest.raises(RuntimeError, match="killed"):
            delete_due_accounts()
        mina.refresh_from_db()
        assert not mina.is_active
        assert Post.objects.filter(author=mina).count() == 2
        monkeypatch.setattr(deletion, "delete_post", real_delete)
        monkeypatch.setattr(scrubbing, "_make_nameless", break_at_the_end)
        with pytest.raises(RuntimeError, match="again"):
            delete_due_accounts()
        mina.refresh_from_db()
        assert mina.username == "Mina.Okafor"
        assert SecurityEvent.objects.filter(user=mina).exists()
        monkeypatch.setattr(scrubbing, "_make_nameless", real_scrub)
        assert delete_due_accounts() == 1
        assert delete_due_accounts() == 0
    mina.refresh_from_db()
    assert mina.username == f"deleted-{mina.pk}"
    assert mina.deleted_at is not None
    comment.refresh_from_db()
    assert (comment.status, comment.body) == ("deleted", "")
    deletion.delete_account(mina)


# -- Nothing left ----------------------------------------------------------------------------------------------
def everything_about(mina: User, reader: User, tmp_path: Any) -> None:
    """Leave traces of mina wherever there can be any."""
    start_session(user=mina, client=Caller(address="192.0.2.77", user_agent="Mina's own browser"))
    note_failed_sign_in(user=mina, client=Caller(address="192.0.2.77", user_agent="Mina's own browser"))
    make_token(user=mina, name="Okafor's backup", scopes={Scope.POSTS_READ}, days=30)
    log_event(user=mina, kind=Kind.EMAIL_CHANGED, also_to=["mina@okafor.example"])
    log_event(user=reader, kind=Kind.ROLES_CHANGED, by=mina)
    challenge, _ = open_challenge(purpose=Purpose.CHANGE_EMAIL, user=mina, email="mina@okafor.example")
    send_code(challenge)
    open_challenge(
        purpose=Purpose.SIGN_UP, email="mina@okafor.example", data={"username": "mina.okafor", "display_name": "M"}
    )
    open_challenge(purpose=Purpose.RESET_PASSWORD, data={"name": "mina.Okafor"})
    Authenticator.objects.create(user=mina, type="webauthn", data={"name": "Mina.Okafor's key"})
    follow(follower=mina, followed=reader)
    Export.objects.create(user=mina, status="ready").path.parent.mkdir(parents=True, exist_ok=True)
    default_storage.save("avatars/f00f00f00/192.webp", ContentFile(b"an image"))
    url = f"{settings.MEDIA_URL}avatars/f00f00f00/192.webp"
    User.objects.filter(pk=mina.pk).update(avatar_url=url)
    Image.objects.create(owner=mina, purpose="avatar", folder="avatars/f00f00f00", files=["192.webp"])
    ImportedAuthor.objects.create(user=mina, import_key="https://old.example|mina.okafor")
    IdempotencyRecord.objects.create(
        principal="address:192.0.2.77",
        key="k",
        fingerprint="f",
        claim="c",
        claimed_until=timezone.now(),
        status=201,
        body={"username": "Mina.Okafor", "email": "mina@okafor.example"},
    )
    OutboxMessage.objects.create(
        event="x", subscriber="y", done_at=timezone.now(), last_error="refused: Mina@Okafor.example", payload={}
    )
    Client().force_login(mina)
    for model, pk, text in ((User, mina.pk, "Mina.Okafor"), (User, reader.pk, "reader")):
        LogEntry.objects.create(
            user=mina,
            content_type=ContentType.objects.get_for_model(model),
            object_id=str(pk),
            object_repr=text,
            action_flag=CHANGE,
        )
    post = make_post(mina, title="A kept post")
    make_post(mina, "draft", title="A draft")
    comment = add_comment(post=post, author=mina, body="Kept words.")
    LogEntry.objects.create(
        user=reader,
        content_type=ContentType.objects.get_for_model(Comment),
        object_id=str(comment.pk),
        object_repr=str(comment),
        action_flag=CHANGE,
    )


def test_nothing_personal_is_left_in_any_table(mina: User, reader: User, tmp_path: Any, settings: Any) -> None:
    settings.EXPORT_ROOT = tmp_path
    everything_about(mina, reader, tmp_path)
    ask_for_deletion(user=mina, client=Caller(address="192.0.2.77", user_agent="Mina's own browser"))
    assert len(traces()) > 15
    drain_all()

    run_when_due()

    assert traces() == []
    assert not DjangoSession.objects.exists()
    assert not default_storage.exists("avatars/f00f00f00/192.webp")
    for model in (Session, ApiToken, SecurityEvent, Challenge, Authenticator, Export):
        rows: Any = model._default_manager
        assert not rows.filter(user=mina).exists(), model
    mina.refresh_from_db()
    assert not mina.has_usable_password()
    assert not mina.groups.exists()
    assert Post.objects.get(author=mina).title == "A kept post"


def traces() -> list[str]:
    """Every place in the database that says something of mina, whatever the model."""
    needles = ("okafor", "cartouche", "192.0.2.77", "mina's own browser", "wilhelmina")
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.all().values():
            for name, value in row.items():
                if any(needle in str(value).lower() for needle in needles):
                    found.append(f"{model._meta.label}.{name}: {value}")
    return found
