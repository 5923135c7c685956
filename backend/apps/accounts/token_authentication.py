"""Programs of others: personal API tokens beside the access tokens of sessions."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.accounts.api_tokens import PREFIX, find_token, note_use
from apps.accounts.authentication import refuse_suspended_caller
from apps.accounts.clients import client_of
from apps.accounts.errors import CHALLENGE
from apps.accounts.models import ApiToken, User
from apps.accounts.scopes import permissions_of
from apps.accounts.second_factor import refuse_while_lacking
from apps.common.requests import django_request


class ApiTokenAuthentication(BaseAuthentication):
    """Finds the live token of an active owner in one query; `request.auth` is its row.

    The owner comes with the permissions that the token's scopes leave. A bearer that does not begin like an API token
    is left to the next class.
    """

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if len(parts) != 2 or parts[0].lower() != b"bearer" or not parts[1].startswith(PREFIX.encode()):
            return None
        try:
            token = find_token(parts[1].decode("ascii"))
        except UnicodeDecodeError:
            token = None
        if token is None:
            raise AuthenticationFailed("The API token is unknown, was revoked, or has expired.", code="invalid_token")
        refuse_suspended_caller(token.user)
        refuse_while_lacking(token, django_request(request))
        token.user.permission_limit = permissions_of(token.scopes)
        note_use(token, client_of(request))
        return token.user, token
