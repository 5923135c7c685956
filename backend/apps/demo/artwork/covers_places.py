# ruff: noqa: RUF059
"""Covers about places and food: a light at sea, house fronts, a loaf, a fruit wall."""

from __future__ import annotations

import numpy as np
from press import (
    INK,
    MOSS,
    OCHRE,
    OXBLOOD,
    PAPER,
    SCALE,
    SLATE,
    TEAL,
    Sheet,
    band,
    engrave,
    font,
    noise,
    up,
)
from scipy import ndimage


def light() -> None:
    """A tower on a rock at night, and the fan of its beams."""
    sheet = Sheet(seed=51, paper="#f0e6d0")
    x, y = sheet.grid()
    lx, ly, horizon = 1080, 318, 690
    turn = np.rad2deg(np.arctan2(y - ly, x - lx))
    away = np.hypot(x - lx, y - ly)
    beam = np.zeros(sheet.shape)
    for centre in (-171, -118, -62, -8, 152, 28):
        beam = np.maximum(beam, np.clip((7.5 - np.abs(turn - centre)) / 1.6, 0, 1))
    glow = np.clip(1 - away / 150, 0, 1)
    night = np.clip(0.97 - beam * np.clip(1.2 - away / 1500, 0.25, 0.9) - glow, 0, 1)
    sky = y < horizon
    sheet.ink(engrave(night * sky, pitch=8.5), "#1d2c3d", wear=0.02)
    swell = noise(sheet.shape, 330, sheet.rng, 3)
    path = np.exp(-(((x - lx) / np.maximum(70 + (y - horizon) * 0.8, 30)) ** 2)) * 0.55
    sea = np.clip(0.92 - (swell - 0.42) * 1.5 - path, 0.05, 1) * ~sky
    sheet.ink(engrave(sea, pitch=13, bend=(swell - 0.5) * 60), "#17313b", wear=0.03)
    rock = sheet.plate(lambda d: d.polygon(up(_rock()), fill=255))
    sheet.ink(rock, INK, opaque=True, wear=0.04)
    facets = noise(sheet.shape, 60, sheet.rng, 3)
    sheet.ink(((facets > 0.63) & (rock > 0.5) & (y < 800)).astype(float), "#8f8a78", opaque=True, wear=0)
    tower = sheet.plate(lambda d: _tower(d, lx, ly))
    sheet.ink(
        ndimage.binary_dilation(tower > 0.5, iterations=9).astype(float) * (y < 690),
        "#1d2c3d",
        opaque=True,
        wear=0,
    )
    sheet.ink(tower, PAPER, opaque=True, wear=0.02)
    shade = np.clip((x - lx + 12) / 60, 0, 0.8) * tower
    sheet.ink(engrave(shade, pitch=7), INK, wear=0)
    sheet.ink(sheet.plate(lambda d: _bands(d, lx, ly)) * (tower > 0.5), OXBLOOD, opaque=True, wear=0.03)
    sheet.ink(sheet.plate(lambda d: _lantern(d, lx, ly)), INK, opaque=True, wear=0)
    sheet.ink(
        sheet.plate(lambda d: d.ellipse(up([(lx - 17, ly - 19), (lx + 17, ly + 19)]), fill=255)),
        "#f6d58a",
        opaque=True,
        wear=0,
    )
    sheet.save("light")


def _rock() -> list[tuple[float, float]]:
    rng = np.random.default_rng(2)
    top = [(x, 712 - 62 * np.exp(-(((x - 1085) / 150) ** 2)) + rng.normal(0, 9)) for x in range(770, 1430, 18)]
    foot = [(x, 800 + rng.normal(0, 14) - 60 * abs((x - 1095) / 360) ** 2) for x in range(1440, 750, -22)]
    return top + foot


def _half_width(y: float, ly: float) -> float:
    return 30 + 34 * ((y - ly) / 360) ** 2.2 if y > ly else 30


def _tower(d, lx, ly) -> None:
    ys = np.linspace(ly + 44, 668, 40)
    d.polygon(
        up([(lx - _half_width(y, ly), y) for y in ys] + [(lx + _half_width(y, ly), y) for y in ys[::-1]]),
        fill=255,
    )


def _bands(d, lx, ly) -> None:
    for top in (430, 560):
        d.rectangle(up([(lx - 90, top), (lx + 90, top + 62)]), fill=255)


