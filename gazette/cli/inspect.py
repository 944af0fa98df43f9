"""`schema` and `explain`: what may be written in settings, and read in templates."""

import json

import click

from gazette.cli.codes import FAULTY, OK, language_option
from gazette.cli.printer import Printer
from gazette.messages import cli as texts
from gazette.problems import errors


@click.command("schema")
@click.argument(
    "kind", type=click.Choice(["config", "front-matter", "bureaus", "categories", "theme"])
)
def schema_command(kind: str) -> int:
    """Print the JSON Schema of config.yaml, front matter, bureaus.yaml, categories.yaml or theme.yaml."""
    from gazette.config.schema import json_schema

    click.echo(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))
    return OK


@click.command("explain")
@click.argument("page", default="index.html")
@language_option
@click.pass_obj
def explain_command(printer: Printer, page: str) -> int:
    """Print what the template of PAGE may read: each field with its type and this page's value.

    PAGE is an address of the site (category/x.html) or a file under content/.
    """
    from gazette.inspection import describe
    from gazette.publish.report import BuildOptions

    options = BuildOptions(root=printer.root, drafts=True, future=True, expired=True)
    rows, problems = describe(options, page)
    if rows is None:
        printer.problems(errors(problems))
        printer.say(texts.NO_PAGE, page=page)
        return FAULTY
    for row in rows:
        click.echo(row)
    return OK
