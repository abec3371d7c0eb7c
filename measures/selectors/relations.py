"""How indicators are tied to one another."""

from measures.checks.formula import parse
from measures.checks.relations import IndicatorRelation, relations_in
from measures.enums import CheckKind, CheckStatus
from measures.models import PlausibilityCheck


def relations() -> list[IndicatorRelation]:
    """What the formulas of all checks say that are or were in force.

    What an indicator counts stays true of every year when a check is no longer asked.
    """
    formulas = (
        PlausibilityCheck.objects.filter(kind=CheckKind.FORMULA)
        .exclude(status=CheckStatus.DRAFT)
        .order_by("code")
        .values_list("parameters__formula", flat=True)
    )
    return list(dict.fromkeys(each for text in formulas for each in relations_in(parse(text))))
