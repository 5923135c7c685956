"""What can go wrong with accounts, sign-in and sessions."""

from collections.abc import Sequence
from datetime import UTC, datetime

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


def suspension_notice(until: datetime) -> str:
    """For the person concerned, wherever they are refused."""
    day = until.astimezone(UTC)
    return f"Moderators have suspended this account until {day.day} {day:%B %Y, %H:%M} UTC."


class AccountSuspended(DomainError):
    """Said only to those who have proved that the account is theirs."""

    status = 401
    code = "account_suspended"
    title = "This account is suspended"
    auth_header = CHALLENGE

    def __init__(self, until: datetime) -> None:
        super().__init__(suspension_notice(until), suspended_until=until.astimezone(UTC).isoformat())


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


class ChallengeOver(DomainError):
    """The step was finished, tried too often, has expired, or never began. It is not said which."""

    status = 422
    code = "challenge_over"
    title = "This step is over"

    def __init__(self) -> None:
        super().__init__("It took too long, or there were too many wrong tries. Begin again.")


class WrongCode(DomainError):
    status = 400
    code = "wrong_code"
    title = "This code is not right"

    def __init__(self, *, field: str = "code", tries_left: int | None = None) -> None:
        detail = "This code is not right, or a newer one was sent."
        if tries_left is not None:
            detail += " Begin again." if tries_left < 1 else f" Tries left: {tries_left}."
        super().__init__(detail, errors=[{"pointer": f"/{field}", "detail": detail, "code": self.code}])


class TooManyCodes(DomainError):
    status = 422
    code = "too_many_codes"
    title = "No more codes for this step"

    def __init__(self) -> None:
        super().__init__("Enough codes were sent for this. Look into your spam folder, or begin again.")


class ConfirmationRequired(DomainError):
    """What guards the account asks for a recent proof: `POST /auth/confirm`, then repeat the request."""

    status = 403
    code = "confirmation_required"
    title = "Confirm that it is you"

    def __init__(self) -> None:
        super().__init__("Confirm with your password, a passkey or an authenticator app, then repeat this.")


class SecondFactorNeeded(DomainError):
    """The account's role asks for a second factor and none is enrolled."""

    status = 403
    code = "second_factor_needed"
    title = "Your role needs a second factor"

    def __init__(self) -> None:
        super().__init__("Add a passkey or an authenticator app to your account first.")


class TooManyTokens(DomainError):
    status = 422
    code = "too_many_tokens"
    title = "No more tokens for this account"

    def __init__(self, limit: int) -> None:
        super().__init__(f"An account may have {limit} API tokens. Revoke one that you no longer need.")


class WrongPassword(DomainError):
    """The password that a signed-in caller gives once more is not theirs."""

    status = 400
    code = "wrong_password"
    title = "This is not your password"

    def __init__(self, *, field: str = "current_password") -> None:
        detail = "This is not your password."
        super().__init__(detail, errors=[{"pointer": f"/{field}", "detail": detail, "code": self.code}])


class PasswordMissing(DomainError):
    status = 400
    code = "validation_failed"
    title = "Some values were not accepted"

    def __init__(self, *, field: str = "current_password") -> None:
        detail = "Enter the password that your account has now."
        super().__init__(detail, errors=[{"pointer": f"/{field}", "detail": detail, "code": "required"}])


class EmailTaken(DomainError):
    """Said only to those who have proved that the address is theirs."""

    status = 422
    code = "email_taken"
    title = "There is an account with this e-mail address"

    def __init__(self) -> None:
        super().__init__("An account with this e-mail address was made in the meantime. Choose another.")
