"""Texts of a theme that never change are translated when a template is compiled.

A site has one language, so `{{ _("Next") }}` is the same on every page: looking it up, escaping and
formatting it some twenty times a page took a quarter of the time of rendering.
"""

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import escape

_NAMES = frozenset(["_", "gettext"])
_CALL = ["lparen", "string", "rparen"]


class ConstantTranslations(Extension):
    """Puts the translation in place of `_("...")` without arguments; calls with arguments stay calls.

    The translations are the environment's attribute `constant_translations`, which its maker sets.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Rewrite the tokens of one template."""
        tokens = list(stream)
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "variable_begin" and self._is_whole(tokens, index):
                # `{{ _("...") }}`: nothing is left to be done when the page is rendered.
                text = self._translated(tokens[index + 3], stream)
                yield Token(token.lineno, "data", str(escape(text)))
                index += 6
            elif self._is_call(tokens, index):
                yield Token(token.lineno, "string", self._translated(tokens[index + 2], stream))
                index += 4
            else:
                yield token
                index += 1

    def _is_whole(self, tokens: list[Token], index: int) -> bool:
        return self._is_call(tokens, index + 1) and _kind(tokens, index + 5) == "variable_end"

    def _is_call(self, tokens: list[Token], index: int) -> bool:
        if _kind(tokens, index) != "name" or tokens[index].value not in _NAMES:
            return False
        if _kind(tokens, index - 1) in {"dot", "pipe"}:
            return False
        return [_kind(tokens, index + step) for step in (1, 2, 3)] == _CALL

    def _translated(self, token: Token, stream: TokenStream) -> str:
        translations: dict[str, str] = self.environment.constant_translations  # type: ignore[attr-defined]
        text = translations.get(token.value) or token.value
        try:
            return text % {}  # as Jinja does: a percent sign is written twice
        except (ValueError, TypeError, KeyError) as fault:
            reason = f"{text!r}: {fault}"
            raise TemplateSyntaxError(reason, token.lineno, stream.name, stream.filename) from fault


def _kind(tokens: list[Token], index: int) -> str:
    return tokens[index].type if 0 <= index < len(tokens) else ""
