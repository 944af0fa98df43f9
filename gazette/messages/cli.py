"""What the command line says besides problems."""

from gazette.messages.message import _

BUILT = _(
    "Built {pages} files of {articles} articles in {seconds} s: {written} written, {removed} removed."
)
UNCHANGED = _(
    "Nothing has changed: {pages} files of {articles} articles, looked at in {seconds} s."
)
OUTPUT = _("The site is in {output}")
REFUSED = _("Nothing was published. Errors: {errors}, warnings: {warnings}.")
REFUSED_STRICT = _(
    "Nothing was published, for warnings count as errors. Errors: {errors}, warnings: {warnings}."
)
COUNTED = _("Errors: {errors}, warnings: {warnings}.")
LEFT_OUT = _("Left out because of errors: {paths}")
RENDERING = _("Making files")
PROGRESS = _("Making files: {done} of {total}")
PICTURES = _("Making pictures")
PICTURES_PROGRESS = _("Making pictures: {done} of {total}")
INTERRUPTED = _("Interrupted; no page is half written.")
CRASHED = _("Gazette itself failed ({reason}). Please report this; -v shows the details.")
CLEANED = _("Removed {count} files that Gazette had made.")
CREATED = _("Created {path}")
EXISTS = _("{path} exists already; it was not touched.")
NOT_EMPTY = _("{path} is not empty; a new site needs an empty folder.")
NEXT = _("Now run: cd {path}, then: gazette build")
ASK_TITLE = _("Title")
ASK_CATEGORY = _("Category")
ASK_BUREAU = _("Bureau")
ASK_DATE = _("Date")
ASK_HOW = _("Part of a name is enough; ? lists what there is, Tab completes, Enter leaves it out.")
ASK_WHICH = _("Several fit. Write the number:")
ASK_TAKEN = _("→ {title} ({slug})")
NO_PAGE = _("No page has the address or source {page}.")
SERVING = _("Preview: {address}")
SERVING_DESK = _("Editor's desk: {address}")
SERVING_OTHERS = _("On a phone in the same network: {address}")
SERVING_OPEN = _(
    "Attention: everybody in this network can see the preview, drafts too. Only this computer can write."
)
OTHER_PORT = _("Port {wanted} is taken; the preview uses {port}.")
POLLING = _(
    "This folder does not tell of changes (a network drive?), so they are looked for; a change is seen a little later."
)
STOP_HINT = _("Ctrl+C ends the preview.")
STOPPED = _("The preview has ended.")
REBUILT = _("{time}  {written} written, {removed} removed, {seconds} s")
NOT_REBUILT = _("{time}  not shown: {errors} errors; the last good pages stay.")
MENDED = _("{time}  mended.")
BAD_AS_OF = _("--as-of: {value} is not a date or time.")
BAD_URL = _("--base-url: {value} is not an address such as https://www.example.com/sub.")
BAD_START_METHOD = _("GAZETTE_START_METHOD: {value} is none of fork, forkserver, spawn.")
BAD_DATE = _("{value} is not a date. Write it like this: 2025-05-03 09:30")
NO_TITLE = _("An article needs a title: --title TITLE")
NEW_CATEGORY = _(
    "“{value}” is not in categories.yaml and will be shown under this name. Did you mean: {near}?"
)
NO_THEME = _("There is no theme {value}. Did you mean: {near}?")
NO_FOLDER = _("-C: there is no folder {path}.")
BAD_NAME = _("{value} cannot be the name of a theme: use letters, digits and hyphens.")
NO_FILE = _("There is no file {path}.")
NO_RULE = _("There is no rule or family {value}. Did you mean: {near}?")
GIT_FAILED = _("Git cannot tell what changed: {reason}")
BASELINE = _("{path} remembers {count} findings; from now on only new ones count.")
BAD_BASELINE = _("{path} is no baseline that Gazette wrote.")
BAD_PATTERN = _("--text is no regular expression: {reason}")
WRITTEN = _("The report is in {path}")
CHECKED = _("Checked {documents} documents. Errors: {errors}, warnings: {warnings}.")
KNOWN = _("Left out, for the baseline has them: {count}")
MENTIONED = _("{count} places in {files} files.")
NOT_LOOKED_INTO = _("{path} was not looked into: {reason}.")
CLOSED = _("its format is closed, or it is an archive")
UNREAD = {
    "large": _("it is too large"),
    "bomb": _("it unpacks to a monstrous size"),
    "locked": _("it is locked with a password"),
    "slow": _("it takes too long"),
    "heavy": _("it takes too much memory"),
    "broken": _("it is damaged"),
}
SIGNED = _("{path}: {stage} signed by {by}.")
ASK_REVIEWER = _("Reviewer")
NO_REVIEWER = _("A sign-off needs a name: --by NAME")
NOT_CONTENT = _("{path} is no file under content/.")
REFUSALS = {
    "all-signed": _("All stages are signed already."),
    "stage-signed": _("The stage {name} is signed already."),
    "stage-early": _("The stage {name} must be signed first."),
    "person-twice": _("{name} has signed another stage; another person must review this one."),
}
"""Why an article cannot be signed off, by `RefusalError.code`."""
ONE_ACTION = _("--dry-run, --verify, --rollback and --purge cannot be combined.")
SENDING = _("Sending files")
SENDING_PROGRESS = _("Sending files: {done} of {total}")
COMPARING = _("Comparing files")
COMPARING_PROGRESS = _("Comparing files: {done} of {total}")
WOULD_SEND = _("send    {size}  {path}")
WOULD_DELETE = _("delete  {path}")
WOULD_DEPLOY = _(
    "Would send {sent} files ({bytes}) and delete {deleted}; {unchanged} stay as they are."
)
DEPLOYED = _(
    "Sent {sent} files ({bytes}), deleted {deleted}, kept {kept} of others, {unchanged} unchanged,"
    " in {seconds} s."
)
NOTHING_TO_DEPLOY = _("Nothing has changed: {unchanged} files, looked at in {seconds} s.")
VERIFIED = _(
    "Compared with the host in {seconds} s: {unchanged} files as they were put, {kept} not."
)
ROLLED_BACK = _("Rolled back in {seconds} s; nothing was sent.")
RELEASE = _("Readers see the release {release}.")
PURGED = _("Deleted for good: {path}")
TO_DELETE = _("{count} files are for you to delete on the host; their names are in {path}.")
ON_HOST = _("{name}: {url}")

REASONS = {
    "anew": _("Made anew: {count} files, for nothing is known of an earlier build."),
    "new": _("New: {count} files."),
    "altered": _("Missing or altered in the output folder: {count} files."),
    "compression": _("The setting hosts.compress changed: {count} files."),
    "shared": _("The settings, the menu or the theme's files changed: {count} files."),
    "template": _("The template {detail} changed: {count} files."),
    "content": _("What the page shows changed: {count} files."),
    "file": _("A picture or other file changed: {count} files."),
}
"""Why files were made anew, by `Reason.kind`."""
