"""What an account may do anywhere on the site. Pure functions; an absent user means no.

Permissions of apps that build on this one are named by their Django names, so nothing is imported from there.
"""

from typing import Any

from apps.accounts.roles import Role

ABILITIES = {
    "write_posts": "posts.add_post",
    "edit_any_post": "posts.change_post",
    "feature_posts": "posts.feature_post",
    "moderate_comments": "comments.moderate_comment",
}
"""Django permissions behind the names that the API tells the caller."""
ACCESS_ADMIN = "access_admin"


def is_active(user: Any) -> bool:
    """Signed in with an account that is not deactivated."""
    return user is not None and bool(user.is_authenticated) and bool(user.is_active)


def can_access_admin(user: Any) -> bool:
    return is_active(user) and bool(user.is_staff) and not user.is_suspended


def abilities_of(user: Any) -> list[str]:
    """The names of what the user may do, always in the same order."""
    if not is_active(user):
        return []
    held = [name for name, permission in ABILITIES.items() if user.has_perm(permission)]
    return [*held, ACCESS_ADMIN] if can_access_admin(user) else held


def roles_of(user: Any) -> list[str]:
    """The user's roles, in the order of `Role`; an account in no group is a reader. Load groups beforehand."""
    groups = {group.name for group in user.groups.all()}
    if user.is_superuser:
        groups.add(Role.ADMIN.value)
    return [role.value for role in Role if role.value in groups] or [Role.READER.value]
