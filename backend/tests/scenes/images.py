"""Pictures for posts."""

from apps.media.tests.pictures import make_image, picture, upload
from tests.scenes import Scene, Scenes


def _form(scene: Scene) -> None:
    if scene.body is not None:
        scene.body, scene.format = {"file": upload(picture()), "alt": scene.body["alt"]}, "multipart"


def _with_image(scene: Scene) -> None:
    scene.values["id"] = make_image(scene.chief).pk


SCENES: Scenes = {
    "upload_image": _form,
    "list_images": _with_image,
    "get_image": _with_image,
    "update_image": _with_image,
    "delete_image": _with_image,
}
