"""The mix of measures: legislation, funding, promotion, advice and training offers for each objective."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.enums import MeasureKind
from measures.models import Measure, Objective
from partners.permissions import Access
from reporting.charts.chart import Chart
from reporting.charts.matrix import Field, matrix
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, View, ViewData, ViewTable
from reporting.dashboards.filters import Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.links import page_url
from reporting.dashboards.rows import ViewRow
from reporting.renderers import wording

MOST = 5
"""The darkest field of a matrix stands for so many and more."""

Cells = Mapping[tuple[str, str], Sequence[Measure]]
"""The measures by the codes of their objective and of something else, such as their kind."""


def load(filters: Filters, access: Access) -> ViewData:
    measures = list(in_force(filters.year))
    objectives = list(Objective.objects.all())
    cells: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for measure in measures:
        for objective in measure.objectives.all():
            cells[objective.code, measure.kind].append(measure)
    return ViewData(
        make_rows=lambda: _rows(objectives, measures, cells, filters.year),
        tables=(_counts(objectives, measures, cells), _names(measures)),
        charts=(
            counted_by_objective(
                "mix",
                gettext("Measures by objective and kind"),
                objectives,
                {kind.value: str(kind.label) for kind in MeasureKind},
                cells,
            ),
        ),
        notes=(
            gettext(
                "A measure that serves several objectives counts with each of them, and once in the total."
            ),
        ),
    )


def in_force(year: int) -> Iterator[Measure]:
    """The measures that had begun by the end of the year; two queries more for objectives and groups."""
    found = Measure.objects.prefetch_related("objectives", "target_groups")
    return (measure for measure in found if measure.since is None or measure.since <= year)


def _rows(
    objectives: Sequence[Objective], measures: Sequence[Measure], cells: Cells, year: int
) -> Iterator[ViewRow]:
    """How many measures of each kind there are, for each objective with its measures, and in all."""
    for kind in MeasureKind:
        for objective in objectives:
            found = cells.get((objective.code, kind), ())
            yield _row(f"measures:{kind}:{objective.code}", year, len(found))
            for measure in found:
                yield _row(f"measures:{kind}:{objective.code}", year, 1, measure=measure.code)
        yield _row(f"measures:{kind}", year, sum(measure.kind == kind for measure in measures))


def _row(indicator: str, year: int, count: int, *, measure: str = "") -> ViewRow:
    return ViewRow(view=VIEW.code, indicator=indicator, year=year, measure=measure, value=Decimal(count))


def _counts(objectives: Sequence[Objective], measures: Sequence[Measure], cells: Cells) -> ViewTable:
    kinds = list(MeasureKind)
    lines = [
        TableLine(
            name=f"{objective.code} {objective.name}",
            cells=tuple(_count(cells.get((objective.code, kind), ())) for kind in kinds),
        )
        for objective in objectives
    ]
    total = TableLine(
        name=gettext("All measures, each once"),
        cells=tuple(_count([measure for measure in measures if measure.kind == kind]) for kind in kinds),
        is_total=True,
    )
    return ViewTable(
        caption=gettext("Number of measures by objective and kind"),
        headings=(
            TableHeading(gettext("Objective")),
            *(TableHeading(str(kind.label), is_numeric=True) for kind in kinds),
        ),
        lines=(*lines, total),
    )


def counted_by_objective(
    code: str, title: str, objectives: Sequence[Objective], columns: Mapping[str, str], cells: Cells
) -> Chart:
    """How many measures each objective has in each column; ``columns``: their names by the codes of cells."""
    fields = [
        Field(
            row=row,
            column=column,
            level=min(len(found), MOST),
            text=wording.number(len(found)),
            words=", ".join(measure.name for measure in found),
            url=address_of(found),
        )
        for row, objective in enumerate(objectives)
        for column, key in enumerate(columns)
        if (found := cells.get((objective.code, key)))
    ]
    return matrix(
        code,
        title,
        rows=[f"{objective.code} {objective.name}" for objective in objectives],
        columns=list(columns.values()),
        fields=fields,
    )


def _count(measures: Sequence[Measure]) -> LinkedNumber | None:
    if not measures:
        return None
    return LinkedNumber(text=wording.number(len(measures)), is_gap=False, url=address_of(measures))


def address_of(measures: Sequence[Measure]) -> str:
    """The count of one measure leads to it, a larger one to the list of all."""
    if len(measures) == 1:
        return page_url("measures:measure_detail", measures[0].code)
    return page_url("measures:measure_list")


def _names(measures: Sequence[Measure]) -> ViewTable:
    """What the counts are made of."""
    return ViewTable(
        caption=gettext("The measures"),
        headings=(
            TableHeading(gettext("Measure")),
            TableHeading(gettext("Kind")),
            TableHeading(gettext("Objectives")),
        ),
        lines=tuple(
            TableLine(
                name=measure.name,
                url=page_url("measures:measure_detail", measure.code),
                cells=(
                    str(MeasureKind(measure.kind).label),
                    ", ".join(objective.code for objective in measure.objectives.all()),
                ),
            )
            for measure in measures
        ),
    )


VIEW = View(
    code="mix",
    title=_("Mix of measures"),
    question=_("Which kinds of measures serve which objective?"),
    group=GROUPS.resources,
    filters=frozenset(),
    load=load,
)