def _lantern(d, lx, ly) -> None:
    d.rectangle(up([(lx - 46, ly + 34), (lx + 46, ly + 46)]), fill=255)
    d.rectangle(up([(lx - 52, ly + 12), (lx + 52, ly + 16)]), fill=255)
    for k in range(-5, 6):
        d.line(up([(lx + k * 10, ly + 14), (lx + k * 10, ly + 36)]), fill=255, width=2 * SCALE)
    for k in (-28, 28):
        d.line(up([(lx + k, ly - 30), (lx + k, ly + 36)]), fill=255, width=4 * SCALE)
    d.polygon(
        up([(lx - 38, ly - 28), (lx + 38, ly - 28), (lx + 12, ly - 62), (lx, ly - 92), (lx - 12, ly - 62)]),
        fill=255,
    )


HOUSES = (
    (0, 190, 250, OXBLOOD, "3", "plain"),
    (190, 150, 330, "#d8b98a", "4 bis", "step"),
    (340, 220, 200, SLATE, "Q 7, 24", "flat"),
    (560, 170, 300, "#a9563c", "11r", "gable"),
    (730, 210, 150, "#8d9a7a", "6828", "bell"),
    (940, 160, 280, OCHRE, "0", "plain"),
    (1100, 230, 220, TEAL, "742", "step"),
    (1330, 150, 320, "#c98f7a", "½", "gable"),
    (1480, 160, 240, "#4d4a56", "1/12", "flat"),
)


def houses() -> None:
    """A street in which every house is numbered by somebody else's rule."""
    sheet = Sheet(seed=61, paper="#f0e7d6")
    x, y = sheet.grid()
    sheet.ink(engrave(np.clip(0.5 - y / 700, 0, 1), pitch=14, angle=0), "#b9b6a4", wear=0.03)
    for left, width, top, colour, _, roof in HOUSES:
        front = sheet.plate(lambda d, a=left, w=width, t=top, r=roof: d.polygon(up(_front(a, w, t, r)), fill=255))
        sheet.ink(front, colour, opaque=True, wear=0.09)
    sheet.ink(sheet.plate(_outlines), INK, opaque=True, wear=0.03)
    sheet.ink(sheet.plate(_glass), "#f6ecd4", opaque=True, wear=0.02)
    sheet.ink(sheet.plate(_glazing), INK, opaque=True, wear=0.02)
    sheet.ink((y > 905).astype(float), INK, opaque=True, wear=0.03)
    setts = sheet.plate(_setts)
    sheet.ink(setts, "#cfc4ae", opaque=True, wear=0.05)
    sheet.ink(sheet.plate(_doors), INK, opaque=True, wear=0.03)
    sheet.ink(sheet.plate(lambda d: _signs(d, fill=True)), "#f9f3e4", opaque=True, wear=0)
    sheet.ink(sheet.plate(lambda d: _signs(d, fill=False)), OXBLOOD, opaque=True, wear=0)
    sheet.save("houses", quality=70)


def _front(a, w, t, roof) -> list[tuple[float, float]]:
    b, mid, base = a + w, a + w / 2, 910
    tops = {
        "plain": [(a, t + 60), (a + 26, t), (b - 26, t), (b, t + 60)],
        "flat": [(a, t + 20), (a, t), (b, t), (b, t + 20)],
        "gable": [(a, t + 110), (mid, t), (b, t + 110)],
        "step": [
            (a, t + 120),
            (a + w * 0.17, t + 120),
            (a + w * 0.17, t + 80),
            (a + w * 0.32, t + 80),
            (a + w * 0.32, t + 40),
            (a + w * 0.42, t + 40),
            (a + w * 0.42, t),
            (b - w * 0.42, t),
            (b - w * 0.42, t + 40),
            (b - w * 0.32, t + 40),
            (b - w * 0.32, t + 80),
            (b - w * 0.17, t + 80),
            (b - w * 0.17, t + 120),
            (b, t + 120),
        ],
        "bell": [(a, t + 130)]
        + [
            (mid + s * (w / 2) * (1 - k) ** 0.55, t + 130 - 130 * k)
            for s, ks in ((-1, np.linspace(0.05, 1, 12)), (1, np.linspace(1, 0.05, 12)))
            for k in ks
        ]
        + [(b, t + 130)],
    }
    return [(a, base), *tops[roof], (b, base)]


