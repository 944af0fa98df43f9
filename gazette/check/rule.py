"""What a rule is, and what it finds."""

from typing import Literal

import msgspec

from gazette.messages.message import Message

Severity = Literal["error", "warning", "off"]
Example = str | dict[str, str]
"""A text, or a small site.

A text that begins with `---` is a whole file; another is the body of an article with sound front matter.
A site is given as path -> content; `config.yaml` and `content/bureaus.yaml` may be left out.
"""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One provision that articles are held to."""

    id: str
    """`family-name`: how reports, settings and excuses name the rule."""
    family: str
    severity: Severity
    """Unless the site's settings say otherwise."""
    source: str
    """The provision behind it, in Chinese: title and number of the document."""
    message: Message
    """Reason of a finding and how to mend it, with `{name}` for the finding's arguments."""
    explanation: str
    """What the rule is for, marked with `_()`: one or two sentences for the published list."""
    bad: tuple[Example, ...]
    """Each is a test: the rule finds something in it."""
    good: tuple[Example, ...]
    """Each is a test: the rule finds nothing in it."""
    veto: bool = False
    """Stops a build even where the gate only warns."""


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """A place that breaks a rule; lines and columns count from 1."""

    rule: str
    line: int | None = None
    column: int | None = None
    found: str = ""
    """What stands there; personal numbers are masked."""
    suggestion: str = ""
    """What could stand there instead; empty if only the author can tell."""
    context: str = ""
    """The words around it."""
    arguments: dict[str, str] = {}
    """For the `{name}`s in the rule's message."""
