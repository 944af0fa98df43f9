"""schema.org data of a page, as JSON-LD."""

from typing import Any

import msgspec
from markupsafe import Markup

from gazette.pages.views import ArticleView, HomeView, PageView
from gazette.site.model import Link
from gazette.urls import canonical


def json_ld(view: PageView) -> Markup:
    """The page's structured data as JSON that is safe inside `<script>`; empty where there is none."""
    items = []
    if isinstance(view, ArticleView):
        items.append(_article(view))
    if isinstance(view, HomeView):
        items.append(_website(view))
    if view.page.breadcrumbs:
        items.append(_breadcrumbs(view))
    if not items:
        return Markup()
    data: Any = items[0] if len(items) == 1 else items
    text = msgspec.json.encode(data).decode()
    # Inside a script element only these can end it or open a comment.
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _article(view: ArticleView) -> dict[str, Any]:
    article, site = view.article, view.common.site
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "url": view.page.permalink,
        "mainEntityOfPage": view.page.permalink,
        "inLanguage": article.lang or site.language,
        "publisher": {"@type": "Organization", "name": site.organizer or site.title},
    }
    if article.date:
        data["datePublished"] = article.date.iso
        data["dateModified"] = (article.updated or article.date).iso
    if article.summary:
        data["description"] = article.summary
    if view.page.image:
        data["image"] = [view.page.image]
    if article.authors:
        data["author"] = [{"@type": "Person", "name": name} for name in article.authors]
    elif article.source:
        data["author"] = [{"@type": "Organization", "name": article.source}]
    if article.categories:
        data["articleSection"] = article.categories[0].title
    if view.page.keywords:
        data["keywords"] = ",".join(view.page.keywords)
    return data


def _website(view: HomeView) -> dict[str, Any]:
    site = view.common.site
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.title,
        "url": f"{site.url}/",
        "inLanguage": site.language,
    }


def _breadcrumbs(view: PageView) -> dict[str, Any]:
    url = view.common.site.url
    own = Link(view.page.title, view.page.href)
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": link.title,
                "item": f"{url}/{canonical(link.href)}",
            }
            for position, link in enumerate((*view.page.breadcrumbs, own), 1)
        ],
    }
