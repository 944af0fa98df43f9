"""What can be wrong with templates, the output folder and the machine."""

from gazette.messages.message import Message, _

BUILD: dict[str, Message] = {
    "template-missing": Message(
        _("The theme has no template {template}, which {page} needs."),
        _(
            "Add it under the theme's templates/, or let the theme extend one that has it (extends: base)."
        ),
    ),
    "template-syntax": Message(
        _("The template cannot be read: {reason}"), _("Correct the line in the template.")
    ),
    "template-error": Message(
        _("The template fails on {page}: {reason}"),
        _("To see what a template may read on a page: gazette explain PAGE"),
    ),
    "output-misplaced": Message(
        _("{output} cannot be the folder of the built site, for the site's own sources lie there."),
        _("Give the built site a folder of its own, for example output."),
    ),
    "made-unknown": Message(
        _(
            "Which files in {output} Gazette made is not known any more; {count} of them are replaced,"
            " and pages that no longer belong to the site may be left."
        ),
        _("To be sure, delete the folder and build again."),
    ),
    "verify-differs": Message(
        _("{count} files in {output} differ from those of a clean build: {paths}"),
        _(
            "If nobody changed them by hand, or the site's sources while it was built, this is a fault of"
            " Gazette: please report it. gazette build --clean makes everything anew."
        ),
    ),
    "output-replaced": Message(
        _("{path} in the output folder was not made by Gazette and is replaced."),
        _("Keep files of your own in content/static/; they are copied into the site."),
    ),
    "output-blocked": Message(
        _(
            "{path} is to be a page, but in the output folder a folder of that name holds other files."
        ),
        _("Move those files away."),
    ),
    "ledger-damaged": Message(
        _("What the last build remembered cannot be used ({reason}); everything is built anew."), ""
    ),
    "locked": Message(
        _("Another build is writing to {output}: {holder}"), _("Wait until it has ended.")
    ),
    "disk": Message(
        _("The disk does not let the site be written: {reason} {path}"),
        _("Check for free space and that you may write there."),
    ),
    "worker-died": Message(
        _("A worker process was ended by the system while it worked on: {items}"),
        _("This usually means that memory ran out. Try again with --jobs 1."),
    ),
}
