"""Which staged rows a person asks for: by what becomes of them, by a cause of trouble, by a text.

What is searched for is looked up among the names first, so that rows are compared with codes alone. Of a
large import it is known where its codes and texts stand (``measures.models.import_search``): the search then
reads the rows these name, and compares them all the same, since a row may have been corrected.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, F, Lookup, Min, OuterRef, Q, QuerySet, Sum

from measures.enums import Verdict
from measures.models import (
    ImportProblem,
    ImportRun,
    Indicator,
    Occupation,
    StagedBlock,
    StagedFigure,
    StagedOccupation,
    StagedOwner,
)
from measures.selectors.visible_imports import VisibleImport
from partners.models import Organisation, Region

MOST_IDS = 20_000
"""Up to so many rows are looked up one by one; more of them are soon met by reading on from the first."""

_ADDRESS = re.compile(r"[A-Z]+([0-9]{1,9})")

# Blocks that may have the text or the address are found first, and their rows alone are looked at.
_IN_BLOCKS = """
WITH block AS MATERIALIZED (
    SELECT first_id, last_id
    FROM measures_stagedblock
    WHERE import_run_id = %(run)s
        AND (strpos(originals, %(line)s) > 0 OR %(row)s BETWEEN first_row AND last_row)
)
SELECT s.id
FROM block
CROSS JOIN LATERAL (
    SELECT id
    FROM measures_stagedfigure
    WHERE id BETWEEN first_id AND last_id AND import_run_id = %(run)s
        AND (original = %(text)s OR cell = %(cell)s)
    OFFSET 0
) s
LIMIT %(most)s
"""


class FoundRows(NamedTuple):
    """Rows in the order of the file, and how many there are at the least, as far as that is known.

    ``keys``: exactly theirs, where they are known without looking at the rows. ``are_many``: so many that
    those of a page are soon met by reading on in their order.
    """

    rows: QuerySet[StagedFigure]
    least_count: int = 0
    keys: list[int] | None = None
    are_many: bool = False


@dataclass(frozen=True)
class Search:
    """A text that is searched for, and the codes of what has it in its name."""

    text: str
    organisations: Sequence[str]
    indicators: Sequence[str]
    occupations: Sequence[str]
    regions: Sequence[str]

    @property
    def cell(self) -> str:
        return self.text.upper()

    @property
    def condition(self) -> Q:
        return (
            Q(cell=self.cell)
            | Q(original=self.text)
            | Q(occupation__in=self.occupations)
            | Q(organisation__in=self.organisations)
            | Q(indicator__in=self.indicators)
            | Q(region__in=self.regions)
        )


class Candidates(NamedTuple):
    """The rows a search may find: those with these keys or, if they are many, some from ``first_id`` on.

    ``is_exact``: it finds all of them, since no row has changed.
    """

    ids: list[int] | None
    first_id: int
    least_count: int
    is_exact: bool = False


class IsAnyOf(Lookup):
    """``= ANY``: twenty thousand keys in one parameter, which the index takes in their order."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s)", [*params, self.rhs]


def find_rows(
    visible: VisibleImport, *, verdict: str = "", search: str = "", cause: int | None = None
) -> FoundRows:
    """Staged rows in the order of the file; ``search`` looks at cells, texts, partners, Länder and more.

    ``cause`` keeps the rows whose cell, or if they are held whose line, a problem of that cause names.
    """
    run, rows = visible.run, visible.rows().order_by("pk")
    if run.staged_from is not None:
        rows = rows.filter(pk__range=(run.staged_from, run.staged_to))  # not among the rows of other imports
    if verdict:
        rows = rows.filter(verdict=verdict)
    if cause is not None:
        problems = ImportProblem.objects.filter(
            import_run=run, cause=cause, sheet=OuterRef("sheet"), row=OuterRef("row")
        )
        in_cell = problems.filter(column=OuterRef("column"))
        rows = rows.filter(Exists(in_cell) | Q(Exists(problems), verdict=Verdict.HELD))
    if not search:
        return FoundRows(rows)
    looked_up = search_for(search)
    candidates = _candidates(run, looked_up)
    rows = rows.filter(looked_up.condition)
    if candidates is None:
        return FoundRows(rows)
    if candidates.ids is None:
        rows = rows.filter(pk__gte=candidates.first_id)
    else:
        rows = rows.filter(IsAnyOf(F("pk"), candidates.ids))
    if verdict or cause is not None or not visible.is_whole:
        return FoundRows(rows)
    keys = candidates.ids if candidates.is_exact else None
    return FoundRows(rows, candidates.least_count, keys, are_many=candidates.ids is None)


