"""The commands behind the Makefile: standard library alone, so that they run before anything is installed.

This file is read first and stays free of new syntax, so that an old Python gets a line it can print.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (the very point of the check)
    version = ".".join(map(str, sys.version_info[:2]))
    sys.exit("byline: Python 3.11 or newer is needed, and this is " + version + "; name another: PYTHON=python3.12")
