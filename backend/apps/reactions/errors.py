"""What can go wrong with likes and reading lists."""

from apps.common.errors import DomainError


class LikeNotWelcome(DomainError):
    """Who wrote it has blocked the caller. The words say no more than that it does not work."""

    status = 403
    code = "not_welcome"
    title = "You cannot like this"

    def __init__(self) -> None:
        super().__init__("Whoever wrote this has limited who may like it.")


class LikeOfSilenced(DomainError):
    """Moderators let the caller read, and nothing that others notice."""

    status = 403
    code = "silenced"
    title = "You cannot take part for now"


class ReadingListFull(DomainError):
    status = 422
    code = "reading_list_full"
    title = "There is no room for more"
