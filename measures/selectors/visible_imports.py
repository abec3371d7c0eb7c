"""An import as one person may see it: everything that shows any of it begins here.

A file may hold figures of many organisations. Who may not see all of them sees the rows of their own, the
problems of these rows and the totals over their own regions: neither the sheets nor the file itself, nor
what is counted over all of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import RowNumber

from measures.enums import Verdict
from measures.models import ControlTotal, ImportCause, ImportProblem, ImportRun, StagedFigure
from measures.permissions import may_see_whole_import
from partners.models import Organisation
from partners.permissions import Access

CELLS_NAMED = 8
_DIGITS_OF_KEY = len(str(BigIntegerField.MAX_BIGINT))
_IN_ORDER = ("sheet", "row", "column", "pk")
_IN_ORDER_OF_CAUSES = ("rank", *_IN_ORDER)

# A line may hold cells of several organisations: what concerns all of it is nobody's alone.
_PROBLEMS_OF_ORGANISATIONS = """
WITH own AS MATERIALIZED (
    SELECT DISTINCT sheet, "row", "column"
    FROM measures_stagedfigure
    WHERE import_run_id = %s AND organisation = ANY(%s)
), line AS MATERIALIZED (
    SELECT DISTINCT sheet, "row" FROM own
), shared AS MATERIALIZED (
    SELECT DISTINCT s.sheet, s."row"
    FROM measures_stagedfigure s
    JOIN line l ON (l.sheet, l."row") = (s.sheet, s."row")
    WHERE s.import_run_id = %s AND s.organisation <> ALL(%s)
)
SELECT p.id
FROM measures_importproblem p
JOIN line l ON (l.sheet, l."row") = (p.sheet, p."row")
LEFT JOIN own o ON (o.sheet, o."row", o."column") = (p.sheet, p."row", p."column")
LEFT JOIN shared s ON (s.sheet, s."row") = (p.sheet, p."row")
WHERE p.import_run_id = %s AND (s.sheet IS NULL OR o.sheet IS NOT NULL)
"""


@dataclass(frozen=True)
class Counts:
    """How many values have each verdict; ``absent``: how many that are not held state why there is none."""

    by_verdict: Mapping[str, int]
    absent: int

    @property
    def new(self) -> int:
        return self.by_verdict[Verdict.NEW.value]

    @property
    def changed(self) -> int:
        return self.by_verdict[Verdict.CHANGED.value]

    @property
    def held(self) -> int:
        return self.by_verdict[Verdict.HELD.value]


@dataclass(frozen=True)
class VisibleImport:
    """``organisations``: the codes of those whose rows are all that is seen; None: the whole is.

    ``knows_names``: whether this person knows whom the file names, having sent it or had it read, if nothing
    else of it.
    """

    run: ImportRun
    organisations: frozenset[str] | None = None
    knows_names: bool = True

    @property
    def is_whole(self) -> bool:
        return self.organisations is None

    def rows(self) -> QuerySet[StagedFigure]:
        rows = StagedFigure.objects.filter(import_run=self.run)
        return rows if self.organisations is None else rows.filter(organisation__in=self.organisations)

    def problems(self) -> QuerySet[ImportProblem]:
        problems = ImportProblem.objects.filter(import_run=self.run)
        if self.organisations is None:
            return problems
        return problems.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", (self._problem_ids,)))

    def causes(self) -> QuerySet[ImportCause] | list[ImportCause]:
        """What stands out, errors first, in the order a reader meets it; a part is seen by its own cells."""
        if self.organisations is None:
            return ImportCause.objects.filter(import_run=self.run)
        of_causes = self.problems().filter(cause__isnull=False)
        first_of_each = of_causes.order_by("cause_id", *_IN_ORDER).distinct("cause_id")
        firsts = {problem.cause_id: problem for problem in first_of_each}
        causes = ImportCause.objects.filter(import_run=self.run, pk__in=list(filter(None, firsts)))
        seen = [self._as_seen(cause, firsts[cause.pk]) for cause in causes]
        return sorted(seen, key=lambda cause: (cause.rank, cause.sheet, cause.row, cause.column, cause.pk))

    def first_causes_of_each_kind(self, most: int) -> list[tuple[ImportCause, int]]:
        """The first causes of each severity and code, in order, each with how many of its kind there are."""
        causes = self.causes()
        if isinstance(causes, list):
            of_kind = Counter((cause.severity, cause.code) for cause in causes)
            places = Counter[tuple[str, str]]()
            shown = []
            for cause in causes:
                kind = (cause.severity, cause.code)
                places[kind] += 1
                if places[kind] <= most:
                    shown.append((cause, of_kind[kind]))
            return shown
        kind_of = [F("severity"), F("code")]
        in_order = list(_IN_ORDER_OF_CAUSES)
        found = causes.annotate(
            of_kind=Window(Count("pk"), partition_by=kind_of),
            place=Window(RowNumber(), partition_by=kind_of, order_by=in_order),
        )
        return [(cause, cause.of_kind) for cause in found.filter(place__lte=most).order_by(*in_order)]

    def cause(self, key: str) -> ImportCause | None:
        """One of the causes that are seen, by what an address names."""
        number = _number_of(key)
        if self.organisations is None:
            return ImportCause.objects.filter(import_run=self.run, pk=number).first() if number else None
        return next((cause for cause in self.causes() if cause.pk == number), None)

    def control_totals(self) -> QuerySet[ControlTotal]:
        totals = ControlTotal.objects.filter(import_run=self.run)
        if self.organisations is None:
            return totals
        return totals.filter(organisation__code__in=self.organisations)

    @cached_property
    def counts(self) -> Counts:
        return _counts_noted(self.run) if self.organisations is None else self._counted()

    def message_of(self, problem: ImportProblem) -> dict[str, Any]:
        """The parameters of a problem's sentence; it counts no values but those that are seen."""
        message = dict(problem.message)
        if self.organisations is None or "count" not in message:
            return message
        alike = self._alike.get(problem.cause_id)
        if alike and alike.of_all == int(message["count"]):  # each value has a problem of its own
            return message | {"count": str(alike.seen)}
        return message | {"count": str(min(int(message["count"]), self.counts.held))}

    def _counted(self) -> Counts:
        return _counts_in(self.rows()).get(self.run.pk, _NOTHING)

    @cached_property
    def _problem_ids(self) -> list[int]:
        """Looked for once: in a file of a million rows each look takes a while."""
        run, codes = self.run.pk, sorted(self.organisations or ())
        with connection.cursor() as cursor:
            cursor.execute(_PROBLEMS_OF_ORGANISATIONS, [run, codes, run, codes, run])
            return [row[0] for row in cursor.fetchall()]

    @cached_property
    def _alike(self) -> dict[int | None, "_Alike"]:
        in_order = ArrayAgg("cell", filter=~Q(cell=""), order_by=_IN_ORDER, default=[])
        by_cause = self.problems().order_by().values_list("cause", "cause__count")
        return {
            cause: _Alike(of_all or 0, seen, cells[:CELLS_NAMED])
            for cause, of_all, seen, cells in by_cause.annotate(seen=Count("pk"), cells=in_order)
        }

    def _as_seen(self, cause: ImportCause, first: ImportProblem) -> ImportCause:
        """A cause by those of its problems that are seen, ``first`` before the others; never to be saved."""
        alike = self._alike[cause.pk]
        return ImportCause(
            pk=cause.pk,
            import_run_id=cause.import_run_id,
            rank=cause.rank,
            severity=cause.severity,
            code=cause.code,
            sheet=first.sheet,
            row=first.row,
            column=first.column,
            found=first.found,
            message=self.message_of(first),
            holds=cause.holds,
            count=alike.seen,
            first_cells=alike.cells,
        )


