"""All families of rules."""

from gazette.check import (
    accessibility,
    attachments,
    attribution,
    copied_pages,
    excuses,
    freshness,
    links,
    pagetags,
    pictures,
    placeholders,
    privacy,
    signoff,
    structure,
    typography,
    wording,
)
from gazette.check.family import SiteFamily, TextFamily
from gazette.check.rule import Rule

TEXT_FAMILIES: tuple[TextFamily, ...] = (
    privacy.FAMILY,
    links.FAMILY,
    attribution.FAMILY,
    wording.FAMILY,
    placeholders.FAMILY,
    copied_pages.FAMILY,
    placeholders.DOUBLED_FAMILY,
    structure.FAMILY,
    typography.PAIRS_FAMILY,
    typography.FAMILY,
    accessibility.FAMILY,
    signoff.FAMILY,
)
SITE_FAMILIES: tuple[SiteFamily, ...] = (
    links.SITE_FAMILY,
    attribution.SITE_FAMILY,
    signoff.SITE_FAMILY,
    pagetags.SITE_FAMILY,
    freshness.SITE_FAMILY,
    attachments.SITE_FAMILY,
    pictures.SITE_FAMILY,
)


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of families."""
    families = [family.rules for family in TEXT_FAMILIES]
    families += [family.rules for family in SITE_FAMILIES]
    families += [links.ON_DEMAND, signoff.RULES, excuses.RULES]
    rules = {rule.id: rule for family in families for rule in family}
    return tuple(rules.values())
