"""Likes, reading lists and followed tags: on posts in each state, and on comments in each of theirs."""

from apps.accounts.relations import block
from apps.posts.tests.factories import make_post
from conftest import Cast
from tests.access.comments import comment_in
from tests.access.table import SIGNED_IN, Area, Call, Cells, Rows, cells, change_private, own, plain

_TO_WRITERS = change_private(200)
_PUBLIC = own(200)
ROWS: Rows = {
    ("get", "me/bookmarks", "-"): SIGNED_IN,
    ("get", "me/followed-tags", "-"): SIGNED_IN,
    ("get", "tags/{slug}/follow", "-"): SIGNED_IN,
    ("put", "tags/{slug}/follow", "-"): own(204),
    ("delete", "tags/{slug}/follow", "-"): own(204),
    ("put", "posts/{slug}/like", "published, blocking"): cells(403, anonymous=401, author=200),
    ("delete", "posts/{slug}/like", "published, blocking"): _PUBLIC,
    ("put", "posts/{slug}/bookmark", "published, blocking"): _PUBLIC,
}
TOKEN_ROWS: Rows = {}
# Whose own account is read sees no more of others' drafts with it than a reader does.
_OWN_DRAFT = cells(404, anonymous=401, author=200)
for state in ("draft", "scheduled", "due", "published", "archived", "trashed"):
    is_public = state in {"due", "published"}
    ROWS["put", "posts/{slug}/like", state] = _PUBLIC if is_public else change_private(422)
    for method, route in (
        ("delete", "posts/{slug}/like"),
        ("put", "posts/{slug}/bookmark"),
        ("delete", "posts/{slug}/bookmark"),
        ("get", "posts/{slug}/my-reactions"),
    ):
        ROWS[method, route, state] = _PUBLIC if is_public else _TO_WRITERS
        if method == "get" and not is_public:
            TOKEN_ROWS[method, route, state] = _OWN_DRAFT


def _done(row: Cells) -> Cells:
    """Taking back is refused to nobody who sees it."""
    return {role: 200 if status == 422 else status for role, status in row.items()}


# Comments are the author's. The second row is that of tokens, which do not moderate.
_MODERATORS = {"moderator": 422, "admin": 422}
_REFUSED: dict[str, tuple[Cells, Cells]] = {
    "pending": (
        cells(404, anonymous=401, author=422, **_MODERATORS),
        cells(404, anonymous=401, author=422),
    ),
    "spam": (cells(404, anonymous=401, **_MODERATORS), own(404)),
    "removed": (cells(404, anonymous=401, **_MODERATORS), own(404)),
    "removed, carrying": (own(422), own(422)),
    "deleted, carrying": (own(422), own(422)),
    "under a draft": (cells(404, anonymous=401, author=422, editor=422, admin=422),) * 2,
}
ROWS["put", "comments/{pk}/like", "visible"] = ROWS["delete", "comments/{pk}/like", "visible"] = _PUBLIC
ROWS["put", "comments/{pk}/like", "visible, blocking"] = cells(403, anonymous=401, author=200)
for state, (row, token_row) in _REFUSED.items():
    ROWS["put", "comments/{pk}/like", state] = row
    TOKEN_ROWS["put", "comments/{pk}/like", state] = token_row
    ROWS["delete", "comments/{pk}/like", state] = _done(row)
    TOKEN_ROWS["delete", "comments/{pk}/like", state] = _done(token_row)


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    state, _, blocking = state.partition(", b")
    caller = getattr(cast, role)
    if blocking and caller is not None and caller != cast.author:
        block(blocker=cast.author, blocked=caller)
    if route.startswith("comments/"):
        return plain(f"comments/{comment_in(state, cast).pk}/like", method)
    if route.startswith("tags/"):
        make_post(cast.author, tags=["maps"])
        return plain("tags/maps/follow", method)
    if route.startswith("posts/"):
        return plain(route.format(slug=make_post(cast.author, state).slug), method)
    return plain(route, method)


AREA = Area(ROWS, call, TOKEN_ROWS)
