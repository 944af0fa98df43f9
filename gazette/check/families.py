"""All families of rules."""

from gazette.check import excuses, privacy
from gazette.check.family import TextFamily
from gazette.check.rule import Rule

TEXT_FAMILIES: tuple[TextFamily, ...] = (privacy.FAMILY,)


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of families."""
    families = (*(family.rules for family in TEXT_FAMILIES), excuses.RULES)
    return tuple(rule for rules in families for rule in rules)
