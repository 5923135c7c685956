"""Archive, trash and duplicates."""

from apps.posts.models import Post
from apps.posts.services import trash_post
from tests.scenes import Scene, Scenes


def _in_trash(scene: Scene) -> None:
    trash_post(post=Post.objects.get(slug=scene.values["slug"]))


SCENES: Scenes = {"restore_post": _in_trash}
