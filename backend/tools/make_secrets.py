"""Writes the secrets that the containers share into a folder, once: values given in the environment, else random.

python3 -m tools.make_secrets FOLDER

A file that exists keeps its value unless the environment names another. Files are readable by their owner and
group alone; containers that need them are in that group.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import quote

from tools.console import Problem, say
from tools.processes import command

READABLE = 0o440


def value_of(folder: Path, name: str) -> str:
    """The secret's value: from the environment, else what was written before, else a new random one."""
    given = os.environ.get(name.upper(), "").strip()
    if given:
        return given
    try:
        return (folder / name).read_text().strip() or secrets.token_urlsafe(48)
    except FileNotFoundError:
        return secrets.token_urlsafe(48)


def write(folder: Path, name: str, value: str) -> None:
    """Write a file whole, readable by owner and group."""
    partial = folder / f".{name}"
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    partial.write_text(f"{value}\n")
    partial.chmod(READABLE)
    partial.replace(folder / name)


def make(folder: Path) -> None:
    """Write all secrets, and the addresses and settings that contain them."""
    secret_key, postgres, redis = (
        value_of(folder, name) for name in ("secret_key", "postgres_password", "redis_password")
    )
    if len(secret_key) < 50:
        raise Problem("SECRET_KEY needs at least 50 random characters; leave it empty and one is made")
    for secret in (postgres, redis):
        if not secret.isprintable() or any(char in secret for char in " \"'\\"):
            raise Problem("passwords must be printable, without spaces, quotes and backslashes")
    files = {
        "secret_key": secret_key,
        "postgres_password": postgres,
        "redis_password": redis,
        "database_url": os.environ.get("DATABASE_URL", "").strip()
        or f"postgres://byline:{quote(postgres, safe='')}@postgres:5432/byline",
        "redis_url": os.environ.get("REDIS_URL", "").strip() or f"redis://:{quote(redis, safe='')}@redis:6379/0",
        "redis.conf": f'requirepass "{redis}"\nappendonly yes\ndir /data\nmaxmemory-policy noeviction',
    }
    for name, value in files.items():
        write(folder, name, value)


def main() -> None:
    """The command line."""
    if len(sys.argv) != 2:
        raise Problem("say into which folder")
    folder = Path(sys.argv[1])
    make(folder)
    say(f"secrets are in place in {folder}")


if __name__ == "__main__":
    command(main)
