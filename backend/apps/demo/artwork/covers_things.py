"""Covers about materials and tools: saw cut, surface plates, tiles, ink."""

from __future__ import annotations

import numpy as np
from press import (
    BONE,
    INK,
    OCHRE,
    OXBLOOD,
    PAPER,
    SCALE,
    TEAL,
    Sheet,
    band,
    engrave,
    font,
    noise,
    up,
)
from scipy import ndimage


def kerf() -> None:
    """A plank, and the width of a saw taken out of it."""
    sheet = Sheet(seed=31, paper="#e9dcc0")
    x, y = sheet.grid()
    drift = (noise(sheet.shape, 700, sheet.rng, 2) - 0.5) * 150
    knot_x, knot_y = 520, 560
    around = np.hypot((x - knot_x) / 2.1, y - knot_y)
    push = 175 * np.exp(-((around / 150) ** 1.5)) * np.sign(y - knot_y)
    grain = y + drift - push * 0.9 + 0.06 * (x - 800)
    rings = np.clip(0.34 + 0.3 * np.sin(grain / 47) + 0.16 * np.sin(grain / 19 + 2), 0.05, 0.85)
    knot = around < 74
    board = np.where(
        knot,
        engrave(np.full(sheet.shape, 0.5), pitch=11, bend=around - y),
        engrave(rings, pitch=17, bend=grain - y),
    )
    cut = 14 + 0.0 * x
    centre = 1010 + (y - 500) * 0.06
    side = x - centre
    slot = (np.abs(side) < cut) & (y < 700)
    sheet.ink(np.ones(sheet.shape), OCHRE, opacity=0.55, wear=0)
    sheet.ink(board * ~slot, "#7c4a1d", wear=0.03)
    sheet.ink((knot & (around < 30)).astype(float), "#5b2d14", opaque=True, wear=0.08)
    sheet.ink(slot.astype(float), PAPER, opaque=True, wear=0)
    sheet.ink((band(np.abs(side), cut, 2.4) * (y < 702)), INK, opaque=True, wear=0.02)
    sheet.ink(
        sheet.plate(
            lambda d: d.line(
                up([(1010 + (702 - 500) * 0.06, 706), (1030 + 0.06 * 300, 1010)]), fill=255, width=3 * SCALE
            )
        ),
        INK,
        wear=0.03,
    )
    rng = np.random.default_rng(6)
    sheet.ink(sheet.plate(lambda d: _dust(d, rng)), OXBLOOD, opaque=True, wear=0)
    sheet.save("kerf")


def _dust(d, rng) -> None:
    for _ in range(620):
        y = rng.beta(4.5, 1.5) * 760
        x = 1010 + (y - 500) * 0.06 + rng.normal(0, 8 + (y / 760) ** 3 * 95)
        r = rng.uniform(1.5, 5)
        turn = rng.uniform(0, 3.14)
        points = [(x + r * 1.7 * np.cos(turn + a), y + r * np.sin(turn + a)) for a in (0, 1.9, 3.3, 4.8)]
        d.polygon(up(points), fill=255)


def plates() -> None:
    """Three scraped plates, fanned, with the blue that shows where they touch."""
    sheet = Sheet(seed=17, paper="#ece4d4")
    for index, (cx, cy, turn, colour) in enumerate(
        ((430, 540, -13, "#8f9a98"), (785, 490, 3, "#aab1ab"), (1170, 520, 15, "#c3c6bb"))
    ):
        corners = _square(cx, cy, 345, turn)
        shadow = sheet.plate(lambda d, c=corners: d.polygon(up([(x - 16, y + 20) for x, y in c]), fill=255))
        sheet.ink(shadow, INK, opaque=True, wear=0.04)
        face = sheet.plate(lambda d, c=corners: d.polygon(up(c), fill=255))
        sheet.ink(face, colour, opaque=True, wear=0.04)
        rng = np.random.default_rng(40 + index)
        marks = sheet.plate(lambda d, r=rng, a=(cx, cy, turn): _scrape(d, *a, r))
        sheet.ink(marks * face, "#59645f", wear=0.02)
        blot = noise(sheet.shape, 300, sheet.rng, 4)
        x, y = sheet.grid()
        bulge = np.exp(-(((x - cx) / 210) ** 2 + ((y - cy) / 210) ** 2))
        tone = (blot + (bulge * 0.34 if index != 1 else (1 - bulge) * 0.3 - 0.06)) * face
        spots = np.clip((tone - 0.66) * 22, 0, 1) * (
            ndimage.gaussian_filter(sheet.rng.random(sheet.shape), 3.2) > 0.487
        )
        sheet.ink(spots, "#1d3f7a", wear=0.0, opacity=0.92)
        rim = ndimage.binary_dilation(face > 0.5, iterations=4) & ~ndimage.binary_erosion(face > 0.5, iterations=5)
        sheet.ink(rim.astype(float), INK, opaque=True, wear=0.02)
        label = sheet.plate(
            lambda d, c=corners, t="ABC"[index]: d.text(
                up([((c[0][0] * 5 + c[2][0]) / 6, (c[0][1] * 5 + c[2][1]) / 6)])[0],
                t,
                font=font(84, "Italic"),
                fill=255,
                anchor="mm",
            )
        )
        sheet.ink(ndimage.binary_dilation(label > 0.5, iterations=14).astype(float), colour, opaque=True, wear=0)
        sheet.ink(label, OXBLOOD, opaque=True, wear=0)
    sheet.save("plates")


