"""The published list of rules, made from the rules themselves: `docs/<language>/rules.md`."""

from itertools import groupby

from gazette.check.families import all_rules
from gazette.check.rule import Rule
from gazette.messages import translate
from gazette.messages.report import FAMILIES, RULES_PAGE


def rules_page(language: str) -> str:
    """The page in Markdown."""
    texts = {name: translate(text, language) for name, text in RULES_PAGE.items()}
    parts = [f"# {texts['title']}\n", f"{texts['intro']}\n"]
    order = {family: number for number, family in enumerate(FAMILIES)}
    rules = sorted(all_rules(), key=lambda rule: order[rule.family])
    for family, members in groupby(rules, lambda rule: rule.family):
        title = translate(FAMILIES[family], language)
        parts.append(f"## {title} (`{family}`)\n")
        parts += [_rule(rule, texts, language) for rule in members]
    return "\n".join(parts)


def _rule(rule: Rule, texts: dict[str, str], language: str) -> str:
    severity = texts["veto"] if rule.veto else texts[rule.severity]
    lines = [
        f"### {rule.id}",
        "",
        translate(rule.explanation, language),
        "",
        f"- {texts['severity']}{severity}",
        f"- {texts['source']}{rule.source}",
        "",
    ]
    for name, examples in (("bad", rule.bad), ("good", rule.good)):
        texts_only = [example for example in examples if isinstance(example, str)]
        if texts_only:
            example = texts_only[0].strip()
            fence = "~~~" if "```" in example else "```"
            lines += [texts[name], "", f"{fence}markdown", example, fence, ""]
    return "\n".join(lines)
