"""Where things are, whatever folder a command is called from."""

from __future__ import annotations

from pathlib import Path

BACKEND = Path(__file__).resolve().parent.parent
ROOT = BACKEND.parent
FRONTEND = ROOT / "frontend"
NGINX = ROOT / "nginx"
VAR = ROOT / "var"
REQUIREMENTS = BACKEND / "requirements"
REQUIREMENTS_BASE = REQUIREMENTS / "base.txt"
VENV = BACKEND / ".venv"
VENV_BIN = VENV / "bin"
VENV_PYTHON = str(VENV_BIN / "python")
