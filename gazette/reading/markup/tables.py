"""Tables whose cells are aligned by class: `align-left`, `align-center`, `align-right`."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.tables import TableExtension, TableProcessor


class ClassTableProcessor(TableProcessor):
    """Python-Markdown's tables, without style attributes."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether `block` is a table; most blocks hold no `|`."""
        return "|" in block and super().test(parent, block)

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]
        for cell in parent[-1]:
            side = cell.attrib.pop("align", None)
            if side:
                cell.set("class", f"align-{side}")


class Tables(TableExtension):
    """Tables with alignment by class."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register in place of Python-Markdown's own."""
        self.setConfig("use_align_attribute", True)
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(
            ClassTableProcessor(md.parser, self.getConfigs()), "table", 75
        )
