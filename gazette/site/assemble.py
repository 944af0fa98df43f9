"""Documents -> Site."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from gazette.config.bureaus import TermEntry
from gazette.config.load import SiteConfig
from gazette.digests import digest_of
from gazette.ledger import Ledger
from gazette.problems import Problem
from gazette.reading.dates import Moment, moment_at
from gazette.reading.document import FILE_PREFIX
from gazette.reading.model import Document
from gazette.reading.read import Entry
from gazette.reading.scan import Source, normal
from gazette.site.bureaus import BureauNames
from gazette.site.links import Resolver, place_of
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
    card_digest,
)  # fmt: skip
from gazette.site.permalinks import article_path, expand
from gazette.site.related import neighbours_in_time, related
from gazette.site.terms import Vocabulary, same
from gazette.urls import folded, href_of, output_path, pinyin

MEDIA = "media/"
STATIC = "static/"


class Choice(msgspec.Struct, frozen=True):
    """Which documents exist: the time (seconds since 1970) and what is shown besides the published."""

    now: int
    drafts: bool = False
    future: bool = False
    expired: bool = False

    def shows(self, document: Document) -> bool:
        """Whether the document is shown."""
        if document.draft and not self.drafts:
            return False
        if document.date and document.date.timestamp > self.now and not self.future:
            return False
        return not (document.expires and document.expires <= self.now and not self.expired)


class Assembly:
    """Makes one Site; the problems it finds are in `problems`."""

    def __init__(
        self, config: SiteConfig, entries: Sequence[Entry], files: Sequence[Source], choice: Choice,
        left_out: frozenset[str], ledger: Ledger,
    ) -> None:  # fmt: skip
        self.config = config
        self.settings = config.settings
        self.choice = choice
        self.ledger = ledger
        self.problems: list[Problem] = []
        shown = [e for e in entries if choice.shows(e.document) and e.document.path not in left_out]
        self.by_kind: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in shown:
            self.by_kind[entry.document.kind].append(entry)
        paths = {entry.document.path for entry in shown}
        hidden = {entry.document.path for entry in entries} - paths
        self.hidden = frozenset(hidden | left_out)
        self.files = {normal(source.path): source for source in files}
        self.bureau_names = BureauNames(config.bureaus)
        self.categories = Vocabulary(
            "category", config.categories, self.slug_of, "content/categories.yaml"
        )
        self.tags = Vocabulary("tag", config.tags, self.slug_of, "content/tags.yaml")
        self.topics = Vocabulary("topic", self._declared_topics(), self.slug_of, "content/topics/")
        self.outputs: dict[str, str] = {}
        """Output path of each document, by its path under content/."""
        self.used: set[str] = set()
        """Files that covers and attachments refer to."""
        self.file_outputs = _file_outputs(self.files)
        """Where each file under content/ is published, if something refers to it."""
        self.resolver = Resolver(self.outputs, self.hidden, self.file_outputs)

    def slug_of(self, name: str) -> str:
        """The slug of a term that declares none; pinyin, remembered for it is slow to load."""
        return self.ledger.memo("slug", digest_of(name), str, lambda: pinyin(name))

    def _declared_topics(self) -> list[TermEntry]:
        return [
            TermEntry(
                slug=entry.document.slug, title=entry.document.title, order=entry.document.weight
            )
            for entry in self.by_kind["topic"]
        ]

    def site(self) -> Site:
        """Assemble everything."""
        self.problems.extend(self.bureau_names.faults(self.config.bureaus))
        placed = [self._placed(entry) for entry in self.by_kind["article"]]
        placed.sort(key=_newest_first)
        terms = self._links_of_terms()
        articles = tuple(self._article(entry, when, slugs, terms) for entry, when, slugs in placed)
        site = Site(
            articles=articles,
            neighbours=self._neighbours(articles),
            pages=tuple(self._single_page(entry) for entry in self.by_kind["page"]),
            categories=self._terms(self.categories, articles, "category", "category_slugs"),
            tags=self._terms(self.tags, articles, "tag", "tag_slugs"),
            topics=self._terms(self.topics, articles, "topic", "topic_slugs"),
            bureaus=self._bureaus(articles),
            data=self.config.data,
            hidden=self.hidden,
        )
        for vocabulary in (self.categories, self.tags, self.topics):
            self.problems.extend(vocabulary.faults())
        return site

    # Articles

    def _placed(self, entry: Entry) -> tuple[Entry, Moment, dict[str, tuple[str, ...]]]:
        document = entry.document
        file = FILE_PREFIX + document.path
        zone = self.settings.site.timezone
        when = document.date or moment_at(self.choice.now // 86400 * 86400, zone)
        slugs = {
            "categories": self.categories.slugs(document.categories, file),
            "tags": self.tags.slugs(document.tags, file),
            "topics": self.topics.slugs(document.topics, file),
            "bureaus": self.bureau_names.resolve(
                document.bureaus, file, document.lines.get("bureau", document.lines.get("bureaus")),
                self.problems,
            ),
        }  # fmt: skip
        pattern = self.settings.permalinks.article
        self.outputs[document.path] = article_path(pattern, document, when, slugs["categories"])
        return entry, when, slugs

    def _links_of_terms(self) -> dict[str, dict[str, Link]]:
        links = self.settings.permalinks
        kinds = (
            ("categories", self.categories, links.category),
            ("tags", self.tags, links.tag),
            ("topics", self.topics, links.topic),
        )
        found = {
            kind: {
                entry.slug: Link(
                    entry.title or entry.slug, href_of(expand(pattern, {"slug": entry.slug}))
                )
                for entry in vocabulary.entries()
            }
            for kind, vocabulary, pattern in kinds
        }
        found["bureaus"] = {
            slug: Link(node.entry.short or node.entry.name, self._bureau_href(slug))
            for slug, node in self.bureau_names.nodes.items()
        }
        return found

    def _bureau_href(self, slug: str) -> str:
        return href_of(expand(self.settings.permalinks.bureau, {"slug": slug}))

    def _article(
        self, entry: Entry, when: Moment, slugs: Mapping[str, tuple[str, ...]],
        terms: Mapping[str, Mapping[str, Link]],
    ) -> Article:  # fmt: skip
        document, path = entry.document, self.outputs[entry.document.path]
        links = {kind: tuple(terms[kind][slug] for slug in names) for kind, names in slugs.items()}
        category = links["categories"][0] if links["categories"] else None
        bureau = links["bureaus"][0] if links["bureaus"] else None
        card = self._card(document, path, when, category, bureau)
        return Article(
            document=document,
            key=entry.key,
            path=path,
            card=card,
            digest=card_digest(card),
            date=when,
            categories=links["categories"],
            tags=links["tags"],
            topics=links["topics"],
            bureaus=links["bureaus"],
            category_slugs=slugs["categories"],
            tag_slugs=slugs["tags"],
            topic_slugs=slugs["topics"],
            bureau_slugs=slugs["bureaus"],
            mentions=tuple(slug for slug in entry.mentions if slug not in slugs["bureaus"]),
            attachments=self._attachments(document, path),
        )

    def _card(
        self, document: Document, path: str, when: Moment | None, category: Link | None,
        bureau: Link | None,
    ) -> Card:  # fmt: skip
        return Card(
            title=document.title,
            href=href_of(path),
            kicker=document.kicker,
            date=when,
            summary=document.summary,
            cover=self._cover(document, path),
            category=category,
            bureau=bureau,
            source=document.source,
            pinned=document.pinned,
            archived=document.archived,
        )

    def _cover(self, document: Document, path: str) -> str:
        cover = document.cover
        if not cover or cover.startswith(("http:", "https:", "//")):
            return cover
        line = document.lines.get("cover", document.lines.get("image"))
        target = self.resolver.resolve(cover, place_of(document, path, line))
        # The first picture of the text is the cover by default; its link is looked at with the text.
        if target.problem and line is not None:
            self.problems.append(target.problem)
        if target.file:
            self.used.add(target.file)
        return target.href

    def _attachments(self, document: Document, path: str) -> tuple[Download, ...]:
        found = []
        for attachment in document.attachments:
            place = place_of(document, path, document.lines.get("attachments"))
            target = self.resolver.resolve(attachment.file, place)
            if target.problem:
                self.problems.append(target.problem)
            if target.file:
                self.used.add(target.file)
                name = target.file.rsplit("/", 1)[-1]
                size = self.files[target.file].signature.size
                ending = name.rpartition(".")[2].upper() if "." in name else ""
                found.append(Download(attachment.title or name, target.href, ending, size))
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
        document = entry.document
        inside = document.path.removeprefix("pages/").rpartition(".")[0]
        inside = inside.removesuffix("/index") if inside != "index" else inside
        pattern = document.permalink or self.settings.permalinks.page
        values = {"path": inside, "slug": document.slug, "title": document.name}
        path = output_path(pattern) if ":" not in pattern else expand(pattern, values)
        self.outputs[document.path] = path
        card = self._card(document, path, document.date, None, None)
        attachments = self._attachments(document, path)
        return SinglePage(
            document=document, key=entry.key, path=path, card=card, attachments=attachments
        )

    def _terms(
        self, vocabulary: Vocabulary, articles: Sequence[Article], kind: str, field: str
    ) -> tuple[Term, ...]:
        members: defaultdict[str, list[Article]] = defaultdict(list)
        for article in articles:
            for slug in getattr(article, field):
                members[slug].append(article)
        texts = {}
        if kind == "topic":
            texts = {same(entry.document.slug): entry for entry in self.by_kind["topic"]}
        return tuple(
            self._term(entry, kind, texts.get(same(entry.slug)), tuple(members[entry.slug]))
            for entry in vocabulary.entries()
        )

    def _term(
        self, entry: TermEntry, kind: str, text: Entry | None, articles: tuple[Article, ...]
    ) -> Term:
        pattern = getattr(self.settings.permalinks, kind)
        path = expand(pattern, {"slug": entry.slug})
        if text and text.document.permalink:
            path = output_path(text.document.permalink)
        if text:
            self.outputs[text.document.path] = path
        return Term(
            slug=entry.slug,
            title=entry.title or entry.slug,
            path=path,
            href=href_of(path),
            entry=entry,
            document=text.document if text else None,
            key=text.key if text else b"",
            cover=self._cover(text.document, path) if text else "",
            articles=articles,
        )

    def _bureaus(self, articles: Sequence[Article]) -> tuple[Bureau, ...]:
        nodes = self.bureau_names.nodes
        rolled: defaultdict[str, list[Article]] = defaultdict(list)
        own: defaultdict[str, list[Article]] = defaultdict(list)
        mentioned: defaultdict[str, list[Article]] = defaultdict(list)
        for article in articles:
            above = {up for slug in article.bureau_slugs for up in nodes[slug].ancestors}
            for slug in above.union(article.bureau_slugs):
                rolled[slug].append(article)
            for slug in article.bureau_slugs:
                own[slug].append(article)
            for slug in article.mentions:
                mentioned[slug].append(article)
        profiles = self._profiles()
        return tuple(
            self._bureau(slug, profiles.get(slug), rolled[slug], own[slug], mentioned[slug])
            for slug in nodes
        )

    def _profiles(self) -> dict[str, Entry]:
        found = {}
        for entry in self.by_kind["bureau"]:
            slug = entry.document.name
            if slug in self.bureau_names.nodes:
                found[slug] = entry
            else:
                file = FILE_PREFIX + entry.document.path
                self.bureau_names.resolve((slug,), file, 1, self.problems)
        return found

    def _bureau(
        self, slug: str, profile: Entry | None, rolled: list[Article], own: list[Article],
        mentioned: list[Article],
    ) -> Bureau:  # fmt: skip
        node = self.bureau_names.nodes[slug]
        path = expand(self.settings.permalinks.bureau, {"slug": slug})
        if profile:
            self.outputs[profile.document.path] = path
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
            children=tuple(child.slug for child in node.entry.children),
            document=profile.document if profile else None,
            key=profile.key if profile else b"",
            cover=self._cover(profile.document, path) if profile else "",
            articles=tuple(rolled),
            own=tuple(own),
            mentioned_in=tuple(mentioned),
        )


def _newest_first(placed: tuple[Entry, Moment, object]) -> tuple[int, int, str]:
    entry, when, _ = placed
    return (-when.timestamp, entry.document.weight, folded(entry.document.path))


def _file_outputs(paths: Iterable[str]) -> dict[str, str]:
    return {
        path: path.removeprefix(STATIC) if path.startswith(STATIC) else MEDIA + path
        for path in paths
    }
