"""Family freshness: columns and the home page as inspectors look at them, at a given moment."""

from collections.abc import Iterable, Iterator

from gazette.check.family import SiteFamily
from gazette.check.rule import Finding, Rule
from gazette.check.survey import Survey
from gazette.messages.message import Message, _
from gazette.reading.model import Document
from gazette.site.model import Article, Term

_SOURCE = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）：单项否决指标"
_OLD = "---\ntitle: 甲\ndate: 2025-05-03\nsource: 甲\ncategories: news\n---\n正文。"
_NEW = "---\ntitle: 甲\ndate: 2025-12-31\nsource: 甲\ncategories: news\n---\n正文。"
_COLUMN = "- {slug: news, title: 工作动态, stale_after_days: 14}\n"

STALE = Rule(
    id="freshness-stale",
    family="freshness",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("The column “{found}” has had no news for {days} days; {limit} are allowed."),
        _("Publish something in it, or close the column."),
    ),
    explanation=_(
        "Columns whose newest article is older than their `stale_after_days`; where none is given, 14 days for news"
        " columns (动态, 要闻, 新闻) and 180 for notices and policy documents."
    ),
    bad=({"content/categories.yaml": _COLUMN, "content/articles/a.md": _OLD},),
    good=({"content/categories.yaml": _COLUMN, "content/articles/a.md": _NEW},),
)
DUE = Rule(
    id="freshness-due",
    family="freshness",
    severity="warning",
    source=_SOURCE,
    message=Message(
        _("The column “{found}” needs news within {left} days (newest: {newest})."),
        _("Plan an article for it."),
    ),
    explanation=_("Columns near their limit: a fifth of it, and at least two days, is left."),
    bad=(
        {
            "content/categories.yaml": _COLUMN,
            "content/articles/a.md": _NEW.replace("2025-12-31", "2025-12-19"),
        },
    ),
    good=({"content/categories.yaml": _COLUMN, "content/articles/a.md": _NEW},),
)
BLANK = Rule(
    id="freshness-blank",
    family="freshness",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("The column “{found}” is blank."), _("Publish something in it, or delete the column.")
    ),
    explanation=_("Columns without a single article. Five of them fail the whole site."),
    bad=({"content/categories.yaml": "- {slug: news, title: 工作动态}\n"},),
    good=({"content/categories.yaml": _COLUMN, "content/articles/a.md": _NEW},),
)
HOME = Rule(
    id="freshness-home",
    family="freshness",
    severity="error",
    source=_SOURCE,
    message=Message(
        _("The home page has had no news for {days} days; {limit} are allowed."), _("Publish news.")
    ),
    explanation=_("A home page without news for two weeks fails the whole site."),
    bad=({"content/articles/a.md": _OLD},),
    good=({"content/articles/a.md": _NEW},),
)
VETO = Rule(
    id="freshness-veto",
    family="freshness",
    severity="error",
    source=_SOURCE,
    message=Message(
        _(
            "An inspection fails the whole site: {blank} blank columns (5 are too many), {overdue} overdue ones of news and notices (5), {all} overdue in all (10)."
        ),
        _("See the columns named above."),
    ),
    explanation=_(
        "Five blank columns, five overdue ones of news, notices and policy documents, or ten overdue in all are a veto."
    ),
    bad=(
        {
            "content/categories.yaml": "".join(
                f"- {{slug: c{n}, title: 栏目{n}}}\n" for n in range(5)
            )
        },
    ),
    good=(
        {
            "content/categories.yaml": "".join(
                f"- {{slug: c{n}, title: 栏目{n}}}\n" for n in range(4)
            )
        },
    ),
)
RULES = (STALE, DUE, BLANK, HOME, VETO)

_DAY = 86_400
_HOME_LIMIT = 14
_NEWS, _NEWS_LIMIT = ("动态", "要闻", "新闻"), 14
_NOTICES, _NOTICES_LIMIT = ("通知", "公告", "政策文件"), 180
_FILE = "content/categories.yaml"
_MOST_BLANK = _MOST_NEWS = 5
_MOST_OVERDUE = 10


def limit_of(term: Term) -> int | None:
    """Days that the column may go without news; None if nobody asks."""
    if term.entry.stale_after_days is not None:
        return term.entry.stale_after_days
    names = (term.entry.type, term.title)
    if any(word in name for name in names for word in _NEWS):
        return _NEWS_LIMIT
    if any(word in name for name in names for word in _NOTICES):
        return _NOTICES_LIMIT
    return None


def find_in_site(survey: Survey) -> Iterator[tuple[str, Finding]]:
    """How fresh the home page and the columns are."""
    yield from _home(survey)
    blank = overdue = of_news = 0
    for term in survey.site.categories:
        if term.origin.file != _FILE:
            continue  # made by an article that names it, so it is neither a column nor blank
        dates = [article.date for article in term.articles if _counts(article.document, survey.now)]
        place = term.origin.found(survey.root).line
        limit = limit_of(term)
        if not dates:
            blank += 1
            yield _FILE, Finding(BLANK.id, place, None, term.title)
        elif limit is not None:
            newest = max(dates, key=lambda moment: moment.timestamp)
            days = max(0, survey.now - newest.timestamp) // _DAY
            given = {
                "days": str(days),
                "limit": str(limit),
                "left": str(limit - days),
                "newest": newest.day,
            }
            if days > limit:
                overdue += 1
                of_news += _is_watched(term)
                yield _FILE, Finding(STALE.id, place, None, term.title, arguments=given)
            elif limit - days <= max(2, limit // 5):
                yield _FILE, Finding(DUE.id, place, None, term.title, arguments=given)
    if blank >= _MOST_BLANK or of_news >= _MOST_NEWS or overdue >= _MOST_OVERDUE:
        counts = {"blank": str(blank), "overdue": str(of_news), "all": str(overdue)}
        yield _FILE, Finding(VETO.id, arguments=counts)


def until(survey: Survey) -> int | None:
    """When (seconds since 1970) the next day without news is over, of the home page or a column."""
    limited = [term.articles for term in survey.site.categories if limit_of(term) is not None]
    lists = [_stamps(articles, survey.now) for articles in (survey.site.articles, *limited)]
    newest = [max(stamps) for stamps in lists if stamps]
    return min((survey.now + _DAY - (survey.now - one) % _DAY for one in newest), default=None)


def _stamps(articles: Iterable[Article], now: int) -> list[int]:
    """The moments of those that readers see."""
    return [article.date.timestamp for article in articles if _counts(article.document, now)]


def _home(survey: Survey) -> Iterator[tuple[str, Finding]]:
    stamps = _stamps(survey.site.articles, survey.now)
    days = (survey.now - max(stamps)) // _DAY if stamps else None
    if days is not None and days > _HOME_LIMIT:
        given = {"days": str(days), "limit": str(_HOME_LIMIT)}
        yield "config.yaml", Finding(HOME.id, arguments=given)


def _counts(document: Document, now: int) -> bool:
    """Whether readers see the article at that moment; undated ones do not count as news."""
    return not document.draft and document.date is not None and document.date.timestamp <= now


def _is_watched(term: Term) -> bool:
    """Whether the column is one of news, notices or policy documents."""
    names = (term.entry.type, term.title)
    return any(word in name for name in names for word in (*_NEWS, *_NOTICES))


SITE_FAMILY = SiteFamily("freshness", RULES, find_in_site)
