"""Objectives and measures: how far each objective has come by its measures, and what has no number."""

from collections.abc import Iterator, Sequence

from django.db.models import Prefetch
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from measures.models import Indicator, Measure, Objective
from partners.permissions import Access
from reporting.aggregates.targets import load_targets
from reporting.charts.attainment import attainment_chart
from reporting.charts.chart import Chart
from reporting.dashboards.data import TableHeading, TableLine, View, ViewData, ViewTable
from reporting.dashboards.drawn import attainment_bar
from reporting.dashboards.figures import (
    Figures,
    load_figures,
    ratio_row,
    share_number,
    total_number,
    total_row,
)
from reporting.dashboards.filters import MEASURE, ORGANISATION, REGION, STATUS_OF_DATA, TARGET_GROUP, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of, recorded_indicators
from reporting.dashboards.links import page_url, trail_url
from reporting.dashboards.rows import ViewRow
from reporting.renderers import wording


def load(filters: Filters, access: Access) -> ViewData:
    objectives = _objectives(filters)
    measures = {measure.pk: measure for objective in objectives for measure in _measures_of(objective)}
    indicators = [indicator for measure in measures.values() for indicator in _indicators_of(measure)]
    targets = load_targets(filters.year, filters.year)
    divided = [target.denominator for target in targets.ratios if target.denominator]
    figures = load_figures(filters, [*indicators, *divided], [filters.year], targets=targets)
    asked = [each for each in indicators if each.is_asked_by(filters.target_group)]
    with_value = [each for each in asked if figures.amount(each, filters.year).value is not None]
    return ViewData(
        make_rows=lambda: _rows(asked, figures),
        charts=tuple(_charts(indicators, figures)),
        tables=tuple(_table(objective, figures) for objective in objectives),
        completeness=ngettext(
            "%(count)s of %(all)s indicator has a value.",
            "%(count)s of %(all)s indicators have a value.",
            len(asked),
        )
        % {"count": wording.number(len(with_value)), "all": wording.number(len(asked))},
        notes=(gettext("A measure that serves several objectives stands with each of them."),),
        definitions=definitions_of(indicators),
    )


def _objectives(filters: Filters) -> list[Objective]:
    """Three queries; where a measure is chosen, the objectives that it serves."""
    measures = Measure.objects.filter(code=filters.measure) if filters.measure else Measure.objects.all()
    recorded = Prefetch("indicators", queryset=recorded_indicators(), to_attr="recorded")
    shown = Prefetch("measures", queryset=measures.prefetch_related(recorded), to_attr="shown")
    found = Objective.objects.prefetch_related(shown)
    return [each for each in found if _measures_of(each)] if filters.measure else list(found)


def _measures_of(objective: Objective) -> list[Measure]:
    shown: list[Measure] = vars(objective)["shown"]
    return shown


def _indicators_of(measure: Measure) -> list[Indicator]:
    recorded: list[Indicator] = vars(measure)["recorded"]
    return recorded


def _rows(indicators: Sequence[Indicator], figures: Figures) -> Iterator[ViewRow]:
    year = figures.filters.year
    for indicator in indicators:
        yield total_row(VIEW.code, indicator, figures.year_total(indicator, year), figures.filters)
        for each in figures.ratios(indicator, year):
            yield ratio_row(VIEW.code, each)


def _charts(indicators: Sequence[Indicator], figures: Figures) -> Iterator[Chart]:
    """What has come how far, where something was promised for the year."""
    totals = [(indicator, figures.year_total(indicator, figures.filters.year)) for indicator in indicators]
    bars = [
        attainment_bar(indicator.name, indicator, total, figures.filters)
        for indicator, total in totals
        if total.attainment is not None
    ]
    if bars:
        yield attainment_chart(bars)


def _table(objective: Objective, figures: Figures) -> ViewTable:
    measures = _measures_of(objective)
    without = [measure.name for measure in measures if not _indicators_of(measure)]
    notes = []
    if not measures:
        notes.append(gettext("No measure serves this objective."))
    if without:
        notes.append(gettext("No indicator counts: %(measures)s.") % {"measures": "; ".join(without)})
    return ViewTable(
        caption=f"{objective.code} {objective.name}",
        headings=(
            TableHeading(gettext("Measure and indicator")),
            TableHeading(gettext("Value"), is_numeric=True),
            TableHeading(gettext("Target"), is_numeric=True),
            TableHeading(gettext("Attainment"), is_numeric=True),
            TableHeading(gettext("Reported by"), is_numeric=True),
        ),
        lines=tuple(line for measure in measures for line in _lines(measure, figures)),
        note=" ".join(notes),
    )


def _lines(measure: Measure, figures: Figures) -> Iterator[TableLine]:
    yield TableLine(
        name=measure.name,
        url=page_url("measures:measure_detail", measure.code),
        is_heading=True,
    )
    for indicator in _indicators_of(measure):
        yield _indicator_line(indicator, figures)
        for each in figures.ratios(indicator, figures.filters.year):
            denominator = each.target.denominator
            yield TableLine(
                name=gettext("as a share of: %(denominator)s")
                % {"denominator": denominator.name if denominator else ""},
                level=2,
                cells=(
                    share_number(each.amount, trail_url(indicator.code, figures.filters)),
                    wording.percent(each.target.value),
                    None if each.attainment is None else wording.percent_with_decimal(each.attainment),
                    None,
                ),
            )


def _indicator_line(indicator: Indicator, figures: Figures) -> TableLine:
    total = figures.year_total(indicator, figures.filters.year)
    is_asked = indicator.is_asked_by(figures.filters.target_group)
    return TableLine(
        name=indicator.name,
        level=1,
        cells=(
            total_number(indicator, total, figures.filters)
            if is_asked
            else gettext("not asked for this target group"),
            wording.target(total.target) if total.target else None,
            None if total.attainment is None else wording.attained(total.target, total.attainment),
            (wording.count(total.amount) or None) if is_asked else None,
        ),
    )


VIEW = View(
    code="objectives",
    title=_("Objectives and measures"),
    question=_("How far has each objective come through its measures, and what has no number yet?"),
    group=GROUPS.alliance,
    filters=frozenset({REGION, ORGANISATION, MEASURE, TARGET_GROUP, *STATUS_OF_DATA}),
    load=load,
)
