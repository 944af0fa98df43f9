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
NO_PAGE = _("No page has the address or source {page}.")
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

REASONS = {
    "anew": _("Made anew: {count} files, for nothing is known of an earlier build."),
    "new": _("New: {count} files."),
    "altered": _("Missing or altered in the output folder: {count} files."),
    "shared": _("The settings, the menu or the theme's files changed: {count} files."),
    "template": _("The template {detail} changed: {count} files."),
    "content": _("What the page shows changed: {count} files."),
    "file": _("A picture or other file changed: {count} files."),
}
"""Why files were made anew, by `Reason.kind`."""
