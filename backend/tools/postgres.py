"""A PostgreSQL server of our own: installed binaries, a free port, a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tools.console import Problem
from tools.network import LOOPBACK, free_port, wait_until
from tools.processes import Processes, command, last_lines, run_attached

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTALL_HINT = "apt install postgresql (Debian, Ubuntu) or brew install postgresql (macOS)"
USER = "byline"
DATABASE = "postgres"  # the one that every new cluster has
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
FAST = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]


def find_binaries() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest version first; None when there is none."""
    folders = [folder for pattern in FOLDERS for folder in Path("/").glob(pattern.lstrip("/"))]
    folders.sort(key=_version, reverse=True)
    found = shutil.which("postgres")
    if found:
        folders.append(Path(found).resolve().parent)
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    return None


def _version(folder: Path) -> tuple[int, ...]:
    digits = "".join(char if char.isdigit() else " " for char in str(folder)).split()
    return tuple(int(part) for part in digits)


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to run the server as: PostgreSQL refuses root. None when we aren't root anyway."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Problem("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")


@contextmanager
def temporary_postgres(processes: Processes, *, durable: bool = False) -> Iterator[str]:
    """Run a server for the length of the block; the value is its DATABASE_URL.

    `durable` keeps the guarantees of production; without it the server is faster and a crash may lose data.
    """
    binaries = find_binaries()
    if binaries is None:
        raise Problem(f"PostgreSQL is not installed: {INSTALL_HINT}")
    account = unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="byline-postgres-"))
    server = None
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        password = secrets.token_hex(16)
        _create_cluster(binaries, folder, password, account)
        port = free_port()
        server = _start(processes, binaries, folder, port, account, durable=durable)
        yield f"postgres://{USER}:{password}@{LOOPBACK}:{port}/{DATABASE}"
    finally:
        if server:
            processes.stop_one(server)
        shutil.rmtree(folder, ignore_errors=True)


def _start(
    processes: Processes,
    binaries: Path,
    folder: Path,
    port: int,
    account: pwd.struct_passwd | None,
    *,
    durable: bool,
) -> subprocess.Popen[str]:
    options = [
        "-c",
        f"listen_addresses={LOOPBACK}",
        "-c",
        "unix_socket_directories=",
        "-c",
        "max_connections=200",
    ]
    log = folder / "server.log"
    with log.open("w") as output:
        server = processes.start(
            "postgres",
            [
                binaries / "postgres",
                "-D",
                folder / "data",
                "-p",
                str(port),
                *options,
                *([] if durable else FAST),
            ],
            cwd=folder,
            env=_environment(),
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            output=output,
            stop_with=signal.SIGINT,  # "fast": ends open sessions
        )
    try:
        wait_until("PostgreSQL", lambda: _is_ready(folder / "data"), alive=lambda: server.poll() is None)
    except Problem as problem:
        raise Problem(f"{problem}\n{last_lines(log, 10)}") from problem
    return server


def _environment(**more: str) -> dict[str, str]:
    """A clean environment: none of the caller's PG* variables, no locale that the system may lack."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC", **more}


def _create_cluster(binaries: Path, folder: Path, password: str, account: pwd.struct_passwd | None) -> None:
    password_file = folder / "password"
    password_file.write_text(password)
    password_file.chmod(0o600)
    if account:
        os.chown(password_file, account.pw_uid, account.pw_gid)
    options = [f"--pwfile={password_file}", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"]
    initdb = [
        str(binaries / "initdb"),
        "-D",
        str(folder / "data"),
        f"--username={USER}",
        "--locale=C.UTF-8",
        *options,
    ]
    result = subprocess.run(
        initdb,
        cwd=folder,
        env=_environment(),
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        capture_output=True,
        text=True,
        check=False,
    )
    password_file.unlink()
    if result.returncode != 0:
        raise Problem(f"initdb failed: {result.stderr.strip() or result.stdout.strip()}")


def _is_ready(data: Path) -> bool:
    """Whether the server accepts connections: the last line of its pid file says so."""
    try:
        return (data / "postmaster.pid").read_text().splitlines()[-1].strip() == "ready"
    except (OSError, IndexError):
        return False


def main() -> None:
    """`python3 -m tools.postgres -- COMMAND`: run a command with DATABASE_URL naming a server of its own."""
    arguments = sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]
    if not arguments:
        raise Problem("say which command to run: python3 -m tools.postgres -- .venv/bin/pytest")
    with Processes() as processes, temporary_postgres(processes) as url:
        sys.exit(run_attached(processes, arguments, env={**os.environ, "DATABASE_URL": url}))


if __name__ == "__main__":
    command(main)
