"""People as others see them, and how they stand to each other. `{username}` is the author, who is no exception."""

from apps.accounts.models import User
from apps.accounts.relations import block, follow
from apps.media.tests.pictures import picture, upload
from conftest import Cast
from tests.access.table import READ, SIGNED_IN, Area, Call, Rows, cells, own, plain

ROWS: Rows = {
    ("get", "users", "-"): READ,
    ("get", "users/{username}", "-"): READ,
    ("put", "me/avatar", "-"): SIGNED_IN,
    ("delete", "me/avatar", "-"): SIGNED_IN,
    ("get", "me/following", "-"): SIGNED_IN,
    ("get", "me/blocks", "-"): SIGNED_IN,
    ("get", "me/feed", "-"): SIGNED_IN,
    ("put", "users/{username}/follow", "a stranger"): cells(204, anonymous=401, author=422),
    ("put", "users/{username}/follow", "followed"): cells(204, anonymous=401, author=422),
    ("put", "users/{username}/follow", "blocked"): cells(422, anonymous=401),
    ("put", "users/{username}/follow", "blocking"): cells(403, anonymous=401, author=422),
    ("put", "users/{username}/follow", "deactivated"): own(404),
    ("delete", "users/{username}/follow", "a stranger"): own(204),
    ("delete", "users/{username}/follow", "followed"): own(204),
    ("delete", "users/{username}/follow", "deactivated"): own(404),
    ("put", "users/{username}/block", "a stranger"): cells(204, anonymous=401, author=422),
    ("put", "users/{username}/block", "followed"): cells(204, anonymous=401, author=422),
    ("put", "users/{username}/block", "blocked"): cells(204, anonymous=401, author=422),
    ("put", "users/{username}/block", "blocking"): cells(204, anonymous=401, author=422),
    ("put", "users/{username}/block", "deactivated"): own(404),
    ("delete", "users/{username}/block", "a stranger"): own(204),
    ("delete", "users/{username}/block", "blocked"): own(204),
    ("delete", "users/{username}/block", "deactivated"): own(404),
}


def _relate(state: str, caller: User | None, other: User) -> None:
    """Bring the caller and the author into the relation that the state names."""
    if caller is None or caller == other:
        return
    if state == "followed":
        follow(follower=caller, followed=other)
    elif state == "blocked":
        block(blocker=caller, blocked=other)
    elif state == "blocking":
        block(blocker=other, blocked=caller)


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route == "me/avatar" and method == "put":
        return Call("/api/v1/me/avatar", {"file": upload(picture(size=(48, 48)))}, format="multipart")
    _relate(state, getattr(cast, role), cast.author)
    username = "deactivated" if state == "deactivated" else "author"
    return plain(route.format(username=username), method)


AREA = Area(ROWS, call)
