"""What can go wrong with second factors."""

from apps.accounts.errors import CHALLENGE
from apps.common.errors import DomainError


class WrongPasskey(DomainError):
    """The signature, the challenge, the origin or the key itself does not fit. It is not said which."""

    status = 400
    code = "wrong_passkey"
    title = "This passkey was not accepted"

    def __init__(self) -> None:
        detail = "This passkey does not fit, or what it signed was for something else. Begin again."
        super().__init__(detail, errors=[{"pointer": "/credential", "detail": detail, "code": self.code}])


class PasskeySignInRefused(DomainError):
    """The same whether there is no such passkey, its account is deactivated, or the signature is wrong."""

    status = 401
    code = "invalid_credentials"
    title = "Signing in failed"
    auth_header = CHALLENGE

    def __init__(self) -> None:
        super().__init__("This passkey opens no account here.")


class PasskeysUnavailable(DomainError):
    status = 422
    code = "passkeys_unavailable"
    title = "Passkeys do not work at this address"


class NoSuchFactor(DomainError):
    status = 404
    code = "not_found"
    title = "There is nothing here"

    def __init__(self, what: str) -> None:
        super().__init__(f"Your account has no such {what}.")


class FactorRequired(DomainError):
    """The last second factor of an account whose role needs one."""

    status = 422
    code = "factor_required"
    title = "Your role needs a second factor"

    def __init__(self) -> None:
        super().__init__("Add another passkey or authenticator app before you remove this one.")


class FactorProofNeeded(DomainError):
    """The session began before there was a second factor, or without it."""

    status = 403
    code = "second_factor_proof_needed"
    title = "Confirm with your second factor"

    def __init__(self) -> None:
        super().__init__("Confirm with a passkey or an authenticator app, not with your password, then repeat this.")
