"""Nginx from the templates in nginx/, rendered as the container does it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tools.console import Problem, done
from tools.paths import NGINX
from tools.processes import command

if TYPE_CHECKING:
    from collections.abc import Mapping

INSTALL_HINT = "apt install nginx (Debian, Ubuntu) or brew install nginx (macOS)"
SUFFIX = ".template"


def find_nginx() -> str | None:
    """The path of nginx, which many systems keep out of ordinary people's PATH."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")


def template_values(environment: Mapping[str, str]) -> dict[str, str]:
    """All NGINX_ values, with those that follow from others filled in by the container's own hook."""
    script = f'set -eu; . "{NGINX / "entrypoint" / "18-byline.envsh"}"; env -0'
    known = {"NGINX_BINARY": find_nginx() or "nginx", **environment}
    result = subprocess.run(["sh", "-c", script], env=known, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Problem(result.stderr.strip() or "the values for Nginx's templates could not be worked out")
    pairs = (entry.partition("=") for entry in result.stdout.split("\0"))
    return {name: value for name, _, value in pairs if name.startswith("NGINX_")}


def fill_in(template: str, values: Mapping[str, str]) -> str:
    """Replace each ${NGINX_…}; Nginx's own variables stay. A name without a value is an error."""

    def value_of(match: re.Match[str]) -> str:
        try:
            return values[match[1]]
        except KeyError:
            raise Problem(f"an Nginx template names {match[1]}, which has no value") from None

    return re.sub(r"\$\{(NGINX_\w+)\}", value_of, template)


def render(prefix: Path, environment: Mapping[str, str]) -> None:
    """Write nginx.conf and conf.d/ below `prefix`, which becomes Nginx's working folder."""
    values = template_values(environment)
    templates = NGINX / "templates"
    for template in sorted(templates.rglob(f"*{SUFFIX}")):
        target = prefix / "conf.d" / template.relative_to(templates).with_suffix("")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(fill_in(template.read_text(), values))
    main = (NGINX / "nginx.conf").read_text()
    if os.geteuid() == 0:  # or the workers could not read a clone below a private home folder
        main = f"user root;\n{main}"
    (prefix / "nginx.conf").write_text(main)


def nginx_command(prefix: Path, *options: str) -> list[str]:
    """The command that runs Nginx on what `render` wrote."""
    nginx = find_nginx()
    if nginx is None:
        raise Problem(f"Nginx is not installed: {INSTALL_HINT}")
    return [nginx, "-p", f"{prefix}/", "-c", str(prefix / "nginx.conf"), "-e", "stderr", *options]


def check(prefix: Path) -> str:
    """Nginx's own verdict on the rendered files: empty when it has nothing to say against them."""
    result = subprocess.run(nginx_command(prefix, "-t", "-q"), capture_output=True, text=True, check=False)
    return result.stderr.strip() or ("" if result.returncode == 0 else f"nginx -t ended with {result.returncode}")


def main() -> None:
    """`python3 -m tools.nginx`: render the templates for HTTP and for HTTPS, and have Nginx judge both."""
    for scheme in ("http", "https"):
        with tempfile.TemporaryDirectory() as folder:
            prefix = Path(folder)
            if scheme == "https":
                make_certificate(prefix / "tls")
            render(prefix, {**os.environ, "NGINX_TLS_DIR": f"{prefix}/tls", "PUBLIC_URL": f"{scheme}://localhost"})
            verdict = check(prefix)
            if verdict:
                raise Problem(f"nginx -t over {scheme}: {verdict}")
            done(f"nginx -t over {scheme}", "clean")


def make_certificate(folder: Path) -> None:
    """A certificate for localhost, signed by itself, valid for a day."""
    folder.mkdir(parents=True, exist_ok=True)
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    if shutil.which("openssl") is None:
        raise Problem("openssl is not installed: apt install openssl")
    subprocess.run([*request, *files], check=True, capture_output=True)


if __name__ == "__main__":
    command(main)
