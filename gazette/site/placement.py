"""Where everything stands: the terms and output paths of all documents, before any of them is linked."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from gazette.config.bureaus import TermEntry
from gazette.config.load import SiteConfig, line_of
from gazette.problems import Problem, error, warning
from gazette.reading.dates import Moment, moment_at
from gazette.reading.model import Outline
from gazette.reading.read import Entry
from gazette.reading.scan import FILE_PREFIX
from gazette.site.bureaus import FILE as BUREAUS_FILE
from gazette.site.bureaus import BureauNames
from gazette.site.choice import DAY
from gazette.site.model import Link
from gazette.site.permalinks import (
    ARTICLE_TOKENS,
    PAGE_TOKENS,
    TERM_TOKENS,
    article_path,
    page_path,
    term_path,
    unknown_tokens,
)
from gazette.site.terms import Declared, Origin, Vocabulary, same
from gazette.urls import folded, href_of

GENERATED = frozenset(["index.html", "404.html", "sitemap.html"])
"""Pages that no document is asked for."""
_KINDS = {"article": ARTICLE_TOKENS, "page": PAGE_TOKENS}


class PlacedArticle(msgspec.Struct, frozen=True):
    """An article with the slugs of its terms and its output path."""

    entry: Entry
    date: Moment
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    topics: tuple[str, ...]
    bureaus: tuple[str, ...]
    path: str


class Placement:
    """Places the documents that are shown; what is wrong is in `problems`."""

    def __init__(
        self, config: SiteConfig, shown: Sequence[Entry], hidden: Sequence[Entry], now: int,
        slug_of: Callable[[str], str],
    ) -> None:  # fmt: skip
        self.config = config
        self.problems: list[Problem] = []
        self.outputs: dict[str, str] = {}
        """Output path of each document, by its path under content/."""
        self.bureau_names = BureauNames(config.bureaus)
        topics = [entry for entry in shown if entry.outline.kind == "topic"]
        self.categories = _listed(config.categories, slug_of, "content/categories.yaml")
        self.tags = _listed(config.tags, slug_of, "content/tags.yaml")
        self.topics = Vocabulary(map(_declared, topics), slug_of, "content/topics/")
        self._hidden_topics = _topic_names(hidden)
        undated = moment_at(now // DAY * DAY, config.settings.site.timezone)
        articles = [
            self._article(entry, undated) for entry in shown if entry.outline.kind == "article"
        ]
        self.articles = sorted(articles, key=_newest_first)
        self.pages = [entry for entry in shown if entry.outline.kind == "page"]
        self.topic_texts = {entry.outline.slug: entry for entry in reversed(topics)}
        self.profiles = self._profiles(shown)
        self.paths = dict(self._paths())
        """Kind of terms (`categories` ... `bureaus`) -> slug -> output path."""
        self._place_texts()
        self.links = dict(self._links())
        """Kind of terms -> slug -> link."""

    def faults(self) -> Iterator[Problem]:
        """What is wrong between documents."""
        yield from self.problems
        root = self.config.root
        for vocabulary in (self.categories, self.tags, self.topics):
            yield from vocabulary.faults(root)
        for node in self.bureau_names.twice():
            line = line_of(root / BUREAUS_FILE, *node.place, "slug")
            yield error("bureau-twice", file=BUREAUS_FILE, line=line, slug=node.entry.slug)

    def _article(self, entry: Entry, undated: Moment) -> PlacedArticle:
        document = entry.outline
        names = document.topics
        if names and self._hidden_topics:
            names = tuple(name for name in names if same(name) not in self._hidden_topics)
        categories = self.categories.slugs(document.categories, entry, "categories", "category")
        date = document.date or undated
        pattern, main = self.config.settings.permalinks.article, categories[:1] or ("",)
        path = article_path(pattern, document, date, main[0], lambda: self._category_names(entry))
        self._placed(entry, path)
        return PlacedArticle(
            entry,
            date,
            categories,
            self.tags.slugs(document.tags, entry, "tags", "tag"),
            self.topics.slugs(names, entry, "topics", "topic"),
            self._bureaus(entry) if document.bureaus else (),
            path,
        )

    def _bureaus(self, entry: Entry) -> tuple[str, ...]:
        document = entry.outline
        certain = self.bureau_names.certain(document.bureaus)
        if certain is not None:
            return certain
        line = _line(entry.document.lines, "bureau", "bureaus")
        file = FILE_PREFIX + document.path
        return self.bureau_names.resolve(document.bureaus, file, line, self.problems)

    def _category_names(self, entry: Entry) -> list[str]:
        return [
            self.categories.slugs((name,), entry)[0] if self.categories.declares(name) else name
            for name in entry.outline.categories
        ]

    def _placed(self, entry: Entry, path: str) -> None:
        document = entry.outline
        self.outputs[document.path] = path
        if ":" in document.permalink:
            file, line = FILE_PREFIX + document.path, entry.document.lines.get("permalink")
            known = _KINDS.get(document.kind, TERM_TOKENS)
            self.problems.extend(
                error(
                    "permalink-token", file=file, line=line, token=token,
                    pattern=document.permalink, near=near,
                )
                for token, near in unknown_tokens(document.permalink, known)
            )  # fmt: skip

    def _paths(self) -> Iterator[tuple[str, dict[str, str]]]:
        patterns = self.config.settings.permalinks
        for kind, vocabulary, pattern in (
            ("categories", self.categories, patterns.category),
            ("tags", self.tags, patterns.tag),
            ("topics", self.topics, patterns.topic),
        ):
            slugs = [term.entry.slug for term in vocabulary.terms()]
            yield kind, {slug: term_path(pattern, slug) for slug in slugs}
        nodes = self.bureau_names.nodes
        yield "bureaus", {slug: term_path(patterns.bureau, slug) for slug in nodes}

    def _place_texts(self) -> None:
        """Place single pages, topics and profiles; a `permalink` of theirs is the term's too."""
        self.pages = [entry for entry in self.pages if self._page(entry)]
        for kind, texts in (("topics", self.topic_texts), ("bureaus", self.profiles)):
            for slug, entry in texts.items():
                permalink = entry.outline.permalink
                if permalink:
                    self.paths[kind][slug] = term_path(permalink, slug)
                self._placed(entry, self.paths[kind][slug])

    def _page(self, entry: Entry) -> bool:
        document = entry.outline
        path = page_path(self.config.settings.permalinks.page, document)
        if path in GENERATED and not document.path.startswith("pages/"):
            # A Jekyll tree has templates for these beside its posts.
            file = FILE_PREFIX + document.path
            self.problems.append(warning("page-generated", file=file, line=1, path=path))
            return False
        self._placed(entry, path)
        return True

    def _links(self) -> Iterator[tuple[str, dict[str, Link]]]:
        for kind, vocabulary in (
            ("categories", self.categories),
            ("tags", self.tags),
            ("topics", self.topics),
        ):
            entries, paths = [term.entry for term in vocabulary.terms()], self.paths[kind]
            yield (
                kind,
                {e.slug: Link(e.title or e.slug, href_of(paths[e.slug])) for e in entries},
            )
        paths = self.paths["bureaus"]
        nodes = self.bureau_names.nodes.values()
        yield (
            "bureaus",
            {
                node.entry.slug: Link(
                    node.entry.short or node.entry.name, href_of(paths[node.entry.slug])
                )
                for node in nodes
            },
        )

    def _profiles(self, shown: Iterable[Entry]) -> dict[str, Entry]:
        """The texts of bureaus/, by the slug of the bureau that their names mean."""
        found: dict[str, Entry] = {}
        for entry in shown:
            if entry.outline.kind != "bureau":
                continue
            file = FILE_PREFIX + entry.outline.path
            for slug in self.bureau_names.resolve((entry.outline.name,), file, 1, self.problems):
                other = found.setdefault(slug, entry)
                if other is not entry:
                    other_file = FILE_PREFIX + other.outline.path
                    self.problems.append(
                        error("profile-twice", file=file, line=1, slug=slug, other_file=other_file)
                    )
        return found


def _listed(entries: Sequence[TermEntry], slug_of: Callable[[str], str], file: str) -> Vocabulary:
    declared = (
        Declared(entry, Origin(file, position=position)) for position, entry in enumerate(entries)
    )
    return Vocabulary(declared, slug_of, file)


def _declared(topic: Entry) -> Declared:
    document = topic.document
    entry = TermEntry(slug=document.slug, title=document.title, order=document.weight)
    return Declared(entry, Origin(FILE_PREFIX + document.path, _line(document.lines, "slug") or 1))


def _topic_names(hidden: Iterable[Entry]) -> frozenset[str]:
    """What articles may call the topics that are not shown, so that none is made up for them."""
    topics = [entry.document for entry in hidden if entry.outline.kind == "topic"]
    return frozenset(same(name) for topic in topics for name in (topic.slug, topic.title))


def _line(lines: dict[str, int], *keys: str) -> int | None:
    return next((lines[key] for key in keys if key in lines), None)


def _newest_first(placed: PlacedArticle) -> tuple[int, int, str]:
    document: Outline = placed.entry.outline
    return (-placed.date.timestamp, document.weight, folded(document.path))
