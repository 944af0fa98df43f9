"""Ctrl-C at a moment when nobody expects it: a quiet end, and nothing left behind."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Site

REPOSITORY = Path(__file__).parent.parent.parent
PROGRAM = """
    import os, runpy, signal, sys

    class Interrupting:
        def find_spec(self, name, path=None, target=None):
            if name == module:
                sys.meta_path.remove(self)
                os.kill(os.getpid(), signal.SIGINT)

    program, module, *sys.argv[1:] = sys.argv[1:]
    sys.argv[0] = program
    sys.meta_path.insert(0, Interrupting())
    # Tests that run in the background of a shell begin with the signal ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.path.insert(0, os.path.dirname(program))
    runpy.run_path(program, run_name="__main__")
"""
"""Runs build.py, and interrupts it while it looks for a module."""
WORD = {130: "Interrupted; no page is half written.", 0: "The preview has ended."}


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site().article("a")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")
@pytest.mark.parametrize(
    ("module", "arguments", "code"),
    [
        ("gazette", ["build"], 130), ("gazette.cli", ["build"], 130), ("click", ["build"], 130),
        ("msgspec", ["serve"], 130), ("gazette.cli.serve", ["serve"], 130),
        ("gazette.pipeline", ["build"], 130), ("yaml", ["build"], 130), ("jinja2", ["build"], 130),
        ("gazette.preview.server", ["serve"], 130), ("tornado", ["serve"], 130),
        ("watchfiles", ["serve"], 0),  # the preview stands by then, and is ended as it always is
    ],
)  # fmt: skip
def test_while_a_module_is_loaded(site: Site, module: str, arguments: list[str], code: int) -> None:
    port = ["--port", "0"] if arguments == ["serve"] else []
    command = [
        sys.executable, "-c", textwrap.dedent(PROGRAM), str(REPOSITORY / "build.py"), module,
        "-C", str(site.root), *arguments, *port,
    ]  # fmt: skip
    before = sorted(site.root.rglob("*"))
    done = subprocess.run(
        command, env={**os.environ, "GAZETTE_LANG": "en"}, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr, done.stderr
    assert done.stderr.strip().splitlines()[-1:] in ([], [WORD[code]]), done.stderr
    left = [path for path in sorted(site.root.rglob("*")) if path not in before]
    assert [path for path in left if ".gazette" not in path.parts] == []
    assert not list(site.root.glob(".gazette/*/stage")) + list(site.root.glob(".gazette/*/address"))
