"""Uploads, follows and blocks."""

from apps.accounts.relations import block, follow
from apps.media.tests.pictures import picture, upload
from apps.posts.tests.factories import make_post
from tests.scenes import Scene, Scenes


def _form(scene: Scene) -> None:
    if scene.body is not None:
        scene.body, scene.format = {"file": upload(picture())}, "multipart"


def _to_mina(scene: Scene) -> None:
    scene.values["username"] = "mina"


def _following(scene: Scene) -> None:
    follow(follower=scene.chief, followed=scene.mina)
    make_post(scene.mina)


def _blocking(scene: Scene) -> None:
    block(blocker=scene.chief, blocked=scene.mina)


SCENES: Scenes = {
    "upload_avatar": _form,
    "follow_user": _to_mina,
    "unfollow_user": _to_mina,
    "block_user": _to_mina,
    "unblock_user": _to_mina,
    "list_following": _following,
    "list_blocks": _blocking,
    "get_feed": _following,
}
