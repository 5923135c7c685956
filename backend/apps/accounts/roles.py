"""Roles are groups with Django permissions. An account in no group is a reader."""

from enum import StrEnum


class Role(StrEnum):
    READER = "reader"
    AUTHOR = "author"
    EDITOR = "editor"
    MODERATOR = "moderator"
    ADMIN = "admin"


_AUTHOR = ("posts.add_post",)
_EDITOR = (
    *_AUTHOR,
    "posts.view_post",
    "posts.change_post",
    "posts.delete_post",
    "posts.feature_post",
    "posts.view_series",
    "posts.add_series",
    "posts.change_series",
    "posts.delete_series",
    "tags.view_tag",
    "tags.add_tag",
    "tags.change_tag",
    "tags.delete_tag",
    "tags.view_category",
    "tags.add_category",
    "tags.change_category",
    "tags.delete_category",
    "pages.view_page",
    "pages.add_page",
    "pages.change_page",
    "pages.delete_page",
)
_MODERATOR = (
    "comments.view_comment",
    "comments.change_comment",
    "comments.delete_comment",
    "comments.moderate_comment",
    "moderation.view_case",
    "moderation.view_decision",
    "moderation.view_rule",
    "moderation.add_rule",
    "moderation.change_rule",
    "moderation.delete_rule",
    "webmentions.view_receivedmention",
)

ROLE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.READER: (),
    Role.AUTHOR: _AUTHOR,
    Role.EDITOR: _EDITOR,
    Role.MODERATOR: _MODERATOR,
    Role.ADMIN: (
        *_EDITOR,
        *_MODERATOR,
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_session",
        "accounts.view_securityevent",
        "accounts.view_apitoken",
        "accounts.change_apitoken",
        "site.view_site",
        "site.change_site",
        "common.view_outboxmessage",
        "webmentions.view_sentmention",
    ),
}
"""Permissions of each role as `app.codename`. They are kept in step with the groups after every migration."""

STAFF_ROLES = frozenset({Role.EDITOR, Role.MODERATOR, Role.ADMIN})
"""Roles whose members may sign in to the Django admin."""
