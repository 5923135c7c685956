"""Pictures for posts."""

from apps.media.models import Upload
from apps.media.parsers import OctetsParser
from apps.media.services.resumable import begin_upload
from apps.media.tests.pictures import make_image, picture, upload
from tests.scenes import Scene, Scenes


def _form(scene: Scene) -> None:
    if scene.body is not None:
        scene.body, scene.format = {"file": upload(picture()), "alt": scene.body["alt"]}, "multipart"


def _with_image(scene: Scene) -> None:
    scene.values["id"] = make_image(scene.chief).pk


def _begin(scene: Scene) -> None:
    scene.headers["Upload-Length"] = "100"


def _with_upload(scene: Scene) -> None:
    scene.values["id"] = begin_upload(user=scene.chief, length=100, name="", alt="", metadata="").pk


def _piece(scene: Scene) -> None:
    """Not the first one, which would have to look like an image."""
    _with_upload(scene)
    Upload.objects.update(offset=20)
    scene.headers.update({"Content-Type": OctetsParser.media_type, "Upload-Offset": "20"})


SCENES: Scenes = {
    "upload_image": _form,
    "list_images": _with_image,
    "get_image": _with_image,
    "update_image": _with_image,
    "delete_image": _with_image,
    "begin_upload": _begin,
    "get_upload": _with_upload,
    "continue_upload": _piece,
    "cancel_upload": _with_upload,
}
