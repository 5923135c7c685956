# ruff: noqa: B023, RUF005, T201
"""Diagrams that stand inside three of the articles."""

from __future__ import annotations

import numpy as np
from coastline import fractal_line, walk
from press import BONE, INK, OXBLOOD, PAPER, SCALE, SKY, TEAL, Sheet, font, up

KM = 0.25  # kilometres a pixel in the coast diagram
STEPS = (100, 50, 25, 12.5, 6.25, 3.125)


def _coast_line() -> np.ndarray:
    return fractal_line((60, 200), (1340, 200), roughness=0.24, depth=12, seed=200)


def coast_lengths() -> list[tuple[float, float]]:
    """(opening of the dividers, length found), both in kilometres, for the table in the article."""
    return [(step, walk(_coast_line(), step / KM)[1] * KM) for step in STEPS]


def dividers() -> None:
    """One coast, walked three times."""
    sheet = Sheet(1400, 1130, seed=5, paper=PAPER)
    line = _coast_line()
    low = line[:, 1].min()
    for index, step in enumerate((100, 50, 12.5)):
        top = 40 + index * 362
        moved = line + (0, top + 20 - low)
        points, length = walk(moved, step / KM)
        land = sheet.plate(lambda d, m=moved, t=top: d.polygon(up([*map(tuple, m), (1340, t), (60, t)]), fill=255))
        panel = sheet.plate(lambda d, t=top: d.rectangle(up([(60, t), (1340, t + 330)]), fill=255))
        sheet.ink(panel, SKY, opacity=0.6, wear=0)
        sheet.ink(land, BONE, opaque=True, wear=0)
        sheet.ink(
            sheet.plate(lambda d, m=moved: d.line(up(list(map(tuple, m))), fill=255, width=2 * SCALE)),
            TEAL,
            wear=0,
        )
        sheet.ink(
            sheet.plate(lambda d, p=points: d.line(up(p), fill=255, width=4 * SCALE)),
            OXBLOOD,
            opaque=True,
            wear=0,
        )
        radius = 7 if step > 20 else 4
        sheet.ink(
            sheet.plate(
                lambda d, p=points, r=radius: [d.ellipse(up([(x - r, y - r), (x + r, y + r)]), fill=255) for x, y in p]
            ),
            OXBLOOD,
            opaque=True,
            wear=0,
        )
        text = f"{step:g} km", f"{length * KM:,.0f} km"
        sheet.ink(
            sheet.plate(
                lambda d, s=text[0], t=top: d.text(
                    up([(84, t + 308)])[0],
                    f"dividers at {s}",
                    font=font(38, "Italic"),
                    fill=255,
                    anchor="ls",
                )
            ),
            INK,
            opaque=True,
            wear=0,
        )
        sheet.ink(
            sheet.plate(
                lambda d, s=text[1], t=top: d.text(
                    up([(1318, t + 308)])[0], s, font=font(46, "Bold"), fill=255, anchor="rs"
                )
            ),
            OXBLOOD,
            opaque=True,
            wear=0,
        )
    sheet.save("coast-dividers", quality=80)


# name, period, [(start, length of the flash)], colour
LIGHTS = (
    ("Lizard", "Fl W 3s", 3, 1, OXBLOOD),
    ("Fastnet", "Fl W 5s", 5, 1, OXBLOOD),
    ("Eddystone", "Fl(2) W 10s", 10, 2, OXBLOOD),
    ("Start Point", "Fl(3) W 10s", 10, 3, OXBLOOD),
    ("Bishop Rock", "Fl(2) W 15s", 15, 2, OXBLOOD),
    ("La Jument", "Fl(3) R 15s", 15, 3, OXBLOOD),
)


