"""What can be set of a check, for each kind: read strictly, so that a stored check is always complete."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Annotated, Any

import msgspec
from django.utils.translation import gettext as _

from measures.checks.formula import Formula, FormulaError, parse
from measures.enums import CheckKind

FEWEST_OF_HISTORY = 5
FEWEST_OF_PEERS = 10
THRESHOLD = Decimal("3.5")
"""The threshold that Iglewicz and Hoaglin (1993) recommend for the modified z-score."""

Count = Annotated[int, msgspec.Meta(ge=3, le=500)]
"""Fewer than three values have no spread to speak of."""


class ParametersError(ValueError):
    """What was set does not make a check of this kind; ``field`` is the one to blame, if one is."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class MissingStrategy(Enum):
    """What a comparison makes of a value that is missing."""

    SKIP = "skip"
    ZERO = "zero"
    REPORT = "report"


class Compared(Enum):
    """What of an organisation is compared with its peers."""

    VALUE = "value"
    CHANGE = "change"


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """``indicators``: those the check is asked of; none: of all."""

    indicators: tuple[str, ...] = ()

    def named_indicators(self) -> tuple[str, ...]:
        """Every indicator that has to exist for the check to make sense."""
        return self.indicators

    def validate(self) -> None:
        """Raise ``ParametersError`` if these do not go together."""

    def is_of(self, indicator: str) -> bool:
        return not self.indicators or indicator in self.indicators


class Range(Parameters, frozen=True, kw_only=True, dict=True):
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def validate(self) -> None:
        if self.minimum is None and self.maximum is None:
            raise ParametersError(_("A range needs a smallest or a largest value."), "minimum")
        if self.minimum is not None and self.maximum is not None and self.maximum < self.minimum:
            raise ParametersError(_("The largest value is below the smallest."), "maximum")


class WholeNumbers(Parameters, frozen=True, kw_only=True, dict=True):
    pass


class PartOfTotal(Parameters, frozen=True, kw_only=True, dict=True):
    pass


class SumOfParts(Parameters, frozen=True, kw_only=True, dict=True):
    """``tolerance`` comes on top of what rounding allows."""

    tolerance: Decimal = Decimal(0)

    def validate(self) -> None:
        _demand_tolerance(self.tolerance)


class OfFormula(Parameters, frozen=True, kw_only=True, dict=True):
    formula: str
    missing: MissingStrategy = MissingStrategy.SKIP
    tolerance: Decimal = Decimal(0)

    def named_indicators(self) -> tuple[str, ...]:
        return tuple(self.parsed.indicators)

    @cached_property
    def parsed(self) -> Formula:
        return parse(self.formula)

    def validate(self) -> None:
        try:
            parse(self.formula)
        except FormulaError as error:
            raise ParametersError(str(error), "formula") from error
        _demand_tolerance(self.tolerance)

    def is_of(self, indicator: str) -> bool:
        return indicator in self.parsed.indicators


class ChangeOnYear(Parameters, frozen=True, kw_only=True, dict=True):
    """A change has to be above ``relative`` (0.5: half) and at least ``absolute``; without one, the other.

    Where last year has nothing to take a share of, ``absolute`` alone decides.
    """

    relative: Decimal | None = None
    absolute: Decimal | None = None

    def validate(self) -> None:
        if self.relative is None and self.absolute is None:
            raise ParametersError(_("Name the relative or the absolute change, or both."), "relative")
        for name in ("relative", "absolute"):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise ParametersError(_("A change is given without a sign."), name)


class OfHistory(Parameters, frozen=True, kw_only=True, dict=True):
    threshold: Decimal = THRESHOLD
    minimum_values: Count = FEWEST_OF_HISTORY

    def validate(self) -> None:
        _demand_threshold(self.threshold)


class OfPeers(Parameters, frozen=True, kw_only=True, dict=True):
    threshold: Decimal = THRESHOLD
    minimum_values: Count = FEWEST_OF_PEERS
    compared: Compared = Compared.VALUE

    def validate(self) -> None:
        _demand_threshold(self.threshold)


