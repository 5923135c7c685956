"""What can go wrong with comments."""

from datetime import datetime

from apps.common.errors import DomainError, InvalidState, TooManyAttempts


class CommentGone(DomainError):
    status = 404
    code = "not_found"
    title = "There is nothing here"


class NotWelcome(DomainError):
    """Somebody has blocked the caller. The words say what does not work, and of whom, but not whom it is meant for."""

    status = 403
    code = "not_welcome"
    title = "You cannot comment here"


class ThreadLocked(InvalidState):
    code = "thread_locked"
    title = "This thread is locked"

    def __init__(self) -> None:
        super().__init__("A moderator has locked this thread. It can be read; nothing is added to it for now.")


class SlowMode(TooManyAttempts):
    """One comment by each person within so many seconds."""

    code = "slow_mode"
    title = "This thread is in slow mode"

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.message = f"This thread is in slow mode. You can write again in {retry_after} seconds."


class Silenced(DomainError):
    status = 403
    code = "silenced"
    title = "You cannot write comments for now"

    def __init__(self, until: datetime) -> None:
        super().__init__(f"Moderators have silenced your account until {until:%Y-%m-%d %H:%M} UTC.", until=until)


class EditWindowOver(DomainError):
    status = 403
    code = "edit_window_over"
    title = "This comment can no longer be edited"

    def __init__(self, minutes: int) -> None:
        super().__init__(f"Comments can be edited for {minutes} minutes after they were written.")


class CommentRefused(DomainError):
    """A rule of the moderators does not let it through."""

    status = 422
    code = "comment_refused"
    title = "This comment was not accepted"

    def __init__(self, message: str = "") -> None:
        super().__init__(message or "A rule of this site does not let this comment through.")
