"""Errors of posts."""

from apps.common.errors import DomainError


class PostGone(DomainError):
    """The post was deleted while it was being changed."""

    status = 404
    code = "not_found"
    title = "There is nothing here"


class SeriesGone(DomainError):
    """The series went with its last part, or was deleted, while it was being changed."""

    status = 404
    code = "not_found"
    title = "There is nothing here"

    def __init__(self) -> None:
        super().__init__("The series is gone: its last post left it, or somebody deleted it.")


class ReviewRequired(DomainError):
    """The publication reviews posts, and this one is not approved."""

    status = 403
    code = "review_required"
    title = "An editor has to approve this first"

    def __init__(self, message: str = "Submit the post. When an editor has approved it, you can publish it.") -> None:
        super().__init__(message)


class WorkingCopyGone(DomainError):
    """There is no working copy to write: it was published or discarded."""

    status = 412
    code = "working_copy_gone"
    title = "There is no working copy"

    def __init__(self) -> None:
        super().__init__("It was published or discarded. `If-None-Match: *` begins a new one.", current_version=0)


class WorkingCopyExists(DomainError):
    """Somebody has begun a working copy already."""

    status = 412
    code = "working_copy_exists"
    title = "There is a working copy already"

    def __init__(self, current_version: int) -> None:
        super().__init__(
            f"It is at version {current_version}. Fetch it, bring the changes together and send its ETag in If-Match.",
            current_version=current_version,
        )


class PostChanged(DomainError):
    """The post was changed after the working copy was made from it. `current_version` is the post's."""

    status = 412
    code = "post_changed"
    title = "The post was changed since the working copy was made"

    def __init__(self, current_version: int) -> None:
        super().__init__(
            f"The post is at version {current_version}. Bring its changes into the working copy and save that with "
            f"`base_version` {current_version}.",
            current_version=current_version,
        )


class PreviewGone(DomainError):
    """The secret of a preview link opens nothing, or nothing any more."""

    status = 404
    code = "preview_gone"
    title = "This preview is not there"

    def __init__(self) -> None:
        super().__init__("The link has expired or was revoked. Ask whoever sent it to you for another one.")
