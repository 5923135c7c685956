"""How a caller can show who they are, and what that makes of a cell.

- `none`: nothing is shown. Asked once a row, as the anonymous role.
- `jwt`: the access token of a session, which is what the table's cells say.
- `cookie`: the Django session of the admin, alone. It opens nothing here: the caller is anonymous.
- `token`: an API token with the scopes that the view names; with every scope there is, where it names none.
- `other token`: an API token with every scope but those.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from apps.accounts.api_tokens import PREFIX, digest_of
from apps.accounts.models import ApiToken, User
from apps.accounts.scopes import Scope
from apps.common.scopes import ANY_SCOPE
from conftest import ApiClient
from tests.access.table import Cells

CREDENTIALS = ("jwt", "cookie", "token", "other token")
"""Kinds that every role but the anonymous one is tried with."""


@dataclass(frozen=True)
class Door:
    """What a view does with credentials: the scopes it names, and whether it looks at tokens at all. Views that take
    proofs in the body, and signing out, do not: for them it makes no difference what else the caller shows."""

    scopes: tuple[str, ...]
    is_looking: bool

    def token_scopes(self, kind: str) -> set[Scope]:
        """The scopes of the token of that kind."""
        named = {Scope(name) for name in self.scopes if name != ANY_SCOPE} or set(Scope)
        if kind == "token":
            return named
        return set(Scope) - named or {Scope.ACCOUNT_READ}

    def expects(self, kind: str, role: str, cells: Cells, token_cells: Cells) -> int:
        """The status for the role with that kind of credential."""
        if not self.is_looking or kind == "jwt":
            return cells[role]
        if kind in {"none", "cookie"}:
            return cells["anonymous"]
        if role == "deactivated":
            return 401
        return token_cells[role] if self.lets_in(kind) else 403

    def lets_in(self, kind: str) -> bool:
        """Whether the scopes of a token of that kind open the door."""
        return bool(self.scopes) and (kind == "token" or ANY_SCOPE in self.scopes)


def client_with(kind: str, user: User | None, door: Door) -> ApiClient:
    """A client that shows the credential."""
    client = ApiClient()
    if kind == "jwt" and user is not None:
        client.sign_in(user)
    elif kind == "cookie" and user is not None:
        Client.force_login(client, user)
    elif kind in {"token", "other token"} and user is not None:
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {_token(user, kind, door)}")
    return client


def _token(user: User, kind: str, door: Door) -> str:
    """The text of a token as `make_token` makes them, without the log and the mail: thousands are needed."""
    text = f"{PREFIX}{user.username}{kind}".replace(" ", "")
    scopes = [scope.value for scope in door.token_scopes(kind)]
    expiry = timezone.now() + timedelta(days=1)
    ApiToken.objects.create(user=user, name=kind, digest=digest_of(text), hint="", scopes=scopes, expires_at=expiry)
    return text


def is_scope_refusal(response: Any) -> bool:
    """Whether it was the token's scopes that were not enough."""
    return bool(response.status_code == 403 and response.json()["code"] == "insufficient_scope")
