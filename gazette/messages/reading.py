"""What can be wrong with a file under content/ when it is read."""

from gazette.messages.message import Message, _

READING: dict[str, Message] = {
    "file-unreadable": Message(
        _("The file cannot be read: {reason}"),
        _("Close other programs that use it and check that you may read it."),
    ),
    "encoding": Message(
        _("The file is saved as {encoding}; it was read, but UTF-8 is safer."),
        _("In the editor choose “Save as”, encoding UTF-8."),
    ),
    "encoding-unknown": Message(
        _("The file is not text that can be read (neither UTF-8 nor UTF-16 nor GB18030)."),
        _(
            "In the editor choose “Save as”, encoding UTF-8. A Word document must be saved as text first."
        ),
    ),
    "text-large": Message(
        _("The file has {size} MB; a text may have {most}."),
        _("Is it a text at all? Split it, or attach it to an article as a file of its own."),
    ),
    "encoding-damaged": Message(
        _("This line holds bytes that are not UTF-8, although the rest of the file is."),
        _(
            "The file was cut off, or parts with different encodings were pasted together. Type the line"
            " anew and save the file as UTF-8."
        ),
    ),
    "control-characters": Message(
        _("An invisible control character ({character}) was left out."),
        _("Delete it; it comes from copying out of another program."),
    ),
    "name-doubled": Message(
        _("This file is not taken for an article: its name ends in .txt."),
        _("Rename it to {right}. (Windows hides such endings: switch on “File name extensions”.)"),
    ),
    "name-near": Message(
        _("Gazette knows no “{name}” here; it reads {right}."), _("Rename it to {right}.")
    ),
    "name-undecodable": Message(
        _("The file's name cannot be read as text."), _("Rename the file.")
    ),
    "link-outside": Message(
        _("This leads out of the site's folder, which is not allowed."),
        _("Copy the file into content/ and name it from there."),
    ),
    "link-circle": Message(
        _("This is a link to a folder in which it lies itself."), _("Delete the link.")
    ),
    "frontmatter-missing": Message(
        _("The article has no front matter."),
        _(
            "Begin the file with: --- / title: ... / date: 2025-05-03 09:30:00 / ---, each on its own line."
        ),
    ),
    "frontmatter-unfenced": Message(
        _("The front matter is not enclosed in lines of ---."),
        _("Write a line --- before its first line and another after its last."),
    ),
    "frontmatter-unclosed": Message(
        _("The front matter begins here but never ends."),
        _("Write a line --- after its last line, before the text."),
    ),
    "frontmatter-fence": Message(
        _("The line “{text}” is taken for the --- around the front matter."),
        _("Write exactly three ASCII hyphens --- at the very beginning of the file."),
    ),
    "frontmatter-not-mapping": Message(
        _("The front matter does not consist of lines “name: value”."),
        _("Write for example: title: ... with an ASCII colon and a space after it."),
    ),
    "slip-colon": Message(
        _("Read as “{right}”: the colon should be an ASCII colon with a space after it."),
        _("Write: {right}"),
    ),
    "slip-quotes": Message(_("Read as “{right}”: this value needs quotes."), _("Write: {right}")),
    "slip-tab": Message(
        _("Read as “{right}”: YAML allows no tabs or wide spaces at the beginning of a line."),
        _("Indent with ordinary spaces."),
    ),
    "slip-indent": Message(
        _("Read as “{right}”: this line should not be indented."),
        _("Delete the spaces before it."),
    ),
    "slip-bullet": Message(
        _("Read as “{right}”: an entry of a list begins with an ASCII hyphen and a space."),
        _("Write: {right}"),
    ),
    "slip-brackets": Message(
        _("Read as “{right}”: a list stands in ASCII brackets, with ASCII commas."),
        _("Write: {right}"),
    ),
    "text-comment": Message(
        _("What follows the # was left out: YAML takes it for a comment."),
        _("If it belongs to the text, put quotes around all of it: {right}"),
    ),
    "key-near": Message(
        _("“{key}” is not a field that Gazette knows; it is kept for templates only."), ""
    ),
    "list-comma": Message(
        _("“{value}” was split: inside a list use an ASCII comma."), _("Write: {right}")
    ),
    "list-quotes": Message(
        _("“{value}” was read without its curly quotation marks."), _("Write: {right}")
    ),
    "title-missing": Message(_("The title is missing."), _("Add a line: title: ...")),
    "date-missing": Message(
        _("The date is missing."),
        _("Add a line such as date: 2025-05-03 09:30:00, or name the file 2025-05-03-name.md."),
    ),
    "date-invalid": Message(
        _("“{value}” is not a date."),
        _("Write it as 2025-05-03 09:30:00 +0800, or as a day: 2025-05-03"),
    ),
    "date-form": Message(_("“{value}” was read as a date."), _("Write: {right}")),
    "alias-external": Message(
        _("The old address “{value}” is not on this site."),
        _("Write only the path, for example /old/page.html"),
    ),
    "address-scheme": Message(
        _("“{value}” is not a web address."),
        _("Addresses begin with http:// or https://, or name a file of this site."),
    ),
    "liquid-left": Message(
        _("“{text}” is a command for Jekyll; here it is shown as text."),
        _("Delete it, or write what it stood for."),
    ),
}
