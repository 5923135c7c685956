# ruff: noqa: B905, PLW0108, RUF005, RUF007, RUF059
"""Covers about maps, heights and water: coast, mountain, level, tide."""

from __future__ import annotations

import numpy as np
from coastline import fractal_line, walk
from press import (
    INK,
    OCHRE,
    OXBLOOD,
    SCALE,
    SKY,
    SLATE,
    TEAL,
    Sheet,
    band,
    engrave,
    halftone,
    noise,
    up,
)
from scipy import ndimage


def coast() -> None:
    """Water lines off a rough shore, and dividers walking along it."""
    sheet = Sheet(seed=4)
    shore = fractal_line((-60, 640), (1660, 520), roughness=0.24, depth=11, seed=21)
    land = sheet.plate(lambda d: d.polygon(up([*map(tuple, shore), (1700, -80), (-80, -80)]), fill=255))
    distance = ndimage.distance_transform_edt(land < 0.5) / SCALE
    sheet.ink(1 - land, SKY, opacity=0.75, wear=0.02)
    lines, gap, where = np.zeros(sheet.shape), 7.0, 6.0
    while where < 300:
        lines = np.maximum(lines, band(distance * SCALE, where * SCALE, max(1.9 - where / 330, 0.8) * SCALE))
        where += gap
        gap *= 1.14
    sheet.ink(lines * (land < 0.5), TEAL, wear=0.04)
    inland = ndimage.distance_transform_edt(land > 0.5) / SCALE
    rhumbs = sheet.plate(_rhumbs)
    sheet.ink(rhumbs * np.clip(inland / 16, 0, 1) * (land > 0.5), "#c79a4e", wear=0.02)
    shade = np.clip(0.5 - inland / 34, 0, 0.5) * (land > 0.5)
    sheet.ink(engrave(shade, pitch=7, angle=-38), "#b98a3c", wear=0)
    for half, colour in enumerate((INK, OCHRE)):
        sheet.ink(sheet.plate(lambda d, h=half: _rose(d, *ROSES[0], 92, h)), colour, opaque=True, wear=0.02)
    edge = band((distance + inland) * SCALE, SCALE, 2.2 * SCALE)
    sheet.ink(edge, INK, wear=0.03)
    points, _ = walk(shore, 330)
    touched = points[1:-1]
    chord = sheet.plate(lambda d: _dividers(d, touched))
    sheet.ink(chord, OXBLOOD, opaque=True, wear=0.03)
    sheet.save("coast")


ROSES = ((250, 215), (1010, 90), (640, 560))


def _rhumbs(d) -> None:
    """The net of courses on an old sea chart: sixteen from each rose."""
    for x, y in ROSES:
        for k in range(16):
            a = k * np.pi / 8
            d.line(up([(x, y), (x + 2400 * np.cos(a), y + 2400 * np.sin(a))]), fill=255, width=int(1.5 * SCALE))


def _rose(d, x, y, reach, half) -> None:
    """The left (0) or right (1) halves of the points of a compass rose."""
    side = (-1, 1)[half]
    for turn, length, width in ((22.5, 0.42, 0.1), (45, 0.66, 0.16), (0, 1.0, 0.2)):
        for k in range(8 if turn == 22.5 else 4):
            a = np.deg2rad(turn + k * (45 if turn == 22.5 else 90))
            b = a + side * np.pi / 4
            tip = (x + reach * length * np.sin(a), y - reach * length * np.cos(a))
            foot = (x + reach * width * np.sin(b), y - reach * width * np.cos(b))
            d.polygon(up([(x, y), tip, foot]), fill=255)