def rhythms() -> None:
    """A minute of darkness with six lights in it."""
    sheet = Sheet(1400, 820, seed=6, paper="#1c2733")
    left, right, row = 330, 1350, 112
    scale = (right - left) / 60
    for index, (name, code, period, flashes, _colour) in enumerate(LIGHTS):
        y = 90 + index * row
        sheet.ink(
            sheet.plate(
                lambda d, n=name, t=y: d.text(up([(50, t)])[0], n, font=font(38, "Regular"), fill=255, anchor="ls")
            ),
            "#f1e8d6",
            opaque=True,
            wear=0,
        )
        sheet.ink(
            sheet.plate(
                lambda d, n=code, t=y: d.text(up([(50, t + 38)])[0], n, font=font(28, "Italic"), fill=255, anchor="ls")
            ),
            "#a9b4b4",
            opaque=True,
            wear=0,
        )
        sheet.ink(
            sheet.plate(lambda d, t=y: d.line(up([(left, t), (right, t)]), fill=255, width=SCALE)),
            "#56636e",
            opaque=True,
            wear=0,
        )
        marks = [start + k * 2.0 for start in np.arange(0, 60, period) for k in range(flashes)]
        red = " R " in code
        sheet.ink(
            sheet.plate(
                lambda d, m=marks, t=y: [
                    d.rectangle(up([(left + s * scale, t - 30), (left + s * scale + 8, t + 30)]), fill=255) for s in m
                ]
            ),
            "#c8514c" if red else "#f6dfa0",
            opaque=True,
            wear=0,
        )
    for second in range(0, 61, 10):
        x = left + second * scale
        sheet.ink(
            sheet.plate(
                lambda d, p=x, s=second: d.text(up([(p, 770)])[0], f"{s}", font=font(28), fill=255, anchor="ms")
            ),
            "#a9b4b4",
            opaque=True,
            wear=0,
        )
    sheet.ink(
        sheet.plate(lambda d: d.text(up([(50, 770)])[0], "seconds", font=font(28, "Italic"), fill=255, anchor="ls")),
        "#a9b4b4",
        opaque=True,
        wear=0,
    )
    sheet.save("light-rhythms", quality=80)


def three_plates() -> None:
    """Why two plates prove nothing and a third one does."""
    sheet = Sheet(1400, 760, seed=7, paper=PAPER)
    cases = (
        (240, "A on B", (1, -1), "agree"),
        (700, "B on C", (-1, 1), "agree"),
        (1160, "A on C", (1, 1), "rock"),
    )
    for cx, title, (upper, lower), verdict in cases:
        sheet.ink(
            sheet.plate(
                lambda d, x=cx, t=title: d.text(up([(x, 110)])[0], t, font=font(50, "Italic"), fill=255, anchor="ms")
            ),
            INK,
            opaque=True,
            wear=0,
        )
        gap = 26 if verdict == "rock" else 8
        first = _plate(cx, 300 - gap, upper, above=True)
        second = _plate(cx, 300 + gap, -lower, above=False)
        sheet.ink(sheet.plate(lambda d, p=first: d.polygon(up(p), fill=255)), "#8b9793", opaque=True, wear=0.02)
        sheet.ink(sheet.plate(lambda d, p=second: d.polygon(up(p), fill=255)), "#b4bab2", opaque=True, wear=0.02)
        for shape in (first, second):
            sheet.ink(
                sheet.plate(lambda d, p=shape: d.line(up([*p, p[0]]), fill=255, width=3 * SCALE)),
                INK,
                opaque=True,
                wear=0,
            )
        for letter, y in zip(title.split(" on "), (215, 405), strict=True):
            sheet.ink(
                sheet.plate(
                    lambda d, x=cx, s=letter, t=y: d.text(
                        up([(x, t)])[0], s, font=font(44, "Bold"), fill=255, anchor="mm"
                    )
                ),
                INK,
                opaque=True,
                wear=0,
            )
        colour = OXBLOOD if verdict == "rock" else TEAL
        note = {"agree": ("They fit.", "It proves nothing."), "rock": ("They rock.", "Now you know.")}[verdict]
        for k, words in enumerate(note):
            sheet.ink(
                sheet.plate(
                    lambda d, x=cx, w=words, t=570 + k * 62: d.text(
                        up([(x, t)])[0],
                        w,
                        font=font(46, "Bold" if k == 0 else "Regular"),
                        fill=255,
                        anchor="ms",
                    )
                ),
                colour,
                opaque=True,
                wear=0,
            )
    for x in (470, 930):
        sheet.ink(
            sheet.plate(lambda d, p=x: d.line(up([(p, 80), (p, 680)]), fill=255, width=SCALE)),
            "#b9ae99",
            wear=0,
        )
    sheet.save("three-plates", quality=82)


def _plate(cx: float, y: float, bulge: int, *, above: bool) -> list[tuple[float, float]]:
    """A block whose working face bulges downwards (+1) or upwards (-1), much exaggerated."""
    xs = np.linspace(-180, 180, 40)
    face = [(cx + x, y + bulge * 26 * (np.cos(x / 180 * np.pi / 2) ** 1.0) - bulge * 13) for x in xs]
    back = y - 130 if above else y + 150
    return [*face, (cx + 180, back), (cx - 180, back)]


if __name__ == "__main__":
    for found in coast_lengths():
        print("opening {:g} km: {:.0f} km".format(*found))
    dividers()
    rhythms()
    three_plates()
