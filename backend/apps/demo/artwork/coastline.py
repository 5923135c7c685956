"""A coast that does not exist, and a pair of dividers to walk along it."""

from __future__ import annotations

import numpy as np

Point = tuple[float, float]


def fractal_line(start: Point, end: Point, *, roughness: float, depth: int, seed: int) -> np.ndarray:
    """Midpoint displacement: each segment is broken in the middle and pushed sideways at random."""
    rng = np.random.default_rng(seed)
    line = np.array([start, end], dtype=float)
    for _ in range(depth):
        segment = line[1:] - line[:-1]
        normal = np.stack([-segment[:, 1], segment[:, 0]], axis=1)
        middle = (line[1:] + line[:-1]) / 2 + normal * rng.normal(0, roughness, (len(segment), 1))
        merged = np.empty((len(line) + len(middle), 2))
        merged[0::2], merged[1::2] = line, middle
        line = merged
    return line


def walk(line: np.ndarray, step: float) -> tuple[list[Point], float]:
    """Step along `line` with dividers opened to `step`: the points touched and the length found."""
    here = line[0]
    points, steps, index = [tuple(here)], 0, 0
    while True:
        distance = np.hypot(*(line[index:] - here).T)
        beyond = np.nonzero(distance >= step)[0]
        if len(beyond) == 0:
            rest = float(np.hypot(*(line[-1] - here)))
            points.append(tuple(line[-1]))
            return points, steps * step + rest
        at = index + int(beyond[0])
        before, after = line[at - 1], line[at]
        low, high = 0.0, 1.0
        for _ in range(30):
            middle = (low + high) / 2
            if np.hypot(*(before + (after - before) * middle - here)) < step:
                low = middle
            else:
                high = middle
        here = before + (after - before) * high
        points.append(tuple(here))
        steps, index = steps + 1, at
