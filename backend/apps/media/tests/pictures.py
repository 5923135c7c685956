"""Images for tests, drawn on the spot."""

import secrets
from io import BytesIO
from typing import Any

from PIL import Image

from apps.accounts.models import User
from apps.media.models import Image as Row


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: Any) -> bytes:
    """A picture with a red left and a blue right half, in that format."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, size[0], size[1]))
    output = BytesIO()
    image.convert(mode).save(output, kind, **options)
    return output.getvalue()


class Form(BytesIO):
    """A file that can be sent again and again."""

    name = ""

    def read(self, size: int | None = -1, /) -> bytes:
        return self.getvalue()


def upload(content: bytes, name: str = "portrait.png") -> BytesIO:
    """A file as a form holds it."""
    file = Form(content)
    file.name = name
    return file


PEAK = """
import resource
def peak():
    # MiB. getrusage alone would count what this process was forked from.
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""
"""For programs that measure what a picture costs: the most memory that the process has had."""


def make_image(owner: User, **values: Any) -> Row:
    """A picture in somebody's library, without files."""
    defaults = {
        "purpose": Row.Purpose.PICTURE,
        "folder": f"images/{secrets.token_hex(12)}",
        "shown": "image.jpg",
        "files": ["image.jpg"],
        "width": 1200,
        "height": 800,
        "name": "harbour.jpg",
    }
    return Row.objects.create(owner=owner, **{**defaults, **values})
