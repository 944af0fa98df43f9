"""The command line: arguments, printing, exit codes. The only place that prints."""

import sys

try:
    from gazette.cli.program import main
except KeyboardInterrupt:  # while it is loaded: nothing has begun that should be tidied, or told of
    sys.exit(130)

__all__ = ["main"]
