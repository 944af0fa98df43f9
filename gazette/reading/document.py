"""Bytes of one file -> a Document and its body.

What comes out depends on the file's path and bytes, the settings that reading uses and the engine's
identity, nothing else; so it can be cached for ever.
"""

import re

import msgspec

from gazette.config.decode import Decoder
from gazette.config.front_matter import Attachment, FrontMatter
from gazette.config.settings import Default, MarkdownSettings
from gazette.config.text import decode_text
from gazette.digests import digest_of
from gazette.problems import Problem, error, errors, warning
from gazette.reading import front_matter, slips
from gazette.reading.defaults import with_defaults
from gazette.reading.fields import Fields, Place
from gazette.reading.model import Body, Converted, Document, Kind, Outline
from gazette.reading.scan import FILE_PREFIX
from gazette.urls import pinyin, slugify

_DATED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<name>.*)")
_LIQUID = re.compile(r"\{%-?\s*\w+.*?%\}|\{\{-?\s*[\w.]+[^}\n]*\}\}")
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)


LARGEST_MB = 2
"""Some 700,000 Chinese characters: no article is longer, and reading one that is would take minutes."""


class ReadingContext(msgspec.Struct, frozen=True):
    """The settings that reading uses."""

    timezone: str
    markdown: MarkdownSettings
    defaults: tuple[Default, ...]


class ReadResult(msgspec.Struct, frozen=True, array_like=True):
    """What reading one file gave: a document with its body, or problems that say why not."""

    document: Document | None
    body: Body | None
    problems: tuple[Problem, ...]


class Outlined(msgspec.Struct, frozen=True, array_like=True):
    """The same, decoded as far as laying the site out asks."""

    document: Outline | None
    body: Body | None
    problems: tuple[Problem, ...]


def kind_of(path: str) -> Kind | None:
    """What a document at this path (relative to content/) is; None: neither of the known folders."""
    folders = path.split("/")[:-1]
    if "_posts" in folders or "_drafts" in folders:
        return "article"
    kinds: dict[str, Kind] = {
        "articles": "article", "pages": "page", "topics": "topic", "bureaus": "bureau",
    }  # fmt: skip
    return kinds.get(folders[0]) if folders else None


def is_jekyll(path: str) -> bool:
    """Whether the file lies as Jekyll lays posts, so that Jekyll's laxer rules hold for it."""
    folders = path.split("/")[:-1]
    return "_posts" in folders or "_drafts" in folders


def read_document(path: str, data: bytes, context: ReadingContext) -> ReadResult:
    """Read the file at `path` (relative to content/). Never raises on any input."""
    file = FILE_PREFIX + path
    megabytes = len(data) / 1_000_000
    if megabytes > LARGEST_MB:
        fault = error("text-large", file=file, size=f"{megabytes:.1f}", most=LARGEST_MB)
        return ReadResult(None, None, (fault,))
    text, found = decode_text(data, file)
    problems = list(found)
    if text is None:
        return ReadResult(None, None, tuple(problems))
    parts = front_matter.split(text, file, problems)
    if parts is None:
        return ReadResult(None, None, tuple(problems))
    kind = _kind(path, parts, file, problems)
    if kind is None or errors(problems):
        return ReadResult(None, None, tuple(problems))
    fields = _fields(path, parts, context, file, problems)
    if fields is None:
        return ReadResult(None, None, tuple(problems))
    converted = _converted(path, parts, context.markdown)
    problems.extend(msgspec.structs.replace(p, file=file) for p in converted.problems)
    _warn_of_liquid(parts, file, problems)
    document = _document(path, kind, fields, converted)
    if errors(problems) or fields.faulty:
        return ReadResult(None, None, tuple(problems))
    return ReadResult(document, converted.body, tuple(problems))


def _kind(path: str, parts: front_matter.Parts, file: str, problems: list[Problem]) -> Kind | None:
    kind = kind_of(path)
    if parts.yaml is not None:
        return kind or "page"
    if kind is None:
        if path.lower().endswith((".md", ".markdown")):
            problems.append(warning("file-ignored", file=file))
        return None  # a plain HTML file is published if something links to it
    unfenced = front_matter.looks_like_front_matter(parts.body)
    if unfenced or not (is_jekyll(path) or kind == "bureau"):
        code = "frontmatter-unfenced" if unfenced else "frontmatter-missing"
        problems.append(error(code, file=file, line=1))
    return kind


