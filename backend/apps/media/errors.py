"""What can be wrong with an uploaded image. Each names the part of the body that holds it."""

from apps.common.errors import DomainError, TooManyAttempts


class UploadRefused(DomainError):
    """Base: the file is refused, for a reason that its sender can do something about."""

    title = "This file was not accepted"

    def __init__(self, message: str) -> None:
        super().__init__(message, errors=[{"pointer": "/file", "detail": message, "code": self.code}])


class Busy(TooManyAttempts):
    """Pictures are being read already, and threads must be left for those who read the site."""

    code = "busy"
    title = "Many pictures are coming in at once"


class FileTooLarge(UploadRefused):
    status = 413
    code = "file_too_large"


class TooManyPixels(UploadRefused):
    status = 413
    code = "too_many_pixels"


class NotAnImage(UploadRefused):
    """Something else, or an image of a kind that we do not take, whatever its name and declared type say."""

    status = 415
    code = "not_an_image"


class BrokenImage(UploadRefused):
    code = "broken_image"


class ImageTooSmall(UploadRefused):
    code = "image_too_small"


class StorageAway(DomainError):
    status = 503
    code = "storage_away"
    title = "The files cannot be reached"
    retry_after = 10

    def __init__(self) -> None:
        super().__init__("Files cannot be stored at this moment. Try again shortly.")


class ImageInUse(DomainError):
    """It cannot be deleted as long as readers, or authors in a text, see it."""

    status = 422
    code = "image_in_use"
    title = "The image is in use"

    def __init__(self) -> None:
        super().__init__("A post or page still shows this image. Take it out there first.")


class OffsetConflict(DomainError):
    """A piece of a resumable upload that does not go on where the one before it ended."""

    status = 409
    code = "offset_conflict"
    title = "The upload stands elsewhere"

    def __init__(self, offset: int) -> None:
        super().__init__(f"{offset} bytes have arrived. Go on from there.")


class MalformedHeader(DomainError):
    code = "header_malformed"
    title = "A header is missing or malformed"


class OtherTusVersion(DomainError):
    status = 412
    code = "tus_version"
    title = "Another version of the protocol"

    def __init__(self) -> None:
        super().__init__("Resumable uploads follow tus 1.0.0 here: send `Tus-Resumable: 1.0.0`.")
