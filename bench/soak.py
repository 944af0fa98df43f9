"""An hour of an editor's day in minutes: random edits, breakages, moves and deletions under a running preview.

python bench/soak.py [--steps 2000] [--seed 1] [--on FOLDER]

The server must answer all the time, and in the end its folder must equal a clean build's. Prints how many
answers there were, the slowest, and the memory before and after.
"""

import argparse
import filecmp
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from latency import Preview  # noqa: E402
from sites import GazetteSite  # noqa: E402

from tests.preview.upheaval import Upheaval  # noqa: E402

PATHS = ("", "sub/", "index.html", "__gazette/", "__gazette/articles", "sub/feed.xml", "none.html")
PATIENCE = 120


def answered(address: str) -> float:
    """Seconds of one answer; whatever it says, it must come."""
    started = time.perf_counter()
    try:
        urllib.request.urlopen(address, timeout=PATIENCE).read()
    except urllib.error.HTTPError as refused:
        if refused.code not in {404, 503}:
            raise
    return time.perf_counter() - started


def is_like_a_clean_build(root: Path, output: Path) -> bool:
    """Whether the preview's folder holds what a clean build makes, and nothing else."""
    program = str(HERE.parent / "build.py")
    command = [sys.executable, program, "-C", str(root), "--clean", "--output", str(output)]
    done = subprocess.run(
        [*command, "--drafts", "--future", "--expired"], check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(done.stderr)
    folder = root / ".gazette" / "preview"
    one, other = (
        {p.relative_to(f).as_posix() for p in f.rglob("*") if p.is_file()} for f in (folder, output)
    )
    return one == other and all(filecmp.cmp(folder / p, output / p, shallow=False) for p in one)


def main() -> None:
    """Do it, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--on", type=Path, default=Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.on) as folder:
        site = GazetteSite(Path(folder) / "site")
        upheaval = Upheaval(site.root, options.seed)
        with Preview(site) as preview:
            before, times = preview.megabytes, []
            for number in range(options.steps):
                upheaval.step()
                times.append(answered(preview.address + PATHS[number % len(PATHS)]))
            upheaval.mend()
            ended = time.monotonic()
            while not is_like_a_clean_build(site.root, Path(folder) / "clean"):
                if time.monotonic() - ended > PATIENCE:
                    sys.exit("the folder differs from a clean build's")
            print(
                f"{options.steps} steps, {len(times)} answers, slowest {max(times):.2f} s; "
                f"memory {before:.0f} MB, then {preview.megabytes:.0f} MB; the folder equals a clean build's"
            )


if __name__ == "__main__":
    main()
