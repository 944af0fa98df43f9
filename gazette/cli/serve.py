"""`serve`: the preview."""

import time
from typing import TYPE_CHECKING, Any

import click

from gazette.cli.codes import OK, language_option
from gazette.cli.printer import Printer
from gazette.messages import cli as texts
from gazette.problems import MachineError, Problem, errors

if TYPE_CHECKING:
    from gazette.preview.builder import Outcome

_SHOWN = 20


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="0.0.0.0: for others in this network too.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
@click.option("--no-drafts", is_flag=True, help="Leave drafts out.")
@click.option("--poll", is_flag=True, help="Look for changes: for drives that do not tell of them.")
@language_option
@click.pass_obj
def serve_command(printer: Printer, /, opens: bool, no_drafts: bool, **given: Any) -> int:
    """Preview the site, and show each change as it is saved."""
    from gazette.cli.build import workers_of
    from gazette.preview.server import PreviewOptions, PreviewServer

    options = PreviewOptions(
        root=printer.root, host=given["host"], port=given["port"], drafts=not no_drafts,
        language=page_language(printer), workers=workers_of(printer, None, threaded=True),
        poll=given["poll"] or None,
    )  # fmt: skip
    listener = Teller(printer, opens=opens)
    try:
        PreviewServer(options, listener).serve()
    except KeyboardInterrupt:
        printer.say(texts.STOPPED)
    except MachineError as fault:
        address = fault.problem.arguments.get("address", "")
        if fault.problem.code == "preview-running" and opens and address.startswith("http"):
            _open(address)
        raise
    return OK


def _open(address: str) -> None:
    import webbrowser  # for those who ask for it

    webbrowser.open(address)


def page_language(printer: Printer) -> str:
    """Bar, panel and desk speak Chinese to whoever does not ask for English, or has an English site."""
    if printer.asked_language:
        return printer.asked_language
    return "zh" if printer.site_language.lower().startswith("zh") else "en"


class Teller:
    """Says on the terminal what the preview does."""

    def __init__(self, printer: Printer, *, opens: bool) -> None:
        self._printer = printer
        self._opens = opens
        self._told: tuple[Problem, ...] = ()

    def started(self, address: str, others: list[str], wanted_port: int) -> None:
        """Say where it is, and open it."""
        say = self._printer.say
        port = address.rstrip("/").rpartition(":")[2]
        if wanted_port and port != str(wanted_port):
            say(texts.OTHER_PORT, wanted=wanted_port, port=port)
        say(texts.SERVING, address=address)
        say(texts.SERVING_DESK, address=f"{address}__gazette/")
        if others:
            say(texts.SERVING_OPEN)
        for other in others:
            say(texts.SERVING_OTHERS, address=other)
            self._draw_code(other)
        say(texts.STOP_HINT)
        if self._opens:
            _open(address)

    def _draw_code(self, address: str) -> None:
        import io

        import segno

        drawn = io.StringIO()
        segno.make(address, error="l").terminal(out=drawn, compact=True)
        click.echo(drawn.getvalue(), err=True)

    def polling(self) -> None:
        """Say that changes are seen later."""
        self._printer.say(texts.POLLING)

    def built(self, outcome: "Outcome") -> None:
        """Say what changed, and problems that were not said before."""
        known = self._told
        self._printer.problems([p for p in outcome.problems if p not in known][:_SHOWN])
        before, self._told = errors(self._told), outcome.problems
        clock, found = time.strftime("%H:%M:%S"), errors(outcome.problems)
        report = outcome.report
        if report is None or not report.published:
            self._printer.say(texts.NOT_REBUILT, time=clock, errors=len(found))
        elif report.written or report.removed:
            self._printer.say(
                texts.REBUILT, time=clock, written=len(report.written),
                removed=len(report.removed), seconds=f"{outcome.seconds:.2f}",
            )  # fmt: skip
        elif before:
            self._printer.say(texts.MENDED, time=clock)
