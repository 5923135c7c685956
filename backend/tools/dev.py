"""`make dev`: the backend reloading on changes, and Vite with hot replacement in front of it.

HOST and PORT say where Vite listens (127.0.0.1 and 5173). The database is the one of `make run`.
"""

from __future__ import annotations

from tools.console import Problem, done, say, step
from tools.network import (
    LOOPBACK,
    address_from_environment,
    answers,
    free_port,
    require_free,
    site_url,
    wait_until,
)
from tools.paths import BACKEND, FRONTEND, VENV_PYTHON
from tools.processes import Processes, command
from tools.run import embedded_environment, prepare_database
from tools.setup import prepare


def main() -> None:
    """The command line."""
    host, port = address_from_environment(default_port=5173)
    require_free(host, port)
    prepare(development=True, build=False)
    backend_port = free_port()
    environment = embedded_environment(host, port) | {"DEBUG": "1"}
    vite_environment = environment | {"BACKEND_URL": f"http://{LOOPBACK}:{backend_port}"}
    with Processes() as processes:
        demo = prepare_database(processes, environment)
        with step("reloading backend, worker, Vite"):
            django = [VENV_PYTHON, "manage.py", "runserver", f"{LOOPBACK}:{backend_port}"]
            processes.start("django", django, cwd=BACKEND, env=environment)
            processes.start("worker", [VENV_PYTHON, "manage.py", "work"], cwd=BACKEND, env=environment)
            vite_command = ["npx", "vite", "--host", host, "--port", str(port), "--strictPort"]
            vite = processes.start("vite", vite_command, cwd=FRONTEND, env=vite_environment)
            address = site_url(host, port)
            wait_until("Vite", lambda: answers(f"{address}/"), alive=lambda: vite.poll() is None)
        done("ready", address)
        if demo:
            say(f"\n{demo}")
        say("\n  Ctrl-C stops everything.\n")
        name, code = processes.first_to_end()
        raise Problem(f"{name} ended with exit code {code}; everything else is stopped too")


if __name__ == "__main__":
    command(main)
