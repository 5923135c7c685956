"""Files that mean harm, as a whole upload over HTTP: refused or cleaned, in half a second and in little memory."""

import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image, PngImagePlugin

from apps.accounts.models import User
from apps.common import outbox
from apps.media.models import UploadPart
from apps.media.tests.pictures import PEAK, picture, upload
from conftest import ApiFor

pytestmark = pytest.mark.django_db

SECRET = b"52.5200N-13.4050E"
SCRIPT = b"<script>alert(1)</script>"
SECONDS = 0.5
MEBIBYTES = 128


def png(width: int, height: int, data: bytes = b"\0" * 50_000) -> bytes:
    """A PNG whose header claims that size, whatever its pixels are."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(data, 1)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(d)) + name + d + struct.pack(">I", zlib.crc32(name + d)) for name, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg_with_size(width: int, height: int) -> bytes:
    """A JPEG whose frame header claims that size."""
    content = bytearray(picture("JPEG", size=(64, 64)))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def gif_with_size(width: int, height: int) -> bytes:
    content = bytearray(picture("GIF", size=(64, 64)))
    content[6:10] = struct.pack("<HH", width, height)
    return bytes(content)


def with_gps(kind: str, size: tuple[int, int] = (4000, 3000)) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    options: dict[str, Any] = {"exif": exif, "quality": 90}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Location", SECRET.decode())
        options = {"exif": exif, "pnginfo": text, "compress_level": 1}
    return picture(kind, size=size, **options)


def zip_of(content: bytes) -> bytes:
    output = BytesIO(content)
    output.seek(0, 2)
    with zipfile.ZipFile(output, "a") as archive:
        archive.writestr("evil.html", SCRIPT)
    return output.getvalue()


def gif_that_is_javascript() -> bytes:
    """Read as a script, the header is a name and the rest a comment and a call."""
    content = bytearray(picture("GIF", size=(64, 64)))
    return bytes(content) + b"*/=1;alert(1);" + SCRIPT


REFUSED: dict[str, tuple[Callable[[], bytes], set[int]]] = {
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" + SCRIPT + b"</svg>", {415}),
    "html": (lambda: b"<!doctype html>" + SCRIPT, {415}),
    "html that begins as a gif": (lambda: b"GIF89a/*<html>*/=1;" + SCRIPT, {400, 415, 413}),
    "javascript that begins as a gif": (lambda: b"GIF89a=alert(document.domain);//" + b"x" * 400, {400, 413, 415}),
    "program": (lambda: b"MZ\x90\0" + b"\0" * 20_000_000, {415}),
    "archive": (lambda: zip_of(b""), {415}),
    "pdf": (lambda: b"%PDF-1.7\n" + b"x" * 1000, {415}),
    "tiff": (lambda: picture("TIFF", size=(400, 400)), {415}),
    "400 megapixels as png": (lambda: png(20_000, 20_000), {413}),
    "400 megapixels as jpeg": (lambda: jpeg_with_size(20_000, 20_000), {413}),
    "400 megapixels as gif": (lambda: gif_with_size(20_000, 20_000), {413}),
    "as many as a header holds": (lambda: png(2**31 - 1, 2**31 - 1), {413}),
    "400 megapixels of zeros": (lambda: png(20_000, 20_000, b"\0" * 20_000_000), {413}),
    "40 megapixels that are not there": (lambda: png(8000, 5000)[:-12], {400}),
    "jpeg cut short": (lambda: picture("JPEG", size=(4000, 3000))[:-4000], {400}),
    "png cut short": (lambda: picture("PNG", size=(2000, 1500))[:-2000], {400}),
    "webp cut short": (lambda: picture("WEBP", size=(1200, 900))[:-300], {400, 415}),
    "avif cut short": (lambda: picture("AVIF", size=(1200, 900))[:-300], {400, 415}),
    "large png cut short": (lambda: picture("PNG", size=(6000, 4000), compress_level=1)[:-20_000], {400}),
}
CLEANED: dict[str, Callable[[], bytes]] = {
    "gps in a jpeg": lambda: with_gps("JPEG"),
    "gps in a jpeg of 40 megapixels": lambda: with_gps("JPEG", (7300, 5470)),
    "gps in a png": lambda: with_gps("PNG", (2400, 1600)),
    "gps in a webp": lambda: with_gps("WEBP", (1600, 1200)),
    "gps in an avif": lambda: with_gps("AVIF", (1600, 1200)),
    "jpeg that is an archive": lambda: zip_of(with_gps("JPEG", (1600, 1200))),
    "gif that is javascript": gif_that_is_javascript,
    "jpeg with html in its comment": lambda: picture("JPEG", size=(800, 600), comment=SCRIPT),
    "large png": lambda: picture("PNG", size=(7300, 5470), compress_level=1),
}
AT_THE_LIMIT: dict[str, Callable[[], bytes]] = {
    "jpeg in several passes": lambda: picture("JPEG", size=(4100, 3150), progressive=True, subsampling=0),
    "png": lambda: picture("PNG", size=(3450, 2600), mode="RGBA", compress_level=1),
    "gif": lambda: picture("GIF", size=(3450, 2600), mode="P"),
    "webp": lambda: picture("WEBP", size=(2300, 1730), method=0),
    "avif": lambda: picture("AVIF", size=(2300, 1730), speed=10, subsampling="4:4:4"),
}
"""The largest of each kind that are decoded while their sender waits."""
ALL = {name: make for name, (make, _) in REFUSED.items()} | CLEANED | AT_THE_LIMIT


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def send(client: Any, content: bytes) -> Any:
    return client.post("/api/v1/images", {"file": upload(content, "photo.jpg")}, format="multipart")


def written() -> bytes:
    """All that is among the files that everybody gets."""
    return b"".join(path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_and_nothing_of_it_is_kept(name: str, api: ApiFor, author: User) -> None:
    make, statuses = REFUSED[name]
    response = send(api(author), make())
    assert response.status_code in statuses, response.content
    assert response.json()["errors"][0]["pointer"] == "/file"
    assert not written()
    assert not UploadPart.objects.exists()


@pytest.mark.parametrize("name", sorted(set(CLEANED) - {"large png", "gps in a jpeg of 40 megapixels"}))
def test_cleaned_of_all_but_its_pixels(name: str, api: ApiFor, author: User) -> None:
    client = api(author)
    response = send(client, CLEANED[name]())
    assert response.status_code == 201, response.content
    outbox.drain()
    files = written()
    assert len(files) > 500
    for trace in (SECRET, b"script", b"alert", b"evil.html", b"PK\x03\x04", b"Exif\0", b"GPS"):
        assert trace not in files
    assert not UploadPart.objects.exists()
    image = client.get(response.headers["Location"]).json()
    for path in Path(settings.MEDIA_ROOT).rglob("*.*"):
        with Image.open(path) as shown:
            assert not shown.getexif()
    assert image["state"] == "ready"


_MEASURE = f"""{PEAK}
import sys, time
import django
django.setup()
from io import BytesIO
from apps.common.errors import DomainError
from apps.media import storage
from apps.media.models import Image
from apps.media.services import library