def search_for(text: str) -> Search:
    organisations = Organisation.objects.filter(
        Q(short_name__icontains=text) | Q(name_de__icontains=text) | Q(code__iexact=text)
    )
    indicators = Indicator.objects.filter(Q(name_de__icontains=text) | Q(name_en__icontains=text))
    occupations = Occupation.objects.filter(Q(label_de__icontains=text) | Q(label_en__icontains=text))
    regions = Region.objects.filter(Q(name_de__icontains=text) | Q(name_en__icontains=text))
    return Search(
        text,
        list(organisations.values_list("code", flat=True)),
        list(indicators.values_list("code", flat=True)),
        [text, *occupations.values_list("code", flat=True)],
        list(regions.values_list("code", flat=True)),
    )


def _candidates(run: ImportRun, search: Search) -> Candidates | None:
    """None: the import is small, or was read before this was noted, and all of its rows are looked at."""
    if run.staged_from is None or not StagedBlock.objects.filter(import_run=run).exists():
        return None
    owners = StagedOwner.objects.filter(
        Q(organisation__in=search.organisations)
        | Q(indicator__in=search.indicators)
        | Q(region__in=search.regions),
        import_run=run,
    )
    occupations = StagedOccupation.objects.filter(import_run=run, occupation__in=search.occupations)
    corrected = StagedFigure.objects.filter(import_run=run, corrected_at__isnull=False)
    in_blocks = _in_blocks(run, search)
    of_owners, of_occupations = _extent(owners), _extent(occupations)
    changed = _changed(run, corrected)
    noted_rows = max(of_owners.rows, of_occupations.rows) - changed
    least_count = max(len(in_blocks), noted_rows)
    if len(in_blocks) > MOST_IDS:
        return Candidates(None, run.staged_from, least_count)
    ids = {*in_blocks, *corrected.values_list("pk", flat=True)}
    if of_owners.rows + of_occupations.rows + len(ids) <= MOST_IDS:
        for offsets in chain(*(noted.values_list("offsets", flat=True) for noted in (owners, occupations))):
            ids.update(run.staged_from + offset for offset in offsets)
        return Candidates(sorted(ids), 0, least_count, is_exact=not changed)
    firsts = [run.staged_from + noted.first for noted in (of_owners, of_occupations) if noted.rows]
    return Candidates(None, min(chain(ids, firsts)), least_count)


def _in_blocks(run: ImportRun, search: Search) -> list[int]:
    """Rows with this original text or this address; one more than are looked up, if there are more."""
    address = _ADDRESS.fullmatch(search.cell)
    with connection.cursor() as cursor:
        cursor.execute(
            _IN_BLOCKS,
            {
                "run": run.pk,
                "text": search.text,
                "line": f"\n{search.text}\n",
                "cell": search.cell,
                "row": int(address[1]) if address else 0,
                "most": MOST_IDS + 1,
            },
        )
        return [row[0] for row in cursor.fetchall()]


class _Extent(NamedTuple):
    rows: int
    first: int


def _extent(noted: QuerySet[Any]) -> _Extent:
    found = noted.aggregate(rows=Sum("count"), first=Min("first_offset"))
    return _Extent(found["rows"] or 0, found["first"] or 0)


def _changed(run: ImportRun, corrected: QuerySet[StagedFigure]) -> int:
    """At most so many rows are not any more what was noted of them: corrected, or dropped by a correction."""
    there = sum(getattr(run, f"{verdict}_count") for verdict in Verdict.values)
    return corrected.count() + run.staged_count - int(there)
