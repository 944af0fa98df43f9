"""A check of the whole site; where nothing has changed, the last one's report stands."""

import time

import msgspec

from gazette.checking.last import Asked, read_last_check
from gazette.checking.options import CheckOptions
from gazette.checking.report import CheckReport
from gazette.publish.given import gather
from gazette.publish.state import State
from gazette.reading.dates import moment_at

__all__ = ["CheckOptions", "check"]


def check(options: CheckOptions) -> CheckReport:
    """Everything that is wrong with the site; raises SiteError if it cannot be put together."""
    started_ns = time.time_ns()
    given = gather(options.building, started_ns // 1_000_000_000)
    state = State(options.root, given.output)
    asked = Asked.of(given, options, started_ns)
    last = read_last_check(state) if asked.can_be_kept else None
    if last is not None and last.stands(state, asked, given):
        report = last.report
    else:
        from gazette.checking.look import look  # all rules, and what lays a site out

        report = look(options, given, asked)
    zone = given.config.settings.site.timezone
    return msgspec.structs.replace(
        report,
        moment=moment_at(given.choice.now, zone).minute,
        rows=tuple(
            row for row in report.rows if options.files is None or row.file in options.files
        ),
    )
