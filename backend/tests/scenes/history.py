"""Revisions and working copies."""

from apps.posts.models import Post
from apps.posts.services.working_copies import create_working_copy
from tests.scenes import Scene, Scenes


def _revision(scene: Scene) -> None:
    scene.values["number"] = 1


def _to_restore(scene: Scene) -> None:
    _revision(scene)
    scene.headers["If-Match"] = "*"


def _no_working_copy(scene: Scene) -> None:
    scene.headers["If-None-Match"] = "*"


def _working_copy(scene: Scene) -> None:
    post = Post.objects.get(slug=scene.values["slug"])
    create_working_copy(post=post, changes={"title": "The quiet tools, revisited"}, editor=scene.chief)


SCENES: Scenes = {
    "get_revision": _revision,
    "name_revision": _revision,
    "restore_revision": _to_restore,
    "save_working_copy": _no_working_copy,
    "get_working_copy": _working_copy,
    "discard_working_copy": _working_copy,
    "publish_working_copy": _working_copy,
}
