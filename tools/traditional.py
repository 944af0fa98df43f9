"""`make messages`: writes the themes' zh_TW catalogues, which are their zh_CN ones put through OpenCC.

python tools/traditional.py
"""

from pathlib import Path

from opencc import OpenCC

ROOT = Path(__file__).parent.parent
SOURCES = (
    ROOT / "gazette/themes/base/locale/zh_CN.po",
    ROOT / "themes/portal/locale/zh_CN.po",
)
_CONVERTER = OpenCC("s2twp")
"""Traditional characters with the words that Taiwan uses (信息 -> 資訊)."""


def traditional(text: str) -> str:
    """A Simplified Chinese text, or a whole catalogue of such texts, in traditional characters."""
    converted: str = _CONVERTER.convert(text)
    return converted.replace('"Language: zh_CN', '"Language: zh_TW').replace(
        "# Simplified Chinese texts of the theme.",
        "# Traditional Chinese texts of the theme: zh_CN.po, converted by `make messages`.",
    )


def main() -> None:
    """Write a zh_TW.po beside each zh_CN.po."""
    for source in SOURCES:
        text = traditional(source.read_text("utf-8"))
        source.with_name("zh_TW.po").write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
