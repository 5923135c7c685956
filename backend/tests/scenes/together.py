"""Co-authors, reviews and presence. The post is the chief's own, and public."""

from apps.accounts.roles import Role
from apps.accounts.tests.factories import UserFactory
from apps.posts.models import Post
from apps.posts.services.co_authors import add_co_author
from apps.posts.services.presence import note_presence
from apps.posts.services.reviews import add_note, submit_post
from apps.posts.tests.factories import make_post
from tests.scenes import Scene, Scenes


def _post(scene: Scene) -> Post:
    return Post.objects.get(slug=scene.values["slug"])


def _to_a_writer(scene: Scene) -> None:
    writer = UserFactory.create(username="ada", roles=[Role.AUTHOR.value])
    scene.values["username"] = writer.username


def _with_a_co_author(scene: Scene) -> None:
    _to_a_writer(scene)
    writer = type(scene.mina).objects.get(username="ada")
    add_co_author(post=_post(scene), person=writer, actor=scene.chief)


def _with_another_tab(scene: Scene) -> None:
    note_presence(post=_post(scene), user=scene.mina, tab="another-tab")


def _draft(scene: Scene) -> Post:
    post = make_post(scene.chief, "draft", title="A draft")
    scene.values["slug"] = post.slug
    return post


def _submitted(scene: Scene) -> None:
    submit_post(post=_draft(scene), actor=scene.chief)


def _with_a_note(scene: Scene) -> None:
    note = add_note(post=_post(scene), author=scene.chief, body="Who says so?", quote="Some text")
    scene.values["id"] = note.pk


def _drafted(scene: Scene) -> None:
    _draft(scene)


SCENES: Scenes = {
    "add_co_author": _to_a_writer,
    "remove_co_author": _with_a_co_author,
    "note_presence": _with_another_tab,
    "end_presence": _with_another_tab,
    "submit_post": _drafted,
    "approve_post": _submitted,
    "send_back_post": _submitted,
    "list_review_notes": _with_a_note,
    "get_review_note": _with_a_note,
    "resolve_review_note": _with_a_note,
    "remove_review_note": _with_a_note,
}
