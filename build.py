"""Builds this site: `python build.py` is the program `gazette`, with this folder as the site's root."""

from pathlib import Path

from gazette.cli import main

if __name__ == "__main__":  # spawned workers import this file
    main(default_root=Path(__file__).resolve().parent)
