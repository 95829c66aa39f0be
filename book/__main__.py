import sys
from pathlib import Path

from book.run.environment import restart_with_fixed_environment

if __name__ == "__main__":
    restart_with_fixed_environment(Path(__file__).resolve().parent.parent)
    from book.cli import run_command

    sys.exit(run_command())