def _outlines(d) -> None:
    for left, width, top, _, _, roof in HOUSES:
        d.line(up(_front(left, width, top, roof)), fill=255, width=4 * SCALE, joint="curve")


def _windows():
    for i, (left, width, top, *_rest) in enumerate(HOUSES):
        columns = 2 if width < 180 else 3
        for row in range(4):
            wy = top + 150 + row * (118 if i % 2 else 128)
            if wy > 640:
                break
            for col in range(columns):
                wx = left + width * (col + 0.5) / columns
                yield i, wx, wy, 15 + (i % 3) * 3, 34 + (i % 2) * 8


def _glass(d) -> None:
    for i, wx, wy, hw, hh in _windows():
        if i in (0, 3, 8):
            d.pieslice(up([(wx - hw, wy - hh - hw), (wx + hw, wy - hh + hw)]), 180, 360, fill=255)
        d.rectangle(up([(wx - hw, wy - hh), (wx + hw, wy + hh)]), fill=255)


def _glazing(d) -> None:
    rng = np.random.default_rng(9)
    for _i, wx, wy, hw, hh in _windows():
        d.line(up([(wx, wy - hh), (wx, wy + hh)]), fill=255, width=3 * SCALE)
        d.line(up([(wx - hw, wy - hh * 0.2), (wx + hw, wy - hh * 0.2)]), fill=255, width=3 * SCALE)
        d.line(up([(wx - hw - 5, wy + hh + 2), (wx + hw + 5, wy + hh + 2)]), fill=255, width=5 * SCALE)
        if rng.random() < 0.3:
            d.rectangle(up([(wx - hw, wy - hh), (wx + hw, wy + hh * rng.uniform(-0.3, 0.8))]), fill=255)


def _doors(d) -> None:
    for i, (left, width, *_rest) in enumerate(HOUSES):
        cx = left + width * (0.5 if width < 180 else 0.72)
        d.rectangle(up([(cx - 30, 780), (cx + 30, 908)]), fill=255)
        if i % 2:
            d.pieslice(up([(cx - 30, 750), (cx + 30, 810)]), 180, 360, fill=255)
        d.rectangle(up([(cx - 40, 902), (cx + 40, 912)]), fill=255)


def _signs(d, *, fill: bool) -> None:
    for left, width, _t, _c, text, _r in HOUSES:
        cx = left + width * (0.5 if width < 180 else 0.72)
        face = font(40, "Bold")
        half = d.textlength(text, font=face) / SCALE / 2 + 14
        half = max(half, 28)
        cx = min(max(cx, left + half + 4), left + width - half - 4)
        box = up([(cx - half, 692), (cx + half, 742)])
        if fill:
            d.rounded_rectangle(box, radius=8 * SCALE, fill=255)
        else:
            d.rounded_rectangle(box, radius=8 * SCALE, outline=255, width=3 * SCALE)
            d.text(up([(cx, 718)])[0], text, font=face, fill=255, anchor="mm")


def _setts(d) -> None:
    for row in range(3):
        for col in range(-1, 28):
            x = col * 62 + (row % 2) * 31
            d.rounded_rectangle(
                up([(x, 924 + row * 30), (x + 54, 947 + row * 30)]),
                radius=7 * SCALE,
                outline=255,
                width=2 * SCALE,
            )


