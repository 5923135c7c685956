"""Reading images that strangers send, and writing our own from their pixels.

Nothing of a file survives but its pixels: it is decoded, turned upright, brought to sRGB and encoded anew, so metadata
(where a photograph was taken, say) and whatever else hides in it are gone. The size is known before a pixel is decoded.
Memory: one image at a time in a process, and at most some 300 MB for the largest that are taken.
"""

import re
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import IO, Final

from PIL import Image, ImageCms, UnidentifiedImageError

from apps.media.errors import BrokenImage, Busy, ImageTooSmall, NotAnImage, TooManyPixels

MEGAPIXELS: Final = {"JPEG": 40, "MPO": 40, "PNG": 40, "GIF": 40, "WEBP": 16, "AVIF": 16}
"""What each format may hold; MPO is how some phones write JPEG. The decoders of the last two keep several copies."""
_OPENED_AS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    LookupError,
    TypeError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
)
"""What Pillow raises for files that are not what they seem, by and large."""
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each value of the EXIF orientation."""
ENOUGH: Final = 1.4
"""How much larger than wanted an image may be averaged down to, quickly, before the careful last step."""
MAX_PROFILE = 4 * 1024 * 1024
_BAND_ROWS = 256
_one_at_a_time = threading.Lock()
_places = threading.BoundedSemaphore(2)
_SRGB = ImageCms.createProfile("sRGB")

ASK_FOR_AN_IMAGE: Final = "Send an image: JPEG, PNG, WebP, AVIF or GIF."
_BEGINNINGS = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP|....ftyp(?:avi[fs]|mif1|miaf|msf1)", re.DOTALL
)
_LONGEST_BEGINNING = 12
Box = tuple[int, int, int, int]
Size = tuple[int, int]


def square_image(file: IO[bytes], *, side: int, smallest: int = 1) -> Image.Image:
    """The middle of the picture as a square of `side` pixels. Raises the errors of `apps.media.errors`."""

    def middle(width: int, height: int) -> Box:
        edge = min(width, height)
        left, top = (width - edge) // 2, (height - edge) // 2
        return left, top, left + edge, top + edge

    return _read(file, middle, lambda *_: (side, side), smallest)


def framed_image(file: IO[bytes], *, width: int, height: int) -> Image.Image:
    """The whole picture, made smaller where it does not fit into the frame. Raises as `square_image` does."""

    def fitted(own_width: int, own_height: int) -> Size:
        return fit((own_width, own_height), (width, height))

    return _read(file, lambda width, height: (0, 0, width, height), fitted, 1)


def fit(size: Size, frame: Size) -> Size:
    """The size that something has when it is made small enough for the frame; never larger than it was."""
    scale = min(1.0, frame[0] / size[0], frame[1] / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


@dataclass(frozen=True)
class Header:
    """What a file says of itself before anything is decoded. `size`: as it will stand, in pixels."""

    kind: str
    size: Size
    is_progressive: bool
    has_transparency: bool


def looks_like_an_image(start: bytes) -> bool:
    """Whether a file that begins like this may be an image of a kind that we take. Too short a beginning may be."""
    return len(start) < _LONGEST_BEGINNING or _BEGINNINGS.match(start) is not None


def look_at(file: IO[bytes]) -> Header:
    """What the file says it is. Raises the errors of `apps.media.errors`; the file may still prove damaged."""
    with _refusals(), Image.open(file, formats=_OPENED_AS) as source:
        _check_size(source, 1)
        kind = "JPEG" if source.format == "MPO" else source.format or ""
        turned = kind == "JPEG" and _is_turned(source)
        return Header(
            kind=kind,
            size=_swapped(source.size, turned=turned),
            is_progressive=bool(source.info.get("progressive")),
            has_transparency=source.has_transparency_data,
        )


def _read(
    file: IO[bytes],
    box_of: Callable[[int, int], Box],
    size_of: Callable[[int, int], Size],
    smallest: int,
) -> Image.Image:
    """The part of the picture that `box_of` cuts out, in the size that `size_of` makes of that part's when upright."""
    with _turn(), _refusals(), Image.open(file, formats=_OPENED_AS) as source:
        _check_size(source, smallest)
        width, height = _extent(box_of(*source.size))
        turned = _is_turned(source)
        size = _swapped(size_of(*_swapped((width, height), turned=turned)), turned=turned)
        # A JPEG can be decoded at a half, a quarter or an eighth of its size; elsewhere this does nothing.
        gap = min(1.0, size[0] / width)
        source.draft(None, (ceil(source.width * gap), ceil(source.height * gap)))
        source.load()
        small = _shrink(source, box_of(*source.size), size)
        return _only_pixels(_in_srgb(_upright(small, source), source.info.get("icc_profile")))