def _square(cx, cy, half, turn) -> list[tuple[float, float]]:
    a = np.deg2rad(turn)
    return [
        (cx + dx * np.cos(a) - dy * np.sin(a), cy + dx * np.sin(a) + dy * np.cos(a))
        for dx, dy in ((-half, -half), (half, -half), (half, half), (-half, half))
    ]


def _scrape(d, cx, cy, turn, rng) -> None:
    for row in range(-11, 12):
        for col in range(-11, 12):
            flip = (row + col) % 2
            a = np.deg2rad(turn + (45 if flip else -45) + rng.normal(0, 6))
            px, py = col * 33 + rng.normal(0, 2), row * 33 + rng.normal(0, 2)
            t = np.deg2rad(turn)
            x, y = cx + px * np.cos(t) - py * np.sin(t), cy + px * np.sin(t) + py * np.cos(t)
            outer = [
                (
                    x + 16 * np.cos(a) * np.cos(k) - 9 * np.sin(a) * np.sin(k),
                    y + 16 * np.sin(a) * np.cos(k) + 9 * np.cos(a) * np.sin(k),
                )
                for k in np.linspace(0, np.pi, 9)
            ]
            inner = [
                (
                    x + 16 * np.cos(a) * np.cos(k) - 2 * np.sin(a) * np.sin(k),
                    y + 16 * np.sin(a) * np.cos(k) + 2 * np.cos(a) * np.sin(k),
                )
                for k in np.linspace(np.pi, 0, 9)
            ]
            d.polygon(up(outer + inner), fill=255)


def tiles() -> None:
    """A six-fold tiling that turns into its own construction lines."""
    sheet = Sheet(seed=23, paper="#f1e7d3")
    side = 132.0
    stars = sheet.plate(lambda d: _tiling(d, side, _star, filled=True))
    petals = sheet.plate(lambda d: _tiling(d, side, _kite, filled=True))
    hexes = sheet.plate(lambda d: _tiling(d, side, _heart, filled=True))
    x, _ = sheet.grid()
    wobble = noise(sheet.shape, 240, sheet.rng, 3) * 110
    printed = [(x + wobble < edge).astype(float) for edge in (1120, 1330, 1010)]
    lines = sheet.plate(lambda d: _tiling(d, side, _guides, filled=False))
    sheet.ink(lines, "#9a8d78", wear=0.05)
    sheet.ink(petals * printed[1], OCHRE, opaque=True, wear=0.1)
    sheet.ink(stars * printed[0], OXBLOOD, opaque=True, wear=0.08, shift=(1.2, -0.8))
    sheet.ink(hexes * printed[2], TEAL, opaque=True, wear=0.08, shift=(-1, 1.2))
    sheet.save("tiles")


def _tiling(d, side, motif, *, filled) -> None:
    for row in range(-2, 8):
        for col in range(-2, 9):
            cx = (col + (row % 2) / 2) * side * np.sqrt(3)
            cy = row * side * 1.5
            motif(d, cx, cy, side, filled)


def _polar(cx, cy, r, degrees) -> tuple[float, float]:
    return cx + r * np.sin(np.deg2rad(degrees)), cy - r * np.cos(np.deg2rad(degrees))


def _star(d, cx, cy, side, _filled) -> None:
    points = [_polar(cx, cy, side * (0.80 if k % 2 == 0 else 0.44), k * 30) for k in range(12)]
    d.polygon(up(points), fill=255)
    d.polygon(up([_polar(cx, cy, side * 0.30, k * 60 + 30) for k in range(6)]), fill=0)


