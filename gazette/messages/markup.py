"""What can be wrong with a document's body: Markdown, raw HTML and links."""

from gazette.messages.message import Message, _

MARKUP: dict[str, Message] = {
    "attribute-ignored": Message(
        _(
            "The attribute “{attribute}” in braces has no effect: only classes and ids are allowed there."
        ),
        _("Write {{: .name}} for a class or {{: #name}} for an id, and remove the rest."),
    ),
    "html-presentation": Message(
        _("Outdated HTML for layout was left out: {what}. The text itself is kept."),
        _(
            "Nothing is lost. To be rid of this message, delete it, or paste the text without formatting."
        ),
    ),
    "html-removed": Message(
        _("HTML that articles may not hold was removed: {what}."),
        _(
            "Write the passage in Markdown. Scripts, forms, embedded pages and inline styles are never"
            " published; for a video write ![title](video.mp4)."
        ),
    ),
    "link-backslash": Message(
        _("A link was written with backslashes; it is read as “{target}”."),
        _("Write forward slashes in links: {target}"),
    ),
    "link-empty": Message(
        _("A link or picture has no address."),
        _(
            "Write the address between the round brackets: [text](page.md) or ![caption](photo.jpg)."
        ),
    ),
    "link-local-file": Message(
        _("“{target}” is a file on somebody's computer; readers of the site cannot open it."),
        _("Put the file beside the article and write its name only: ![caption](photo.jpg)."),
    ),
    "link-scheme": Message(
        _("The link “{target}” was removed: links of this kind are not allowed."),
        _("Links begin with http://, https://, mailto: or tel:, or name a file of this site."),
    ),
    "markup-too-deep": Message(
        _(
            "The text is nested too deep (quotations, lists or HTML inside one another) to be converted."
        ),
        _("Look for long rows of “>”, of brackets or of unclosed HTML tags, and remove them."),
    ),
    "mask-literal": Message(
        _("“{text}”: the asterisks are taken for a masked figure or name and shown as they are."),
        _(
            "Before publication put the real figure in their place. If bold text was meant, write"
            " **bold text** with asterisks on both sides; to keep asterisks without this message, write \\*."
        ),
    ),
    "wide-picture": Message(
        _("“{found}” was typed with full-width marks; it is read as a picture."),
        _("Write it with ASCII marks: {right}"),
    ),
}
