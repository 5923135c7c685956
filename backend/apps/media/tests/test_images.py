"""What is taken in, what is refused, and what is left of it."""

import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from apps.common.errors import DomainError
from apps.media import images
from apps.media.errors import BrokenImage, Busy, ImageTooSmall, NotAnImage, TooManyPixels
from apps.media.images import framed_image, square_image
from apps.media.renditions import encode
from apps.media.tests.pictures import PEAK, picture

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
SECRET = b"52.5200N-13.4050E"


def square(content: bytes, side: int = 64) -> Image.Image:
    return square_image(BytesIO(content), side=side)


def colour_at(image: Image.Image, x: int, y: int) -> str:
    red, _, blue = image.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return "red" if red > blue + 60 else "blue" if blue > red + 60 else "neither"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_becomes_the_same_square(kind: str) -> None:
    image = square(picture(kind))

    assert (image.size, image.mode, image.info) == ((64, 64), "RGB", {})
    assert (colour_at(image, 8, 32), colour_at(image, 56, 32)) == ("red", "blue")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_is_understood(mode: str) -> None:
    if mode == "PA":
        source = Image.open(BytesIO(picture())).convert("P")
        source.info["transparency"] = 0
    else:
        source = Image.new("L", (90, 60), 100)
        source = source.point(lambda v: v * 256, "I") if mode == "I;16" else source
        source = source.convert(mode)
    output = BytesIO()
    source.save(output, "PNG")
    image = square(output.getvalue(), 60)

    assert image.mode in {"RGB", "RGBA"}
    if mode in {"L", "I;16", "LA"}:
        assert abs(image.convert("L").getpixel((30, 30)) - 100) <= 2  # type: ignore[operator]


def test_print_colours_are_brought_to_the_screen() -> None:
    assert colour_at(square(picture("JPEG", mode="CMYK")), 8, 32) == "red"


def test_transparency_is_kept_where_there_is_some() -> None:
    source = Image.new("RGBA", (80, 80), (10, 200, 10, 0))
    source.paste((200, 10, 10, 255), (0, 0, 40, 80))
    output = BytesIO()
    source.save(output, "PNG")
    image = square(output.getvalue())

    assert image.mode == "RGBA"
    assert (image.getpixel((60, 32))[3], image.getpixel((4, 32))[3]) == (0, 255)  # type: ignore[index]
    assert square(picture("PNG", mode="RGBA")).mode == "RGB"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_stands_upright_however_the_camera_was_held(kind: str, orientation: int) -> None:
    """A file that a camera would write: turned by the inverse, with a note that says how to turn it back."""
    upright = Image.open(BytesIO(picture(size=(120, 120)))).convert("RGB")
    upright.paste((250, 250, 250), (0, 0, 120, 20))
    inverse = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    turn = inverse.get(orientation) or images._TURNS.get(orientation)
    stored = upright.transpose(turn) if turn is not None else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    output = BytesIO()
    stored.save(output, kind, exif=exif, quality=95)

    image = square(output.getvalue())

    assert (colour_at(image, 8, 40), colour_at(image, 56, 40)) == ("red", "blue")
    assert min(image.getpixel((32, 4))) > 200  # type: ignore[arg-type]
    assert not image.getexif()


def _with_secrets(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    options: dict[str, Any] = {"exif": exif}
    if kind != "GIF":
        options["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET
    if kind in {"JPEG", "WEBP", "AVIF"}:
        options["xmp"] = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    if kind in {"JPEG", "GIF"}:
        options["comment"] = SECRET
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", SECRET.decode())
        options["pnginfo"] = text
    return picture(kind, **options) + b"<script>" + SECRET


@pytest.mark.parametrize("extension", ["webp", "avif"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_pixels_survives(kind: str, extension: str) -> None:
    sent = _with_secrets(kind)
    assert SECRET in sent
    for image in (square(sent), framed_image(BytesIO(sent), width=100, height=100)):
        written = encode(image, extension)
        assert SECRET not in written
        assert b"script" not in written
        again = Image.open(BytesIO(written))
        again.load()
        assert not again.getexif()
        assert not {"icc_profile", "exif", "xmp", "comment"} & {key for key, value in again.info.items() if value}


def test_colours_of_a_wide_profile_are_converted_and_a_broken_profile_is_ignored() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"not a profile", lab, b"\0" * 200):
        assert colour_at(square(picture("PNG", icc_profile=profile)), 8, 32) == "red"


def test_framed_keeps_the_shape_and_never_enlarges() -> None:
    assert framed_image(BytesIO(picture(size=(3000, 1000))), width=600, height=600).size == (600, 200)
    assert framed_image(BytesIO(picture(size=(200, 300))), width=600, height=600).size == (200, 300)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n",
        b"PK\x03\x04" + b"\0" * 50,
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
        b"II*\x00\x08\x00\x00\x00",
    ],
)
def test_what_is_no_image_of_these_kinds_is_refused(content: bytes) -> None:
    with pytest.raises((NotAnImage, BrokenImage)):
        square(content)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "JPEG2000", "TGA"])
