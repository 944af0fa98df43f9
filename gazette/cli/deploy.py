"""`deploy`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gazette.cli.codes import FAULTY, OK, language_option
from gazette.cli.printer import Printer
from gazette.cli.progress import Progress
from gazette.messages import cli as texts

if TYPE_CHECKING:
    from gazette.deploy.run import Action, Outcome
    from gazette.deploy.update import Report

_ACTIONS: "tuple[Action, ...]" = ("verify", "rollback", "purge")


@click.command("deploy")
@click.argument("target", required=False, default="")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of the built site.")
@click.option("--dry-run", is_flag=True, help="Only list what would be sent and deleted.")
@click.option("--verify", is_flag=True, help="Read the host's files back and compare.")
@click.option("--rollback", is_flag=True, help="Show readers the release before the current one.")
@click.option("--purge", multiple=True, metavar="PATH", help="Also take this file out of releases.")
@click.option("--overwrite", is_flag=True, help="Replace also what others changed on the host.")
@click.option(
    "--delete-list", type=click.Path(path_type=Path), metavar="FILE",
    help="Delete nothing; write into FILE what a person has to delete.",
)  # fmt: skip
@click.option("--force", metavar="WHY", default="", help="Deploy all the same; WHY is logged.")
@language_option
@click.pass_obj
def deploy_command(printer: Printer, /, delete_list: Path | None, **options: Any) -> int:
    """Put the built site on the host TARGET of config.yaml: only what changed."""
    from gazette.deploy.run import DeployOptions, deploy, failed

    action = _action(printer, options)
    request = DeployOptions(
        root=printer.root,
        name=options["target"],
        output=options["output"],
        action=action,
        dry_run=options["dry_run"],
        overwrite=options["overwrite"],
        list_deletions=delete_list is not None,
        purge=options["purge"],
        force=options["force"].strip(),
    )
    label, line = texts.SENDING, texts.SENDING_PROGRESS
    if options["verify"]:
        label, line = texts.COMPARING, texts.COMPARING_PROGRESS
    with Progress(printer, quiet=False, label=label, line=line) as progress:
        outcome = deploy(request, lambda done, total: progress.update("deploy", done, total))
    printer.problems(outcome.report.problems)
    if delete_list is not None:
        _write_list(printer, delete_list, outcome.report)
    _print_outcome(printer, outcome, request.action, dry_run=request.dry_run)
    return FAULTY if failed(outcome.report) else OK


def _action(printer: Printer, options: dict[str, Any]) -> "Action":
    chosen: list[Action] = [name for name in _ACTIONS if options[name]]
    if len(chosen) > 1 or (options["dry_run"] and chosen):
        raise click.UsageError(printer.text(texts.ONE_ACTION))
    return chosen[0] if chosen else "update"


def _write_list(printer: Printer, file: Path, report: "Report") -> None:
    file.write_text("".join(f"{path}\n" for path in report.to_delete), "utf-8")
    printer.say(texts.TO_DELETE, count=len(report.to_delete), path=file)


def _print_outcome(printer: Printer, outcome: "Outcome", action: str, *, dry_run: bool) -> None:
    from gazette.deploy.local import size_of

    report = outcome.report
    numbers = {
        "sent": len(report.sent), "bytes": _readable(size_of(report.sent)),
        "deleted": len(report.deleted), "kept": len(report.altered),
        "unchanged": report.unchanged, "seconds": f"{outcome.seconds:.1f}",
    }  # fmt: skip
    if dry_run:
        _list(printer, report)
        printer.say(texts.WOULD_DEPLOY, **numbers)
    elif action == "verify":
        printer.say(texts.VERIFIED, **numbers)
    elif report.sent or report.deleted or report.altered or action != "update":
        printer.say(texts.ROLLED_BACK if action == "rollback" else texts.DEPLOYED, **numbers)
    else:
        printer.say(texts.NOTHING_TO_DEPLOY, **numbers)
    for path in report.purged:
        printer.say(texts.PURGED, path=path)
    if report.release and not dry_run:
        printer.say(texts.RELEASE, release=report.release)
    printer.say(texts.ON_HOST, name=outcome.name, url=outcome.url)


def _list(printer: Printer, report: "Report") -> None:
    """What would be done, one file a line, on standard output."""
    for upload in report.sent:
        click.echo(printer.text(texts.WOULD_SEND, size=_readable(upload.size), path=upload.path))
    for path in (*report.deleted, *report.to_delete):
        click.echo(printer.text(texts.WOULD_DELETE, path=path))


def _readable(size: float) -> str:
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
