"""Measures deploying by SFTP to an OpenSSH server on loopback; writes DEPLOY.md.

python bench/deploy.py --articles 5000 --rounds 5
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from corpus import articles  # noqa: E402
from measure import Peer, peak_memory, run  # noqa: E402
from sites import GazetteSite  # noqa: E402

from gazette.config.load import load  # noqa: E402
from gazette.deploy.connect import open_target  # noqa: E402
from tests.hosts.openssh import Sshd, sshd  # noqa: E402

MANNERS: dict[str, dict[str, object]] = {
    "sftp": {},
    "rsync": {"rsync": True},
    "releases": {"releases": 3},
    "releases, rsync": {"releases": 3, "rsync": True},
}


class Bench(NamedTuple):
    """A built site, the server, and the folder that it serves."""

    site: GazetteSite
    server: Sshd
    served: Path

    def peer(self, name: str, *arguments: str) -> Peer:
        """The program, on the site."""
        command = [sys.executable, str(HERE.parent / "build.py"), "-C", str(self.site.root)]
        return Peer(name, [*command, *arguments], self.site.root, {"GAZETTE_LANG": "en"})

    def sent(self) -> dict[str, object]:
        """The last line of the log of deploys."""
        (log,) = self.site.root.glob(".gazette/*/deploys.jsonl")
        return dict(json.loads(log.read_text("utf-8").splitlines()[-1]))


@contextmanager
def prepared(count: int, folder: Path) -> Iterator[Bench]:
    """Write and build the site, and start the server."""
    site = GazetteSite(folder / "site")
    site.write(count)
    with sshd(folder / "sshd") as server:
        bench = Bench(site, server, folder / "served")
        targets = {}
        for name, options in MANNERS.items():
            url = f"sftp://127.0.0.1:{server.port}{bench.served / name.replace(', ', '-')}"
            login = {"key": str(server.key), "host_key": server.host_key}
            targets[name] = {"url": url, **login, **options}
        config = site.root / "config.yaml"
        settings = json.loads(config.read_text("utf-8"))
        config.write_text(json.dumps(settings | {"deploy": targets}, ensure_ascii=False), "utf-8")
        run(bench.peer("build", "build"))
        yield bench


def seconds_to_connect(bench: Bench) -> float:
    """Seconds until the first answer, in a process that has the libraries loaded."""
    root = bench.site.root
    settings = load(root).settings.deploy["sftp"]
    found = []
    for _ in range(5):
        started = time.perf_counter()
        target = open_target("sftp", settings, root)
        target.look("index.html")
        found.append(time.perf_counter() - started)
        target.close()
    return statistics.median(found)


def processor_seconds() -> float:
    """Seconds that all ended child processes have kept a processor busy; not changed by other work."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def files_on(folder: Path) -> int:
    """The number of files below a folder."""
    return sum(len(names) for _, _, names in os.walk(folder))


def measured(bench: Bench, name: str, rounds: int, count: int) -> dict[str, str]:
    """One way of sending: seconds, files and memory."""
    deploy = bench.peer(name, "deploy", name)
    first = run(deploy)
    files = bench.sent()
    nothing = statistics.median(run(deploy) for _ in range(rounds))
    edits, sent, busy = [], 0, []
    article = list(articles(count))[count // 2]
    for number in range(rounds):
        bench.site.write_article(article, f"\n\n改动{name}{number}。\n")
        run(bench.peer("build", "build"))
        before = processor_seconds()
        edits.append(run(deploy))
        busy.append(processor_seconds() - before)
        sent = int(str(bench.sent()["sent"]))
    memory = peak_memory(deploy)
    return {
        "first deploy": f"{first:.1f} s, {files['files']} files, {int(str(files['bytes'])) / 1e6:.0f} MB",
        "nothing changed": f"{nothing:.2f} s",
        "one edit": f"{statistics.median(edits):.2f} s, {sent} files",
        "one edit, processor time": f"{statistics.median(busy):.2f} s",
        "memory, nothing changed": f"{memory:.0f} MB",
    }


def interrupted(bench: Bench, total: int) -> str:
    """A first deploy that is killed on its way, and then resumed."""
    served = bench.served / "sftp-again"
    config = bench.site.root / "config.yaml"
    settings = json.loads(config.read_text("utf-8"))
    again = settings["deploy"]["sftp"] | {"url": f"sftp://127.0.0.1:{bench.server.port}{served}"}
    config.write_text(
        json.dumps(
            settings | {"deploy": settings["deploy"] | {"again": again}}, ensure_ascii=False
        ),
        "utf-8",
    )
    run(bench.peer("build", "build"))
    deploy = bench.peer("again", "deploy", "again")
    process = subprocess.Popen(deploy.command, stderr=subprocess.DEVNULL)
    while files_on(served) < total // 2:
        if process.poll() is not None:
            raise RuntimeError("too quick to be interrupted")
        time.sleep(0.05)
    process.kill()
    process.wait()
    there = sum(
        1
        for folder, _, names in os.walk(served)
        for name in names
        if not name.startswith(".gazette-new-") and "/.gazette" not in folder
    )
    memory = peak_memory(deploy)
    entry = bench.sent()
    return (
        f"killed with {there} of {entry['files']} files there; resumed, it sent the other"
        f" {entry['sent']} in {entry['seconds']} s, with {memory:.0f} MB of memory"
    )


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    shm = Path("/dev/shm")
    parser.add_argument("--on", type=Path, default=shm if shm.is_dir() else None)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(dir=options.on) as folder,
        prepared(options.articles, Path(folder)) as bench,
    ):
        found = {name: measured(bench, name, options.rounds, options.articles) for name in MANNERS}
        files = files_on(bench.site.root / "output")
        peak = peak_memory(bench.peer("build", "deploy", "sftp", "--verify"))
        lines = [
            "# Deploying by SFTP",
            "",
            f"Made by `python bench/deploy.py`: {options.articles} articles of the corpus (README.md),"
            " OpenSSH on loopback, site and server on one machine and a memory disk;"
            f" {os.cpu_count()} processors, Python {platform.python_version()}."
            f" Medians of {options.rounds}; seconds are those of the whole command, with Python's start;"
            f" load {os.getloadavg()[0]:.0f} from other work.",
            "",
            f"| | {' | '.join(found)} |",
            f"| --- |{' --- |' * len(found)}",
        ]
        for case in next(iter(found.values())):
            lines.append(f"| {case} | {' | '.join(row[case] for row in found.values())} |")
        lines += [
            "",
            f"- Connecting and the first answer: {seconds_to_connect(bench):.2f} s of each of these.",
            f"- A broken first deploy: {interrupted(bench, files)}.",
            f"- Memory while all files are read back (`--verify`): {peak:.0f} MB.",
            "",
        ]
    (HERE / "DEPLOY.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
