"""Target groups side by side. They overlap: they are never added up and never stacked."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.enums import TOTAL, Breakdown
from measures.models import Indicator, TargetGroup
from partners.permissions import Access
from reporting.aggregates.sums import ratio
from reporting.charts.chart import Chart
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, View, ViewData, ViewTable
from reporting.dashboards.drawn import chart_code, ranked
from reporting.dashboards.figures import Figures, amount_number, amount_row, load_figures_of_groups
from reporting.dashboards.filters import MEASURE, ORGANISATION, REGION, STATUS_OF_DATA, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of, recorded_indicators
from reporting.dashboards.links import trail_url
from reporting.dashboards.rows import ViewRow
from reporting.renderers import wording


def load(filters: Filters, access: Access) -> ViewData:
    indicators = _indicators(filters)
    groups = [each for each in TargetGroup.objects.all() if any(_asks(i, each) for i in indicators)]
    figures = load_figures_of_groups(filters, indicators, [group.code for group in groups])
    stated = [each for each in indicators if _is_stated(each, groups, figures)]
    return ViewData(
        make_rows=lambda: _rows(indicators, figures),
        charts=tuple(filter(None, (_chart(each, groups, figures) for each in indicators))),
        tables=tuple(_table(indicator, groups, figures) for indicator in stated),
        notes=(
            *_silent([each for each in indicators if each not in stated]),
            gettext(
                "Target groups overlap: one person or company may belong to several. They are not added up."
            ),
            gettext("A share is that of the organisations that state both the group and the total."),
        ),
        definitions=definitions_of(indicators),
    )


def _indicators(filters: Filters) -> list[Indicator]:
    """Those asked by target group: of the measure chosen, or all."""
    found = recorded_indicators().filter(breakdown__contains=[Breakdown.TARGET_GROUP])
    return list(found.filter(measure__code=filters.measure) if filters.measure else found)


def _is_stated(indicator: Indicator, groups: Sequence[TargetGroup], figures: Mapping[str, Figures]) -> bool:
    """Whether some target group has a value of its own."""
    amounts = [
        figures[group.code].amount(indicator, figures[TOTAL].filters.year)
        for group in groups
        if group.code != TOTAL
    ]
    return any(amount.value is not None for amount in amounts)


def _silent(indicators: Sequence[Indicator]) -> Iterator[str]:
    if indicators:
        names = "; ".join(indicator.name for indicator in indicators)
        yield gettext("No value by target group yet: %(indicators)s.") % {"indicators": names}


def _asks(indicator: Indicator, group: TargetGroup) -> bool:
    return indicator.is_asked_by(group.code)


def _rows(indicators: Sequence[Indicator], figures: Mapping[str, Figures]) -> Iterator[ViewRow]:
    for indicator in indicators:
        for group, found in figures.items():
            if indicator.is_asked_by(group):
                amount = found.amount(indicator, found.filters.year)
                yield amount_row(VIEW.code, indicator, amount, found.filters)


def _table(indicator: Indicator, groups: Sequence[TargetGroup], figures: Mapping[str, Figures]) -> ViewTable:
    """The groups asked for, each with its share in the total, which comes last."""
    asked = [group for group in groups if _asks(indicator, group)]
    ordered = sorted(asked, key=lambda group: group.code == TOTAL)
    return ViewTable(
        caption=indicator.name,
        headings=(
            TableHeading(gettext("Target group")),
            TableHeading(gettext("Value"), is_numeric=True),
            TableHeading(gettext("Share of the total"), is_numeric=True),
        ),
        lines=tuple(
            TableLine(
                name=gettext("Total") if group.code == TOTAL else group.name,
                cells=(
                    _number(indicator, figures[group.code]),
                    _share(indicator, figures[group.code], figures[TOTAL]),
                ),
                is_total=group.code == TOTAL,
            )
            for group in ordered
        ),
    )


def _chart(
    indicator: Indicator, groups: Sequence[TargetGroup], figures: Mapping[str, Figures]
) -> Chart | None:
    asked = [each for each in groups if _asks(indicator, each) and each.code != TOTAL]
    return ranked(
        chart_code("groups", indicator.code),
        indicator.name,
        [
            (
                group.name,
                figures[group.code].amount(indicator, figures[TOTAL].filters.year),
                _number(indicator, figures[group.code]),
            )
            for group in asked
        ],
    )


def _number(indicator: Indicator, figures: Figures) -> LinkedNumber:
    amount = figures.amount(indicator, figures.filters.year)
    return amount_number(amount, trail_url(indicator.code, figures.filters), is_brief=True)


def _share(indicator: Indicator, group: Figures, total: Figures) -> LinkedNumber | None:
    """Of the organisations that state both: who does not state the group has not stated that it is 0."""
    if group is total:
        return None
    year = total.filters.year
    wholes = {each.item_id: amount for each, amount in total.contributions(indicator, year)}
    both = [
        (part, whole)
        for each, part in group.contributions(indicator, year)
        if part.value is not None and (whole := wholes[each.item_id]).value is not None
    ]
    share = ratio(
        group.sum(indicator, [part for part, _whole in both]),
        total.sum(indicator, [whole for _part, whole in both]),
    )
    if share.value is None:
        return None
    return LinkedNumber(
        text=wording.percent_with_decimal(share.value),
        is_gap=False,
        url=trail_url(indicator.code, group.filters),
    )


VIEW = View(
    code="target_groups",
    title=_("Target groups"),
    question=_("Whom do the measures reach?"),
    group=GROUPS.people,
    filters=frozenset({REGION, ORGANISATION, MEASURE, *STATUS_OF_DATA}),
    load=load,
)
