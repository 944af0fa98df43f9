"""Edits a small site at random, builds after each edit, and compares with a clean build, file by file.

python bench/edits.py [--steps 2000] [--seed 1] [--length 25]

The edits are those of tests/test_incremental.py, which runs a few of them in `make test`. Prints how many
builds were compared; at a difference, the shortest sequence of edits found that leads to it, and exits with 1.
"""

import argparse
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from hypothesis import HealthCheck, Phase, settings  # noqa: E402
from hypothesis.core import seed as seeded  # noqa: E402
from hypothesis.stateful import invariant, run_state_machine_as_test  # noqa: E402

from tests.test_incremental import Portal  # noqa: E402


class Counted(Portal):
    """The site that is edited, with a count of the builds that were compared."""

    compared = 0

    @invariant()
    def count(self) -> None:
        """One more."""
        Counted.compared += 1


RUN = settings(
    max_examples=8,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def main() -> None:
    """Do it, and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--length", type=int, default=25, help="edits of one sequence, at most")
    options = parser.parse_args()
    if hasattr(os, "nice"):
        os.nice(10)
    started = time.monotonic()
    run, seed = settings(RUN, stateful_step_count=options.length), options.seed
    while Counted.compared < options.steps:
        run_state_machine_as_test(seeded(seed)(Counted), settings=run)
        seed += 1
        print(f"\r{Counted.compared} steps", end="", file=sys.stderr, flush=True)
    minutes = (time.monotonic() - started) / 60
    print(f"\r{Counted.compared} steps, 0 counterexamples, {minutes:.0f} minutes")


if __name__ == "__main__":
    main()
