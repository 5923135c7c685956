"""The catalogues of translated texts: backend/locale/<language>/LC_MESSAGES/django.po and .mo.

python3 -m tools.catalogues write    add what the code says and the .po files lack, drop what it no longer says, compile
python3 -m tools.catalogues check    fail when a text is missing, untranslated or fuzzy, or a .mo file is out of date

Texts are found without GNU gettext: in templates by Django's own parser, in code as the first argument of
`gettext`, `gettext_lazy` or `_`; those of errors as tools/problem_texts.py says.
"""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.console import Problem, done
from tools.paths import BACKEND
from tools.problem_texts import problem_texts
from tools.processes import command

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALE = BACKEND / "locale"
CALLS = {"gettext", "gettext_lazy", "_"}


def texts() -> dict[str, list[str]]:
    """Every text that is to be translated, with the files in which it stands."""
    found: dict[str, list[str]] = {}
    files = sorted((BACKEND / "apps").rglob("*.py"))
    for path in [*files, *sorted(BACKEND.glob("apps/*/templates/**/*.*"))]:
        if "tests" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        place = str(path.relative_to(BACKEND))
        for text in _in_code(path, source) if path.suffix == ".py" else _in_template(source):
            places = found.setdefault(text, [])
            if place not in places:
                places.append(place)
    return found


def _in_code(path: Path, source: str) -> Iterator[str]:
    yield from problem_texts(path, source)
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        argument = node.args[0]
        if name in CALLS and isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def _in_template(source: str) -> Iterator[str]:
    from django.template import Template
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode
    from django.utils.text import normalize_newlines

    if "i18n" not in source:
        return
    nodes: Any = Template(normalize_newlines(source)).nodelist
    for node in nodes.get_nodes_by_type((TranslateNode, BlockTranslateNode)):
        if isinstance(node, TranslateNode):
            value = node.filter_expression.var
            yield str(getattr(value, "literal", value))
            continue
        singular, _ = node.render_token_list(node.singular)
        yield singular
        if node.plural:
            yield node.render_token_list(node.plural)[0]


def catalogues() -> list[Path]:
    """The .po files."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def problems_of(path: Path) -> list[str]:
    """What is wrong with a catalogue, in words."""
    import polib

    catalogue = polib.pofile(str(path))
    there = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
    wanted = texts()
    problems = [f"missing: {text!r}" for text in wanted.keys() - there.keys()]
    problems += [f"no longer said: {text!r}" for text in there.keys() - wanted.keys()]
    problems += [f"not translated: {text!r}" for text, entry in there.items() if not entry.translated()]
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        problems.append(f"{compiled.name} is out of date")
    return sorted(problems)


def write(path: Path) -> None:
    """Bring a catalogue in step with the code and compile it. New texts wait for a translator."""
    import polib

    catalogue = polib.pofile(str(path), wrapwidth=110)
    wanted = texts()
    kept: dict[str, Any] = {entry.msgid: entry for entry in catalogue if entry.msgid in wanted}
    catalogue.clear()
    for text in sorted(wanted, key=lambda text: (wanted[text], text)):
        entry = kept.get(text) or polib.POEntry(msgid=text, msgstr="")
        entry.occurrences = [(place, "") for place in wanted[text]]
        catalogue.append(entry)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def main() -> None:
    """The command line."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    sys.path.insert(0, str(BACKEND))
    django.setup()
    wanted = sys.argv[1:]
    if wanted not in (["write"], ["check"]):
        raise Problem("say `catalogues write` or `catalogues check`")
    problems: list[str] = []
    for path in catalogues():
        if wanted == ["write"]:
            write(path)
        problems += [f"{path.parent.parent.name}: {problem}" for problem in problems_of(path)]
    if problems:
        raise Problem("\n".join(problems))
    done("catalogues", "complete")


if __name__ == "__main__":
    command(main)
