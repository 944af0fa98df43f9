"""`make audit`: the portal theme before axe, the Nu HTML checker and Lighthouse; writes audit/report.md.

python tools/audit.py --tools FOLDER [--report FOLDER] [--only axe nu lighthouse]

FOLDER holds npm's lighthouse and vnu-jar. Fails on any violation, any HTML error, any Lighthouse score below
the mark, and says what it could not do for want of a program.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright

from gazette.parallel import Workers
from gazette.pipeline import BuildOptions, build
from tests.browser import strained
from tests.browser.conftest import Host, usual_csp
from tests.browser.test_portal import RUN_AXE, WCAG
from tests.chromium import FLAGS, program

MARKS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
LIGHTHOUSE = {
    "home": "",  # the canonical address
    "article": "fuwu/2024/09/leshan-fuwu-wangdian.html",
    "category": "category/yaowen.html",
    "bureau": "bureau/leshan/index.html",
}
LANGUAGES = ("zh-CN", "zh-TW", "en")
_RUNS = 3
"""Of which the median counts."""
_MODES = (("light", "light"), ("dark", "dark"), ("elder", "light"))
"""Name, colour scheme."""
_SEARCHED = "?q=%E4%B9%90%E5%B1%B1"
Rows = Iterator[tuple[str, str, bool]]
"""What was looked at, what was found, whether it will do."""


class Built(msgspec.Struct, frozen=True):
    """A site that is looked at, in one language."""

    language: str
    output: Path
    host: Host


class NotDone(Exception):  # noqa: N818  (a verdict)
    """A program is missing; says which."""


class Audit(msgspec.Struct, frozen=True):
    """What the three checks need."""

    sites: tuple[Built, ...]
    tools: Path
    report: Path

    def axe(self) -> Rows:
        """WCAG 2.1 A and AA on every kind of page: light, dark, older readers' mode."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
            for site in self.sites:
                # Other languages differ in their texts, not in their colours.
                for mode, scheme in _MODES if site.language == "zh-CN" else _MODES[:1]:
                    page = browser.new_page(color_scheme=scheme)
                    for kind, path in strained.PAGES.items():
                        query = _SEARCHED if kind == "search" else "?"
                        elder = "&elder=1" if mode == "elder" else ""
                        page.goto(f"{site.host.url}{path}{query}{elder}", wait_until="networkidle")
                        found = _violations(page)
                        name = f"{kind}, {site.language}, {mode}"
                        yield name, "; ".join(found) or "no violation", not found
                    page.close()
            browser.close()

    def nu(self) -> Rows:
        """Every page of every site by the Nu HTML checker."""
        jar = self.tools / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
        if not jar.exists() or not shutil.which("java"):
            raise NotDone("Java, or npm's package vnu-jar")
        options = ["--errors-only", "--skip-non-html", "--format", "json"]
        for site in self.sites:
            command = ["java", "-jar", str(jar), *options, str(site.output)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            messages = json.loads(done.stderr)["messages"]
            for message in messages[:50]:
                place = message.get("url", "").partition(site.output.as_posix())[2].lstrip("/")
                yield f"{place}:{message.get('lastLine', '')}", message["message"], False
            pages = sum(1 for _ in site.output.rglob("*.html"))
            yield f"{site.language}, {pages} pages", f"{len(messages)} errors", not messages

    def lighthouse(self) -> Rows:
        """Four kinds of page on a simulated telephone."""
        if not (self.tools / "node_modules" / "lighthouse").exists() or not shutil.which("node"):
            raise NotDone("Node, or npm's package lighthouse")
        for kind, path in LIGHTHOUSE.items():
            runs = [self._scores(kind, path) for _ in range(_RUNS)]
            middle = sorted(runs, key=lambda scores: scores["performance"])[_RUNS // 2]
            for name, mark in MARKS.items():
                each = ", ".join(f"{scores[name]:.0f}" for scores in runs)
                found = f"{middle[name]:.0f} (of {each}; mark: {mark})"
                yield f"{kind}, {name}", found, middle[name] >= mark

    def _scores(self, kind: str, path: str) -> Mapping[str, float]:
        cli = self.tools / "node_modules" / "lighthouse" / "cli" / "index.js"
        report = self.report / f"lighthouse-{kind}.json"
        flags = f"--chrome-flags=--headless=new {' '.join(FLAGS)}"
        url = self.sites[0].host.url + path
        command = ["node", str(cli), url, "--quiet", "--output=json", f"--output-path={report}"]
        browser = program()
        environment = os.environ | ({"CHROME_PATH": browser} if browser else {})
        subprocess.run([*command, flags], check=True, env=environment)
        found: dict[str, Any] = json.loads(report.read_text("utf-8"))["categories"]
        return {name: 100 * (found[name]["score"] or 0) for name in MARKS}


def _violations(page: Any) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN_AXE, WCAG)
    return found


def built(folder: Path) -> Iterator[Built]:
    """The strained site in each language of the theme, each on a host of its own."""
    for language in LANGUAGES:
        root = folder / language
        strained.write(root, language)
        host = Host(root / "output", usual_csp)
        # The pages' own addresses must be those at which they are looked at.
        options = BuildOptions(root=root, as_of="2026-01-01", base_url=host.url, workers=Workers(2))
        yield Built(language, build(options).output, host)


def looked_at(name: str, check: Callable[[], Rows], lines: list[str]) -> int:
    """Run one check; the number of misses. `lines` is the report."""
    misses = 0
    lines += [f"## {name}", "", "| what | found | |", "| --- | --- | --- |"]
    try:
        for what, found, good in check():
            misses += not good
            lines.append(f"| {what} | {found} | {'' if good else 'MISS'} |")
            print(name, what, found, "" if good else "MISS", sep=" | ", flush=True)
    except NotDone as missing:
        misses += 1
        lines.append(f"| not done | missing: {missing} | MISS |")
        print(f"{name} | NOT DONE, missing: {missing}", flush=True)
    lines.append("")
    return misses


def main() -> int:
    """Run all three; 0 if everything will do."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tools", type=Path, required=True, help="folder with npm's packages")
    parser.add_argument("--report", type=Path, default=strained.ROOT / "audit")
    parser.add_argument("--only", nargs="*", default=["axe", "nu", "lighthouse"])
    given = parser.parse_args()
    given.report.mkdir(exist_ok=True)
    lines, misses = ["# Audit of the portal theme", ""], 0
    with tempfile.TemporaryDirectory() as folder:
        sites = tuple(built(Path(folder).resolve()))
        audit = Audit(sites, given.tools, given.report)
        for key, name, check in (
            ("axe", "axe", audit.axe),
            ("nu", "Nu HTML checker", audit.nu),
            ("lighthouse", "Lighthouse, mobile", audit.lighthouse),
        ):
            if key in given.only:
                misses += looked_at(name, check, lines)
        for site in sites:
            site.host.close()
    (given.report / "report.md").write_text("\n".join(lines), "utf-8")
    print(f"{misses} misses; see {given.report / 'report.md'}")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
