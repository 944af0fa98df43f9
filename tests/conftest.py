"""Small sites for tests: `make_site({path: text})` writes one, `Site.build()` builds it."""

import os
import re
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from gazette.pages.templates import Environment
from gazette.parallel import Workers
from gazette.pipeline import BuildOptions, BuildReport, build

# No test may fail because a machine is slow, or by chance: the same examples each time. Others are tried by
# `pytest --hypothesis-profile=others`.
_CHECK = hypothesis.HealthCheck
_PATIENT = hypothesis.settings(
    deadline=None, database=None, derandomize=True,
    suppress_health_check=[_CHECK.too_slow, _CHECK.filter_too_much, _CHECK.data_too_large],
)  # fmt: skip
hypothesis.settings.register_profile("gazette", _PATIENT)
hypothesis.settings.register_profile("others", _PATIENT, derandomize=False, print_blob=True)
hypothesis.settings.load_profile("gazette")

REPOSITORY = Path(__file__).parent.parent
AROUND = re.compile(
    r"GIT_.*|GAZETTE_(?!EDIT_|KILL_|SEEDS|CHROMIUM).*|\w+_proxy|PAGEFIND_.*", re.IGNORECASE
)
for _name in filter(AROUND.fullmatch, list(os.environ)):
    del os.environ[
        _name
    ]  # what a hook of git, a proxy or a shell has set is none of a test's business
CONFIG = "site: {title: 测试站点, url: https://example.com}\ntheme: base\n"
WITHOUT_GATE = CONFIG + "gate: {mode: off}\n"
"""For sites whose texts are no texts."""
BUREAUS = """\
- slug: sichuan
  name: 国家税务总局四川省税务局
  short: 四川省税务局
  level: province
  children:
    - slug: leshan
      name: 国家税务总局乐山市税务局
      short: 乐山市税务局
      aliases: [乐税]
      level: city
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""A picture of one pixel."""
AS_OF = "2026-01-01 00:00:00 +0800"


class Site:
    """A site in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "output"

    def write(self, files: Mapping[str, str | bytes]) -> "Site":
        """Write files, by path relative to the site's root."""
        for path, content in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            data = content if isinstance(content, bytes) else content.encode("utf-8")
            target.write_bytes(data)
        return self

    def article(self, name: str, body: str = "正文。", **fields: Any) -> "Site":
        """Write an article with a title and a date; other fields as given, in YAML's flow form."""
        values = {"title": name, "date": "2025-05-03 09:30:00", **fields}
        lines = "\n".join(f"{key}: {value}" for key, value in values.items())
        text = f"---\n{lines}\n---\n\n{textwrap.dedent(body)}\n"
        return self.write({f"content/articles/{name}.md": text})

    def build(self, **options: Any) -> BuildReport:
        """Build in this process, as of a fixed time, unless told otherwise."""
        options.setdefault("as_of", AS_OF)
        options.setdefault("workers", Workers(1))
        return build(BuildOptions(root=self.root, **options))

    def built(self, **options: Any) -> "Site":
        """Build, and fail if anything was refused."""
        report = self.build(**options)
        assert report.published, [(p.file, p.line, p.code, p.arguments) for p in report.problems]
        return self

    def page(self, path: str) -> str:
        """The text of a file of the built site."""
        return (self.output / path).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """All files of the built site."""
        return self.files_in(self.output)

    @staticmethod
    def files_in(folder: Path) -> dict[str, bytes]:
        """All files below a folder."""
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Without coverage where that would more than double the time and see no line that other tests do not."""
    is_property = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    if not is_property and item.get_closest_marker("unmeasured") is None:
        return (yield)
    measuring, in_threads = sys.gettrace(), threading.gettrace()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        try:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]
            return (yield)
        finally:
            threading.settrace(in_threads)  # type: ignore[arg-type]
            sys.settrace(measuring)


Memo = dict[tuple[object, ...], Any]


def _remembering(real: Callable[..., Any], known: Memo) -> Callable[..., Any]:
    def remembered(
        environment: Environment, source: Any, name: str | None = None, filename: str | None = None,
        **more: Any,
    ) -> Any:  # fmt: skip
        if more or not filename or not Path(filename).is_relative_to(REPOSITORY):
            return real(environment, source, name, filename, **more)
        texts = environment.constant_translations  # type: ignore[attr-defined]
        key = (real, source, name, filename, frozenset(texts.items()))
        if key not in known:
            known[key] = real(environment, source, name, filename)
        return known[key]

    return remembered


@pytest.fixture(scope="session", autouse=True)
def our_themes_are_compiled_once() -> Iterator[None]:
    """What Jinja makes of a template depends on its arguments alone, and most of a small build is its work."""
    known: Memo = {}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("parse", "compile"):
            patch.setattr(Environment, name, _remembering(getattr(Environment, name), known))
        yield


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Site]:
    """Makes a site of files; without config.yaml or bureaus.yaml it gets small ones."""
    count = 0

    def make(files: Mapping[str, str | bytes] | None = None) -> Site:
        nonlocal count
        count += 1
        root = tmp_path / f"site{count}"
        usual = {"config.yaml": CONFIG, "content/bureaus.yaml": BUREAUS}
        return Site(root).write({**usual, **(files or {})})

    return make


def codes(report: BuildReport) -> list[str]:
    """The codes of a build's problems."""
    return [problem.code for problem in report.problems]
