"""Errors of the domain. One handler turns each into a problem document; services raise them without knowing HTTP.

`status` is the HTTP status that fits the error, `code` is stable and meant for programs, `title` is the same for
every occurrence, the message says what happened this time and what to do.
"""

from typing import Any, ClassVar


class DomainError(Exception):
    """Base of every expected failure."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "error"
    title: ClassVar[str] = "The request could not be carried out"

    def __init__(self, message: str = "", **extra: Any) -> None:
        super().__init__(message or self.title)
        self.message = message or self.title
        self.extra = extra
        """Further members of the problem document, such as `current_version`."""


class FieldProblem(DomainError):
    """A value that is well-formed but cannot be accepted; `field` names the input it concerns."""

    status = 422
    code = "invalid"
    title = "A value was not accepted"

    def __init__(self, field: str, message: str, *, code: str = "invalid") -> None:
        super().__init__(message)
        self.field = field
        self.field_code = code


class InvalidParameters(DomainError):
    """Query parameters that are unknown or malformed. `errors`: rows of `parameter`, `detail`, `code`."""

    code = "invalid_parameters"
    title = "A query parameter was not accepted"

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(" ".join(row["detail"] for row in errors), errors=errors)


class VersionConflict(DomainError):
    """The write was based on a version that is no longer the current one."""

    status = 412
    code = "version_conflict"
    title = "Somebody changed this in the meantime"

    def __init__(self, current_version: int) -> None:
        super().__init__(
            f"The current version is {current_version}. Fetch it, bring the changes together and send them again.",
            current_version=current_version,
        )


class PreconditionRequired(DomainError):
    status = 428
    code = "precondition_required"
    title = "If-Match is missing"

    def __init__(self) -> None:
        super().__init__("Send the ETag of the version that you saw in an If-Match header.")


class InvalidState(DomainError):
    """The object is in a state that does not allow the step."""

    status = 422
    code = "invalid_state"
    title = "The state does not allow this"


class TooManyAttempts(DomainError):
    """A limit was reached; `retry_after` in seconds."""

    status = 429
    code = "too_many_attempts"
    title = "Too many attempts"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Try again in {retry_after} seconds.")
        self.retry_after = retry_after


class Moved(Exception):
    """The resource has another address now; `location` is it. Answered with 308."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location
