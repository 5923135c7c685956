"""Preview links."""

from apps.posts.models import Post
from apps.posts.services.previews import make_preview_link
from tests.scenes import Scene, Scenes


def _with_link(scene: Scene) -> None:
    link, url = make_preview_link(post=Post.objects.get(slug=scene.values["slug"]), author=scene.chief, name="", days=1)
    scene.values["number"] = str(link.pk)
    scene.values["url"] = url


def _with_secret(scene: Scene) -> None:
    _with_link(scene)
    scene.body = {"secret": scene.values["url"].partition("#")[2]}


SCENES: Scenes = {
    "get_preview_link": _with_link,
    "revoke_preview_link": _with_link,
    "read_preview": _with_secret,
}
