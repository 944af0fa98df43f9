"""Documents -> Site."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import msgspec

from gazette.config.load import SiteConfig
from gazette.digests import digest_of
from gazette.ledger import Ledger
from gazette.media.formats import published_name
from gazette.media.model import Shown
from gazette.media.pictures import Pictures
from gazette.problems import Problem, error
from gazette.reading.dates import Moment
from gazette.reading.model import Document
from gazette.reading.read import Entry
from gazette.reading.scan import FILE_PREFIX, Source, normal
from gazette.site.choice import Choice
from gazette.site.links import STATIC, Resolver, place_of
from gazette.site.model import (
    Article,
    Bureau,
    Card,
    Download,
    Link,
    Neighbours,
    SinglePage,
    Site,
    Term,
)  # fmt: skip
from gazette.site.pictures import Gallery, used_pictures
from gazette.site.placement import PlacedArticle, Placement
from gazette.site.related import neighbours_in_time, related
from gazette.site.terms import Declared, Vocabulary
from gazette.urls import href_of, pinyin

MEDIA = "media/"
_ABROAD = ("http:", "https:", "//")


class Contents(msgspec.Struct, frozen=True):
    """What there is to make a site of."""

    entries: Sequence[Entry]
    files: Sequence[Source]
    """All files under content/ that are no documents."""
    choice: Choice
    pictures: Pictures
    left_out: frozenset[str] = frozenset()
    """Paths of faulty documents that quarantine leaves out."""


class Assembly:
    """Makes one Site; the problems it finds are in `problems`."""

    def __init__(self, config: SiteConfig, contents: Contents, ledger: Ledger) -> None:
        self.config = config
        self.ledger = ledger
        self.problems: list[Problem] = []
        self.files = self._files(contents.files)
        """Files under content/ that are no documents, by path in NFC."""
        self.used: set[str] = set()
        """Files that covers and attachments refer to."""
        self.file_outputs = _file_outputs(self.files)
        """Where each file under content/ is published, if something refers to it."""
        self._links: dict[tuple[str, tuple[str, ...]], tuple[Link, ...]] = {}
        choice, left_out = contents.choice, contents.left_out
        shown, hidden = [], []
        for entry in contents.entries:
            if choice.shows(entry.document) and entry.document.path not in left_out:
                shown.append(entry)
            else:
                hidden.append(entry.document)
        self.hidden = frozenset(document.path for document in hidden) | left_out
        # Not a method: what refers back to its owner is freed only when somebody looks for cycles.
        slug_of = partial(_slug_of, ledger)
        self.placement = Placement(config, shown, hidden, choice.now, slug_of)
        self.outputs = self.placement.outputs
        """Output path of each document, by its path under content/."""
        self.resolver = Resolver(self.outputs, self.hidden, self.file_outputs)
        texts = [(e.document, self.outputs.get(e.document.path, "")) for e in shown]
        self.album = contents.pictures.album(
            self.files, lambda files: used_pictures(texts, self.resolver, files)
        )
        """The pictures that the documents refer to."""
        self.problems += self.album.problems
        self.gallery = Gallery(self.album.known)

    def _files(self, sources: Sequence[Source]) -> dict[str, Source]:
        files: dict[str, Source] = {}
        for source in sources:
            other = files.setdefault(normal(source.path), source)
            if other is not source:
                self.problems.append(
                    error(
                        "route-collision", file=FILE_PREFIX + source.path, path=normal(source.path),
                        source=ascii(source.path), other=ascii(other.path),
                    )
                )  # fmt: skip
        return files

    def site(self) -> Site:
        """Assemble everything."""
        placement = self.placement
        self.problems += placement.faults()
        articles = tuple([self._article(placed) for placed in placement.articles])
        return Site(
            articles=articles,
            neighbours=self._neighbours(articles),
            pages=tuple(self._single_page(entry) for entry in placement.pages),
            categories=self._terms("categories", placement.categories, articles),
            tags=self._terms("tags", placement.tags, articles),
            topics=self._terms("topics", placement.topics, articles),
            bureaus=self._bureaus(articles),
            data=self.config.data,
            hidden=self.hidden,
        )

    # Articles

    def _article(self, placed: PlacedArticle) -> Article:
        document = placed.entry.document
        categories = self._linked("categories", placed.categories)
        bureaus = self._linked("bureaus", placed.bureaus)
        card = self._card(
            document, placed.path, placed.date, categories[:1] or (None,), bureaus[:1] or (None,)
        )
        own = placed.bureaus
        return Article(
            document=document,
            key=placed.entry.key,
            path=placed.path,
            card=card,
            date=placed.date,
            categories=categories,
            tags=self._linked("tags", placed.tags),
            topics=self._linked("topics", placed.topics),
            bureaus=bureaus,
            category_slugs=placed.categories,
            tag_slugs=placed.tags,
            topic_slugs=placed.topics,
            bureau_slugs=own,
            mentions=tuple([s for s in placed.entry.mentions if s and s not in own])
            if placed.entry.mentions
            else (),
            attachments=self._attachments(document, placed.path) if document.attachments else (),
        )

    def _linked(self, kind: str, slugs: tuple[str, ...]) -> tuple[Link, ...]:
        """The links of terms; many articles have the same ones."""
        found = self._links.get((kind, slugs))
        if found is None:
            known = self.placement.links[kind]
            found = self._links[kind, slugs] = tuple([known[slug] for slug in slugs])
        return found

    def _card(
        self, document: Document, path: str, when: Moment | None,
        category: tuple[Link | None, ...], bureau: tuple[Link | None, ...],
    ) -> Card:  # fmt: skip
        cover, picture = self._cover(document, path) if document.cover else ("", None)
        values = (
            document.title,
            href_of(path),
            document.kicker,
            when,
            document.summary,
            cover,
            category[0],
            bureau[0],
            document.source,
            document.pinned,
            document.archived,
            picture,
        )
        return Card(*values, digest_of(values))

    def _cover(self, document: Document, path: str) -> tuple[str, Shown | None]:
        """The cover's address, and its size and copies if it is a picture of this site."""
        cover = document.cover
        if not cover or cover.startswith(_ABROAD):
            return cover, None
        line = document.lines.get("cover", document.lines.get("image"))
        place = place_of(document, path, line)
        target = self.resolver.resolve(cover, place)
        problem = target.problem or self.gallery.fault(target, place, cover)
        # The first picture of the text is the cover by default; its link is looked at with the text.
        if problem and not any(r.target == cover for r in document.references):
            self.problems.append(problem)
        if target.file:
            self.used.add(target.file)
        return target.href, self.gallery.shown(target)

    def _attachments(self, document: Document, path: str) -> tuple[Download, ...]:
        found = []
        place = place_of(document, path, document.lines.get("attachments"))
        for attachment in document.attachments:
            if attachment.file.startswith(_ABROAD):
                target = None
            else:
                target = self.resolver.resolve(attachment.file, place)
                self.problems += [target.problem] if target.problem else []
            if target and target.file:
                self.used.add(target.file)
                fault = self.gallery.fault(target, place)
                self.problems += [fault] if fault else []
                name = target.file.rsplit("/", 1)[-1]
                known = self.album.known.get(target.file)
                size = known.picture.size if known else self.files[target.file].signature.size
                ending = name.rpartition(".")[2].upper() if "." in name else ""
                found.append(Download(attachment.title or name, target.href, ending, size))
            elif not (target and target.problem):
                self.problems.append(
                    error(
                        "attachment-none", file=place.file, line=place.line, target=attachment.file
                    )
                )
        return tuple(found)

    def _neighbours(self, articles: tuple[Article, ...]) -> tuple[Neighbours, ...]:
        inputs = [
            (a.date.timestamp, a.document.path, a.topic_slugs, a.tag_slugs, a.bureau_slugs)
            for a in articles
        ]
        near = self.ledger.memo(
            "related", digest_of(inputs), list[tuple[int, ...]],
            lambda: [tuple(indices) for indices in related(articles)],
        )  # fmt: skip
        times = neighbours_in_time(articles)
        return tuple(
            Neighbours(previous, following, indices)
            for (previous, following), indices in zip(times, near, strict=True)
        )

    # Pages, terms, bureaus

    def _single_page(self, entry: Entry) -> SinglePage:
        document, path = entry.document, self.outputs[entry.document.path]
        return SinglePage(
            document=document,
            key=entry.key,
            path=path,
            card=self._card(document, path, document.date, (None,), (None,)),
            attachments=self._attachments(document, path),
        )

    def _terms(
        self, kind: str, vocabulary: Vocabulary, articles: Sequence[Article]
    ) -> tuple[Term, ...]:
        members = _members(articles, _SLUGS[kind])
        return tuple(
            self._term(kind, term, tuple(members.get(term.entry.slug, ())))
            for term in vocabulary.terms()
        )

    def _term(self, kind: str, term: Declared, articles: tuple[Article, ...]) -> Term:
        entry = term.entry
        path = self.placement.paths[kind][entry.slug]
        text = self.placement.topic_texts.get(entry.slug) if kind == "topics" else None
        cover, picture = self._cover(text.document, path) if text else ("", None)
        return Term(
            slug=entry.slug,
            title=entry.title or entry.slug,
            path=path,
            href=href_of(path),
            entry=entry,
            origin=term.origin,
            document=text.document if text else None,
            key=text.key if text else b"",
            cover=cover,
            picture=picture,
            articles=articles,
        )

    def _bureaus(self, articles: Sequence[Article]) -> tuple[Bureau, ...]:
        nodes = self.placement.bureau_names.nodes

        def with_ancestors(article: Article) -> Iterable[str]:
            own = article.bureau_slugs
            if len(own) == 1:
                return (*nodes[own[0]].ancestors, *own)
            return {up for slug in own for up in (*nodes[slug].ancestors, slug)}

        rolled = _members(articles, with_ancestors)
        own = _members(articles, lambda article: article.bureau_slugs)
        mentioned = _members(articles, lambda article: article.mentions)
        return tuple(
            self._bureau(slug, rolled.get(slug, ()), own.get(slug, ()), mentioned.get(slug, ()))
            for slug in nodes
        )

    def _bureau(
        self, slug: str, rolled: Sequence[Article], own: Sequence[Article],
        mentioned: Sequence[Article],
    ) -> Bureau:  # fmt: skip
        node = self.placement.bureau_names.nodes[slug]
        profile = self.placement.profiles.get(slug)
        path = self.placement.paths["bureaus"][slug]
        known = self.placement.bureau_names.nodes
        cover, picture = self._cover(profile.document, path) if profile else ("", None)
        return Bureau(
            slug=slug,
            name=node.entry.name,
            short=node.entry.short,
            level=node.entry.level,
            contact=node.entry.contact,
            extra=node.entry.extra,
            path=path,
            href=href_of(path),
            ancestors=node.ancestors,
            children=tuple(child.slug for child in node.entry.children if child.slug in known),
            document=profile.document if profile else None,
            key=profile.key if profile else b"",
            cover=cover,
            picture=picture,
            articles=tuple(rolled),
            own=tuple(own),
            mentioned_in=tuple(mentioned),
        )


_SLUGS: Mapping[str, Callable[[Article], tuple[str, ...]]] = {
    "categories": lambda article: article.category_slugs,
    "tags": lambda article: article.tag_slugs,
    "topics": lambda article: article.topic_slugs,
}


def _slug_of(ledger: Ledger, name: str) -> str:
    """The slug of a term that declares none; pinyin, remembered for it is slow to load."""
    if name.isascii():
        return pinyin(name)
    return ledger.memo("slug", digest_of(name), str, lambda: pinyin(name))


def _members(
    articles: Sequence[Article], slugs_of: Callable[[Article], Iterable[str]]
) -> dict[str, list[Article]]:
    """The articles of each term, in the order given."""
    members: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for slug in slugs_of(article):
            members[slug].append(article)
    return members


def _file_outputs(paths: Iterable[str]) -> dict[str, str]:
    return {
        path: path.removeprefix(STATIC) if path.startswith(STATIC) else MEDIA + published_name(path)
        for path in paths
    }