def loaf() -> None:
    """A rye loaf from above: flour rings from the basket, broken by its own cracks."""
    sheet = Sheet(seed=71, paper="#ece2cb")
    x, y = sheet.grid()
    cx, cy, radius = 800, 505, 400
    stripes = sum(band(x, at, half) for at, half in ((150, 34), (215, 6), (1385, 6), (1450, 34)))
    sheet.ink(np.clip(stripes, 0, 1), TEAL, wear=0.12)
    sheet.ink(engrave(np.full(sheet.shape, 0.16), pitch=15), "#cbbd9c", wear=0)
    edge = noise(sheet.shape, 420, sheet.rng, 2) * 40
    away = np.hypot(x - cx, (y - cy) * 1.03) + edge - 20
    sheet.ink(
        (np.hypot(x - cx - 20, (y - cy - 26) * 1.03) + edge - 20 < radius + 6).astype(float),
        "#a8946c",
        opaque=True,
        wear=0.03,
    )
    crust = away < radius
    sheet.ink(crust.astype(float), "#8a4b22", opaque=True, wear=0.06)
    round_ = np.clip(away / radius, 0, 1)
    wobble = (noise(sheet.shape, 120, sheet.rng, 3) - 0.5) * 10
    flour = np.clip(0.55 + 0.42 * np.cos((away + wobble) / 45 * 2 * np.pi), 0, 1) * np.clip(1.25 - round_**7, 0, 1)
    speck = noise(sheet.shape, 7, sheet.rng)
    cells = _cracks(sheet, cx, cy, radius)
    plate = np.clip((flour - 0.34 - speck * 0.34) * 5, 0, 1) * crust * (cells > 8)
    sheet.ink(plate, "#f2e6cc", opaque=True, wear=0)
    rift = np.clip((9.5 - cells) / 2, 0, 1) * crust
    sheet.ink(rift, "#4a2010", opaque=True, wear=0)
    sheet.ink(np.clip((5.2 - cells) / 2, 0, 1) * crust * (round_ < 0.88), "#c07a3c", opaque=True, wear=0)
    sheet.ink(band(away, radius, 3.5), INK, opaque=True, wear=0.02)
    sheet.save("loaf")


def _cracks(sheet: Sheet, cx: float, cy: float, radius: float) -> np.ndarray:
    """Distance to the borders of warped Voronoi cells, in final pixels."""
    from scipy.spatial import cKDTree

    rng = np.random.default_rng(14)
    seeds = []
    while len(seeds) < 27:
        p = rng.uniform(-1.1, 1.1, 2)
        if all(np.hypot(*(p - q)) > 0.33 for q in seeds):
            seeds.append(p)
    points = np.array(seeds) * radius + (cx, cy)
    x, y = sheet.grid()
    wx = x + (noise(sheet.shape, 130, sheet.rng, 4) - 0.5) * 80
    wy = y + (noise(sheet.shape, 130, sheet.rng, 4) - 0.5) * 80
    near = cKDTree(points).query(np.stack([wx, wy], axis=-1)[::2, ::2], k=2)[0]
    gap = ndimage.zoom(near[..., 1] - near[..., 0], 2, order=1)[: sheet.shape[0], : sheet.shape[1]]
    return gap * (0.62 + 0.7 * np.hypot(x - cx, y - cy) / radius)


