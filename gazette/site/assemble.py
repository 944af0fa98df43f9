"""Documents -> Site."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import msgspec

from gazette.config.load import SiteConfig
from gazette.digests import digest_of
from gazette.ledger import Ledger
from gazette.media.formats import published_name
from gazette.media.pictures import Pictures
from gazette.problems import Problem, error
from gazette.reading.read import Entry
from gazette.reading.scan import FILE_PREFIX, Source, normal
from gazette.site.choice import Choice
from gazette.site.links import STATIC, Resolver, place_of
from gazette.site.model import (
    Article,
    Bureau,
    CardFacts,
    Cover,
    Download,
    Neighbours,
    SinglePage,
    Site,
    Term,
    card_digest,
    make_card,
)  # fmt: skip
from gazette.site.pictures import Gallery, used_pictures
from gazette.site.placement import PlacedArticle, Placement
from gazette.site.related import neighbours_in_time, related
from gazette.site.terms import Declared, Vocabulary
from gazette.urls import href_of, pinyin

MEDIA = "media/"
_NO_COVER = Cover("", None)
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
        choice, left_out = contents.choice, contents.left_out
        shown, hidden = [], []
        for entry in contents.entries:
            if choice.shows(entry.outline) and entry.outline.path not in left_out:
                shown.append(entry)
            else:
                hidden.append(entry)
        self.hidden = frozenset(entry.outline.path for entry in hidden) | left_out
        # Not a method: what refers back to its owner is freed only when somebody looks for cycles.
        slug_of = partial(_slug_of, ledger)
        self.placement = Placement(config, shown, hidden, choice.now, slug_of)
        self.outputs = self.placement.outputs
        """Output path of each document, by its path under content/."""
        self.resolver = Resolver(self.outputs, self.hidden, self.file_outputs)
        outlines = [entry.outline for entry in shown]
        texts = ((outline, self.outputs.get(outline.path, "")) for outline in outlines)
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
            links=placement.links,
            data=self.config.data,
            hidden=self.hidden,
        )

    # Articles

    def _article(self, placed: PlacedArticle) -> Article:
        entry, path, links = placed.entry, placed.path, self.placement.links
        outline, own = entry.outline, placed.bureaus
        facts = CardFacts(
            path,
            placed.date,
            links["categories"][placed.categories[0]] if placed.categories else None,
            links["bureaus"][own[0]] if own else None,
            self._cover(entry, path) if outline.cover else None,
        )
        return Article(
            entry,
            outline,
            path,
            placed.date,
            placed.categories,
            placed.tags,
            placed.topics,
            own,
            tuple([s for s in entry.mentions if s and s not in own]) if entry.mentions else (),
            self._attachments(entry, path) if outline.attachments else (),
            links,
            facts,
            card_digest(outline, facts),
        )

    def _cover(self, entry: Entry, path: str) -> Cover:
        outline = entry.outline
        cover = outline.cover
        if not cover or cover.startswith(_ABROAD):
            return Cover(cover, None)
        place = place_of(outline, path)
        target = self.resolver.resolve(cover, place)
        problem = target.problem or self.gallery.fault(target, place, cover)
        # The first picture of the text is the cover by default; its link is looked at with the text.
        if problem and not any(r.target == cover for r in outline.references):
            lines = entry.document.lines
            line = lines.get("cover", lines.get("image"))
            self.problems.append(msgspec.structs.replace(problem, line=line))
        if target.file:
            self.used.add(target.file)
        return Cover(target.href, self.gallery.shown(target))

    def _attachments(self, entry: Entry, path: str) -> tuple[Download, ...]:
        found = []
        document = entry.document
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
            (a.date.timestamp, a.outline.path, a.topic_slugs, a.tag_slugs, a.bureau_slugs)
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
        document, path = entry.document, self.outputs[entry.outline.path]
        facts = CardFacts(path, document.date, None, None, self._cover(entry, path))
        return SinglePage(
            document=document,
            key=entry.key,
            path=path,
            card=make_card(document, facts, card_digest(document, facts)),
            attachments=self._attachments(entry, path),
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
        cover = self._cover(text, path) if text else _NO_COVER
        return Term(
            slug=entry.slug,
            title=entry.title or entry.slug,
            path=path,
            href=href_of(path),
            entry=entry,
            origin=term.origin,
            document=text.document if text else None,
            key=text.key if text else b"",
            cover=cover.href,
            picture=cover.picture,
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
        cover = self._cover(profile, path) if profile else _NO_COVER
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
            cover=cover.href,
            picture=cover.picture,
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
