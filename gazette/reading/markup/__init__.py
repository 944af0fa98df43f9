"""Documents' bodies: Markdown and HTML become safe HTML, cut at its links.

Every convention of Chinese news texts is a Python-Markdown extension in a file of its own.
"""

from gazette.reading.markup.convert import convert_html, convert_markdown

__all__ = ["convert_html", "convert_markdown"]