def wall() -> None:
    """A peach tree trained as a fan on a plastered wall."""
    sheet = Sheet(seed=81, paper="#efe3cc")
    x, y = sheet.grid()
    patch = noise(sheet.shape, 420, sheet.rng, 3)
    bare = ndimage.gaussian_filter(((patch > 0.64) & (y > 120) & (y < 900)).astype(float), 4) > 0.5
    stones = sheet.plate(_stones)
    sheet.ink(bare.astype(float), "#c9b38c", opaque=True, wear=0)
    sheet.ink(stones * bare, "#8b7654", opaque=True, wear=0.05)
    sheet.ink(band(np.where(bare, 0, 10), 5, 1) * 0, INK)
    sheet.ink(sheet.plate(_coping), "#a14a34", opaque=True, wear=0.08)
    sheet.ink(sheet.plate(_coping_lines), INK, opaque=True, wear=0.02)
    shadow = (y > 118) & (y < 150 + 10 * np.sin(x / 50))
    sheet.ink(engrave(shadow * 0.55, pitch=7), INK, wear=0)
    sheet.ink((y > 905).astype(float), "#3b2b1d", opaque=True, wear=0.05)
    rng = np.random.default_rng(5)
    limbs, tips = _fan(rng)
    leaves, fruit = _foliage(tips, rng)
    tree = sheet.plate(
        lambda d: (
            [d.line(up([a, b]), fill=255, width=max(int(w * SCALE), 3)) for a, b, w in limbs]
            and [
                d.ellipse(up([(b[0] - w / 2, b[1] - w / 2), (b[0] + w / 2, b[1] + w / 2)]), fill=255)
                for _a, b, w in limbs
            ]
        )
    )
    leaf = sheet.plate(lambda d: [d.polygon(up(points), fill=255) for points in leaves])
    cast = np.maximum(tree, leaf)
    sheet.ink(cast, "#b6a27c", shift=(9, 11), wear=0, opacity=0.55)
    sheet.ink(tree, "#3a2418", opaque=True, wear=0.03)
    sheet.ink(leaf, MOSS, opaque=True, wear=0.03)
    sheet.ink(
        sheet.plate(
            lambda d: [d.line(up([points[0], points[len(points) // 2]]), fill=255, width=SCALE) for points in leaves]
        ),
        "#38451f",
        opaque=True,
        wear=0,
    )
    sheet.ink(
        sheet.plate(lambda d: [d.ellipse(up([(px - r, py - r), (px + r, py + r)]), fill=255) for px, py, r in fruit]),
        "#d98c5f",
        opaque=True,
        wear=0.02,
    )
    sheet.ink(
        sheet.plate(
            lambda d: [d.pieslice(up([(px - r, py - r), (px + r, py + r)]), 200, 20, fill=255) for px, py, r in fruit]
        ),
        OXBLOOD,
        opaque=True,
        wear=0.02,
    )
    sheet.save("wall")


def _stones(d) -> None:
    rng = np.random.default_rng(8)
    for row in range(20):
        x = -40.0 - (row % 2) * 30
        while x < 1640:
            w = rng.uniform(44, 92)
            d.rounded_rectangle(up([(x, 122 + row * 40), (x + w - 6, 156 + row * 40)]), radius=10 * SCALE, fill=255)
            x += w


def _coping(d) -> None:
    d.rectangle(up([(-10, 52), (1610, 120)]), fill=255)


def _coping_lines(d) -> None:
    for k in range(34):
        x = k * 50 - 20
        d.line(up([(x, 52), (x, 112)]), fill=255, width=3 * SCALE)
        d.arc(up([(x, 92), (x + 50, 132)]), 0, 180, fill=255, width=4 * SCALE)
    d.line(up([(-10, 52), (1610, 52)]), fill=255, width=5 * SCALE)


def _fan(rng):
    """Straight limbs spread from a short trunk, with side shoots at even distances."""
    limbs, tips, root = [((800, 915), (800, 800), 30)], [], (800, 805)
    for angle in (-80, -64, -49, -35, -21, 21, 35, 49, 64, 80):
        reach = min(680, 610 / max(np.cos(np.deg2rad(angle)), 0.2)) * (1.0 if abs(angle) > 30 else 0.95)
        previous = root
        steps = 14
        for k in range(1, steps + 1):
            bend = angle * (0.72 + 0.28 * k / steps)
            here = (
                root[0] + np.sin(np.deg2rad(bend)) * reach * k / steps,
                root[1] - np.cos(np.deg2rad(bend)) * reach * k / steps,
            )
            limbs.append((previous, here, 17 - 13 * k / steps))
            if k > 3:
                for side in (-1, 1):
                    turn = np.deg2rad(bend + side * 38 + rng.normal(0, 5))
                    length = rng.uniform(30, 62)
                    tip = (here[0] + np.sin(turn) * length, here[1] - np.cos(turn) * length)
                    limbs.append((here, tip, 3.4))
                    tips.append((here, tip))
            previous = here
    return limbs, tips


def _foliage(tips, rng):
    leaves, fruit = [], []
    for base, tip in tips:
        for along in (0.45, 0.75, 1.0):
            bx, by = base[0] + (tip[0] - base[0]) * along, base[1] + (tip[1] - base[1]) * along
            if by < 150:
                continue
            turn, length = rng.uniform(0, 2 * np.pi), rng.uniform(24, 38)
            leaves.append(
                [
                    (
                        bx + length * t * np.cos(turn) - s * 6.5 * np.sin(np.pi * t) * np.sin(turn),
                        by + length * t * np.sin(turn) + s * 6.5 * np.sin(np.pi * t) * np.cos(turn),
                    )
                    for s, ts in ((1, np.linspace(0, 1, 7)), (-1, np.linspace(1, 0, 7)))
                    for t in ts
                ]
            )
        if rng.random() < 0.24 and tip[1] > 190:
            fruit.append((tip[0], tip[1], rng.uniform(15, 20)))
    return leaves, fruit


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:] or ["light", "houses", "loaf", "wall"]:
        globals()[name]()