def send(path):
    with open(path, "rb") as file:
        try:
            library.first_look(Image(folder="images/" + "0" * 24), file)
        except DomainError as error:
            return error.code
    return "taken"

library.write_file = lambda path, content: None
send(sys.argv[1])  # the codecs are loaded
for path in sys.argv[2:]:
    before, started = peak(), time.process_time()
    outcome = send(path)
    print(outcome, round(time.process_time() - started, 3), round(peak() - before))
"""


@pytest.mark.parametrize("name", sorted(ALL))
def test_in_half_a_second_and_in_128_mib(name: str, tmp_path: Path) -> None:
    """What a web process does with the file, in a process of its own, so that its peak is this file's. Its own seconds
    count, not those for which the machine was busy with something else."""
    hostile, harmless = tmp_path / "hostile", tmp_path / "harmless"
    hostile.write_bytes(ALL[name]())
    harmless.write_bytes(picture("JPEG", size=(64, 64)))
    allowed = SECONDS if name not in AT_THE_LIMIT else 2 * SECONDS
    best = (1e9, 1e9)
    for _ in range(3):  # a busy machine slows the processor's caches, too
        done = subprocess.run(
            [sys.executable, "-c", _MEASURE, str(harmless), str(hostile)],
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
        )
        outcome, seconds, mebibytes = done.stdout.split()
        assert (outcome == "taken") == (name not in REFUSED)
        best = min(best, (float(seconds), float(mebibytes)))
        if best[0] <= allowed:
            break
    assert best[0] <= allowed
    assert best[1] <= MEBIBYTES
