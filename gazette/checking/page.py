"""A report that a director reads: one HTML file, without anything else."""

from itertools import groupby
from pathlib import Path

from gazette.checking.report import CheckReport
from gazette.messages import translate
from gazette.messages.report import FAMILIES, TEXTS


def as_html(report: CheckReport, language: str) -> str:
    """The report as a page."""
    import jinja2  # only for this

    source = (Path(__file__).parent / "report.html").read_text("utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    families = [
        (translate(FAMILIES.get(name, name), language), errors, warnings)
        for name, errors, warnings in report.by_family
    ]
    return environment.from_string(source).render(
        report=report,
        families=families,
        files=[(file, list(rows)) for file, rows in groupby(report.rows, lambda row: row.file)],
        language="zh-CN" if language.lower().startswith("zh") else "en",
        t={name: translate(text, language) for name, text in TEXTS.items()},
        cut=_cut,
    )


def _cut(context: str, found: str) -> tuple[str, str]:
    before, _, after = context.partition(found)
    return before, after
