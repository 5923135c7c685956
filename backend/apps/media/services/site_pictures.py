"""The publication's own pictures: its logo, its icon, and what stands for it where it is shared."""

from hashlib import sha256
from io import BytesIO
from typing import IO, Literal

from apps.media.images import framed_image, square_image
from apps.media.services.files import refuse_large
from apps.media.storage import address_of, write_file

MAX_BYTES = 10 * 1024 * 1024
ICON_SIDE = 512
SMALLEST_ICON = 48
_FRAMES = {"logo": (1200, 400), "share_image": (1600, 1600)}
SitePicture = Literal["logo", "icon", "share_image"]


def store_site_picture(kind: SitePicture, *, file: IO[bytes], size: int) -> str:
    """Keep the picture and answer its address, which follows from what it shows: documents that were made before name
    the one before, whose file stays. Raises the errors of `apps.media.errors`."""
    refuse_large(size, MAX_BYTES)
    if kind == "icon":
        picture = square_image(file, side=ICON_SIDE, smallest=SMALLEST_ICON)
    else:
        width, height = _FRAMES[kind]
        picture = framed_image(file, width=width, height=height)
    encoded = BytesIO()
    picture.save(encoded, "PNG", optimize=True)  # what every reader of a shared address and every phone understands
    content = encoded.getvalue()
    path = f"site/{kind.replace('_', '-')}-{sha256(content).hexdigest()[:16]}.png"
    write_file(path, content)
    return address_of(path)