def _dividers(d, touched) -> None:
    for a, b in zip(touched, touched[1:]):
        count = int(np.hypot(b[0] - a[0], b[1] - a[1]) // 18)
        for i in range(1, count):
            x, y = a[0] + (b[0] - a[0]) * i / count, a[1] + (b[1] - a[1]) * i / count
            d.ellipse(up([(x - 3.2, y - 3.2), (x + 3.2, y + 3.2)]), fill=255)
    for x, y in touched:
        d.ellipse(up([(x - 10, y - 10), (x + 10, y + 10)]), outline=255, width=5 * SCALE)
    (ax, ay), (bx, by) = touched[1], touched[2]
    top = ((ax + bx) / 2 + 10, min(ay, by) - 500)
    for foot, side in ((touched[1], -1), (touched[2], 1)):
        knee = (top[0] + (foot[0] - top[0]) * 0.45 + side * 8, top[1] + (foot[1] - top[1]) * 0.45)
        d.polygon(
            up(
                [
                    (top[0] - 11, top[1]),
                    (top[0] + 11, top[1]),
                    (knee[0] + 12, knee[1]),
                    (knee[0] - 12, knee[1]),
                ]
            ),
            fill=255,
        )
        d.polygon(up([(knee[0] - 7, knee[1] + 6), (knee[0] + 7, knee[1] + 6), foot]), fill=255)
    d.ellipse(up([(top[0] - 34, top[1] - 34), (top[0] + 34, top[1] + 34)]), fill=255)
    d.ellipse(up([(top[0] - 12, top[1] - 12), (top[0] + 12, top[1] + 12)]), fill=0)
    d.rectangle(up([(top[0] - 7, top[1] - 88), (top[0] + 7, top[1] - 30)]), fill=255)


def mountain() -> None:
    """A hill as contour lines, with a plumb line that hangs a little askew."""
    sheet = Sheet(seed=8, paper="#efe6d2")
    x, y = sheet.grid()
    u, v = (x - 930) / 620, (y - 500) / 330
    ridge = np.exp(-((u * 0.8 + v * 0.25) ** 2) * 1.5 - (v * 1.25 - u * 0.12) ** 2 * 1.9)
    shoulder = 0.42 * np.exp(-((u + 0.95) ** 2) * 3 - (v - 0.55) ** 2 * 4) + 0.3 * np.exp(
        -((u - 0.9) ** 2) * 4 - (v + 0.75) ** 2 * 5
    )
    height = (ridge + shoulder) * 1050 + (noise(sheet.shape, 620, sheet.rng, 5) - 0.5) * 330
    height = ndimage.gaussian_filter(height, 5)
    gy, gx = np.gradient(height)
    steep = np.hypot(gx, gy) + 1e-6
    light = np.clip((-gx * 0.7 - gy * 0.7) / steep, -1, 1) * np.clip(steep / 0.6, 0, 1)
    sheet.ink(halftone(np.clip(-light, 0, 1) * 0.55, pitch=17, angle=22), "#cdbb98", wear=0)
    for interval, width, colour in ((50, 1.2, INK), (250, 2.8, OXBLOOD)):
        contour = np.round(height / interval) * interval
        away = np.abs(height - contour) / steep / SCALE
        index = contour % 250 == 0
        sheet.ink(
            np.clip(width - away + 0.5, 0, 1) * (index if interval == 250 else ~index),
            colour,
            opaque=True,
            wear=0,
        )
    bob = sheet.plate(lambda d: _plumb(d))
    sheet.ink(ndimage.binary_dilation(bob > 0.5, iterations=14).astype(float), "#efe6d2", opaque=True, wear=0)
    true = sheet.plate(
        lambda d: [d.line(up([(330, t), (330, t + 12)]), fill=255, width=2 * SCALE) for t in range(-6, 880, 26)]
    )
    sheet.ink(true, INK, wear=0)
    sheet.ink(bob, INK, opaque=True, wear=0.03)
    sheet.save("mountain")


def _plumb(d) -> None:
    d.line(up([(330, -20), (372, 720)]), fill=255, width=5 * SCALE)
    d.polygon(up([(358, 716), (388, 714), (394, 742), (366, 744)]), fill=255)
    d.polygon(up([(346, 746), (412, 742), (418, 800), (390, 880), (384, 900), (376, 880), (348, 806)]), fill=255)


def level() -> None:
    """Two halves of a bridge that meet with a step."""
    sheet = Sheet(seed=3, paper="#eee5d3")
    x, y = sheet.grid()
    sky = np.clip(0.62 - y / 900, 0, 1)
    sheet.ink(engrave(sky, pitch=13), SKY, wear=0.03)
    hills = sheet.plate(lambda d: d.polygon(up(_hills(430, 70, 5) + [(1660, 700), (-60, 700)]), fill=255))
    near = sheet.plate(lambda d: d.polygon(up(_hills(520, 55, 9) + [(1660, 700), (-60, 700)]), fill=255))
    sheet.ink(hills, "#8fa39a", opaque=True, wear=0.06)
    sheet.ink(near, "#5f7a74", opaque=True, wear=0.08)
    water = (y > 690).astype(float)
    sheet.ink(water, "#c9d3cb", opaque=True, wear=0)
    ripple = noise(sheet.shape, 260, sheet.rng, 3)
    sheet.ink(
        engrave(
            np.clip(0.18 + (y - 690) / 900 + (ripple - 0.5) * 0.9, 0, 0.85),
            pitch=12,
            bend=(ripple - 0.5) * 34,
        )
        * water,
        SLATE,
        wear=0.04,
    )
    left = sheet.plate(lambda d: _half(d, 470, left=True))
    right = sheet.plate(lambda d: _half(d, 540, left=False))
    sheet.ink(left, INK, opaque=True, wear=0.05)
    sheet.ink(right, OXBLOOD, opaque=True, wear=0.05)
    sheet.ink(sheet.plate(_staff), PAPER_WHITE, opaque=True, wear=0)
    sheet.ink(sheet.plate(_staff_marks), INK, opaque=True, wear=0)
    sheet.save("level")


PAPER_WHITE = "#f7f1e3"


def _hills(base: float, swing: float, seed: int) -> list[tuple[float, float]]:
    rng = np.random.default_rng(seed)
    phase = rng.random(4) * 6.28
    return [
        (x, base - swing * sum(np.sin(x / (420 / (k + 1)) + phase[k]) / (k + 1) for k in range(4)))
        for x in range(-60, 1680, 20)
    ]


def _half(d, top: float, *, left: bool) -> None:
    inner, outer = (792, -40) if left else (808, 1640)
    d.polygon(up([(outer, top), (inner, top), (inner, top + 34), (outer, top + 120)]), fill=255)
    sign = -1 if left else 1
    pier = 800 + sign * 430
    d.polygon(up([(pier - 34, top + 40), (pier + 34, top + 40), (pier + 70, 1010), (pier - 70, 1010)]), fill=255)
    for i in range(17):
        post = inner + sign * (14 + i * 50)
        d.line(up([(post, top), (post, top - 46)]), fill=255, width=5 * SCALE)
    d.line(up([(inner, top - 46), (outer, top - 46)]), fill=255, width=6 * SCALE)


def _staff(d) -> None:
    d.rectangle(up([(776, 150), (824, 640)]), fill=255)


def _staff_marks(d) -> None:
    d.rectangle(up([(776, 150), (824, 640)]), outline=255, width=3 * SCALE)
    for i in range(14):
        y = 150 + i * 35
        d.rectangle(up([(776, y), (800 if i % 2 else 824, y + 17)]), fill=255)


def tide() -> None:
    """The wheels of a tide predictor and the curve that they add up to."""
    sheet = Sheet(seed=12, paper="#eadfc8")
    x, y = sheet.grid()
    wheels = [
        (196, 300, 150),
        (466, 360, 104),
        (720, 270, 134),
        (955, 360, 86),
        (1176, 280, 118),
        (1432, 330, 122),
    ]
    for i, (cx, cy, r) in enumerate(wheels):
        distance = np.hypot(x - cx, y - cy)
        turn = np.arctan2(y - cy, x - cx)
        shade = np.clip(0.42 + 0.4 * np.cos(turn * 2 + i), 0, 1) * (distance < r)
        sheet.ink((distance < r).astype(float), OCHRE, opacity=0.92, wear=0.06)
        sheet.ink(engrave(shade, pitch=7, bend=distance - y) * (distance < r), "#7a5316", wear=0.04)
        hub = (distance < r * 0.16) | (band(distance, r - 5, 5) > 0.5) | (band(distance, r * 0.62, 2) > 0.5)
        spokes = (np.abs(np.sin(turn * 2.5 + i * 0.9)) * distance < 7) & (distance < r * 0.62)
        sheet.ink((hub | spokes).astype(float), INK, opaque=True, wear=0.03)
        sheet.ink((distance < r * 0.06).astype(float), "#eadfc8", opaque=True, wear=0)
    sheet.ink(sheet.plate(lambda d: _tape(d, wheels)), OXBLOOD, opaque=True, wear=0.02)
    curve = 770 + sum(
        a * np.cos(x / p + q) for a, p, q in ((78, 41, 0.4), (30, 39.2, 1.9), (26, 84, 0.2), (12, 20.3, 1))
    )
    drum = (y > 600) & (y < 945)
    sheet.ink(drum.astype(float), "#f6efdf", opaque=True, wear=0)
    sheet.ink(engrave(np.clip((y - curve) / 330 + 0.3, 0.12, 0.8) * drum * (y > curve), pitch=9), TEAL, wear=0.03)
    slope = np.gradient(curve, axis=1) * SCALE
    sheet.ink(np.clip(4.2 - np.abs(y - curve) / np.hypot(1, slope) + 0.5, 0, 1) * drum, INK, opaque=True, wear=0.02)
    rules = sum(band(y, edge, 1.6) for edge in (600, 945)) + sum(band(x, 40 + 84.5 * k, 0.6) for k in range(19)) * drum
    sheet.ink(np.clip(rules, 0, 1), INK, wear=0.02)
    sheet.save("tide")


def _tape(d, wheels) -> None:
    points, above = [(-20, 120)], True
    for cx, cy, r in wheels:
        arc = np.linspace(np.pi, 0, 40) if above else np.linspace(np.pi, 2 * np.pi, 40)
        points += [(cx + np.cos(a) * (r + 4), cy - np.sin(a) * (r + 4)) for a in arc]
        above = not above
    points += [(1564, 440), (1564, 720)]
    d.line(up(points), fill=255, width=6 * SCALE, joint="curve")
    d.polygon(up([(1550, 716), (1578, 716), (1564, 760)]), fill=255)


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:] or ["coast", "mountain", "level", "tide"]:
        globals()[name]()
