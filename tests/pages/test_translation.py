"""Texts without arguments are translated when the template is compiled."""

import jinja2
import pytest
from jinja2.ext import InternationalizationExtension

from gazette.pages.translation import ConstantTranslations

TEXTS = {"Next": "下一篇", "<b>": "粗<b>", "%(n)s pages": "共 %(n)s 页", "100%%": "全部 100%%"}
CASES = [
    '{{ _("Next") }}',
    "{{ gettext('Next') }} {{- _('Next') -}} |",
    '{% for name, value in [(_("Next"), 1)] if value %}{{ name }}{% endfor %}',
    '{{ _("Next") ~ "x" }}{% set a = _("Next") %}{{ a }}',
    '{{ _("%(n)s pages", n=3) }}{{ _("100%%") }}{{ _("unknown") }}',
    "{% trans %}Next{% endtrans %}{% trans n=3 %}{{ n }} pages{% endtrans %}",
    '{% if x == _("Next") %}a{% else %}b{% endif %}',
    '{{ _("Next")|upper }}{{ ",".join([_("Next"), _("unknown")]) }}',
]


def environment(*extensions: type) -> jinja2.Environment:
    found = jinja2.Environment(
        autoescape=True, extensions=[InternationalizationExtension, *extensions]
    )
    found.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: TEXTS.get(text, text), lambda one, many, n: one, newstyle=True
    )
    if extensions:
        found.extend(constant_translations=TEXTS)
    return found


@pytest.mark.parametrize("source", CASES)
def test_same_as_translating_when_rendered(source: str) -> None:
    expected = environment().from_string(source).render(x="下一篇")
    assert environment(ConstantTranslations).from_string(source).render(x="下一篇") == expected


def test_constant_texts_are_escaped() -> None:
    """A catalogue is text, not HTML."""
    assert environment(ConstantTranslations).from_string('{{ _("<b>") }}').render() == "粗&lt;b&gt;"


def test_nothing_is_called_for_a_constant_text() -> None:
    found = environment(ConstantTranslations)
    found.install_gettext_callables(None, None, newstyle=True)  # type: ignore[attr-defined]
    assert found.from_string('{{ _("Next") }}').render() == "下一篇"


def test_methods_of_that_name_are_left_alone() -> None:
    class Thing:
        def gettext(self, text: str) -> str:
            return f"own {text}"

    source = '{{ thing.gettext("Next") }}'
    assert environment(ConstantTranslations).from_string(source).render(thing=Thing()) == "own Next"


def test_a_single_percent_sign_is_a_syntax_error() -> None:
    with pytest.raises(jinja2.TemplateSyntaxError):
        environment(ConstantTranslations).from_string('{{ _("50% off") }}')
