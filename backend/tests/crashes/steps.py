"""The steps that are killed: what is there before, what the process does, and how it is repeated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.common import outbox
from apps.posts import services
from apps.posts.models import Post
from apps.posts.services.working_copies import create_working_copy
from apps.posts.tests.factories import make_post
from apps.tags.models import Category
from conftest import ApiClient

POSTS = "/api/v1/posts"
LATER = timezone.now().replace(microsecond=0) + timedelta(days=3)


@dataclass(frozen=True)
class Scene:
    """A post, its author's signed-in client, and the versions that this client saw."""

    author: User
    client: ApiClient
    post: Post
    if_match: str

    def send(self, path: str, body: dict[str, Any] | None = None, method: str = "post") -> int:
        """The status of the answer to one request."""
        send = getattr(self.client, method)
        response = send(f"{POSTS}/{self.post.slug}{path}", body, headers={"If-Match": self.if_match})
        return int(response.status_code)


@dataclass(frozen=True)
class Step:
    """`state` the post is in before; `prepare` adds to it; `run` returns the status of a request, or nothing of a job;
    `done` are the statuses of a request that is repeated although it had succeeded."""

    name: str
    state: str
    run: Callable[[Scene], int | None]
    prepare: Callable[[User, Post], None] | None = None
    done: frozenset[int] = frozenset({412})
    etag_of: str = ""
    publications: int = 0
    """How often the post has been announced as published in the end."""


def _with_message(author: User, post: Post) -> None:
    services.publish_post(post=post)


def _with_working_copy(author: User, post: Post) -> None:
    changes: Any = {"title": "Rewritten", "body": "Other *words*.", "tags": ["sea", "maps"]}
    create_working_copy(post=post, changes=changes, editor=author)


def _settle(scene: Scene) -> None:
    services.settle_due_posts()


def _drain(scene: Scene) -> None:
    outbox.drain()


def _work(scene: Scene) -> None:
    """What a worker does at each turn."""
    services.settle_due_posts()
    outbox.drain()


STEPS = (
    Step("publish", "draft", lambda scene: scene.send("/publish"), publications=1),
    Step("schedule", "draft", lambda scene: scene.send("/schedule", {"published_at": LATER.isoformat()})),
    Step("settle", "due", _settle, publications=1),
    Step("work", "due", _work, publications=1),
    Step("drain", "draft", _drain, _with_message, publications=1),
    Step(
        "working-copy",
        "published",
        lambda scene: scene.send("/working-copy/publish"),
        _with_working_copy,
        etag_of="/working-copy",
        publications=1,
    ),
    Step("unpublish", "published", lambda scene: scene.send("/unpublish"), publications=1),
    Step("trash", "due", lambda scene: scene.send("", method="delete"), publications=1),
    Step("restore", "trashed", lambda scene: scene.send("/restore"), publications=1),
)


def set_scene(step: Step) -> Scene:
    """The post in the step's state, with a category and tags, and everything else as it was before."""
    author = UserFactory.create(username="author", roles=["author"])
    category = Category.objects.get(slug="places")
    post = make_post(author, step.state, title="Salt roads", tags=["maps", "salt"], category=category)
    if step.prepare:
        step.prepare(author, post)
    post = Post.objects.get(pk=post.pk)
    client = ApiClient().sign_in(author)
    return Scene(author, client, post, client.etag(f"{POSTS}/{post.slug}{step.etag_of}"))


def claims_run_out() -> timedelta:
    """How long to wait until the work of a dead worker is anybody's again."""
    return outbox.CLAIM_LASTS + timedelta(seconds=1)