def test_other_kinds_of_images_are_refused(kind: str) -> None:
    with pytest.raises(NotAnImage):
        square(picture(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_cut_short_is_refused(kind: str) -> None:
    content = picture(kind, size=(400, 400))
    with pytest.raises((BrokenImage, NotAnImage)):
        square(content[: len(content) // 2])


@pytest.mark.parametrize("kind", KINDS)
def test_no_damage_leads_to_an_error_of_ours(kind: str) -> None:
    """Flipped bytes give a picture or a refusal, whatever they hit."""
    content, chance = picture(kind, size=(90, 70)), random.Random(7)
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(DomainError):
            square(bytes(damaged))


def _png_that_claims(width: int, height: int) -> bytes:
    """A small file whose header promises a huge picture."""
    import struct
    import zlib

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100_000)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data)) for tag, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(6325, 6325), (40_000_001, 1), (13_000, 13_000), (30_000, 30_000), (2**31 - 1,) * 2])
def test_too_many_pixels_are_refused_before_any_is_decoded(size: tuple[int, int]) -> None:
    started = time.process_time()
    with pytest.raises(TooManyPixels):
        square(_png_that_claims(*size))
    assert time.process_time() - started < 1


def test_kinds_whose_decoders_need_more_room_may_hold_less() -> None:
    for kind in ("WEBP", "AVIF"):
        assert images.MEGAPIXELS[kind] < images.MEGAPIXELS["JPEG"]
    with pytest.raises(TooManyPixels):
        square(picture("WEBP", size=(4100, 4000), quality=1, method=0))


def test_only_the_first_of_many_frames_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [Image.new("P", (100, 100), number % 250) for number in range(500)]
    output = BytesIO()
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:])
    asked: list[int] = []
    monkeypatch.setattr(Image.Image, "seek", lambda _, frame: asked.append(frame))

    assert square(output.getvalue()).size == (64, 64)
    assert set(asked) <= {0}


def test_small_pictures_are_refused_where_a_least_size_is_asked_for() -> None:
    with pytest.raises(ImageTooSmall):
        square_image(BytesIO(picture(size=(47, 400))), side=64, smallest=48)


def test_a_third_picture_at_once_is_sent_away_and_the_second_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    entered, go_on = threading.Event(), threading.Event()
    check = images._check_size

    def slow(source: Image.Image, smallest: int) -> None:
        entered.set()
        go_on.wait(60)
        check(source, smallest)

    monkeypatch.setattr(images, "_check_size", slow)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(square, picture())
        entered.wait(60)
        second = pool.submit(square, picture())
        while images._places._value:  # until it has taken its place
            time.sleep(0.001)
        with pytest.raises(Busy):
            square(picture())
        go_on.set()
        assert first.result(60).size == second.result(60).size == (64, 64)
    assert square(picture()).size == (64, 64)


_MEASURE = f"""{PEAK}
import sys
from apps.media.images import square_image
from apps.media.renditions import encode
before = peak()
with open(sys.argv[1], "rb") as file:
    encode(square_image(file, side=384), "webp")
print(round(peak() - before))
"""


@pytest.mark.parametrize(
    ("kind", "size", "mode", "options"),
    [
        ("JPEG", (7300, 5470), "RGB", {"progressive": True, "subsampling": 0}),
        ("PNG", (7300, 5470), "RGBA", {"compress_level": 1}),
        ("PNG", (6300, 6300), "LA", {"compress_level": 1}),
        ("GIF", (7300, 5470), "P", {}),
        ("WEBP", (4600, 3470), "RGB", {"method": 0}),
        ("AVIF", (4600, 3470), "RGB", {"speed": 10, "subsampling": "4:4:4"}),
    ],
)
def test_the_largest_pictures_need_no_more_than_300_mb(
    kind: str, size: tuple[int, int], mode: str, options: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "large"
    file.write_bytes(picture(kind, size=size, mode=mode, **options))
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(file)],
        cwd=Path(images.__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) <= 300
