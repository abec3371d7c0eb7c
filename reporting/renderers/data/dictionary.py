"""The data dictionary: what each column of the figures means, and each code in them, in both languages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy

from reporting.enums import ScopeKind
from reporting.frozen.schema import AmountState, Basis, IndicatorData, PartRow, ScopeData, SnapshotData, Text
from reporting.renderers import wording
from reporting.renderers.bilingual import in_both_languages
from reporting.renderers.data.figures import ALL

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

KEY = ("indicator", "year", "region", "target_group", "organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataColumn:
    """A column: its type in the words of CSVW, and the code list its values are of, if any."""

    name: str
    label: "StrPromise"
    meaning: "StrPromise"
    datatype: str = "string"
    codes: str = ""
    is_list: bool = False
    is_required: bool = False

    @property
    def title(self) -> Text:
        return in_both_languages(lambda: self.label)

    @property
    def description(self) -> Text:
        return in_both_languages(lambda: self.meaning)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    code: str
    name: Text
    description: Text | None = None


CodeLists = Mapping[str, tuple[Code, ...]]

DICTIONARY = (
    DataColumn(
        name="indicator",
        label=pgettext_lazy("data", "Figure"),
        meaning=gettext_lazy("What was counted, as a code of the catalogue."),
        codes="indicator",
        is_required=True,
    ),
    DataColumn(
        name="year",
        label=pgettext_lazy("data", "Year"),
        meaning=gettext_lazy("The year in which the period of the figure ends."),
        datatype="gYear",
        is_required=True,
    ),
    DataColumn(
        name="region",
        label=pgettext_lazy("data", "Region"),
        meaning=gettext_lazy(
            "_T for all, a Land by its official key, DE for what is stated for the whole of Germany, _U for "
            "no Land."
        ),
        codes="region",
        is_required=True,
    ),
    DataColumn(
        name="target_group",
        label=pgettext_lazy("data", "Target group"),
        meaning=gettext_lazy("_T for all. Target groups overlap and never add up to the total."),
        codes="target_group",
        is_required=True,
    ),
    DataColumn(
        name="organisation",
        label=pgettext_lazy("data", "Organisation"),
        meaning=gettext_lazy("_T for all, or an umbrella organisation with its members."),
        codes="organisation",
        is_required=True,
    ),
    DataColumn(
        name="value",
        label=pgettext_lazy("data", "Value"),
        meaning=gettext_lazy("The sum of the approved values. Empty where there is none; never 0 for a gap."),
        datatype="decimal",
    ),
    DataColumn(
        name="unit",
        label=pgettext_lazy("data", "Unit"),
        meaning=gettext_lazy("What the value counts."),
        codes="unit",
        is_required=True,
    ),
    DataColumn(
        name="state",
        label=pgettext_lazy("data", "State"),
        meaning=gettext_lazy("Whether there is a value, or the reason why there is none."),
        codes="state",
        is_required=True,
    ),
    DataColumn(
        name="basis",
        label=pgettext_lazy("data", "Basis"),
        meaning=gettext_lazy("How the value came about; empty without a value."),
        codes="basis",
    ),
    DataColumn(
        name="reported",
        label=pgettext_lazy("data", "Reported"),
        meaning=gettext_lazy("How many organisations gave a value."),
        datatype="nonNegativeInteger",
        is_required=True,
    ),
    DataColumn(
        name="due",
        label=pgettext_lazy("data", "Due"),
        meaning=gettext_lazy("How many organisations were asked for one."),
        datatype="nonNegativeInteger",
        is_required=True,
    ),
    DataColumn(
        name="quality",
        label=pgettext_lazy("data", "Quality"),
        meaning=gettext_lazy("Reservations about the value, separated by spaces; empty for none."),
        codes="quality",
        is_list=True,
    ),
    DataColumn(
        name="target",
        label=pgettext_lazy("data", "Target"),
        meaning=gettext_lazy("What was promised for the year; given for the total of the Alliance."),
        datatype="decimal",
    ),
    DataColumn(
        name="target_kind",
        label=pgettext_lazy("data", "Kind of target"),
        meaning=gettext_lazy("How the target is to be read; empty without a target."),
        codes="target_kind",
    ),
    DataColumn(
        name="attainment",
        label=pgettext_lazy("data", "Attainment"),
        meaning=gettext_lazy(
            "(Value − baseline) ÷ (target − baseline) as a share: 0.365 is 36.5 percent. Of a ceiling, the "
            "share used."
        ),
        datatype="decimal",
    ),
    DataColumn(
        name="reference_date",
        label=pgettext_lazy("data", "Reference date"),
        meaning=gettext_lazy("The day that the value stands for, if it is one day."),
        datatype="date",
    ),
    DataColumn(
        name="data_as_of",
        label=pgettext_lazy("data", "Data as of"),
        meaning=gettext_lazy("The latest day that the data were as of, if known."),
        datatype="date",
    ),
)
"""The columns of ``DataRow``, in their order."""


def code_lists(snapshot: SnapshotData) -> CodeLists:
    """What can stand in each column of codes; of catalogues and parts, what the report has."""
    units = sorted({indicator.unit for indicator in snapshot.indicators})
    indicators = snapshot.indicators
    whole = in_both_languages(lambda: pgettext("data", "All"))
    scope = snapshot.scope
    return {
        "indicator": tuple(_indicator(each) for each in indicators),
        "region": _parts(
            {ALL: whole},
            [scope]
            if scope and scope.kind == ScopeKind.LAND
            else [part for each in indicators for part in each.lands],
        ),
        "target_group": _parts({ALL: whole}, [part for each in indicators for part in each.groups]),
        "organisation": _parts(
            {ALL: whole},
            [scope]
            if scope and scope.kind == ScopeKind.UMBRELLA
            else [part for each in indicators for part in each.umbrellas],
        ),
        "unit": named(units, wording.unit),
        "state": named(list(AmountState), _state),
        "basis": named(list(Basis), _basis),
        "quality": named(list(wording.quality_words()), lambda flag: wording.quality_words()[flag]),
        "target_kind": named(list(_target_kinds()), lambda kind: _target_kinds()[kind]),
    }


def _parts(total: Mapping[str, Text], parts: Iterable[PartRow | ScopeData]) -> tuple[Code, ...]:
    """The total first, then each part that occurs, by its code."""
    found = {part.code: part.name for part in parts}
    return tuple(
        Code(code=code, name=name)
        for code, name in (*total.items(), *sorted(found.items(), key=itemgetter(0)))
    )


def named(codes: Sequence[Any], name: Callable[[Any], str]) -> tuple[Code, ...]:
    """Codes with the names that ``name`` gives them in the active language."""
    return tuple(Code(code=str(code), name=in_both_languages(partial(name, code))) for code in codes)


def _indicator(indicator: IndicatorData) -> Code:
    """With its definition, period and source as the description."""

    def described(language: str) -> str:
        definition = indicator.definition.in_language(language) if indicator.definition else ""
        source = gettext("Source: %(source)s") % {"source": indicator.source.in_language(language)}
        return ". ".join(
            part for part in (definition.rstrip("."), wording.period_kind(indicator.period), source) if part
        )

    return Code(
        code=indicator.code,
        name=indicator.name,
        description=in_both_languages(lambda: described(wording.language())),
    )


def _state(state: AmountState) -> str:
    return pgettext("data", "value") if state is AmountState.VALUE else wording.absence(state)


def _basis(basis: Basis) -> str:
    if basis is Basis.STATED:
        return pgettext("data", "as stated")
    return wording.basis_words()[basis]


def _target_kinds() -> Mapping[str, str]:
    return {
        "value": pgettext("data", "to be reached once"),
        "per_year": pgettext("data", "to be reached every year"),
        "ceiling": pgettext("data", "an upper limit"),
        "ratio": pgettext("data", "a share of another figure"),
    }
