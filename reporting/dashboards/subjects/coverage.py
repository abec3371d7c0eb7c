"""Which objective is served for which target group, by which measures; and where there is a gap."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.enums import TOTAL
from measures.models import Measure, Objective, TargetGroup
from partners.permissions import Access
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, View, ViewData, ViewTable
from reporting.dashboards.filters import Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.rows import ViewRow
from reporting.dashboards.subjects.mix import Cells, address_of, counted_by_objective, in_force
from reporting.renderers import wording


def load(filters: Filters, access: Access) -> ViewData:
    objectives = list(Objective.objects.all())
    groups = list(TargetGroup.objects.exclude(code=TOTAL))
    cells: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for measure in in_force(filters.year):
        for objective in measure.objectives.all():
            for group in measure.target_groups.all():
                cells[objective.code, group.code].append(measure)
    gaps = [(o, g) for o in objectives for g in groups if (o.code, g.code) not in cells]
    return ViewData(
        make_rows=lambda: _rows(objectives, groups, cells, filters.year),
        charts=(
            counted_by_objective(
                "coverage",
                gettext("Measures by objective and target group"),
                objectives,
                {group.code: group.name for group in groups},
                cells,
            ),
        ),
        tables=(_table(objectives, groups, cells), *_gaps(gaps, objectives)),
        completeness=gettext(
            "%(count)s of %(all)s combinations of objective and target group have a measure."
        )
        % {
            "count": wording.number(len(objectives) * len(groups) - len(gaps)),
            "all": wording.number(len(objectives) * len(groups)),
        },
        notes=(gettext("A field counts the measures that serve the objective and name the target group."),),
    )


def _rows(
    objectives: Sequence[Objective], groups: Sequence[TargetGroup], cells: Cells, year: int
) -> Iterator[ViewRow]:
    """The number of measures in each field, 0 in a gap; then each measure by itself."""
    for objective in objectives:
        for group in groups:
            found = cells.get((objective.code, group.code), ())
            yield _row(objective, group, year, len(found))
            for measure in found:
                yield _row(objective, group, year, 1, measure=measure.code)


def _row(objective: Objective, group: TargetGroup, year: int, count: int, *, measure: str = "") -> ViewRow:
    return ViewRow(
        view=VIEW.code,
        indicator=f"measures:{objective.code}",
        year=year,
        target_group=group.code,
        measure=measure,
        value=Decimal(count),
    )


def _table(objectives: Sequence[Objective], groups: Sequence[TargetGroup], cells: Cells) -> ViewTable:
    """One line a measure and group would be long: each field names the codes, which lead to the measures."""
    return ViewTable(
        caption=gettext("Measures by objective and target group"),
        headings=(
            TableHeading(gettext("Objective and target group")),
            TableHeading(gettext("Number"), is_numeric=True),
            TableHeading(gettext("Measures")),
        ),
        lines=tuple(line for objective in objectives for line in _lines(objective, groups, cells)),
    )


def _lines(objective: Objective, groups: Sequence[TargetGroup], cells: Cells) -> Iterator[TableLine]:
    yield TableLine(name=f"{objective.code} {objective.name}", is_heading=True)
    for group in groups:
        found = cells.get((objective.code, group.code), ())
        if found:
            yield TableLine(
                name=group.name,
                level=1,
                cells=(
                    LinkedNumber(text=wording.number(len(found)), is_gap=False, url=address_of(found)),
                    "; ".join(measure.name for measure in found),
                ),
            )


def _gaps(
    gaps: Sequence[tuple[Objective, TargetGroup]], objectives: Sequence[Objective]
) -> Iterator[ViewTable]:
    if not gaps:
        return
    missing = {
        objective.code: [group.name for o, group in gaps if o == objective] for objective in objectives
    }
    yield ViewTable(
        caption=gettext("Gaps"),
        headings=(
            TableHeading(gettext("Objective")),
            TableHeading(gettext("Target groups without a measure")),
        ),
        lines=tuple(
            TableLine(
                name=f"{objective.code} {objective.name}", cells=("; ".join(missing[objective.code]) or None,)
            )
            for objective in objectives
        ),
    )


VIEW = View(
    code="coverage",
    title=_("Coverage"),
    question=_("Which objective is served for which target group, and where is nothing yet?"),
    group=GROUPS.resources,
    filters=frozenset(),
    load=load,
)
