"""What errors say: the texts that apps/common/wording.py translates where they leave.

They are found by where they stand: in what is raised, in the titles of errors, and in the messages of fields and
validators. A value in the middle of a text becomes a numbered gap: f"At most {limit} tags." is `At most {0} tags.`
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ELSEWHERE = {"admin", "demo", "documents", "feeds", "fetching", "importers", "management", "migrations", "webmentions"}
"""Whose errors no caller of the API reads."""
WHOLE = {"errors.py", "validators.py", "refusals.py", "problems.py", "slugs.py", "fields.py", "idempotency_store.py"}
"""Files of which every sentence counts."""
TABLES = {"default_error_messages", "TITLES"}
GAP = re.compile(r"\{[^{}]*\}")


def problem_texts(path: Path, source: str) -> Iterator[str]:
    """The texts of one file."""
    if ELSEWHERE & set(path.parts) or path.name.startswith("admin"):
        return
    tree = ast.parse(source)
    if path.name in WHOLE:
        yield from _sentences(_without_docstrings(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=ast.AST() as raised):
                yield from _sentences(raised)
            case ast.Call(func=ast.Attribute(attr="__init__")):
                yield from _sentences(node)
            case ast.ClassDef():
                yield from _title(node)
            case ast.keyword(arg="violation_error_message", value=value):
                yield from _sentences(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=values)) if name in TABLES:
                yield from _all(values)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict(values=values)) if name in TABLES:
                yield from _all(values)


def _title(node: ast.ClassDef) -> Iterator[str]:
    """The title of an error: of a class that has a code as well."""
    given = {
        target.id: statement.value
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    title = given.get("title")
    if "code" in given and isinstance(title, ast.Constant):
        yield str(title.value)


def _all(values: list[ast.expr]) -> Iterator[str]:
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield _numbered(value.value)


def _sentences(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant | ast.JoinedStr):
        text = _text(node)
        if re.match(r"[A-Z“{]", text) and text.endswith(".") and " " in text:
            yield text
        return
    for child in ast.iter_child_nodes(node):
        yield from _sentences(child)


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return _numbered("".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))


def _numbered(text: str) -> str:
    numbers = iter(range(text.count("{")))
    return GAP.sub(lambda _: f"{{{next(numbers)}}}", text)


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [part for part in body if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant))]
            node.body = kept  # type: ignore[attr-defined]
    return tree
