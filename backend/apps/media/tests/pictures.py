"""Images for tests, drawn on the spot."""

from io import BytesIO
from typing import Any

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: Any) -> bytes:
    """A picture with a red left and a blue right half, in that format."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2, 0, size[0], size[1]))
    output = BytesIO()
    image.convert(mode).save(output, kind, **options)
    return output.getvalue()


def upload(content: bytes, name: str = "portrait.png") -> BytesIO:
    """A file as a form holds it."""
    file = BytesIO(content)
    file.name = name
    return file
