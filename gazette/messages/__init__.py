"""The text of every problem, in English and Chinese.

One table a floor of the house: code -> Message. English is the source; Chinese is a gettext catalogue
(`gazette/locale/zh_CN/LC_MESSAGES/gazette.po`), read only when something is printed.
"""

import functools
import re
from pathlib import Path

from gazette.messages.build import BUILD
from gazette.messages.check import CHECK
from gazette.messages.config import CONFIG
from gazette.messages.deploy import DEPLOY
from gazette.messages.markup import MARKUP
from gazette.messages.media import MEDIA
from gazette.messages.message import Message, _
from gazette.messages.po import read_catalogue
from gazette.messages.preview import PREVIEW
from gazette.messages.reading import READING
from gazette.messages.search import SEARCH
from gazette.messages.site import SITE
from gazette.problems import Problem

MESSAGES: dict[str, Message] = (
    CONFIG | READING | MARKUP | MEDIA | SITE | CHECK | BUILD | SEARCH | PREVIEW | DEPLOY
)

_WORDS = frozenset(["reason", "expected", "place"])
"""Arguments whose values are texts of ours or of a library, translated where the catalogue has them."""
_NEAR = _("Did you mean “{near}”?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_LOCALE = Path(__file__).parent.parent / "locale"


def explain(problem: Problem, language: str) -> tuple[str, str]:
    """The problem's message and its hint (how to mend it; may be empty) in `language` (`zh` or `en`)."""
    message = MESSAGES.get(problem.code) or _own(problem)
    arguments = {
        name: translate(value, language) if name in _WORDS else value
        for name, value in problem.arguments.items()
    }
    text = translate(message.text, language).format_map(arguments)
    hint = translate(message.hint, language).format_map(arguments) if message.hint else ""
    near = problem.arguments.get("near")
    if near:
        space = "" if language.lower().startswith("zh") else " "
        hint = f"{translate(_NEAR, language).format(near=near)}{space}{hint}".rstrip()
    return text, hint


def _own(problem: Problem) -> Message:
    """The message that a finding of the publication gate brings along: its rule stands on a lower floor."""
    return Message(problem.arguments["text"], problem.arguments["hint"])


def line_of(problem: Problem, language: str) -> str:
    """The problem as it is printed: `content/a/b.md:3:7: error[date-invalid] message`."""
    place = ":".join(str(part) for part in (problem.file, problem.line, problem.column) if part)
    place = _CONTROL.sub("?", place)
    text, hint = explain(problem, language)
    severity = translate(_SEVERITIES[problem.severity], language)
    line = f"{place}: " if place else ""
    line += f"{severity}[{problem.code}] {text}"
    return f"{line}\n    {hint}" if hint else line


_SEVERITIES = {"error": _("error"), "warning": _("warning")}


def translate(text: str, language: str) -> str:
    """`text` (English) in `language`; unknown languages and untranslated texts stay English."""
    if not language.lower().startswith("zh"):
        return text
    return _catalogue().get(text) or text


@functools.cache
def _catalogue() -> dict[str, str]:
    path = _LOCALE / "zh_CN" / "LC_MESSAGES" / "gazette.po"
    return read_catalogue(path.read_text("utf-8"))
