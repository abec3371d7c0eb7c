"""Money by source, measure and year, as it is entered with the measures."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.enums import Quality
from measures.models import FundingSource, Measure, MeasureFunding
from partners.permissions import Access
from reporting.aggregates.sums import NOT_REPORTED, sum_over_organisations
from reporting.dashboards.data import (
    FigureDefinition,
    LinkedNumber,
    TableHeading,
    TableLine,
    View,
    ViewData,
    ViewTable,
)
from reporting.dashboards.figures import amount_number
from reporting.dashboards.filters import MEASURE, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.links import page_url
from reporting.dashboards.rows import ViewRow, amount_columns
from reporting.frozen.schema import Amount, AmountState, Basis, plain
from reporting.renderers import wording

INDICATOR = "expenditure"


def load(filters: Filters, access: Access) -> ViewData:
    funding = list(_funding(filters))
    sources = list(FundingSource.objects.all())
    measures = list({each.measure_id: each.measure for each in funding}.values())
    named = {(each.measure_id, each.source_id) for each in funding}
    stated = [each for each in funding if each.year == filters.year and each.amount is not None]
    return ViewData(
        make_rows=lambda: _rows(funding, filters),
        tables=(
            _by_measure(measures, sources, funding, filters.year),
            _by_year(sources, funding, filters.year),
        ),
        notes=(
            gettext("A cell without an amount whose source is named: the amount of the year is not stated."),
        ),
        definitions=(
            FigureDefinition(
                name=gettext("Money"),
                counted=gettext("Euros spent in the calendar year"),
                text=gettext("What was spent on a measure from a source, as entered with the measure."),
                source=gettext("Measures of the Alliance"),
            ),
        ),
        completeness=gettext("Stated for %(year)s: %(count)s of %(all)s amounts.")
        % {"count": wording.number(len(stated)), "all": wording.number(len(named)), "year": filters.year},
    )


def _funding(filters: Filters) -> Sequence[MeasureFunding]:
    found = MeasureFunding.objects.select_related("measure", "source").order_by(
        "measure__code", "source__code", "year"
    )
    return list(found.filter(measure__code=filters.measure) if filters.measure else found)


def _rows(funding: Sequence[MeasureFunding], filters: Filters) -> Iterator[ViewRow]:
    """Every amount up to the year; a source named without one is not reported for the year."""
    amounts = [
        each for each in funding if each.amount is not None and each.year and each.year <= filters.year
    ]
    for each in amounts:
        yield _row(each, each.year or filters.year, _amount(each))
    known = {(each.measure_id, each.source_id) for each in amounts if each.year == filters.year}
    named = {(each.measure_id, each.source_id): each for each in funding}
    for key, each in named.items():
        if key not in known:
            yield _row(each, filters.year, NOT_REPORTED)


def _row(funding: MeasureFunding, year: int, amount: Amount) -> ViewRow:
    return ViewRow(
        view=VIEW.code,
        indicator=f"{INDICATOR}:{funding.source.code}",
        year=year,
        measure=funding.measure.code,
        **amount_columns(amount),
    )


def _amount(funding: MeasureFunding | None) -> Amount:
    """What was spent; not reported where a source is named without the year's amount."""
    if funding is None or funding.amount is None:
        return NOT_REPORTED
    return Amount(
        state=AmountState.VALUE,
        value=plain(funding.amount),
        basis=Basis.STATED,
        reported=1,
        due=1,
        qualities=() if funding.quality == Quality.FINAL else (funding.quality,),
    )


def _by_measure(
    measures: Sequence[Measure],
    sources: Sequence[FundingSource],
    funding: Sequence[MeasureFunding],
    year: int,
) -> ViewTable:
    stated = {(each.measure_id, each.source_id): each for each in funding if each.year == year}
    named = {(each.measure_id, each.source_id) for each in funding}
    lines = []
    for measure in measures:
        amounts = {
            source.pk: _amount(stated.get((measure.pk, source.pk)))
            for source in sources
            if (measure.pk, source.pk) in named
        }
        total = sum_over_organisations(list(amounts.values()))
        shown = (*(amounts.get(source.pk) for source in sources), total)
        lines.append(
            TableLine(
                name=measure.name,
                url=_address(measure),
                cells=tuple(None if each is None else _number(each, _address(measure)) for each in shown),
            )
        )
    return ViewTable(
        caption=gettext("Money by measure and source in %(year)s, in euros") % {"year": year},
        headings=(
            TableHeading(gettext("Measure")),
            *(TableHeading(source.name, is_numeric=True) for source in sources),
            TableHeading(gettext("Total"), is_numeric=True),
        ),
        lines=tuple(lines),
        note="" if lines else gettext("No source of money is named for this choice."),
    )


def _by_year(sources: Sequence[FundingSource], funding: Sequence[MeasureFunding], year: int) -> ViewTable:
    """What is known of each source: of all measures that name it, as many as state the year's amount."""
    years = sorted({each.year for each in funding if each.year and each.year <= year})
    stated = {(each.source_id, each.measure_id, each.year): each for each in funding}
    named: dict[int, set[int]] = defaultdict(set)
    for each in funding:
        named[each.source_id].add(each.measure_id)

    def total(source: FundingSource, of_year: int) -> LinkedNumber | None:
        amounts = [_amount(stated.get((source.pk, measure, of_year))) for measure in named[source.pk]]
        found = sum_over_organisations(amounts)
        return None if found.value is None else _number(found, page_url("measures:measure_list"))

    return ViewTable(
        caption=gettext("Money by source and year, in euros"),
        headings=(
            TableHeading(gettext("Source")),
            *(TableHeading(str(each), is_numeric=True) for each in years),
        ),
        lines=tuple(
            TableLine(name=source.name, cells=tuple(total(source, each) for each in years))
            for source in sources
        )
        if years
        else (),
        note="" if years else gettext("No amount is stated up to %(year)s.") % {"year": year},
    )


def _number(amount: Amount, url: str) -> LinkedNumber:
    """An amount, or that it is not stated; beside it of how many it is the sum, and what kind of value."""
    number = amount_number(amount, url, is_brief=True)
    flags = wording.qualities(code for code in amount.qualities if code != wording.EXAMPLE)
    return replace(
        number,
        text=gettext("not stated") if number.is_gap else number.text,
        coverage=", ".join(filter(None, (number.coverage, *flags))),
    )


def _address(measure: Measure) -> str:
    return page_url("measures:measure_detail", measure.code)


VIEW = View(
    code="money",
    title=_("Money"),
    question=_("Which money goes into which measure, and from which source?"),
    group=GROUPS.resources,
    filters=frozenset({MEASURE}),
    load=load,
)
