"""Smaller AVIF files of each cover, as a worker would make them of an upload: loading the demo only copies them."""

from PIL import Image
from press import IMAGES

WIDTHS = (320, 640, 960, 1440)
SIZE = (1600, 1000)
TARGET = IMAGES.parent / "covers"


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    for path in sorted(IMAGES.glob("*.webp")):
        with Image.open(path) as picture:
            if picture.size != SIZE:
                continue
            for width in WIDTHS:
                small = picture.resize((width, width * SIZE[1] // SIZE[0]), Image.Resampling.LANCZOS)
                small.save(TARGET / f"{path.stem}-{width}.avif", quality=48, speed=4)


if __name__ == "__main__":
    main()
