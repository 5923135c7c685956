"""Texts that look like writing, in any number: sentences from word lists, the same ones for the same seed."""

import math
import random
import re
from dataclasses import dataclass

from apps.common.markup import plain_text, render, render_comment
from apps.common.markup.text import WORDS_PER_MINUTE


def _phrases(text: str) -> list[str]:
    return re.split(r"[|\n]", text)


WHO = _phrases("""the printer|my neighbour|an old carpenter|the harbour master|our teacher|the archivist|a young baker
the surveyor|the ferryman|a retired engineer|the gardener|every apprentice|the night editor|a map maker""")
DOES = _phrases("""measures|forgets|repairs|describes|collects|questions|improves|draws|remembers|borrows
sorts|compares|follows|copies|rebuilds|observes""")
WHAT = _phrases("""the tide tables|a worn chisel|three sheets of paper|the harbour wall|an unfinished atlas
the oven’s temper
a row of small houses|the first proof|the colour of the water|a box of type|the longest joint|the old road
a letter without a date|the shape of the coast|the grain of the wood|a borrowed ladder""")
WHEN = _phrases("""before the first light|in the second winter|on the way home|while nobody looks
every other week|long before noon|at the end of the pier|for the third time|without any hurry""")
HOW = _phrases("""and that is how it begins|which nobody had expected|and the rest follows from it
though the books say otherwise
because the work asks for it|and it holds to this day|so the drawing had to change""")
ADJECTIVES = _phrases(
    "quiet|patient|narrow|useful|northern|heavy|honest|late|small|bright|crooked|plain|slow|deep|early"
)
NOUNS = _phrases("harbour|workshop|ledger|margin|lantern|bridge|garden|atlas|bench|kitchen|window|orchard|archive|road")
MATTERS = _phrases("measure|patience|light|rope|paper|weather|bread|silence|oak|numbers|maps|letters|mending|water")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of Markdown, its HTML, and how many words it has."""

    text: str
    html: str
    words: int


class Prose:
    """Makes titles, posts and remarks. Passages are rendered once and put together: no two of a post share a heading,
    so the sum of their HTML is what rendering the whole would give."""

    def __init__(self, seed: int, *, passages: int = 300, remarks: int = 400) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing secret about it
        headings = [f"The {adjective} {noun}" for adjective in ADJECTIVES for noun in NOUNS]
        headings += [f"On {matter} and {other}" for matter in MATTERS for other in MATTERS if matter != other]
        self.random.shuffle(headings)
        self.passages = [self._passage(heading, number) for number, heading in enumerate(headings[:passages])]
        self.remarks = [self._remark() for _ in range(remarks)]

    def sentence(self) -> str:
        """One sentence with a capital and a full stop."""
        pick = self.random.choice
        text = f"{pick(WHO)} {pick(DOES)} {pick(WHAT)} {pick(WHEN)}"
        if self.random.random() < 0.4:
            text += f", {pick(HOW)}"
        return f"{text[0].upper()}{text[1:]}."

    def title(self) -> str:
        pick = self.random.choice
        return f"{pick(ADJECTIVES).capitalize()} {pick(NOUNS)}s, {pick(ADJECTIVES)} {pick(MATTERS)}"

    def article(self, size: int) -> tuple[str, str, int]:
        """Markdown of about `size` characters, its HTML, and the minutes that reading it takes."""
        chosen: list[Passage] = []
        length = 0
        for passage in self.random.sample(self.passages, k=min(20, len(self.passages))):
            if length >= size - 300:
                break
            chosen.append(passage)
            length += len(passage.text)
        words = sum(passage.words for passage in chosen)
        minutes = max(1, math.ceil(words / WORDS_PER_MINUTE - 0.25))
        return "".join(part.text for part in chosen), "".join(part.html for part in chosen), minutes

    def remark(self) -> Passage:
        return self.random.choice(self.remarks)

    def _paragraph(self, sentences: int) -> str:
        words = [self.sentence() for _ in range(sentences)]
        words[0] = f"*{words[0][:-1]}*." if self.random.random() < 0.3 else words[0]
        return " ".join(words)

    def _passage(self, heading: str, number: int) -> Passage:
        blocks = [f"## {heading}", self._paragraph(3), self._paragraph(4)]
        if number % 3 == 0:
            blocks.append("\n".join(f"- {self.sentence()}" for _ in range(3)))
        elif number % 5 == 0:
            blocks.append(f"> {self.sentence()}")
        elif number % 7 == 0:
            blocks.append(f"```python\ndef {heading.split()[1]}(tide):\n    return tide * {number} + 1\n```")
        blocks.append(self._paragraph(2))
        text = "\n\n".join(blocks) + "\n\n"
        html = render(text, "markdown")
        return Passage(text, html, len(plain_text(html).split()))

    def _remark(self) -> Passage:
        text = " ".join(self.sentence() for _ in range(self.random.randint(1, 4)))
        return Passage(text, render_comment(text), len(text.split()))
