"""What can go wrong with reports, decisions and appeals."""

from apps.common.errors import DomainError, InvalidState, VersionConflict


class LogIsAppendOnly(RuntimeError):
    """Something tried to change or remove a row of the log: a mistake in the program, and never the caller's."""

    def __init__(self) -> None:
        super().__init__("Rows of the moderation log are never changed or removed. Append one that takes it back.")


class AlreadyDecided(DomainError):
    """Another moderator was quicker; `number` is that of their decision."""

    status = 409
    code = "already_decided"
    title = "Somebody has decided this already"

    def __init__(self, what: str = "This case is closed.", number: int | None = None) -> None:
        super().__init__(f"{what} Decision {number} stands in the log." if number else what)


class EditedSince(VersionConflict):
    """Its author has changed what the moderator saw."""

    title = "Its author has edited this"

    def __init__(self, current_version: int) -> None:
        super().__init__(current_version)
        self.message = "Its author has edited it since. Look at it again, then decide."


class NotYours(DomainError):
    """A moderator may not decide this one, whoever else may."""

    status = 403
    code = "not_yours_to_decide"
    title = "Somebody else has to decide this"


class NoCase(DomainError):
    status = 404
    code = "not_found"
    title = "There is no such case"

    def __init__(self, message: str = "There is no case of this number that you may look at.") -> None:
        super().__init__(message)


class PostRemoved(InvalidState):
    """Moderators took the post out of sight, and nobody took that back."""

    code = "removed_by_moderators"
    title = "Moderators removed this post"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Moderators took this post out of sight (decision {number}). It can be published again when they take "
            "that back, or when an appeal against it has succeeded."
        )
