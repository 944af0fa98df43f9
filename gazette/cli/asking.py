"""Asking on the terminal for what the options do not say."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from gazette.cli.printer import Printer
from gazette.config.decode import nearest
from gazette.messages import cli as texts
from gazette.messages import explain
from gazette.problems import SiteError

if TYPE_CHECKING:
    from gazette.scaffold.answers import Choice

_PLAIN = {"title-missing": texts.NO_TITLE, "date-invalid": texts.BAD_DATE}
Check = Callable[[str], str]


class Asking:
    """What the options say, or, on a terminal, the one who is asked; each checked."""

    def __init__(self, printer: Printer, given: dict[str, str | None]) -> None:
        self._printer = printer
        self._given = given
        self._known: Sequence[Choice] = ()

    def take(self, name: str, question: str, default: str | None, check: Check) -> str:
        """One value; a wrong option is a usage error, a wrong answer is asked for again."""
        value = self._given[name]
        if value is None and not sys.stdin.isatty():
            value = default or ""
        if value is not None:
            return self.checked(value, check)
        prompt = self._printer.text(question)

        def answered(text: str) -> str:
            return self.checked(text, check)

        return str(
            click.prompt(
                prompt, default=default, show_default=bool(default), value_proc=answered, err=True
            )
        )

    def choose(self, name: str, question: str, known: "Sequence[Choice]", check: Check) -> str:
        """One of `known` or nothing; whoever is asked may write a part of it, or press Tab."""
        self._known = known
        if self._given[name] is not None or not sys.stdin.isatty():
            return self.take(name, question, "", check)
        shown: list[Choice] = []

        def answered(text: str) -> str:
            return check(self._meant(text.strip(), shown))

        self._printer.say(texts.ASK_HOW)
        with completing([part for choice in known for part in choice]):
            return self.take(name, question, "", answered)

    def _meant(self, text: str, shown: "list[Choice]") -> str:
        """The choice that `text` means: a number of those shown last, a name, or a part of one name only."""
        from gazette.scaffold.answers import matching

        if text.isdecimal() and 0 < int(text) <= len(shown):
            return self._taken(shown[int(text) - 1])
        found = matching(text, list(self._known))
        if len(found) == 1:
            return text if text in found[0] else self._taken(found[0])
        if not found:
            return text
        shown[:] = found
        rows = [
            f"  {number:>2}  {title}  ({slug})" for number, (slug, title) in enumerate(found, 1)
        ]
        raise click.UsageError(self._printer.text(texts.ASK_WHICH) + "\n" + "\n".join(rows))

    def _taken(self, choice: "Choice") -> str:
        slug, title = choice
        self._printer.say(texts.ASK_TAKEN, slug=slug, title=title)
        return slug

    def checked(self, value: str, check: Check) -> str:
        """The value as the site understands it; what is wrong with it is a usage error."""
        try:
            return check(value)
        except SiteError as fault:
            problem = fault.problems[0]
            plain = _PLAIN.get(problem.code)
            if plain:
                raise click.UsageError(self._printer.text(plain, value=value)) from None
            raise click.UsageError(" ".join(explain(problem, self._printer.language))) from None

    def category(self, value: str) -> str:
        """Any name; one that is not listed is said, for it may be a slip."""
        known = {name for choice in self._known for name in choice}
        if value and known and value not in known:
            near = nearest(value, known) or ", ".join(slug for slug, _ in self._known)
            self._printer.say(texts.NEW_CATEGORY, value=value, near=near)
        return value.strip()


@contextlib.contextmanager
def completing(words: Sequence[str]) -> Iterator[None]:
    """Let Tab complete to these words, where the system's Python can (not on Windows)."""
    try:
        import readline
    except ImportError:
        yield
        return
    before = readline.get_completer(), readline.get_completer_delims()

    def complete(text: str, state: int) -> str | None:
        found = [word for word in words if word.startswith(text)] or [w for w in words if text in w]
        return found[state] if state < len(found) else None

    readline.set_completer(complete)
    readline.set_completer_delims("")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before[0])
        readline.set_completer_delims(before[1])
