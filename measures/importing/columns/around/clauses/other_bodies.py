"""Words that leave out what other bodies than the chambers of the rows are competent for.

``Ohne Freie Berufe`` below rows that each name a chamber of industry or of crafts says which bodies are not
listed: the contracts of the professions are registered with chambers of their own, so that no row can lack
them. Where rows are Länder or occupations, or one row is of all bodies, it restricts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from measures.importing.columns.around.facts import Facts
    from measures.importing.columns.plan import Plan
    from measures.importing.text.names import NameIndex

_WITHOUT = re.compile(
    r"(?:^|(?<=[.;:]\s))(?:(?:angaben|zahlen|werte|daten|alle angaben)\s+)?(?:jeweils\s+)?"
    r"(?:ohne|nicht enthalten(?:\s+sind)?:?|without|excluding)\s+(?P<list>[^.;:()]+?)\s*(?=[.;)]|$)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:,|/|\bund\b|\bsowie\b|\bu\.|\band\b)\s*", re.IGNORECASE)
_SURELY_OTHERS = re.compile(
    r"(?:die )?(?:kammern der )?freien? berufen?|(?:kammern|zustaendige stellen) der freien berufe|"
    r"(?:die )?(?:liberal )?professions|"
    r"(?:sonstigen?|weiteren?|anderen?|uebrigen?|other) "
    r"(?:traegern?|(?:zustaendigen? )?stellen|kammern|einrichtungen|bodies|chambers)"
)
"""What no chamber of industry or of crafts registers."""
_AREAS = re.compile(
    r"(?:die )?(?:landwirtschaft(?:skammern?)?|hauswirtschaft|seeschifffahrt|"
    r"(?:den )?oeffentlichen? dienst(?:es)?|agriculture|home economics|public service)"
)
"""Other areas of competence; alone each could also be a branch of a chamber's own companies."""


def spans_leaving_others_out(text: str, plan: Plan, names: NameIndex, facts: Facts) -> list[tuple[int, int]]:
    """The stretches of a text that only say which other bodies are not listed beside the chambers."""
    if not _are_chambers(plan, names, facts):
        return []
    return [found.span() for found in _WITHOUT.finditer(text) if _are_others(found["list"])]


def _are_others(stated: str) -> bool:
    items = [fold(item) for item in _JOINED.split(stated)]
    known = [item for item in items if _SURELY_OTHERS.fullmatch(item) or _AREAS.fullmatch(item)]
    return len(known) == len(items) and any(map(_SURELY_OTHERS.fullmatch, items))


def _are_chambers(plan: Plan, names: NameIndex, facts: Facts) -> bool:
    """Whether all figures of the table are single chambers'; a Land's row beside them adds them up."""
    if "occupation" in plan.roles or "occupation_label" in plan.roles:
        return False
    owners = facts.organisations or {plan.constants.get("organisation", "")}
    known = names.organisations
    kinds = {known[code].kind if code in known else "" for code in owners}
    return "chamber" in kinds and kinds <= {"chamber", "land"}
