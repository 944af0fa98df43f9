"""What a new article is asked for, checked in one way for the terminal and for the desk's form."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gazette.config.bureaus import BureauEntry
from gazette.config.load import SiteConfig, load
from gazette.problems import Problem, SiteError, error
from gazette.reading.dates import Moment, moment_at, read_date
from gazette.scaffold.create import NewArticle, archetypes
from gazette.site.bureaus import BureauNames, walk

_MATCHES = 30
Choice = tuple[str, str]
"""What is written into the front matter, and how it is shown to the one who chooses."""


def now_in(zone: str) -> str:
    """This moment as front matter has it."""
    return written(moment_at(int(time.time()), zone))


def written(moment: Moment) -> str:
    """A date as front matter has it: `2025-05-03 09:30:00`, or a day."""
    return moment.day if moment.day_only else moment.iso[:19].replace("T", " ")


def categories_of(config: SiteConfig) -> list[Choice]:
    """The categories that are listed."""
    return [(entry.slug, entry.title or entry.slug) for entry in config.categories]


def bureaus_of(config: SiteConfig) -> list[Choice]:
    """The bureaus, each before those below it."""
    return [(node.entry.slug, _shown(node.entry)) for node in walk(config.bureaus)]


def _shown(entry: BureauEntry) -> str:
    return entry.short or entry.name


def choices(config: SiteConfig) -> dict[str, Any]:
    """What a form offers."""
    return {
        "categories": categories_of(config),
        "bureaus": bureaus_of(config),
        "now": now_in(config.settings.site.timezone)[:16],
    }


def matching(text: str, known: list[Choice]) -> list[Choice]:
    """Those that `text` may mean: the one of this name, else those that hold it; for `?` all."""
    wanted = text.strip().casefold()
    exact = [choice for choice in known if wanted in {part.casefold() for part in choice}]
    if exact or not wanted:
        return exact[:1]
    if wanted in {"?", "？"}:
        return known[:_MATCHES]
    return [choice for choice in known if any(wanted in part.casefold() for part in choice)][
        :_MATCHES
    ]


class Questions:
    """Takes each answer as the site understands it; raises SiteError saying what is wrong with it."""

    def __init__(self, config: SiteConfig) -> None:
        self.config = config

    def title(self, value: str) -> str:
        """Any text on one line."""
        title = " ".join(value.encode("utf-8", "replace").decode().splitlines()).strip()
        if not title:
            raise SiteError([error("title-missing")])
        return title

    def bureau(self, value: str) -> str:
        """A bureau of the site, or none."""
        problems: list[Problem] = []
        if value.strip():
            BureauNames(self.config.bureaus).resolve((value.strip(),), "", None, problems)
        if problems:
            raise SiteError(problems)
        return value.strip()

    def date(self, value: str) -> str:
        """A date as front matter takes it."""
        reading = read_date(value, self.config.settings.site.timezone)
        if reading is None:
            raise SiteError([error("date-invalid", value=value)])
        return written(reading.moment)

    def archetype(self, value: str, root: Path) -> str:
        """An archetype of the site."""
        known = archetypes(root)
        if value not in known:
            raise SiteError([error("archetype-unknown", value=value, names=", ".join(known))])
        return value


class Answers:
    """The answers of a form: an article to make, or what is wrong with which field."""

    def __init__(self, root: Path, given: Mapping[str, str]) -> None:
        """Raises SiteError if the site's settings cannot be read."""
        config = load(root)
        questions = Questions(config)
        self.faults: dict[str, Problem] = {}
        now = now_in(config.settings.site.timezone)
        checks: dict[str, Any] = {
            "title": lambda: questions.title(given.get("title", "")),
            "category": lambda: " ".join(given.get("category", "").split()),
            "bureau": lambda: questions.bureau(given.get("bureau", "")),
            "date": lambda: questions.date(given.get("date", "") or now),
            "archetype": lambda: questions.archetype(given.get("archetype", "") or "article", root),
        }
        self._values: dict[str, str] = {}
        for name, check in checks.items():
            try:
                self._values[name] = check()
            except SiteError as fault:
                self.faults[name] = fault.problems[0]

    def article(self) -> NewArticle:
        """The article to make, if there are no faults."""
        return NewArticle(**self._values)
