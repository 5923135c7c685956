"""docker-compose.yml and .env.example say the same."""

import re

from tools.paths import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text()
EXAMPLE = dict(
    line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if re.match(r"[A-Z0-9_]+=", line)
)


def test_every_variable_is_in_the_example_and_every_line_of_it_is_used():
    assert set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE)) == set(EXAMPLE)


def test_defaults_are_those_of_the_example():
    for name, default in re.findall(r"\$\{([A-Z0-9_]+):-([^}]+)\}", COMPOSE):
        if name != "TLS_FOLDER":  # its default is the name of a volume
            assert EXAMPLE[name] == default, name


def test_images_are_neither_pinned_by_digest_nor_built_with_foreign_syntax():
    texts = [COMPOSE, *((ROOT / part / "Dockerfile").read_text() for part in ("backend", "nginx"))]
    assert not any("@sha256:" in text or "# syntax" in text for text in texts)
