# ruff: noqa: T201
"""A small printing press: plates, inks, halftones and engraved lines on warm paper.

Every picture is built as a few one-colour plates that are inked on top of each other, slightly out of
register, the way a two- or three-colour linocut is pulled. Drawing is done at twice the final size.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Plate = np.ndarray  # float, 0 = bare paper, 1 = full ink

SCALE = 2
PAPER = "#f3ecdd"
INK = "#211c1a"
OXBLOOD = "#6f1a1e"
TEAL = "#2c5f63"
OCHRE = "#c8902f"
MOSS = "#5d6d3c"
SLATE = "#33506c"
ROSE = "#d59c86"
SKY = "#b9cbc9"
BONE = "#e4d7bf"

IMAGES = Path(__file__).resolve().parent.parent / "content" / "images"
_FONTS = (
    "/usr/share/fonts/opentype/ebgaramond/EBGaramond12-{}.otf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-{}.ttf",
)


def font(size: float, style: str = "Regular") -> ImageFont.FreeTypeFont:
    """EB Garamond at `size` final pixels, or Liberation Serif where it is not installed."""
    for pattern in _FONTS:
        path = Path(pattern.format(style))
        if path.exists():
            return ImageFont.truetype(str(path), int(size * SCALE))
    return ImageFont.truetype("DejaVuSerif.ttf", int(size * SCALE))


def rgb(colour: str) -> np.ndarray:
    """`#rrggbb` as three floats from 0 to 1."""
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def noise(shape: tuple[int, int], cell: float, rng: np.random.Generator, octaves: int = 1) -> np.ndarray:
    """Smooth value noise in 0..1; `cell` is the size of its largest grain in pixels."""
    total, weight = np.zeros(shape), 0.0
    for octave in range(octaves):
        step = max(cell / 2**octave, 1.0)
        coarse = rng.random((int(shape[0] / step) + 3, int(shape[1] / step) + 3))
        layer = ndimage.zoom(coarse, step, order=1 if step < 4 else 3)[: shape[0], : shape[1]]
        total += layer * 0.5**octave
        weight += 0.5**octave
    return np.clip(total / weight, 0, 1)


class Sheet:
    """A sheet of paper that takes plates."""

    def __init__(self, width: int = 1600, height: int = 1000, *, paper: str = PAPER, seed: int = 1) -> None:
        self.size = (width * SCALE, height * SCALE)
        self.shape = (height * SCALE, width * SCALE)
        self.rng = np.random.default_rng(seed)
        self.pixels = np.ones((*self.shape, 3)) * rgb(paper)

    def plate(self, draw: Callable[[ImageDraw.ImageDraw], None]) -> Plate:
        """A plate drawn with Pillow in final pixel × SCALE coordinates; white (255) takes ink."""
        image = Image.new("L", self.size, 0)
        draw(ImageDraw.Draw(image))
        return np.asarray(image, dtype=float) / 255

    def grid(self) -> tuple[np.ndarray, np.ndarray]:
        """x and y of each pixel, in final pixels."""
        y, x = np.mgrid[0 : self.shape[0], 0 : self.shape[1]] / SCALE
        return x, y

    def ink(
        self,
        plate: Plate,
        colour: str,
        *,
        opacity: float = 1.0,
        shift: tuple[float, float] = (0, 0),
        wear: float = 0.05,
        opaque: bool = False,
    ) -> None:
        """Print a plate. Inks multiply, as transparent inks do, unless `opaque`."""
        if shift != (0, 0):
            plate = ndimage.shift(plate, (shift[1] * SCALE, shift[0] * SCALE), order=1, mode="nearest")
        if wear:
            rough = noise(self.shape, 5, self.rng) - 0.5
            plate = np.clip((ndimage.gaussian_filter(plate, 1.1) - 0.5 + rough * 0.22) * 5 + 0.5, 0, 1)
            salt = noise(self.shape, 9, self.rng, 2)
            plate = plate * (1 - wear * np.clip((salt - 0.62) * 9, 0, 1))
        cover = (plate * opacity)[..., None]
        target = rgb(colour) if opaque else self.pixels * rgb(colour)
        self.pixels = self.pixels * (1 - cover) + target * cover

    def save(self, name: str, *, quality: int = 62, limit: int = 120_000) -> Path:
        """Write WebP into the content's image folder, giving up quality until it is small enough."""
        image = Image.fromarray((np.clip(self.pixels, 0, 1) * 255).astype("uint8"))
        image = image.resize((self.size[0] // SCALE, self.size[1] // SCALE), Image.Resampling.LANCZOS)
        IMAGES.mkdir(parents=True, exist_ok=True)
        path = IMAGES / f"{name}.webp"
        while True:
            image.save(path, quality=quality, method=6)
            if path.stat().st_size <= limit or quality <= 20:
                print(f"{path.name}: {image.width}×{image.height}, q{quality}, {path.stat().st_size // 1000} kB")
                return path
            quality -= 4


def engrave(tone: np.ndarray, *, pitch: float, angle: float = 0.0, bend: np.ndarray | None = None) -> Plate:
    """Parallel lines that swell with `tone` (0 light, 1 dark). `bend` displaces them, in pixels."""
    height, width = tone.shape
    y, x = np.mgrid[0:height, 0:width] / SCALE
    radians = np.deg2rad(angle)
    across = -x * np.sin(radians) + y * np.cos(radians)
    if bend is not None:
        across = across + bend
    wave = np.abs((across / pitch) % 1 - 0.5) * 2
    return np.clip((tone - wave) * pitch * 1.4 + 0.5, 0, 1) * (tone > 0.02)


def halftone(tone: np.ndarray, *, pitch: float, angle: float = 30.0) -> Plate:
    """Round dots on a turned grid that grow with `tone`."""
    height, width = tone.shape
    y, x = np.mgrid[0:height, 0:width] / SCALE
    radians = np.deg2rad(angle)
    u = (x * np.cos(radians) + y * np.sin(radians)) / pitch
    v = (-x * np.sin(radians) + y * np.cos(radians)) / pitch
    distance = np.hypot(u - np.round(u), v - np.round(v))
    radius = np.sqrt(np.clip(tone, 0, 1)) * 0.72
    return np.clip((radius - distance) * pitch * 2 + 0.5, 0, 1) * (tone > 0.01)


def band(distance: np.ndarray, centre: float, half: float) -> Plate:
    """A line of half-width `half` where a distance field passes `centre`, with a soft edge."""
    return np.clip(half - np.abs(distance - centre) + 0.5, 0, 1)


def up(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points in final pixels as points on a plate."""
    return [(x * SCALE, y * SCALE) for x, y in points]
