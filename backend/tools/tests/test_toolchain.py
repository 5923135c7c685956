"""Old or missing programs give one clear line."""

import pytest

from tools import toolchain
from tools.console import Problem


def fake_node(folder, answer):
    node = folder / "node"
    node.write_text(f"#!/bin/sh\necho '{answer}'\n")
    node.chmod(0o755)
    return node


@pytest.mark.parametrize(
    ("text", "version"), [("v20.19.2\n", (20, 19)), ("24.1.0", (24, 1)), ("", None), ("command not found", None)]
)
def test_version_is_read(text, version):
    assert toolchain.parse_version(text) == version


@pytest.mark.parametrize("answer", ["v18.20.4", "v20.18.0"])
def test_old_node_is_refused_with_both_versions_named(monkeypatch, tmp_path, answer):
    fake_node(tmp_path, answer)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem, match=rf"Node 20\.19 or newer is needed, but .* is {answer[1:]}"):
        toolchain.node_version()


def test_new_node_is_accepted(monkeypatch, tmp_path):
    fake_node(tmp_path, "v24.3.0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert toolchain.node_version() == (24, 3)


def test_missing_programs_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem, match="there is no `node`"):
        toolchain.node_version()
    with pytest.raises(Problem, match="npm is needed"):
        toolchain.require_npm()