@dataclass(frozen=True)
class _Alike:
    """The problems of one cause: how many there are, how many are seen, and the first cells of these."""

    of_all: int
    seen: int
    cells: list[str]


def visible_import(run: ImportRun, access: Access) -> VisibleImport:
    """What this person may see of an import that they can see."""
    if may_see_whole_import(access, run):
        return VisibleImport(run)
    asked = access.user_id in {run.created_by_id, run.reading_requested_by_id}
    return VisibleImport(run, _codes_of(access), knows_names=asked)


def counts_seen(runs: Iterable[ImportRun], access: Access) -> dict[int, Counts]:
    """The counts of these imports as this person may see them; a fixed number of queries."""
    counts = {run.pk: _counts_noted(run) for run in runs if may_see_whole_import(access, run)}
    if partly := [run.pk for run in runs if run.pk not in counts]:
        rows = StagedFigure.objects.filter(import_run__in=partly, organisation__in=_codes_of(access))
        counts |= dict.fromkeys(partly, _NOTHING) | _counts_in(rows)
    return counts


def _number_of(key: str) -> int | None:
    """The primary key that an address names, if it is one; a longer number is none and is not computed."""
    is_number = key.isascii() and key.isdecimal() and len(key) <= _DIGITS_OF_KEY
    return int(key) if is_number and int(key) <= BigIntegerField.MAX_BIGINT else None


def _codes_of(access: Access) -> frozenset[str]:
    return frozenset(Organisation.objects.filter(pk__in=access.uploads_for).values_list("code", flat=True))


def _counts_noted(run: ImportRun) -> Counts:
    return Counts({value: getattr(run, f"{value}_count") for value in Verdict.values}, run.absent_count)


def _counts_in(rows: QuerySet[StagedFigure]) -> dict[int, Counts]:
    by_run: dict[int, Counts] = {}
    counted = rows.order_by().values_list("import_run", "verdict")
    absent = Count("pk", filter=Q(value=None) & ~Q(verdict=Verdict.HELD))
    for run, verdict, count, without in counted.annotate(count=Count("pk"), without=absent):
        known = by_run.get(run, _NOTHING)
        by_run[run] = Counts({**known.by_verdict, verdict: count}, known.absent + without)
    return by_run


_NOTHING = Counts(dict.fromkeys(Verdict.values, 0), 0)
