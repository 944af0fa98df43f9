"""Titles of pages that no document names, in the site's language.

They stand here and not in the themes' catalogues because breadcrumbs and structured data need them too.
"""

_ENGLISH = {
    "home": "Home",
    "categories": "Categories",
    "tags": "Tags",
    "topics": "Topics",
    "bureaus": "Bureaus",
    "archive": "Archive",
    "sitemap": "Site map",
    "search": "Search",
    "404": "Page not found",
    "all": "All news",
    "below": "With subordinates",
    "own": "Own news only",
    "mentions": "Articles that name it",
    "year": "{year}",
    "month": "{year}-{month}",
}
_CHINESE = {
    "home": "首页",
    "categories": "栏目",
    "tags": "标签",
    "topics": "专题",
    "bureaus": "单位目录",
    "archive": "归档",
    "sitemap": "网站地图",
    "search": "站内搜索",
    "404": "页面不存在",
    "all": "全部动态",
    "below": "含下级单位",
    "own": "仅本级",
    "mentions": "提及本单位的报道",
    "year": "{year}年",
    "month": "{year}年{month}月",
}
_TAIWAN = _CHINESE | {
    "home": "首頁", "categories": "欄目", "tags": "標籤", "topics": "專題", "bureaus": "單位目錄",
    "archive": "歸檔", "sitemap": "網站地圖", "search": "站內搜尋", "404": "頁面不存在", "all": "全部動態",
    "below": "含下級單位", "own": "僅本級", "mentions": "提及本單位的報道",
}  # fmt: skip


def is_traditional(language: str) -> bool:
    """Whether a language is written in traditional Chinese characters."""
    return language.lower().startswith(("zh-tw", "zh-hk", "zh-mo", "zh-hant"))


def labels(language: str) -> dict[str, str]:
    """The titles in a language (BCP 47); English where there is no translation."""
    if is_traditional(language):
        return _TAIWAN
    return _CHINESE if language.lower().startswith("zh") else _ENGLISH
