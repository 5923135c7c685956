"""The accent colour of the publication where a mail shows it: on light and on dark paper, always readable."""

PAPER = "#faf7f2"
DARK_PAPER = "#1d1a16"
READABLE = 4.5
"""The contrast that WCAG 2.2 AA asks of text."""

_Colour = tuple[int, int, int]


def readable_on(accent: str, paper: str) -> str:
    """The accent, made darker or lighter in small steps until it can be read on the paper."""
    colour, ground = _parse(accent), _parse(paper)
    towards = (0, 0, 0) if _luminance(ground) > 0.5 else (255, 255, 255)
    for step in range(21):
        mixed = _mix(colour, towards, step / 20)
        if contrast(mixed, ground) >= READABLE:
            return _format(mixed)
    return _format(towards)


def ink_for(background: str) -> str:
    """White or near-black, whichever reads better on the background."""
    ground = _parse(background)
    white, black = (255, 255, 255), (31, 27, 22)
    return _format(white if contrast(white, ground) >= contrast(black, ground) else black)


def contrast(one: _Colour, other: _Colour) -> float:
    """From 1 (the same) to 21 (black and white), as WCAG defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: _Colour) -> float:
    red, green, blue = (_linear(value / 255) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _mix(one: _Colour, other: _Colour, share: float) -> _Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _parse(text: str) -> _Colour:
    number = int(text.removeprefix("#"), 16)
    return number >> 16, number >> 8 & 255, number & 255


def _format(colour: _Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
