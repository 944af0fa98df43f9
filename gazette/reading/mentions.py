"""Which known bureaus a text names."""

import functools
from typing import Any

Names = tuple[tuple[str, str], ...]
_SHORTEST = 4
"""Names of fewer characters (乐山) mean places more often than bureaus."""


def find_mentions(text: str, names: Names) -> tuple[str, ...]:
    """Slugs of the bureaus whose name, short name or alias stands in `text`, in order of appearance.

    The longest name counts: 国家税务总局乐山市税务局 names the city's bureau, not the nation's.
    """
    if not names:
        return ()
    automaton = _automaton(names)
    return tuple(dict.fromkeys(slug for _, slug in automaton.iter_long(text)))


@functools.lru_cache(maxsize=2)
def _automaton(names: Names) -> Any:
    import ahocorasick  # only when a text is searched

    automaton = ahocorasick.Automaton()
    for name, slug in names:
        if len(name) >= _SHORTEST:
            automaton.add_word(name, slug)
    if not len(automaton):
        automaton.add_word("\0", "")
    automaton.make_automaton()
    return automaton
