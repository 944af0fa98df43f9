"""Words of the report that a director reads."""

from gazette.messages.message import _

TEXTS = {
    "title": _("Publication check"),
    "moment": _("As of"),
    "documents": _("Documents:"),
    "known": _("Known before, left out:"),
    "errors": _("Errors"),
    "warnings": _("Warnings"),
    "files": _("Files concerned"),
    "nothing": _("Nothing was found."),
    "overview": _("Overview"),
    "bureau": _("Bureau"),
    "family": _("Kind"),
    "no_bureau": _("No bureau"),
    "no_file": _("The whole site"),
    "findings": _("Findings"),
    "found": _("Found"),
    "suggestion": _("Suggestion"),
    "reason": _("Reason"),
    "context": _("Context"),
    "line": _("line"),
    "column": _("column"),
    "error": _("error"),
    "warning": _("warning"),
}

FAMILIES = {
    "privacy": _("Personal data"),
    "links": _("Links"),
    "wording": _("Wording"),
    "placeholders": _("Placeholders and remains"),
    "structure": _("Structure"),
    "typography": _("Typography"),
    "accessibility": _("Accessibility"),
    "attachments": _("Attachments"),
    "pictures": _("Pictures"),
    "freshness": _("Freshness"),
    "signoff": _("Sign-off"),
    "attribution": _("Attribution"),
    "pagetags": _("Page tags and footer"),
    "excuse": _("Excuses"),
    "content": _("Content and settings"),
}
"""Titles of families."""

RULES_PAGE = {
    "title": _("Rules of the publication gate"),
    "intro": _(
        "This page is made from the rules (`make rules`). Severities can be changed in `config.yaml` under"
        " `gate.severity`, by rule or by family."
    ),
    "severity": _("Severity: "),
    "source": _("Provision: "),
    "veto": _("error; stops every build"),
    "error": _("error"),
    "warning": _("warning"),
    "off": _("off unless the site asks for it"),
    "bad": _("Found:"),
    "good": _("Not found:"),
}
