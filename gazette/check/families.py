"""All families of rules."""

from gazette.check import excuses, privacy
from gazette.check.family import SiteFamily, TextFamily
from gazette.check.rule import Rule

TEXT_FAMILIES: tuple[TextFamily, ...] = (privacy.FAMILY,)


SITE_FAMILIES: tuple[SiteFamily, ...] = ()


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of families."""
    families = [family.rules for family in TEXT_FAMILIES]
    families += [family.rules for family in SITE_FAMILIES]
    rules = {rule.id: rule for family in (*families, excuses.RULES) for rule in family}
    return tuple(rules.values())
