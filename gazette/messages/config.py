"""What can be wrong with config.yaml and the other settings."""

from gazette.messages.message import Message, _

CONFIG: dict[str, Message] = {
    "config-missing": Message(
        _("There is no config.yaml here, so this is not the folder of a site."),
        _(
            "Go into the site's folder, or name it: gazette -C FOLDER. A new site: gazette init FOLDER."
        ),
    ),
    "config-empty": Message(
        _("config.yaml is empty."),
        _("At least the site's title is needed. Write: site: {{title: My site}}"),
    ),
    "timezone-unknown": Message(
        _("“{timezone}” is not a time zone."),
        _("Write an IANA name, for example timezone: Asia/Shanghai"),
    ),
    "key-unknown": Message(
        _("There is no setting “{key}”."),
        _("Correct the name or delete the line; the documentation lists all names."),
    ),
    "key-missing": Message(_("“{key}” is missing."), _("Add the line: {name}: ...")),
    "key-twice": Message(
        _("“{key}” is given twice; the last one counts."), _("Delete one of the two lines.")
    ),
    "value-type": Message(
        _("“{key}” cannot be “{value}”: it must be {expected}."),
        _("Write for example: {example}"),
    ),
    "value-invalid": Message(_("“{key}” cannot be “{value}”."), _("Write for example: {example}")),
    "value-choice": Message(_("“{key}” cannot be “{value}”."), _("Choose one of: {choices}")),
    "yaml-syntax": Message(
        _("This is not valid YAML: {reason}"),
        _(
            "Write “name: value” with an ASCII colon and a space after it, indent with spaces,"
            " and put quotes around texts that hold “: ” or begin with a sign."
        ),
    ),
    "yaml-line": Message(
        _("This line of the front matter cannot be read: {text} ({reason})"),
        _(
            "Write “name: value” with an ASCII colon and a space after it; put quotes around the value"
            " if it holds “: ” or begins with a sign. If the text below belongs to the article, the"
            " closing line --- is missing above it."
        ),
    ),
    "yaml-alias": Message(
        _("YAML anchors and aliases (& and *) are not allowed here."),
        _("Write the value out, or put quotes around a text that begins with & or *."),
    ),
    "yaml-tag": Message(
        _("YAML tags (words that begin with !) are not allowed here."),
        _("Delete it, or put quotes around a text that begins with !."),
    ),
    "yaml-deep": Message(
        _("Lists and mappings are nested too deep here."),
        _("Look for long rows of brackets or hyphens, and remove them."),
    ),
    "yaml-key": Message(
        _("A list or mapping stands where a name is expected."), _("Write: name: value")
    ),
    "theme-missing": Message(
        _("There is no theme “{theme}”."),
        _("A theme is a folder under themes/. The theme that comes with Gazette is called portal."),
    ),
    "theme-circle": Message(
        _("The theme “{theme}” extends itself, directly or through others."),
        _("Correct the line extends: in theme.yaml."),
    ),
    "option-unknown": Message(
        _("The theme has no option “{option}”."), _("See the theme's theme.yaml for its options.")
    ),
    "option-invalid": Message(
        _("The theme option “{option}” cannot be “{value}”: expected {expected}."),
        _('Colours are written like "#1a5fb4" (in quotes), sizes like 1rem or 16px.'),
    ),
    "color-contrast": Message(
        _(
            "The colour {value} of “{option}” has a contrast of {ratio}:1 with {other}; text needs 4.5:1."
        ),
        _("Take a tone such as {tone}, which is readable."),
    ),
    "menu-missing": Message(
        _("The menu entry “{title}” leads to “{target}”, which does not exist."),
        _("Correct its url or category in config.yaml; the slugs are in categories.yaml."),
    ),
}

WORDS = (
    # What a value must be.
    _("text"),
    _("a list"),
    _("a mapping"),
    _("a whole number"),
    _("a number"),
    _("text or a list"),
    _("text or a mapping"),
    _("text or a list or a mapping"),
    # What YAML's parser says.
    _("mapping values are not allowed in this context"),
    _("block sequence entries are not allowed in this context"),
    _("could not find expected ':'"),
    _("did not find expected key"),
    _("did not find expected ',' or ']'"),
    _("did not find expected ',' or '}'"),
    _("did not find expected '-' indicator"),
    _("did not find expected node content"),
    _("did not find expected <document start>"),
    _("did not find expected whitespace or line break"),
    _("did not find expected alphabetic or numeric character"),
    _("found unexpected end of stream"),
    _("found unexpected ':'"),
    _("found unexpected document indicator"),
    _("found character that cannot start any token"),
    _("found unknown escape character"),
    _("found invalid Unicode character escape code"),
    _("found a tab character that violates indentation"),
    _("but found another document"),
    # What the system says of a file.
    _("No such file or directory"),
    _("Permission denied"),
    _("Is a directory"),
    _("Too many levels of symbolic links"),
    _("not a file"),
)
"""Arguments of problems that are words themselves, and so are translated."""
