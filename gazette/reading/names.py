"""Names under content/ that were probably not meant: files and folders that would be passed over silently."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from gazette.config.decode import nearest
from gazette.problems import Problem, warning
from gazette.reading.document import kind_of
from gazette.reading.scan import DOCUMENT_SUFFIXES, FILE_PREFIX, Source, is_document

_FOLDERS = ("articles", "pages", "topics", "bureaus", "data", "static")
_LISTS = ("bureaus.yaml", "categories.yaml", "tags.yaml")
_OTHER_MARKDOWN = (".mdown", ".mkdown", ".mkdn", ".mkd", ".mdwn", ".mdtxt", ".mdtext", ".mdx")


def name_faults(sources: Sequence[Source]) -> Iterator[Problem]:
    """The names right below content/ that are nearly known ones; `sources` are sorted by path."""
    for path in _tops(sources):
        top, slash, _rest = path.partition("/")
        known = _FOLDERS if slash else _LISTS
        if top in known or (slash and not is_document(path)):
            continue
        if slash or top.lower().endswith((".yaml", ".yml")):
            right = nearest(top.lower().replace(".yml", ".yaml"), known)
            if right:
                yield warning("name-near", file=FILE_PREFIX + top, name=top, right=right)


def _tops(sources: Sequence[Source]) -> Iterator[str]:
    """Of every file and folder right below content/ one path: of a folder a document's, if it holds any."""
    place = 0
    while place < len(sources):
        path = sources[place].path
        top, slash, _ = path.partition("/")
        # "0" follows "/".
        end = (
            bisect_left(sources, f"{top}0", key=lambda source: source.path) if slash else place + 1
        )
        inside = (source.path for source in sources[place:end] if is_document(source.path))
        yield path if top in _FOLDERS else next(inside, path)
        place = max(end, place + 1)


def file_faults(path: str) -> Iterator[Problem]:
    """What is wrong with the name of a file that is no document."""
    stem, _, ending = path.rpartition(".")
    name = stem.rpartition("/")[2]
    # Notepad saves `a.md` as `a.md.txt`, and hides the ending.
    if ending.lower() == "txt" and stem.lower().endswith(DOCUMENT_SUFFIXES) and kind_of(path):
        yield warning("name-doubled", file=FILE_PREFIX + path, right=name)
    elif f".{ending.lower()}" in _OTHER_MARKDOWN and kind_of(path):
        found = path.rpartition("/")[2]
        yield warning("name-near", file=FILE_PREFIX + path, name=found, right=f"{name}.md")
