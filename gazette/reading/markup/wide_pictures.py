"""Pictures typed with full-width marks, `！[说明](a.jpg)` or `![说明]（a.jpg）`, read as pictures."""

import re

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from gazette.reading.markup.convention import Convention
from gazette.reading.markup.notes import Notes

_PICTURE = re.compile(
    r"(?P<code>`+[^`\n]+`+)"
    r"|(?<!\\)(?P<mark>[!！])[\[［](?P<caption>[^\[\]［］\n]*)[\]］]"
    r"(?P<open>[(（])(?P<target>[^()（）\n]*)(?P<close>[)）])"
)
_TITLE = re.compile(r"^(?P<address>\S+)\s+[“”\"](?P<title>[^“”\"]*)[“”\"]$")


class WidePictureProcessor(Preprocessor):
    """Puts the ASCII marks in place of full-width ones, with a warning that shows the right form."""

    def __init__(self, md: Markdown, notes: Notes) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, lines: list[str]) -> list[str]:
        """Correct the pictures of each line."""
        if (
            "![" not in self._notes.source
            and "！" not in self._notes.source
            and "!［" not in self._notes.source
        ):
            return lines
        return [
            _PICTURE.sub(self._correct, line) if "[" in line or "［" in line else line
            for line in lines
        ]

    def _correct(self, match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        target = match["target"].strip()
        title = _TITLE.match(target)
        if title and "“" in target + "”" and ("“" in target or "”" in target):
            target = f'{title["address"]} "{title["title"]}"'
        right = f"![{match['caption']}]({target})"
        if right == match[0] or match[0].replace(" ", "") == right.replace(" ", ""):
            return match[0]
        self._notes.warn("wide-picture", self._notes.line(match[0]), found=match[0], right=right)
        return right


class WidePictures(Convention):
    """Switch `wide_pictures`."""

    def register(self, md: Markdown) -> None:
        """Register behind the steps that put code and raw HTML out of reach."""
        md.preprocessors.register(WidePictureProcessor(md, self.notes), "wide_pictures", 15)
