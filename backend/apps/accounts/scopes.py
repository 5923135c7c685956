"""What API tokens may be made for. A token can do what its scopes open and its owner may do, and nothing else."""

from collections.abc import Iterable
from enum import StrEnum


class Scope(StrEnum):
    """Accounts themselves, tokens, sessions, second factors, export and deletion have no scope: no token does that."""

    POSTS_READ = "posts:read"
    POSTS_WRITE = "posts:write"
    COMMENTS_READ = "comments:read"
    COMMENTS_WRITE = "comments:write"
    MODERATION = "moderation"
    ACCOUNT_READ = "account:read"
    PEOPLE_WRITE = "people:write"
    REACTIONS_WRITE = "reactions:write"


DESCRIPTIONS: dict[Scope, str] = {
    Scope.POSTS_READ: (
        "Read posts, also the unpublished ones that you may see; tags, categories, the archive, pages, profiles, "
        "and the feed of those you follow."
    ),
    Scope.POSTS_WRITE: "Write, change, publish, schedule and delete posts.",
    Scope.COMMENTS_READ: "Read the comments under the posts that you may see.",
    Scope.COMMENTS_WRITE: "Write comments; change and take back your own.",
    Scope.MODERATION: "See comments that wait, are spam or were removed, and remove those of others.",
    Scope.ACCOUNT_READ: (
        "Read your account: e-mail address, roles, whom and what you follow, whom you block, what you like, and your "
        "reading list."
    ),
    Scope.PEOPLE_WRITE: "Follow and block people, and stop doing so.",
    Scope.REACTIONS_WRITE: "Like posts and comments, keep posts to read later, follow tags, and stop doing so.",
}

SCOPE_PERMISSIONS: dict[Scope, frozenset[str]] = {
    Scope.POSTS_READ: frozenset({"posts.view_post", "pages.view_page", "tags.view_tag", "tags.view_category"}),
    Scope.POSTS_WRITE: frozenset(
        {"posts.view_post", "posts.add_post", "posts.change_post", "posts.delete_post", "posts.feature_post"}
    ),
    Scope.COMMENTS_READ: frozenset({"posts.view_post"}),
    Scope.COMMENTS_WRITE: frozenset({"posts.view_post"}),
    Scope.MODERATION: frozenset(
        {
            "posts.view_post",
            "comments.view_comment",
            "comments.change_comment",
            "comments.delete_comment",
            "comments.moderate_comment",
            "moderation.change_rule",
        }
    ),
    Scope.ACCOUNT_READ: frozenset(),
    Scope.PEOPLE_WRITE: frozenset(),
    Scope.REACTIONS_WRITE: frozenset({"posts.view_post"}),
}
"""Permissions of the owner that a scope leaves in force. What stands in none of them is never there for a token."""


def permissions_of(scopes: Iterable[str]) -> frozenset[str]:
    """All permissions that these scopes leave; names that are no scope (any more) leave none."""
    held = set(scopes)
    return frozenset().union(*(permissions for scope, permissions in SCOPE_PERMISSIONS.items() if scope in held))
