"""Proves the containers: built, started, used, taken down and started again with everything still there.

python3 -m tools.containers    needs a Docker engine that can get or has the base images
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tools.console import Problem, done, say, step
from tools.network import LOOPBACK, free_port
from tools.paths import ROOT
from tools.processes import command

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = ("/", "/api/v1/posts", "/api/docs", "/admin/login/", "/readyz")
LONG_RUNNING = ("nginx", "backend", "worker", "beat", "postgres", "redis")


class Project:
    """A Compose project of its own name and ports, with the settings of .env.example as they are."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            **os.environ,
            "COMPOSE_PROJECT_NAME": f"byline-check-{os.getpid()}",
            "HTTP_PORT": f"{LOOPBACK}:{self.port}",
            "HTTPS_PORT": f"{LOOPBACK}:{free_port()}",
            "PUBLIC_URL": self.url,
        }

    def compose(self, *arguments: str, stdin: str | None = None) -> str:
        """Run docker compose; answers what it printed, and fails with it."""
        result = subprocess.run(
            ["docker", "compose", "--env-file", ".env.example", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode != 0:
            say(result.stdout[-4000:] + result.stderr[-4000:])
            raise Problem(f"docker compose {' '.join(arguments)} ended with {result.returncode}")
        return result.stdout

    def request(self, path: str, *, token: str = "", data: dict[str, Any] | None = None) -> tuple[int, bytes]:
        """One request to the site; answers status and body."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(f"{self.url}{path}", data=body, headers=headers)  # noqa: S310  (our own)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def create(self, path: str, *, token: str = "", data: dict[str, Any]) -> dict[str, Any]:
        """A POST that must succeed; answers the JSON."""
        status, body = self.request(path, token=token, data=data)
        if status not in {200, 201}:
            raise Problem(f"POST {path} answered {status}: {body[:500]!r}")
        answer: dict[str, Any] = json.loads(body)
        return answer


@contextmanager
def project() -> Iterator[Project]:
    """The project, gone afterwards with its volumes; its logs are shown when something failed."""
    it = Project()
    try:
        yield it
    except Problem:
        say(subprocess_logs(it))
        raise
    finally:
        it.compose("down", "--volumes", "--timeout", "10")


def subprocess_logs(it: Project) -> str:
    """The last lines of each container."""
    try:
        return it.compose("logs", "--tail", "30", "--no-color")
    except Problem as problem:
        return str(problem)


def check_pages(it: Project) -> None:
    """Every page that a newcomer opens first answers 200; metrics are not there."""
    for path in PAGES:
        status, body = it.request(path)
        if status != 200:
            raise Problem(f"{path} answered {status}: {body[:300]!r}")
    if it.request("/metrics")[0] != 404:
        raise Problem("/metrics is reachable from outside")


def check_hardening(it: Project) -> None:
    """No process is root, no root file system can be written, no capability is left."""
    for service in LONG_RUNNING:
        container = it.compose("ps", "--quiet", service).strip()
        result = subprocess.run(["docker", "inspect", container], capture_output=True, text=True, check=True)
        host = json.loads(result.stdout)[0]["HostConfig"]
        if not host["ReadonlyRootfs"] or host["CapDrop"] != ["ALL"] or host["CapAdd"]:
            raise Problem(f"{service} is not as confined as it should be")
        status = it.compose("exec", "-T", service, "cat", "/proc/1/status")
        if "Uid:\t0" in status:
            raise Problem(f"{service} runs as root")


def first_admin(it: Project) -> str:
    """Make the first admin by the documented command, and sign in; answers the access token."""
    password = secrets.token_urlsafe(16)
    create = ["create_admin", "--no-input", "--username", "chief", "--email", "chief@example.org"]
    settings = ["--env", f"ADMIN_PASSWORD={password}"]
    it.compose("exec", "-T", *settings, "backend", "python", "manage.py", *create)
    sign_in = {"username": "chief", "password": password, "cookie": False}
    access: str = it.create("/api/v1/auth/token", data=sign_in)["access"]
    return access


def main() -> None:
    """The command line."""
    with project() as it:
        with step("build and start"):
            it.compose("up", "--detach", "--build", "--wait", "--wait-timeout", "300")
        with step("pages, confinement"):
            check_pages(it)
            check_hardening(it)
        with step("first admin writes a post"):
            post = it.create("/api/v1/posts", token=first_admin(it), data={"title": "Kept", "body": "Still here."})
        with step("down and up"):
            it.compose("down", "--timeout", "30")
            it.compose("up", "--detach", "--wait", "--wait-timeout", "300")
        with step("everything is still there"):
            check_pages(it)
            slug = post["slug"]
            count = f"from apps.posts.models import Post; print(Post.objects.filter(slug={slug!r}).count())"
            manage = ["exec", "-T", "backend", "python", "manage.py", "shell", "--verbosity", "0"]
            if it.compose(*manage, "--command", count).strip() != "1":
                raise Problem("the post is gone after `down` and `up`")
    done("containers", "1 passed, 0 failed")


if __name__ == "__main__":
    command(main)
