"""The demo's covers: pictures of its authors, with the sizes that a worker would have made of them."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from apps.accounts.models import User
from apps.demo.parsing import COVERS, IMAGES, Essay
from apps.media.models import Image
from apps.media.storage import write_file

SHOWN = "image.webp"
SIZE = (1600, 1000)


def add_cover(essay: Essay, owner: User, created_at: datetime) -> str:
    """Put the essay's cover into its author's library; answers its address, or nothing where there is none."""
    if not essay.cover:
        return ""
    source = IMAGES / essay.cover
    image = Image(
        owner=owner,
        purpose=Image.Purpose.PICTURE,
        folder=f"images/{sha256(essay.cover.encode()).hexdigest()[:24]}",
        shown=SHOWN,
        width=SIZE[0],
        height=SIZE[1],
        bytes=source.stat().st_size,
        name=essay.cover,
        alt=essay.cover_alt,
        created_at=created_at,
    )
    files = {SHOWN: source}
    for width, smaller in sorted(_smaller(source.stem)):
        files[f"{width}.avif"] = smaller
        image.renditions.append([f"{width}.avif", "image/avif", width, width * SIZE[1] // SIZE[0]])
    image.renditions.append([SHOWN, "image/webp", *SIZE])
    for name, path in files.items():
        write_file(image.path(name), path.read_bytes())
    image.files = sorted(files)
    image.save(force_insert=True)
    return image.url(SHOWN)


def _smaller(stem: str) -> list[tuple[int, Path]]:
    """The widths that there are of a cover, and their files."""
    return [(int(path.stem.rpartition("-")[2]), path) for path in COVERS.glob(f"{stem}-*.avif")]
