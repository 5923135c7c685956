"""Credentials that are limited to scopes open only what a view names a scope for.

class PostViewSet(ContractViewSet):
    scopes = {"list": "posts:read", "destroy": ("posts:write", "moderation")}    # by action or method; any of several

What is not named is refused, so an endpoint that nobody thought of is closed. A credential without limits has no
`scopes` of its own.
"""

from collections.abc import Collection, Mapping
from typing import Any

from apps.common.errors import DomainError

ANY_SCOPE = "*"
"""For what every credential may call, whatever its scopes."""
Needed = str | tuple[str, ...]
ScopeTable = Mapping[str, Needed]


class InsufficientScope(DomainError):
    """The credential is good, but not for this. `needed`: scopes of which any one would do, if one would."""

    status = 403
    code = "insufficient_scope"
    title = "The token's scopes do not allow this"

    def __init__(self, needed: Collection[str]) -> None:
        names = sorted(needed)
        if not names:
            super().__init__("No API token can do this. Sign in.")
        else:
            super().__init__(f"This needs a token with the scope {' or '.join(names)}.", needed_scopes=names)
        scope = f', scope="{" ".join(names)}"' if names else ""
        self.auth_header = f'Bearer realm="api", error="insufficient_scope"{scope}'


def needed_scopes(view: Any, method: str) -> tuple[str, ...]:
    """What the view names for its action, or for the method; nothing means that no scope opens it."""
    name = getattr(view, "action", None) or method.lower()
    table: ScopeTable = getattr(view, "scopes", {})
    needed = table.get("get" if name == "head" else name, ())
    return (needed,) if isinstance(needed, str) else needed


def require_scope(credential: Any, needed: Collection[str]) -> None:
    """Raise InsufficientScope where the credential has scopes and none of them is one of these."""
    held = getattr(credential, "scopes", None)
    if held is None or ANY_SCOPE in needed:
        return
    if not set(held) & set(needed):
        raise InsufficientScope(needed)
