"""`init` and `new`: beginning a site, an article or a theme."""

from pathlib import Path

import click

from gazette.cli.asking import Asking
from gazette.cli.codes import FAULTY, OK, language_option
from gazette.cli.printer import Printer
from gazette.messages import cli as texts

_STARTER_ZONE = "Asia/Shanghai"


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@language_option
@click.pass_obj
def init_command(printer: Printer, folder: Path) -> int:
    """Begin a new site in FOLDER."""
    from gazette.publish.state import disk_error
    from gazette.scaffold.answers import now_in
    from gazette.scaffold.create import create_site

    try:
        create_site(folder, now_in(_STARTER_ZONE))
    except FileExistsError:
        printer.say(texts.NOT_EMPTY, path=folder)
        return FAULTY
    except OSError as fault:
        raise disk_error(fault) from fault
    printer.root = folder.resolve()
    printer.say(texts.CREATED, path=folder)
    printer.say(texts.NEXT, path=folder)
    return OK


@click.command("new")
@click.argument("kind", type=click.Choice(["article", "theme"]), default="article")
@click.argument("name", required=False)
@click.option("--title")
@click.option("--category")
@click.option("--bureau")
@click.option("--date")
@click.option("--slug", default="")
@click.option("--archetype", default="article", help="A file under archetypes/, without .md.")
@click.option("--extends", default="portal", help="Theme that a new theme extends.")
@language_option
@click.pass_obj
def new_command(
    printer: Printer, /, kind: str, name: str | None, extends: str, slug: str, **given: str | None
) -> int:
    """Begin a new article, or `new theme NAME`; asks for what is not given."""
    try:
        if kind == "theme":
            path = _new_theme(printer, name or "", extends)
        else:
            path = _new_article(printer, slug, given)
    except FileExistsError as fault:
        printer.say(texts.EXISTS, path=_shown(Path(fault.filename), printer))
        return FAULTY
    printer.say(texts.CREATED, path=_shown(path, printer))
    return OK


def _shown(path: Path, printer: Printer) -> Path:
    return path.relative_to(printer.root) if path.is_relative_to(printer.root) else path


def _new_theme(printer: Printer, name: str, extends: str) -> Path:
    from gazette.config.decode import nearest
    from gazette.pages.theme import theme_names
    from gazette.scaffold.create import create_theme
    from gazette.urls import slugify

    themes = theme_names(printer.root)
    if not name or slugify(name) != name.lower():
        raise click.UsageError(printer.text(texts.BAD_NAME, value=name))
    if extends not in themes:
        near = nearest(extends, themes) or ", ".join(themes)
        raise click.UsageError(printer.text(texts.NO_THEME, value=extends, near=near))
    if name in themes:
        raise FileExistsError(0, "", str(printer.root / "themes" / name))
    return create_theme(printer.root, name, extends)


def _new_article(printer: Printer, slug: str, given: dict[str, str | None]) -> Path:
    from gazette.config.load import load
    from gazette.scaffold.answers import Questions, bureaus_of, categories_of, now_in
    from gazette.scaffold.create import NewArticle, create_article

    config = load(printer.root)
    now = now_in(config.settings.site.timezone)
    questions = Questions(config)
    asking = Asking(printer, given)
    archetype = asking.checked(
        given["archetype"] or "", lambda v: questions.archetype(v, printer.root)
    )
    categories, bureaus = categories_of(config), bureaus_of(config)
    return create_article(
        printer.root,
        NewArticle(
            title=asking.take("title", texts.ASK_TITLE, None, questions.title),
            category=asking.choose("category", texts.ASK_CATEGORY, categories, asking.category),
            bureau=asking.choose("bureau", texts.ASK_BUREAU, bureaus, questions.bureau),
            date=asking.take("date", texts.ASK_DATE, now, questions.date),
            slug=slug,
            archetype=archetype,
        ),
    )
