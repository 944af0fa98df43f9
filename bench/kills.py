"""Kills real builds at random moments, with their workers; whatever was left, the next build must mend it.

python bench/kills.py [--count 200] [--articles 300] [--seed 1] [--jobs 2] [--on FOLDER]

A site of either theme is edited (or its output removed, for a cold build) and `build.py` is started on it; a
random time later its whole process group gets SIGKILL. A third of the kills may fall anywhere, a third falls
after the first page is staged, a third after the journal is written. Then no file of the site may be anything but as it was
before or as it is to be, and the next build must make what a clean build of the same sources makes, file by
file. One in four of those next builds is killed too, before another one. Ends with 1 if anything was wrong.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from corpus import Article, articles
from sites import GazetteSite

HERE = Path(__file__).parent
PROGRAM = str(HERE.parent / "build.py")
INDEX = "pagefind/"
"""Where the search index lies; Pagefind does not make the same one twice, so what went into it is compared."""
THEMES = ("base", "portal")
KILLS_A_BUILD = 6
MANNERS = ("any", "staging", "committing")


class Killed:
    """One site, the edits made to it, and what its builds must come to."""

    def __init__(self, folder: Path, theme: str, options: argparse.Namespace) -> None:
        self.chance: random.Random = options.chance
        self.site = GazetteSite(folder / theme, theme)
        self.saved = folder / f"{theme}-saved"
        self.clean = folder / f"{theme}-clean"
        self.jobs = str(options.jobs)
        self.search = False
        rows = list(articles(options.articles + 1000))
        self.rows, self.unpublished = rows[: options.articles], rows[options.articles :]
        self.edits: tuple[Callable[[], None], ...] = (
            self.edit, self.retitle, self.add, self.delete, self.move_folder, self.edit_template,
            self.rename_category, self.edit_style, self.turn_grey, self.swap_file_and_folder,
        )  # fmt: skip
        self.site.write(options.articles)
        self.number = 0
        self.swap_file_and_folder()
        self.built()

    def command(self, *more: str) -> list[str]:
        """The build's command."""
        search = [] if self.search else ["--no-search"]
        return [
            sys.executable,
            PROGRAM,
            "-C",
            str(self.site.root),
            "--jobs",
            self.jobs,
            *search,
            *more,
        ]

    def built(self, *more: str) -> float:
        """Build to the end; the seconds that it took."""
        started = time.monotonic()
        done = subprocess.run(self.command(*more), check=False, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return time.monotonic() - started

    # Edits

    def _path(self, article: Article) -> Path:
        return self.site.path(article)

    def _there(self) -> Article:
        return self.chance.choice([a for a in self.rows if self._path(a).exists()])

    def edit(self) -> None:
        """A text."""
        self.site.write_article(self._there(), mark=f"\n改动{self.number}。\n")

    def retitle(self) -> None:
        """A title, which neighbours and lists show too."""
        self.site.write_article(self._there(), title=f"改题{self.number}")

    def add(self) -> None:
        """New articles."""
        for _ in range(3):
            self.rows.append(self.unpublished.pop(0))
            self.site.write_article(self.rows[-1])

    def delete(self) -> None:
        """The newest articles, to which no other leads; stale pages stay behind."""
        for _ in range(3):
            if self._path(self.rows[-1]).exists():
                self._path(self.rows[-1]).unlink()
                self.unpublished.insert(0, self.rows.pop())

    def move_folder(self) -> None:
        """Move to where the year's folder is not looked for: the address does not depend on it."""
        folder = self._path(self._there()).parent
        for path in list(folder.iterdir())[:5]:
            path.rename(folder.parent / path.name)

    def edit_template(self) -> None:
        """Every article page."""
        self.site.edit_template(str(self.number))

    def rename_category(self) -> None:
        """Pages of all kinds."""
        self.site.write_categories(f"改名{self.number}")

    def edit_style(self) -> None:
        """A style sheet, whose name holds its digest: every page."""
        place = self.site.root / "themes/mine/static/css/own.css"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"p{{order:{self.number}}}", "utf-8")

    def turn_grey(self) -> None:
        """One file, or back again."""
        place = self.site.root / "config.yaml"
        text = place.read_text("utf-8")
        grey = ', "grey": true'
        after = (
            text.replace(grey, "")
            if grey in text
            else text.replace('"示例单位"', f'"示例单位"{grey}')
        )
        place.write_text(after, "utf-8")

    def swap_file_and_folder(self) -> None:
        """What was a file becomes a folder, and the other way round."""
        static = self.site.root / "content/static"
        static.mkdir(parents=True, exist_ok=True)
        for name, is_folder in (("one", self.number % 2), ("two", not self.number % 2)):
            place = static / name
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
            if is_folder:
                (place / "deep").mkdir(parents=True)
                place = place / "deep/x.txt"
            place.write_bytes(f"{self.number}".encode() * 200_000)

    # Killing

    def change(self) -> bool:
        """Edit the site; whether its next build is a cold one."""
        self.number += 1
        self.search = self.chance.random() < 0.15
        for edit in self.chance.sample(self.edits, self.chance.randint(1, 4)):
            edit()
        cold = self.chance.random() < 0.3
        if cold:
            for name in ("output", ".gazette"):
                shutil.rmtree(self.site.root / name, ignore_errors=True)
        return cold

    def save(self) -> None:
        """Keep the site as it is before its build, for further kills of the same build."""
        self._copy(self.site.root, self.saved)

    def restore(self) -> None:
        """The site as it was kept: file times too, by which changes are recognised."""
        self._copy(self.saved, self.site.root)

    def _copy(self, source: Path, target: Path) -> None:
        for name in ("output", ".gazette"):
            shutil.rmtree(target / name, ignore_errors=True)
            if (source / name).exists():
                shutil.copytree(source / name, target / name)

    def kill(self, manner: str, longest: float) -> str:
        """Start a build and kill it; how far it had come, or nothing if it was quicker."""
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(self.command(), start_new_session=True, **silent)
        state = self.site.root / ".gazette"
        if manner == "any":
            time.sleep(self.chance.uniform(0, longest))
        else:
            awaited = "*/stage/*" if manner == "staging" else "*/journal"
            while process.poll() is None and not any(state.glob(awaited)):
                time.sleep(0.0005)
            time.sleep(self.chance.uniform(0, longest / 2 if manner == "staging" else 0.03))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        if process.wait() != -signal.SIGKILL:
            return ""
        while _lives(process.pid):
            time.sleep(0.001)
        if any(state.glob("*/journal")):
            return "committing"
        return "staging" if any(state.glob("*/stage/*")) else "reading or done"

    def wrong_pages(self, old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
        """Files of the site that are neither as before nor as they are to be."""
        return [
            path
            for path, data in contents(self.site.root / "output").items()
            if not path.startswith(INDEX) and data not in {old.get(path), new.get(path)}
        ]

    def mended(self, new: dict[str, bytes]) -> list[str]:
        """Build again; what then differs from a clean build's site."""
        try:
            self.built(*(["--verify"] if self.search else []))
        except RuntimeError as fault:
            return [str(fault)]
        found, state = contents(self.site.root / "output"), self.site.root / ".gazette"
        differ = {path for path in found.keys() | new.keys() if found.get(path) != new.get(path)}
        left = [*state.glob("*/stage"), *state.glob("*/journal")]
        return [*sorted(p for p in differ if not p.startswith(INDEX)), *map(str, left)]


def _lives(group: int) -> bool:
    """Whether any process of the group is still there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def one_build(killed: Killed, count: int, found: Counter[str]) -> list[str]:
    """Edit, and kill the build that follows a few times; what was wrong."""
    cold = killed.change()
    killed.save()
    old = contents(killed.site.root / "output")
    # Its state may be gone, and with it the knowledge of what is stale in it.
    shutil.rmtree(killed.clean, ignore_errors=True)
    longest = killed.built("--output", str(killed.clean), "--clean")
    if not cold:
        longest = killed.built()
    new = contents(killed.clean)
    wrong: list[str] = []
    for _ in range(count):
        killed.restore()
        where = killed.kill(killed.chance.choice(MANNERS), longest)
        wrong += killed.wrong_pages(old, new)
        if where and killed.chance.random() < 0.25:
            again = killed.kill("any", longest)
            wrong += killed.wrong_pages(old, new)
            found["killed twice"] += bool(again)
        wrong += killed.mended(new)
        if where:
            found["kills"] += 1
            found[where] += 1
            found["cold" if cold else "after edits"] += 1
    return wrong


def main() -> None:
    """Do it, and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    shm = Path("/dev/shm")
    parser.add_argument("--on", type=Path, default=shm if shm.is_dir() else None)
    options = parser.parse_args()
    options.chance = random.Random(options.seed)
    os.nice(10)
    found: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory(dir=options.on) as folder:
        sites = [Killed(Path(folder), theme, options) for theme in THEMES]
        while found["kills"] < options.count:
            killed = sites[found["builds"] % len(sites)]
            found["builds"] += 1
            left = min(KILLS_A_BUILD, options.count - found["kills"])
            names = one_build(killed, left, found)
            if names:
                wrong += 1
                print(
                    f"build {found['builds']}, {killed.site.theme}: {names[:20]}", file=sys.stderr
                )
            print(f"\r{found['kills']} kills", end="", file=sys.stderr, flush=True)
    details = ", ".join(f"{n} {name}" for name, n in sorted(found.items()) if name != "kills")
    print(f"\r{found['kills']} kills, {wrong} wrong sites ({details})")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
