"""Builds this site: `python build.py` is the program `gazette`, with this folder as the site's root."""

import sys

try:
    from gazette.cli import main
except KeyboardInterrupt:
    sys.exit(130)
except ModuleNotFoundError as fault:
    sys.exit(f"{fault.name} is not installed for this Python. Run `make site`, or see README.md.")

if __name__ == "__main__":  # spawned workers import this file
    from pathlib import Path

    main(default_root=Path(__file__).resolve().parent)
