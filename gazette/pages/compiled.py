"""Jinja's code for templates: quicker than its own where pages print much, and kept between builds."""

import contextlib
import re
import secrets
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from markupsafe import escape

from gazette.digests import SIZE, combine, digest_bytes, digest_of, engine_identity

_SPECIAL = re.compile("[&<>'\"]").search


def escape_text(value: Any) -> str:
    """What `escape` gives, quickly: nearly all that is printed is text that needs no escaping."""
    if type(value) is str and _SPECIAL(value) is None:
        return value
    return escape(value)


class QuickCode(CodeGenerator):
    """Compiles templates so that printing and looking up attributes seldom leave the template's code."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escape_text(")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  (Jinja's name)
        """`a.b`: an attribute mostly; what is none (an item, an undefined name) is Jinja's to find."""
        owner, found = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({found} if ({found} := getattr(({owner} := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing")
        self.write(f" else environment.getattr({owner}, {node.attr!r}))")


class CompiledTemplates(jinja2.BytecodeCache):
    """Compiled templates in a folder; each file begins with a digest of what it was compiled by and of itself."""

    def __init__(self, folder: Path, translations: dict[str, str]) -> None:
        self._folder = folder
        # Translations are compiled into the code.
        self._compiler = combine([engine_identity(), digest_of(sorted(translations.items()))])

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja's way of asking; code of other sources than the template's is Jinja's to refuse."""
        try:
            stored = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        if stored[:SIZE] == self._digest(stored[SIZE:]):
            bucket.bytecode_from_string(stored[SIZE:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja's way of handing over code; it is compiled again if it cannot be kept."""
        code = bucket.bytecode_to_string()
        new = self._folder / f"{bucket.key}.{secrets.token_hex(4)}"  # other workers write the same
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(self._digest(code) + code)
            new.replace(self._folder / bucket.key)

    def _digest(self, code: bytes) -> bytes:
        return combine([self._compiler, digest_bytes(code)])