def _kite(d, cx, cy, side, _filled) -> None:
    for k in range(6):
        a = 30 + k * 60
        d.polygon(
            up(
                [
                    _polar(cx, cy, side * 0.50, a),
                    _polar(cx, cy, side * 0.72, a - 17),
                    _polar(cx, cy, side * 0.86, a),
                    _polar(cx, cy, side * 0.72, a + 17),
                ]
            ),
            fill=255,
        )


def _heart(d, cx, cy, side, _filled) -> None:
    d.polygon(up([_polar(cx, cy, side * 0.24, k * 60 + 30) for k in range(6)]), fill=255)
    for sign in (0, 180):
        vx, vy = _polar(cx, cy, side, sign)
        d.polygon(up([_polar(vx, vy, side * 0.17, sign + 60 + k * 120) for k in range(3)]), fill=255)


def _guides(d, cx, cy, side, _filled) -> None:
    corners = [_polar(cx, cy, side, k * 60) for k in range(6)]
    d.line(up([*corners, corners[0]]), fill=255, width=int(1.6 * SCALE))
    for k in range(6):
        d.line(up([(cx, cy), _polar(cx, cy, side * 0.866, 30 + k * 60)]), fill=255, width=SCALE)
        d.line(
            up([_polar(cx, cy, side * 0.8, k * 60), _polar(cx, cy, side * 0.8, k * 60 + 120)]),
            fill=255,
            width=SCALE,
        )
    r = side * 0.44
    d.ellipse(up([(cx - r, cy - r), (cx + r, cy + r)]), outline=255, width=SCALE)


def ink() -> None:
    """A letter that has eaten through its page."""
    sheet = Sheet(seed=44, paper="#ead9b5")
    x, y = sheet.grid()
    stain = noise(sheet.shape, 520, sheet.rng, 4)
    sheet.ink(np.clip((stain - 0.52) * 3, 0, 1), "#d8bd86", opacity=0.7, wear=0)
    rules = sum(band(y, 92 + k * 118, 0.8) for k in range(8))
    sheet.ink(np.clip(rules, 0, 1), "#b08f5c", opacity=0.8, wear=0.1)
    words = sheet.plate(_writing)
    glyph = sheet.plate(lambda d: d.text(up([(800, 560)])[0], "&", font=font(1080, "Italic"), fill=255, anchor="mm"))
    halo = ndimage.gaussian_filter(glyph, 34) + 0.5 * ndimage.gaussian_filter(words, 10)
    sheet.ink(np.clip(halo * 1.2, 0, 1), "#a2662a", opacity=0.85, wear=0)
    sheet.ink(words, "#4a2c17", wear=0.02, opacity=0.72)
    thick = ndimage.distance_transform_edt(glyph > 0.5) / SCALE
    sheet.ink(glyph, "#2a1b12", opaque=True, wear=0.03)
    rot = noise(sheet.shape, 90, sheet.rng, 4)
    hole = (rot + np.clip(thick / 60, 0, 1) * 0.24 > 0.80) & (thick > 5)
    hole = ndimage.gaussian_filter(hole.astype(float), 2.5) > 0.5
    rim = ndimage.binary_dilation(hole, iterations=9) & ~hole
    sheet.ink(rim.astype(float), OXBLOOD, opaque=True, wear=0)
    sheet.ink(hole.astype(float), "#fbf6ea", opaque=True, wear=0)
    under = hole & (((x + y) % 14) < 1.6)
    sheet.ink(under.astype(float), BONE, opaque=True, wear=0)
    sheet.save("ink")


def _writing(d) -> None:
    text = (
        "Take of Aleppo galls three ounces, bruised small, of vitriol two",
        "ounces, of gum arabic one; steep the galls in rain-water, and let",
        "them stand until the liquor is brown as a brook in autumn; then",
        "put in the vitriol, and stir it with a stick of fig. It will be pale",
        "under the pen and black upon the morrow. Keep it close from",
        "dust. It loves iron and oak, and it does not love the page on",
        "which it is laid, but takes from it, year upon year, a little",
        "more than it was given.",
    )
    for k, line in enumerate(text):
        d.text(up([(64, 84 + k * 118)])[0], line, font=font(56, "Italic"), fill=255, anchor="ls")


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:] or ["kerf", "plates", "tiles", "ink"]:
        globals()[name]()
