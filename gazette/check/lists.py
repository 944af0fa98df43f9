"""What rules may ask beside the document: the site's settings and lists."""

import msgspec

from gazette.check.word_lists import load_leaders, load_words
from gazette.config.gate import GateSettings, Leader, ListedWord
from gazette.config.load import SiteConfig
from gazette.config.settings import SiteSettings
from gazette.problems import Problem
from gazette.site.bureaus import BureauNames


class Lists(msgspec.Struct, frozen=True):
    """All that findings depend on besides the document; plain data, so that it can be digested and sent.

    A family that needs a list of its own adds a field here and its loading to `load_lists`.
    """

    settings: GateSettings
    site: SiteSettings
    bureaus: tuple[tuple[str, str], ...] = ()
    """(name, slug) of every name of a bureau; the slug of an ambiguous one is empty."""
    words: tuple[ListedWord, ...] = ()
    """The site's own lists of words."""
    leaders: tuple[Leader, ...] = ()
    """Terms of office of leaders."""


def load_lists(config: SiteConfig, problems: list[Problem]) -> Lists:
    """The lists of a site; what is wrong with them is added to `problems`."""
    settings = config.settings
    return Lists(
        settings.gate,
        settings.site,
        BureauNames(config.bureaus).mention_names(),
        load_words(config, problems),
        load_leaders(config, problems),
    )