def _fields(
    path: str,
    parts: front_matter.Parts,
    context: ReadingContext,
    file: str,
    problems: list[Problem],
) -> Fields | None:
    node = slips.compose(parts, file, problems)
    if node is None:
        return None
    lines = {
        key.value: key.start_mark.line + parts.yaml_line
        for key, _ in node.value
        if isinstance(key.value, str)
    }
    given, faulty = Decoder(file, problems, parts.yaml_line).decode_sound(node, FrontMatter)
    raw = with_defaults(path, given, context.defaults)
    return Fields(raw, context.timezone, Place(file, lines, faulty), problems)


def _converted(path: str, parts: front_matter.Parts, settings: MarkdownSettings) -> Converted:
    from gazette.reading.markup import convert_html, convert_markdown  # only when something is read

    convert = convert_markdown if path.lower().endswith((".md", ".markdown")) else convert_html
    return convert(parts.body, settings, parts.body_line)


def _warn_of_liquid(parts: front_matter.Parts, file: str, problems: list[Problem]) -> None:
    if "{{" not in parts.body and "{%" not in parts.body:
        return
    body = _CODE.sub(lambda match: "\n" * match[0].count("\n"), parts.body)
    found = _LIQUID.search(body)
    if found:
        line = body.count("\n", 0, found.start()) + parts.body_line
        problems.append(warning("liquid-left", file=file, line=line, text=found[0]))


def _document(path: str, kind: Kind, fields: Fields, converted: Converted) -> Document:
    """The document; one of faulty fields is of no use (the faults are listed)."""
    raw = fields.raw
    stem, dated = _stem(path)
    jekyll = is_jekyll(path)
    draft = bool(raw.draft) or raw.published is False or "_drafts" in path.split("/")
    title = fields.title(kind, stem if jekyll or kind != "article" else "")
    date = fields.date("date", dated)
    if kind == "article" and date is None and not draft and "date" not in fields.faulty:
        (fields.pass_over if jekyll else fields.fault)("date-missing", "date")
    name = raw.slug or stem
    kicker, source, archived = fields.line(raw.kicker), fields.line(raw.source), bool(raw.archived)
    summary = fields.line(raw.summary or raw.description or raw.excerpt) or converted.summary
    lines = {key: line for key, line in fields.lines.items() if key not in raw.extra}
    return Document(
        path=path,
        kind=kind,
        jekyll=jekyll or kind_of(path) is None,  # a Jekyll tree has pages anywhere
        slug=slugify(name) if any(map(str.isalnum, name)) else pinyin(title),
        name=name,
        title=title,
        kicker=kicker,
        subtitle=fields.line(raw.subtitle).lstrip("—–―－-─ "),
        date=date,
        updated=fields.date("updated"),
        expires=fields.expires(),
        categories=fields.categories(_folders_above(path)),
        tags=fields.terms("tags", raw.tags, raw.tag),
        topics=fields.terms("topics", raw.topics, raw.topic),
        keywords=fields.terms("keywords", raw.keywords, None),
        authors=fields.authors(),
        bureaus=fields.bureaus(),
        source=source,
        source_url=fields.address("source_url", raw.source_url),
        editor=fields.line(raw.editor),
        photo_credit=fields.line(raw.photo_credit),
        document=raw.document,
        summary=summary,
        cover=fields.cover() or converted.picture or "",
        permalink=(raw.permalink or "").strip(),
        aliases=fields.aliases(),
        draft=draft,
        pinned=bool(raw.pinned),
        weight=raw.weight or 0,
        archived=archived,
        layout=(raw.layout or "").strip(),
        lang=(raw.lang or "").strip(),
        attachments=_attachments(raw),
        review=raw.review or (),
        adopted=raw.adopted or (),
        allow=raw.allow or {},
        extra=raw.extra,
        words=converted.words,
        references=converted.body.references,
        lines=lines,
        address_line=lines.get("permalink", lines.get("slug", 1)),
        shown=digest_of((title, kicker, summary, source, archived)),
    )


def _stem(path: str) -> tuple[str, str | None]:
    """The name that the file gives the document, and the date before it (`2025-05-03-name.md`)."""
    folders, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0]
    if stem == "index" and folders.count("/") > 0:
        stem = folders.rsplit("/", 1)[-1]
    match = _DATED.fullmatch(stem)
    return (match["name"], match["date"]) if match else (stem, None)


def _folders_above(path: str) -> tuple[str, ...]:
    """Jekyll's rule: the folders above `_posts` are categories."""
    folders = path.split("/")[:-1]
    if "_posts" not in folders:
        return ()
    above = folders[: folders.index("_posts")]
    return tuple(folder for folder in above if folder != "articles")


def _attachments(raw: FrontMatter) -> tuple[Attachment, ...]:
    given = raw.attachments or ()
    return tuple(item if isinstance(item, Attachment) else Attachment(file=item) for item in given)
