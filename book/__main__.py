import sys

from book.cli import main, restart_with_fixed_environment

if __name__ == "__main__":
    restart_with_fixed_environment()
    sys.exit(main())
