"""What can be wrong between documents: terms, bureaus, links, addresses."""

from gazette.messages.message import Message, _

SITE: dict[str, Message] = {
    "bureau-unknown": Message(
        _("There is no bureau “{value}”."),
        _("Write its slug, name, short name or an alias as in content/bureaus.yaml."),
    ),
    "bureau-ambiguous": Message(
        _("“{value}” can mean several bureaus: {names}"),
        _("Write the slug, or the parent before it: parent/{value}"),
    ),
    "bureau-twice": Message(
        _("Two bureaus have the slug “{slug}”."), _("Give one of them another slug.")
    ),
    "profile-twice": Message(
        _("{other_file} is already the text of the bureau “{slug}”."),
        _("Put the two texts together in one of the files, and delete the other."),
    ),
    "term-twice": Message(
        _("The slug “{slug}” is already taken in {other_file}."),
        _("Give one of the two another slug."),
    ),
    "term-title": Message(
        _("“{title}” is also the title of an entry in {other_file}."),
        _("Give one of them another title: articles that write the title get the first entry."),
    ),
    "term-collision": Message(
        _("“{name}” and “{other}” (used in {other_file}) would have the same address “{slug}”."),
        _("Use one name for both, or give one of them a slug of its own in {declare}."),
    ),
    "term-near": Message(
        _("“{name}” is not listed in {declare}; it becomes an entry of its own."),
        _("Correct the name if another was meant, or add it to {declare}."),
    ),
    "term-spelling": Message(
        _("{names} are taken for one term, shown as “{name}”."),
        _("Write it the same way everywhere."),
    ),
    "link-missing": Message(
        _("The link leads to “{target}”, which does not exist."),
        _(
            "Check the name and the folder: a file beside the article is named by its file name only,"
            " one elsewhere from the article's folder (../other/photo.jpg)."
        ),
    ),
    "link-hidden": Message(
        _(
            "The link leads to {target}, which is not published (a draft, expired, in the future or faulty)."
        ),
        _("The text is shown without the link until it is."),
    ),
    "link-case": Message(
        _(
            "The link “{target}” is read as “{right}”: capital and small letters count on web servers."
        ),
        _("Write: {right}"),
    ),
    "attachment-none": Message(
        _("“{target}” cannot be attached: it is not a file of this site."),
        _("Copy the file beside the article and write its name."),
    ),
    "page-generated": Message(
        _("Gazette makes {path} itself, so this file is not shown."),
        _("Delete it, or move it into content/pages/ and give it another permalink."),
    ),
    "route-collision": Message(
        _("{source} and {other} would both become {path}."),
        _(
            "Give one of them another slug or permalink; capital and small letters do not tell them apart."
        ),
    ),
    "route-folder": Message(
        _("{other} would become the file {path}, but {source} needs a folder of that name."),
        _("Give one of them another slug or permalink."),
    ),
    "path-outside": Message(
        _("The address “{path}” leads out of the site."),
        _("Write a permalink without .. and without empty parts."),
    ),
    "path-name": Message(
        _("A file named “{path}” cannot exist on Windows."),
        _('Rename it: no < > : " | ? * \\, no dot or space at the end, and not con, nul, com1 ...'),
    ),
    "path-long": Message(
        _("The name “{path}” is too long."), _("Use a shorter file name or slug.")
    ),
    "layout-unknown": Message(
        _("The theme has no layout “{layout}”; the usual one is used."),
        _("Delete the line layout:, or add the template to the theme."),
    ),
    "query-unknown": Message(
        _("There is no query “{name}”, for which {where} asks."),
        _("Declare it under queries: in config.yaml or theme.yaml."),
    ),
    "query-field": Message(
        _("{where} asks for “{field}”, which no entry of {source} has."),
        _("Fields: {known}. Front matter of your own is written extra.name."),
    ),
    "query-data": Message(
        _("{where} asks for content/data/{name}.yaml, which does not exist or is empty."),
        _("Write the file, or correct the name after data. in the query."),
    ),
    "query-scope": Message(
        _("{where} has scope: page, but {source} have no pages of their own to be taken from."),
        _("Delete the line scope:, or write from: articles."),
    ),
    "block-missing": Message(
        _("The theme has no block “{template}”, for which {where} asks."),
        _("Blocks of this theme: {known}. One of your own is a file under templates/blocks/."),
    ),
    "block-more": Message(
        _("“more” of {where} leads to “{target}”, which does not exist."),
        _("Write an address of this site that begins with /, for example /category/news.html."),
    ),
    "menu-empty": Message(
        _("The menu entry “{title}” does not say where it leads."),
        _("Add url: /path.html, or category: with the slug of a category."),
    ),
    "template-unknown": Message(
        _("theme.yaml names the template {template}, which the theme does not have."),
        _("Correct the name; it is written as under templates/, with its ending."),
    ),
    "catalogue-invalid": Message(
        _("The translations cannot be read: {reason}"),
        _("Correct the line; a .po file holds msgid and msgstr, each with its text in quotes."),
    ),
    "permalink-token": Message(
        _("“{token}” in the permalink pattern {pattern} means nothing."),
        _(
            "Tokens of articles are for example :category :year :month :day :slug; of terms :slug only."
        ),
    ),
    "empty-site": Message(
        _("The site has no articles yet."),
        _("Write one: gazette new, or put a Markdown file into content/articles/."),
    ),
    "file-ignored": Message(
        _("This file is not used: it lies outside articles/, pages/, topics/ and bureaus/."),
        _("Move it into one of these folders, or into static/ to publish it as it is."),
    ),
    "svg-invalid": Message(
        _("The SVG picture cannot be read: {reason}"),
        _("Export it again from the drawing program."),
    ),
}
