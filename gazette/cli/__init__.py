"""The command line: arguments, printing, exit codes. The only place that prints."""

from gazette.cli.program import main

__all__ = ["main"]
