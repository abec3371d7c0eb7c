"""The checks as the rules take them, read from their table."""

from collections.abc import Iterable, Mapping

from measures.checks import Definition, read_parameters
from measures.checks.parameters import OfFormula, Parameters
from measures.enums import Severity
from measures.models import Indicator, PlausibilityCheck


def definition_of(check: PlausibilityCheck) -> Definition:
    return Definition(
        code=check.code,
        kind=check.kind,
        severity=Severity(check.severity),
        parameters=read_parameters(check.kind, check.parameters),
        text=check.text,
        valid_from=check.valid_from,
        valid_until=check.valid_until,
    )


def counting_definitions() -> list[Definition]:
    """Every check that counts in some year: one query."""
    return [definition_of(check) for check in PlausibilityCheck.objects.counting()]


def definitions_of_year(year: int, indicators: Iterable[str] | None = None) -> list[Definition]:
    """Those of a year, with ``indicators`` only those that concern one of these."""
    found = [definition_of(check) for check in PlausibilityCheck.objects.counting_in(year)]
    if indicators is None:
        return found
    asked = list(indicators)
    return [check for check in found if concerns(check.parameters, asked)]


def concerns(parameters: Parameters, indicators: Iterable[str]) -> bool:
    """Whether a check has anything to look at where these indicators are due."""
    asked = set(indicators)
    if isinstance(parameters, OfFormula):
        return asked.issuperset(parameters.parsed.indicators)
    return any(parameters.is_of(indicator) for indicator in asked)


def compared_with(definitions: Iterable[Definition], indicators: Iterable[str]) -> set[str]:
    """These indicators, and all others that a check reads together with one of them."""
    asked = set(indicators)
    return asked.union(
        *(
            each.parameters.named_indicators()
            for each in definitions
            if any(each.parameters.is_of(indicator) for indicator in asked)
        )
    )


def indicator_names() -> Mapping[str, str]:
    return {indicator.code: indicator.name for indicator in Indicator.objects.all()}
