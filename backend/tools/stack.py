"""The production shape from installed programs: PostgreSQL, Redis, Celery, granian, Nginx, on free ports.

python3 -m tools.stack                                     run it until Ctrl-C (make stack)
python3 -m tools.stack exec [--in FOLDER] -- COMMAND …    run COMMAND against it, then take it down

COMMAND gets BASE_URL (Nginx), BACKEND_URL (the application server itself), DATABASE_URL, REDIS_URL, MAIL_DIR (every
mail that was sent, a file each), LOG_DIR (what the servers log), and for each known account READER, AUTHOR, EDITOR,
MODERATOR, ADMIN, KEEPER, WARDEN its name and, in ACCOUNT_PASSWORD, their password.
What the caller has set (RATE_LIMITS_ENABLED=0, NGINX_API_RATE=1000r/s, …) reaches the servers.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tools import nginx
from tools.console import Problem, done, say, seconds, step
from tools.network import LOOPBACK, answers, free_port, wait_until
from tools.paths import BACKEND, FRONTEND, ROOT, VAR, VENV_BIN, VENV_PYTHON
from tools.postgres import temporary_postgres
from tools.processes import Processes, command, must_run, run_attached
from tools.run import granian
from tools.setup import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

LOGS = VAR / "log" / "stack"
REDIS_HINT = "apt install redis-server (Debian, Ubuntu) or brew install redis (macOS)"
ACCOUNTS = ("reader", "author", "editor", "moderator", "admin", "keeper", "warden")


@dataclass
class Stack:
    """Where a running stack is reached."""

    folder: Path
    web_port: int = field(default_factory=free_port)
    nginx_port: int = field(default_factory=free_port)
    redis_port: int = field(default_factory=free_port)
    redis_password: str = field(default_factory=lambda: secrets.token_hex(16))
    account_password: str = field(
        default_factory=lambda: os.environ.get("ACCOUNT_PASSWORD") or secrets.token_urlsafe(12)
    )
    database_url: str = ""

    @property
    def base_url(self) -> str:
        """The site, as a browser sees it: by name, since passkeys know no bare addresses."""
        return f"http://localhost:{self.nginx_port}"

    @property
    def redis_url(self) -> str:
        """Redis with its password."""
        return f"redis://:{self.redis_password}@{LOOPBACK}:{self.redis_port}/0"

    def environment(self) -> dict[str, str]:
        """The environment of every server; what the caller has set stays."""
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "EMAIL_URL": f"filemail:///{self.folder}/mail",
            "NGINX_ACCESS_LOG": str(LOGS / "nginx-access.log"),
            "TRUSTED_PROXIES": LOOPBACK,
            "SPA_DIR": str(FRONTEND / "dist"),
            **os.environ,
            "PUBLIC_URL": self.base_url,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "VAR_DIR": str(self.folder),
            "STATIC_ROOT": str(self.folder / "static"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "EXPORT_ROOT": str(self.folder / "exports"),
            "ACCOUNT_PASSWORD": self.account_password,
            "PYTHONUNBUFFERED": "1",
        }

    def for_commands(self) -> dict[str, str]:
        """The environment of a command that is run against the stack."""
        accounts = {name.upper(): name for name in ACCOUNTS}
        backend = f"http://{LOOPBACK}:{self.web_port}"
        folders = {"MAIL_DIR": str(self.folder / "mail"), "LOG_DIR": str(LOGS)}
        return {**self.environment(), **accounts, **folders, "BASE_URL": self.base_url, "BACKEND_URL": backend}


@contextmanager
def running_stack(processes: Processes) -> Iterator[Stack]:
    """Start all servers, with demo content and known accounts, for the length of the block."""
    require_programs()
    LOGS.mkdir(parents=True, exist_ok=True)
    with ExitStack() as cleanup:
        folder = Path(tempfile.mkdtemp(prefix="byline-stack-"))
        cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
        stack = Stack(folder)
        with step("PostgreSQL"):
            stack.database_url = cleanup.enter_context(temporary_postgres(processes, durable=True))
        cleanup.callback(processes.stop)
        with step("Redis"):
            start_redis(processes, stack)
        fill_database(processes, stack)
        with step("web process, worker, scheduler, Nginx"):
            start_application(processes, stack)
            start_nginx(processes, stack)
        yield stack


def require_programs() -> None:
    """Fail with one line that names everything that is missing."""
    missing = []
    if shutil.which("redis-server") is None:
        missing.append(f"Redis: {REDIS_HINT}")
    if nginx.find_nginx() is None:
        missing.append(f"Nginx: {nginx.INSTALL_HINT}")
    if missing:
        raise Problem(f"not installed: {'; '.join(missing)}")


def log_file(name: str) -> TextIO:
    """A fresh log for one server."""
    return (LOGS / f"{name}.log").open("w")


def start_redis(processes: Processes, stack: Stack) -> None:
    """Start Redis with a password, keeping nothing on disk. Its settings go in through standard input."""
    settings = {
        "bind": LOOPBACK,
        "port": stack.redis_port,
        "requirepass": stack.redis_password,
        "dir": stack.folder,
        "save": '""',
        "appendonly": "no",
    }
    lines = "".join(f"{name} {value}\n" for name, value in settings.items())
    with log_file("redis") as log:
        server = processes.start("redis", ["redis-server", "-"], cwd=stack.folder, output=log, stdin=lines)

    def ready() -> bool:
        return "Ready to accept connections" in (LOGS / "redis.log").read_text()

    wait_until("Redis", ready, alive=lambda: server.poll() is None)


def fill_database(processes: Processes, stack: Stack) -> None:
    """Migrate, collect static files, load the demo publication, make the known accounts."""
    production = stack.environment()
    demo = {**production, "DJANGO_SETTINGS_MODULE": "config.settings.development"}
    manage = [VENV_PYTHON, "manage.py"]
    with step("database with the demo publication"):
        for name, arguments, environment in (
            ("migrate", ["migrate", "--noinput", "--verbosity", "0"], production),
            ("collectstatic", ["collectstatic", "--noinput", "--verbosity", "0"], production),
            ("load_demo", ["load_demo", "--if-empty"], demo),  # refused by production's settings
            (
                "accounts",
                ["shell", "--verbosity", "0", "-c", "from tools.accounts import make; make()"],
                demo,
            ),
        ):
            must_run(processes, name, [*manage, *arguments], cwd=BACKEND, env=environment, log=LOGS / f"{name}.log")
        (LOGS / "load_demo.log").unlink(missing_ok=True)


def start_application(processes: Processes, stack: Stack) -> None:
    """Start the web process, a Celery worker and its scheduler."""
    environment = stack.environment()
    celery = [str(VENV_BIN / "celery"), "--app", "config.celery", "--quiet"]
    with log_file("web") as log:
        web = processes.start("web", granian(LOOPBACK, stack.web_port), cwd=BACKEND, env=environment, output=log)
    with log_file("worker") as log:
        worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "info"]
        processes.start("worker", worker, cwd=BACKEND, env=environment, output=log)
    with log_file("beat") as log:
        beat = [*celery, "beat", "--schedule", f"{stack.folder}/beat", "--pidfile", "", "--loglevel", "info"]
        processes.start("beat", beat, cwd=BACKEND, env=environment, output=log)
    wait_until(
        f"the web process (its log: {LOGS / 'web.log'})",
        lambda: answers(f"http://{LOOPBACK}:{stack.web_port}/readyz"),
        alive=lambda: web.poll() is None,
    )


def start_nginx(processes: Processes, stack: Stack) -> None:
    """Start Nginx in front of the web process."""
    prefix = stack.folder / "nginx"
    environment = {
        **stack.environment(),
        "TRUSTED_PROXIES": os.environ.get("NGINX_TRUSTED_PROXIES", ""),
        "NGINX_HTTP_LISTEN": f"{LOOPBACK}:{stack.nginx_port}",
        "NGINX_BACKEND": f"{LOOPBACK}:{stack.web_port}",
        "NGINX_SITE_ROOT": str(FRONTEND / "dist"),
        "NGINX_MEDIA_ROOT": str(stack.folder / "media"),
        "NGINX_ACME_ROOT": str(stack.folder / "acme"),
        "NGINX_TLS_DIR": str(stack.folder / "tls"),
    }
    nginx.render(prefix, environment)
    verdict = nginx.check(prefix)
    if verdict:
        raise Problem(f"nginx -t: {verdict}")
    with log_file("nginx") as log:
        server = processes.start("nginx", nginx.nginx_command(prefix), cwd=prefix, output=log)
    wait_until("Nginx", lambda: answers(f"{stack.base_url}/readyz"), alive=lambda: server.poll() is None)


def parse_arguments(arguments: list[str]) -> tuple[Path, list[str]]:
    """The folder and the command of `exec`; no command means that the stack runs until it is stopped."""
    folder, rest = Path.cwd(), arguments[1:]
    if not arguments:
        return folder, []
    if rest[:1] == ["--in"] and len(rest) > 1:
        folder, rest = ROOT / rest[1], rest[2:]
    if arguments[0] != "exec" or rest[:1] != ["--"] or len(rest) < 2:
        raise Problem("say `stack`, or `stack exec [--in FOLDER] -- COMMAND`")
    return folder, rest[1:]


def main() -> None:
    """The command line."""
    folder, wanted = parse_arguments(sys.argv[1:])
    started = time.monotonic()
    prepare(development=False)
    with Processes() as processes, running_stack(processes) as stack:
        done("ready", f"after {seconds(time.monotonic() - started)}")
        if wanted:
            sys.exit(run_attached(processes, wanted, cwd=folder, env=stack.for_commands()))
        say(f"\n  site      {stack.base_url}/")
        say(f"  API docs  {stack.base_url}/api/docs")
        say(f"  admin     {stack.base_url}/admin/")
        say(f"  accounts  {', '.join(ACCOUNTS)}; password {stack.account_password}")
        say(f"  logs      {LOGS}")
        say("\n  Ctrl-C stops everything and forgets the data.\n")
        name, code = processes.first_to_end()
        raise Problem(f"{name} ended with exit code {code} (its log: {LOGS / name}.log); everything is stopped")


if __name__ == "__main__":
    command(main)
