"""Occupations as a tree by their official classification: areas, and in them the main groups."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.enums import UNASSIGNED, Breakdown
from measures.models import Indicator, Occupation
from partners.permissions import Access
from reporting.aggregates.totals import load_sums_by_occupation
from reporting.charts.chart import Chart
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, View, ViewData, ViewTable
from reporting.dashboards.drawn import chart_code, ranked
from reporting.dashboards.figures import Figures, amount_number, amount_row, load_figures
from reporting.dashboards.filters import MEASURE, ORGANISATION, REGION, STATUS_OF_DATA, TARGET_GROUP, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of, recorded_indicators
from reporting.dashboards.links import trail_url
from reporting.dashboards.rows import ViewRow
from reporting.frozen.schema import Amount

Cells = Mapping[str, Mapping[str, Amount]]
"""What is stated on an occupation's code, by the code of the indicator."""


def load(filters: Filters, access: Access) -> ViewData:
    indicators = _indicators(filters)
    figures = load_figures(filters, indicators, [filters.year])
    cells = load_sums_by_occupation(
        indicators=indicators,
        year=filters.year,
        organisations=figures.organisations(filters.year),
        region=filters.region,
        target_group=filters.target_group,
        standing=filters.standing,
        as_of=filters.as_of,
        known=figures.totals,
    )
    labels = {each.code: each.label for each in Occupation.objects.filter(code__in=cells)}
    shown = [each for each in indicators if any(each.code in amounts for amounts in cells.values())]
    return ViewData(
        make_rows=lambda: _rows(shown, cells, figures),
        charts=tuple(filter(None, (_chart(each, cells, labels, filters) for each in shown))),
        tables=(_table(shown, cells, labels, figures),),
        notes=(
            gettext(
                "Only figures stated by occupation stand here; the total has them all. An area adds up its "
                "main groups."
            ),
        ),
        definitions=definitions_of(shown),
    )


def _indicators(filters: Filters) -> list[Indicator]:
    """Those asked by occupation: of the measure chosen, or all."""
    found = recorded_indicators().filter(breakdown__contains=[Breakdown.OCCUPATION])
    asked = found.filter(measure__code=filters.measure) if filters.measure else found
    return [each for each in asked if each.is_asked_by(filters.target_group)]


def _is_area(code: str) -> bool:
    """What is not assigned stands by itself, beside the areas."""
    return len(code) == 1 or code == UNASSIGNED


def _rows(indicators: Sequence[Indicator], cells: Cells, figures: Figures) -> Iterator[ViewRow]:
    filters = figures.filters
    for indicator in indicators:
        yield amount_row(VIEW.code, indicator, figures.amount(indicator, filters.year), filters)
        for code in sorted(cells):
            if indicator.code in cells[code]:
                amount = cells[code][indicator.code]
                yield amount_row(VIEW.code, indicator, amount, filters, occupation=code)


def _table(
    indicators: Sequence[Indicator], cells: Cells, labels: Mapping[str, str], figures: Figures
) -> ViewTable:
    filters = figures.filters
    lines = [
        TableLine(
            name=_name(code, labels),
            level=0 if _is_area(code) else 1,
            cells=tuple(
                _number(each, cells[code][each.code], filters) if each.code in cells[code] else None
                for each in indicators
            ),
        )
        for code in sorted(cells, key=lambda code: (code == UNASSIGNED, code))
    ]
    total = TableLine(
        name=gettext("Total, with what is not broken down"),
        cells=tuple(_number(each, figures.amount(each, filters.year), filters) for each in indicators),
        is_total=True,
    )
    return ViewTable(
        caption=gettext("Figures by occupation"),
        headings=(
            TableHeading(gettext("Occupation")),
            *(TableHeading(each.name, is_numeric=True) for each in indicators),
        ),
        lines=(*lines, total) if lines else (),
        note="" if lines else gettext("No figure is stated by occupation for this choice."),
    )


def _name(code: str, labels: Mapping[str, str]) -> str:
    return labels.get(code, code) if code == UNASSIGNED else f"{code} {labels.get(code, '')}".strip()


def _number(indicator: Indicator, amount: Amount, filters: Filters) -> LinkedNumber:
    return amount_number(amount, trail_url(indicator.code, filters), is_brief=True)


def _chart(indicator: Indicator, cells: Cells, labels: Mapping[str, str], filters: Filters) -> Chart | None:
    """The main groups, and what is not assigned; the areas where nobody states more."""
    stated = {code: amounts[indicator.code] for code, amounts in cells.items() if indicator.code in amounts}
    groups = {code: amount for code, amount in stated.items() if code == UNASSIGNED or not _is_area(code)}
    return ranked(
        chart_code("occupations", indicator.code),
        indicator.name,
        [
            (_name(code, labels), amount, _number(indicator, amount, filters))
            for code, amount in (groups or stated).items()
        ],
    )


VIEW = View(
    code="occupations",
    title=_("Occupations"),
    question=_("Which occupations do the figures concern?"),
    group=GROUPS.people,
    filters=frozenset({REGION, ORGANISATION, MEASURE, TARGET_GROUP, *STATUS_OF_DATA}),
    load=load,
)
