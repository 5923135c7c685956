"""Checks of what a person has to install: Node and npm. (Python itself is checked in `tools/__init__.py`.)"""

from __future__ import annotations

import re
import shutil
import subprocess

from tools.console import Problem

NODE_MINIMUM = (20, 19)


def node_version() -> tuple[int, int]:
    """Major and minor number of the Node on the path; fails with one line when it is missing or too old."""
    wanted = ".".join(map(str, NODE_MINIMUM))
    found = shutil.which("node")
    if found is None:
        raise Problem(f"Node {wanted} or newer is needed, and there is no `node`: see https://nodejs.org/en/download")
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    version = parse_version(answer.stdout)
    if version is None:
        raise Problem(f"`{found} --version` does not answer with a version but with {answer.stdout.strip()!r}")
    if version < NODE_MINIMUM:
        raise Problem(f"Node {wanted} or newer is needed, but {found} is {answer.stdout.strip().lstrip('v')}")
    return version


def parse_version(text: str) -> tuple[int, int] | None:
    """Major and minor number out of an answer such as `v20.19.2`."""
    match = re.match(r"v?(\d+)\.(\d+)", text.strip())
    return (int(match[1]), int(match[2])) if match else None


def require_npm() -> None:
    """Fail with one line when npm is missing (Debian ships it apart from Node)."""
    if shutil.which("npm") is None:
        raise Problem("npm is needed and missing: it comes with Node, or as the package `npm`")
