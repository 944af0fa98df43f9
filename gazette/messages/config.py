"""What can be wrong with config.yaml and the other settings."""

from gazette.messages.message import Message, _

CONFIG: dict[str, Message] = {
    "config-missing": Message(
        _("There is no config.yaml here, so this is not the folder of a site."),
        _("Go into the site's folder, or name it: gazette -C FOLDER. A new site: gazette init FOLDER."),
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
        _("See the list of settings in the documentation, or run: gazette schema config"),
    ),
    "key-missing": Message(_("“{key}” is missing."), _("Add the line: {key}: ...")),
    "key-twice": Message(
        _("“{key}” is given twice; the last one counts."), _("Delete one of the two lines.")
    ),
    "value-type": Message(
        _("“{key}” cannot be “{value}”: it must be {expected}."),
        _("list: - one entry a line; mapping: name: value; true/false without quotes."),
    ),
    "value-invalid": Message(
        _("“{key}” cannot be “{value}”: {reason}"), _("Correct the value.")
    ),
    "value-choice": Message(
        _("“{key}” cannot be “{value}”."), _("Choose one of: {choices}")
    ),
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
    "yaml-tab": Message(
        _("This line begins with a tab, which YAML does not allow: {text}"),
        _("Replace the tab by spaces."),
    ),
    "yaml-alias": Message(
        _("YAML anchors and aliases (& and *) are not allowed here."),
        _("Write the value out, or put quotes around a text that begins with & or *."),
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
        _("Colours are written like \"#1a5fb4\" (in quotes), sizes like 1rem or 16px."),
    ),
    "menu-missing": Message(
        _("The menu entry “{title}” leads to “{target}”, which does not exist."),
        _("Correct its url or category in config.yaml; the slugs are in categories.yaml."),
    ),
}
