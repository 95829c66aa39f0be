"""`python -m analysis` is the command `analysis`."""

import os
import sys

from analysis.cli import main


def _run() -> None:
    code = main()
    if sys.stdout:
        sys.stdout.flush()
    os._exit(code)  # nothing is left to be ended, and Python would take half a second to take apart what a command made


if __name__ == "__main__":
    _run()
