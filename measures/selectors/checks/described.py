"""What a check is set to, in words: for its page, its log and the documentation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.checks import formula
from measures.checks.parameters import Compared, MissingStrategy, Parameters, plain
from measures.checks.wording import share, written
from measures.enums import Absence

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LABELS: "Mapping[str, StrPromise]" = {
    "indicators": gettext_lazy("Indicators"),
    "minimum": gettext_lazy("Smallest value"),
    "maximum": gettext_lazy("Largest value"),
    "formula": gettext_lazy("Formula"),
    "missing": gettext_lazy("Where a value is missing"),
    "tolerance": gettext_lazy("Tolerance besides rounding"),
    "relative": gettext_lazy("More than this share of last year's value"),
    "absolute": gettext_lazy("And by at least"),
    "threshold": gettext_lazy("Threshold of the modified z-score"),
    "minimum_values": gettext_lazy("Fewest values to compare with"),
    "compared": gettext_lazy("Compared"),
    "member_indicator": gettext_lazy("Indicator that the members state"),
    "required": gettext_lazy("Indicators that have to be stated too"),
    "only_after_stated": gettext_lazy("Only where last year has a value"),
    "absences": gettext_lazy("Also these reasons for no value"),
}

MISSING: "Mapping[MissingStrategy, StrPromise]" = {
    MissingStrategy.SKIP: gettext_lazy("do not compare"),
    MissingStrategy.ZERO: gettext_lazy("count it as zero"),
    MissingStrategy.REPORT: gettext_lazy("report it as missing"),
}

COMPARED: "Mapping[Compared, StrPromise]" = {
    Compared.VALUE: gettext_lazy("the value"),
    Compared.CHANGE: gettext_lazy("the change against last year"),
}


@dataclass(frozen=True)
class Setting:
    name: str
    label: str
    value: str


def settings_of(parameters: Parameters, names: Mapping[str, str]) -> list[Setting]:
    """Each setting with its name and value in words; ``names`` are those of the indicators, by code."""
    return [
        Setting(name, str(LABELS[name]), in_words(name, getattr(parameters, name), names))
        for name in plain(parameters)
        if not (name == "indicators" and hasattr(parameters, "formula"))
        and not (name == "tolerance" and not getattr(parameters, name))
    ]


def in_words(name: str, value: Any, names: Mapping[str, str]) -> str:
    """One setting as people read it."""
    if value is None:
        return "–"
    if name in _SPECIAL:
        return _SPECIAL[name](value, names)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal | int):
        return written(value)
    return "; ".join(names.get(each, each) for each in value) or _("all")


def formula_in_words(text: str, names: Mapping[str, str]) -> str:
    """The formula with the names of its indicators."""
    parsed = formula.parse(text)
    return f" {parsed.comparison.value} ".join(_side(side, names) for side in parsed.sides)


def _side(side: formula.FormulaSide, names: Mapping[str, str]) -> str:
    words = ""
    for term in side.terms:
        factor = "" if abs(term.factor) == 1 and term.reference else written(abs(term.factor))
        parts = [factor, _reference(term.reference, names) if term.reference else ""]
        sign = "−" if term.factor < 0 else "+" if words else ""
        words += f" {sign} " if words else sign
        words += " · ".join(part for part in parts if part)
    return words


def _reference(reference: formula.Reference, names: Mapping[str, str]) -> str:
    name = _("“%(name)s”") % {"name": names.get(reference.indicator, reference.indicator)}
    if reference.target_group:
        name = f"{name} [{reference.target_group}]"
    return _("%(indicator)s of last year") % {"indicator": name} if reference.is_last_year else name


def validity(first: int, last: int | None) -> str:
    """The years for which something counts."""
    if last is None:
        return _("from %(first)s on") % {"first": first}
    if last < first:
        return _("for no year")
    return str(first) if last == first else _("%(first)s to %(last)s") % {"first": first, "last": last}


_SPECIAL: Mapping[str, Callable[[Any, Mapping[str, str]], str]] = {
    "missing": lambda value, _names: str(MISSING[value]),
    "compared": lambda value, _names: str(COMPARED[value]),
    "relative": lambda value, _names: share(value),
    "formula": formula_in_words,
    "absences": lambda value, _names: ", ".join(str(Absence(each).label) for each in value) or "–",
    "member_indicator": lambda value, names: names.get(value, value) or _("the same"),
}
"""Settings whose words depend on what they are, not on their type."""
