import os
import sys
from pathlib import Path

from book.run.environment import restart_with_fixed_environment

if __name__ == "__main__":
    restart_with_fixed_environment(Path(__file__).resolve().parent.parent)
    from book.cli import run_command

    if code := run_command():
        sys.exit(code)
    sys.stdout.flush()
    os._exit(0)  # nothing is left to be ended, and Python would take a second to take apart what a build made
