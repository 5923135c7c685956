"""Pictures for posts: one's own library."""

from apps.accounts.models import User
from apps.media.parsers import OctetsParser
from apps.media.services.resumable import begin_upload
from apps.media.tests.pictures import make_image, picture
from apps.media.tests.pictures import upload as form_file
from conftest import Cast
from tests.access.table import SIGNED_IN, Area, Call, Rows, cells, own, plain

_OWN = own(404)
_WRITERS = cells(403, anonymous=401, outsider=201, author=201, editor=201, admin=201)

ROWS: Rows = {
    ("get", "images", "-"): SIGNED_IN,
    ("post", "images", "-"): _WRITERS,
    ("get", "images/{pk}", "one's own"): SIGNED_IN,
    ("get", "images/{pk}", "another's"): _OWN,
    ("patch", "images/{pk}", "one's own"): SIGNED_IN,
    ("patch", "images/{pk}", "another's"): _OWN,
    ("delete", "images/{pk}", "one's own"): own(204),
    ("delete", "images/{pk}", "another's"): _OWN,
    ("post", "images/uploads", "-"): _WRITERS,
    ("get", "images/uploads/{pk}", "one's own"): SIGNED_IN,
    ("get", "images/uploads/{pk}", "another's"): _OWN,
    ("patch", "images/uploads/{pk}", "one's own"): own(204),
    ("patch", "images/uploads/{pk}", "another's"): _OWN,
    ("delete", "images/uploads/{pk}", "one's own"): own(204),
    ("delete", "images/uploads/{pk}", "another's"): _OWN,
}


def owner_in(state: str, role: str, cast: Cast) -> User:
    """Whose image it is, for a caller of that role."""
    caller = getattr(cast, role)
    if state == "another's" or caller is None:
        return cast.author if role == "outsider" else cast.outsider
    owner: User = caller
    return owner


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route == "images":
        if method == "get":
            return plain(route, method)
        return Call("/api/v1/images", {"file": form_file(picture(size=(48, 48)))}, format="multipart")
    if route == "images/uploads":
        return Call(f"/api/v1/{route}", {}, headers={"Upload-Length": "100"})
    if "uploads" in route:
        upload = begin_upload(user=owner_in(state, role, cast), length=100, name="", alt="", metadata="")
        headers = {"Content-Type": OctetsParser.media_type, "Upload-Offset": "0"} if method == "patch" else {}
        return Call(f"/api/v1/images/uploads/{upload.pk}", headers=headers)
    image = make_image(owner_in(state, role, cast))
    return plain(route.format(pk=image.pk), method, {"alt": "A harbour."} if method == "patch" else None)


AREA = Area(ROWS, call)