@contextmanager
def _refusals() -> Iterator[None]:
    """Whatever Pillow finds wrong with a file, as the error that its sender gets."""
    try:
        yield
    except UnidentifiedImageError as error:
        raise NotAnImage(ASK_FOR_AN_IMAGE) from error
    except Image.DecompressionBombError as error:
        raise TooManyPixels(f"The image may have {MEGAPIXELS['JPEG']} megapixels at most.") from error
    except _BROKEN as error:
        raise BrokenImage("This image is damaged or was cut short. Export it anew and send that.") from error


@contextmanager
def _turn() -> Iterator[None]:
    """One decodes, one waits, a third is sent away: a few large pictures must not hold all threads of a web process."""
    if not _places.acquire(blocking=False):
        raise Busy(5)
    try:
        with _one_at_a_time:
            yield
    finally:
        _places.release()


def _check_size(source: Image.Image, smallest: int) -> None:
    """What the header says, before anything is decoded."""
    most = MEGAPIXELS[source.format or ""]
    if source.width * source.height > most * 1_000_000:
        raise TooManyPixels(f"The image may have {most} megapixels at most in this format. Make it smaller first.")
    if min(source.size) < smallest:
        raise ImageTooSmall(f"The image must be at least {smallest} pixels wide and high.")


def _extent(box: Box) -> Size:
    return box[2] - box[0], box[3] - box[1]


def _shrink(source: Image.Image, box: Box, size: Size) -> Image.Image:
    """The part of the image in that size. It is converted and averaged band by band, so that there is never a second
    copy of a large one."""
    left, top, right, bottom = box
    width, height = _extent(box)
    factor = max(1, int(min(width / size[0], height / size[1]) / ENOUGH))
    mode = _mode_for(source)
    if factor == 1 and mode == source.mode:
        return source.resize(size, Image.Resampling.LANCZOS, box=box)
    canvas = Image.new(mode, (ceil(width / factor), ceil(height / factor)))
    rows = factor * max(1, _BAND_ROWS // factor)
    for at in range(top, bottom, rows):
        band = _converted(source.crop((left, at, right, min(at + rows, bottom))), mode)
        canvas.paste(band.reduce(factor) if factor > 1 else band, (0, (at - top) // factor))
    return canvas.resize(size, Image.Resampling.LANCZOS)


def _mode_for(source: Image.Image) -> str:
    """The mode to work in: with transparency, in colours, in print colours, or grey."""
    if source.has_transparency_data:
        return "RGBA"
    if source.mode in {"RGB", "CMYK", "L"}:
        return source.mode
    return "L" if source.mode in {"1", "I", "F"} or source.mode.startswith("I;16") else "RGB"


def _converted(band: Image.Image, mode: str) -> Image.Image:
    if band.mode in {"I", "I;16", "I;16B", "I;16L"}:
        # Sixteen bits of grey: the upper eight.
        band = band.convert("I").point(lambda value: value / 256).convert("L")
    return band if band.mode == mode else band.convert(mode)


def _orientation(source: Image.Image) -> int:
    """As the camera was held. A note that cannot be read counts as none."""
    try:
        note = source.getexif().get(_ORIENTATION, 1)
    except _BROKEN:
        return 1
    return note if note in _TURNS else 1


def _is_turned(source: Image.Image) -> bool:
    """Whether width and height change places when the picture is turned upright."""
    return _orientation(source) >= 5


def _swapped(size: Size, *, turned: bool) -> Size:
    return (size[1], size[0]) if turned else size


def _upright(image: Image.Image, source: Image.Image) -> Image.Image:
    turn = _TURNS.get(_orientation(source))
    return image if turn is None else image.transpose(turn)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB or RGBA as screens take it; a colour profile that cannot be applied is ignored."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    plain = image.convert("RGB") if alpha else image
    if profile and len(profile) <= MAX_PROFILE:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            plain = ImageCms.profileToProfile(plain, own, _SRGB, outputMode="RGB") or plain
        except (ImageCms.PyCMSError, *_BROKEN):
            pass
    plain = plain.convert("RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        plain.putalpha(alpha)
    return plain


def _only_pixels(image: Image.Image) -> Image.Image:
    """A new image that carries nothing but the pixels: Pillow would write some metadata again by itself."""
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    return clean