class MembersSum(Parameters, frozen=True, kw_only=True, dict=True):
    """``member_indicator``: what the members state; empty: the same as the umbrella."""

    member_indicator: str = ""
    tolerance: Decimal = Decimal(0)

    def named_indicators(self) -> tuple[str, ...]:
        return (*self.indicators, *([self.member_indicator] if self.member_indicator else []))

    def validate(self) -> None:
        if not self.indicators:
            raise ParametersError(_("Name the indicator that the umbrella states."), "indicators")
        _demand_tolerance(self.tolerance)


class Exclusive(Parameters, frozen=True, kw_only=True, dict=True):
    def validate(self) -> None:
        _demand_several(self.indicators)


class Compulsory(Parameters, frozen=True, kw_only=True, dict=True):
    """Where one of ``indicators`` is stated, each of ``required`` is."""

    required: tuple[str, ...] = ()

    def named_indicators(self) -> tuple[str, ...]:
        return (*self.indicators, *self.required)

    def is_of(self, indicator: str) -> bool:
        return indicator in (*self.indicators, *self.required)

    def validate(self) -> None:
        if not self.indicators:
            raise ParametersError(_("Name the indicator that needs another."), "indicators")
        if not self.required:
            raise ParametersError(_("Name the indicator that has to be stated too."), "required")


class Missing(Parameters, frozen=True, kw_only=True, dict=True):
    """``only_after_stated``: where last year had a value. ``absences``: also these reasons for none."""

    only_after_stated: bool = True
    absences: tuple[str, ...] = ()


PARAMETERS: Mapping[str, type[Parameters]] = {
    CheckKind.RANGE: Range,
    CheckKind.WHOLE_NUMBERS: WholeNumbers,
    CheckKind.PART_OF_TOTAL: PartOfTotal,
    CheckKind.SUM_OF_PARTS: SumOfParts,
    CheckKind.FORMULA: OfFormula,
    CheckKind.CHANGE: ChangeOnYear,
    CheckKind.HISTORY: OfHistory,
    CheckKind.PEERS: OfPeers,
    CheckKind.MEMBERS_SUM: MembersSum,
    CheckKind.EXCLUSIVE: Exclusive,
    CheckKind.COMPULSORY: Compulsory,
    CheckKind.MISSING: Missing,
}


def read_parameters(kind: str, given: Mapping[str, Any]) -> Parameters:
    """The parameters of a kind from plain data; raises ``ParametersError``."""
    try:
        parameters = msgspec.convert(dict(given), PARAMETERS[kind])
    except msgspec.ValidationError as error:
        raise ParametersError(str(error)) from error
    parameters.validate()
    return parameters


def plain(parameters: Parameters) -> dict[str, Any]:
    """The same as plain data, with all that is set by default."""
    found: dict[str, Any] = msgspec.to_builtins(parameters)
    return found


def demand_known(parameters: Parameters, known: Iterable[str]) -> None:
    """Raise ``ParametersError`` if an indicator does not exist."""
    unknown = set(parameters.named_indicators()) - set(known)
    if unknown:
        field = "formula" if isinstance(parameters, OfFormula) else "indicators"
        raise ParametersError(
            _("There is no indicator %(codes)s.") % {"codes": ", ".join(sorted(unknown))}, field
        )


def _demand_tolerance(tolerance: Decimal) -> None:
    if tolerance < 0:
        raise ParametersError(_("A tolerance is not below zero."), "tolerance")


def _demand_threshold(threshold: Decimal) -> None:
    if threshold <= 0:
        raise ParametersError(_("A threshold is above zero."), "threshold")


def _demand_several(indicators: tuple[str, ...]) -> None:
    if len(indicators) < 2:  # noqa: PLR2004  # one alone excludes nothing
        raise ParametersError(_("Name at least two indicators."), "indicators")
