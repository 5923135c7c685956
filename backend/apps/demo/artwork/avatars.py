"""A mark for each of the people who write: cut as if on a small block."""

from __future__ import annotations

import numpy as np
from press import INK, MOSS, OCHRE, OXBLOOD, PAPER, SCALE, SLATE, TEAL, Sheet, band, engrave, font, up


def _block(name: str, paper: str, seed: int):
    return Sheet(320, 320, paper=paper, seed=seed), name


def hanne() -> None:
    """A sewn spine."""
    sheet, name = _block("hanne", OXBLOOD, 1)
    x, y = sheet.grid()
    leaves = (np.abs((x - 70) % 20 - 10) < 7) & (x > 72) & (x < 248) & (y > 60) & (y < 262)
    sheet.ink(leaves.astype(float), PAPER, opaque=True, wear=0.05)
    for at in (104, 160, 216):
        cord = (np.abs(y - at - 4 * np.sin((x - 70) / 20 * np.pi)) < 7) & (x > 58) & (x < 262)
        sheet.ink(cord.astype(float), OCHRE, opaque=True, wear=0.02)
    sheet.save(f"avatar-{name}")


def mairead() -> None:
    """A cut serif letter, half in light."""
    sheet, name = _block("mairead", "#cfc6b2", 2)
    x, y = sheet.grid()
    glyph = sheet.plate(lambda d: d.text(up([(160, 176)])[0], "Q", font=font(300, "Bold"), fill=255, anchor="mm"))
    sheet.ink(glyph, INK, opaque=True, wear=0.03)
    sheet.ink(engrave(np.clip((x - y + 60) / 300, 0, 0.7) * (glyph < 0.5), pitch=9, angle=-45), "#8d8168", wear=0.02)
    sheet.save(f"avatar-{name}")


def ines() -> None:
    """A compass rose of eight points."""
    sheet, name = _block("ines", TEAL, 3)
    x, y = sheet.grid()
    for turn, reach, half in ((45, 84, 20), (0, 132, 24)):
        for k in range(4):
            a = np.deg2rad(turn + k * 90)
            tip = (160 + reach * np.sin(a), 160 - reach * np.cos(a))
            for side, colour in ((-1, PAPER), (1, INK)):
                foot = (160 + half * np.sin(a + side * np.pi / 4), 160 - half * np.cos(a + side * np.pi / 4))
                sheet.ink(
                    sheet.plate(lambda d, p=(tip, foot): d.polygon(up([p[0], p[1], (160, 160)]), fill=255)),
                    colour,
                    opaque=True,
                    wear=0.02,
                )
    sheet.ink(band(np.hypot(x - 160, y - 160), 140, 3), PAPER, opaque=True, wear=0.02)
    sheet.save(f"avatar-{name}")


def jakob() -> None:
    """A truss."""
    sheet, name = _block("jakob", OCHRE, 4)
    sheet.ink(sheet.plate(_truss), INK, opaque=True, wear=0.03)
    sheet.save(f"avatar-{name}")


def _truss(d) -> None:
    d.line(up([(-10, 220), (330, 220)]), fill=255, width=16 * SCALE)
    d.line(up([(50, 110), (270, 110)]), fill=255, width=12 * SCALE)
    zigzag = [(-5, 220), (50, 110), (105, 220), (160, 110), (215, 220), (270, 110), (325, 220)]
    d.line(up(zigzag), fill=255, width=10 * SCALE)
    for x, y in zigzag:
        d.ellipse(up([(x - 13, y - 13), (x + 13, y + 13)]), fill=255)


def sanjay() -> None:
    """A loaf that is also a fraction."""
    sheet, name = _block("sanjay", MOSS, 5)
    x, y = sheet.grid()
    disc = np.hypot(x - 160, y - 160)
    turn = np.rad2deg(np.arctan2(y - 160, x - 160)) % 360
    sheet.ink((disc < 124).astype(float), "#e9d3a2", opaque=True, wear=0.04)
    sheet.ink(
        engrave(np.full(sheet.shape, 0.5) * (disc < 124) * (turn < 257), pitch=13, bend=disc - y),
        "#7b4520",
        wear=0,
    )
    sheet.ink((band(disc, 124, 5) > 0.5).astype(float), "#4b2813", opaque=True, wear=0)
    for angle in (0, 257.1):
        a = np.deg2rad(angle)
        sheet.ink(
            sheet.plate(
                lambda d, t=a: d.line(
                    up([(160, 160), (160 + 124 * np.cos(t), 160 + 124 * np.sin(t))]),
                    fill=255,
                    width=7 * SCALE,
                )
            ),
            "#4b2813",
            opaque=True,
            wear=0,
        )
    sheet.save(f"avatar-{name}")


def dorothea() -> None:
    """A quiet bell."""
    sheet, name = _block("dorothea", SLATE, 6)
    sheet.ink(sheet.plate(_bell), PAPER, opaque=True, wear=0.04)
    sheet.save(f"avatar-{name}")


def _bell(d) -> None:
    side = [
        (160 + s * (34 + 62 * t**2.6), 92 + 130 * t)
        for s, ts in ((-1, np.linspace(1, 0, 20)), (1, np.linspace(0, 1, 20)))
        for t in ts
    ]
    d.polygon(up(side), fill=255)
    d.pieslice(up([(126, 58), (194, 126)]), 180, 360, fill=255)
    d.ellipse(up([(148, 38), (172, 62)]), outline=255, width=6 * SCALE)
    d.rectangle(up([(56, 222), (264, 236)]), fill=255)
    d.ellipse(up([(144, 238), (176, 270)]), fill=255)


if __name__ == "__main__":
    for cut in (hanne, mairead, ines, jakob, sanjay, dorothea):
        cut()
