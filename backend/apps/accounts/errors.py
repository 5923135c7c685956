"""What can go wrong with accounts, sign-in and sessions."""

from collections.abc import Sequence

from apps.common.errors import DomainError

CHALLENGE = 'Bearer realm="api"'


class InvalidCredentials(DomainError):
    """The same words whether the account does not exist, is deactivated, or the password is wrong."""

    status = 401
    code = "invalid_credentials"
    title = "Signing in failed"
    auth_header = CHALLENGE

    def __init__(self) -> None:
        super().__init__("No account matches this name and password.")


class SessionOver(DomainError):
    """The refresh token is missing, forged, expired, used before, or its session has ended."""

    status = 401
    code = "session_over"
    title = "This session is over"
    auth_header = CHALLENGE

    def __init__(self) -> None:
        super().__init__("Sign in again.")


class ForeignOrigin(DomainError):
    status = 403
    code = "foreign_origin"
    title = "The refresh cookie is for this site's own pages"

    def __init__(self) -> None:
        super().__init__("Other origins take the refresh token in the body: sign in with `cookie` set to false.")


class RegistrationClosed(DomainError):
    status = 403
    code = "registration_closed"
    title = "This publication does not take new accounts"


class RegistrationRefused(DomainError):
    """Values that are well-formed but cannot be had. `problems`: rows of field, message, code."""

    status = 400
    code = "validation_failed"
    title = "Some values were not accepted"

    def __init__(self, problems: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(
            " ".join(message for _, message, _ in problems),
            errors=[{"pointer": f"/{field}", "detail": message, "code": code} for field, message, code in problems],
        )
