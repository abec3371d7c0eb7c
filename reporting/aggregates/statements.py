"""What totals are made of: who is due, and what they stated; as it is now, or as it was when a day ended.

Each question is one statement over the totals or over versions of them, and never adds figures up.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from measures.enums import TOTAL, UNASSIGNED, Absence, TotalBasis
from measures.figure_rules import KEY
from measures.models import FigureVersion, Submission
from measures.rules.totals import FLAGS, MAIN_GROUP_DIGITS, flags_of, is_total
from measures.workflow import WORKFLOW, ListedStatus, SubmissionAction
from reporting.frozen.schema import AmountState, Basis


class Due(NamedTuple):
    """A submission and whose it is: its items that are due, and the indicator of each by its id."""

    items: list[int]
    indicators: list[int]
    year: int
    submission_id: int
    status: str
    organisation_id: int
    organisation_code: str
    organisation_name: str
    home: str


# By name. A few organisations are put in order, not the many submissions: texts take long to compare.
_BY_NAME = """
JOIN (
    SELECT id, code, short_name, region_id, rank() OVER (ORDER BY sort_key) AS place
    FROM partners_organisation
) o ON o.id = due.organisation_id
ORDER BY o.place
"""

_DUE_NOW = f"""
SELECT due.items, due.indicators, due.year, due.id, due.status, o.id, o.code, o.short_name, o.region_id
FROM (
    SELECT array_agg(i.id) AS items, array_agg(i.indicator_id) AS indicators,
        r.year, s.id, s.status, s.organisation_id
    FROM measures_item i
    JOIN measures_submission s ON s.id = i.submission_id
    JOIN measures_reportinground r ON r.id = s.round_id AND r.year = ANY(%(years)s)
    WHERE i.indicator_id = ANY(%(indicators)s)
    GROUP BY r.year, s.id
) due
{_BY_NAME}
"""  # noqa: S608  # our own text

# What was due then may have left its round since, and its submission with it.
_DUE_THEN = f"""
SELECT due.items, due.indicators, due.year, due.id,
    coalesce((
        SELECT e.to_status FROM measures_submissionevent e
        WHERE e.submission_id = due.id AND e.at < %(until)s
        ORDER BY e.id DESC LIMIT 1
    ), '{WORKFLOW.initial}'),
    o.id, o.code, o.short_name, o.region_id
FROM (
    SELECT array_agg(i.id) AS items, array_agg(i.indicator_id) AS indicators, r.year, s.id, s.organisation_id
    FROM (
        SELECT DISTINCT ON (v.id) v.id, v.pgh_label, v.submission_id, v.indicator_id
        FROM measures_itemversion v
        WHERE v.indicator_id = ANY(%(indicators)s) AND v.pgh_created_at < %(until)s
        ORDER BY v.id, v.pgh_id DESC
    ) i
    JOIN (
        SELECT id, round_id, organisation_id FROM measures_submission
        UNION ALL
        SELECT id, round_id, organisation_id FROM measures_submissionversion
    ) s ON s.id = i.submission_id
    JOIN measures_reportinground r ON r.id = s.round_id AND r.year = ANY(%(years)s)
    WHERE i.pgh_label <> 'delete'
    GROUP BY r.year, s.id, s.organisation_id
) due
{_BY_NAME}
"""  # noqa: S608  # our own text

# Of a list in a query of its own the planner sees no ids: for each of thousands it would reckon how many rows
# it has, which took longer than to read them.
_STATED = """
SELECT item_id, occupation_id, region_id, trim_scale(value), absence, basis, qualities
FROM measures_{reading}_total total
WHERE item_id = ANY((SELECT %({reading})s::bigint[])::bigint[])
    AND target_group_id = %(group)s AND {occupations}
"""
# A figure that was a total by itself was none while there was a sum in its place.
_STATED_THEN = """
SELECT item_id, occupation_id, region_id, trim_scale(value), absence, basis, qualities FROM {reading}_sums
UNION ALL
SELECT item_id, occupation_id, region_id, trim_scale(value), absence, basis, qualities
FROM (
    SELECT DISTINCT ON (item_id, occupation_id, region_id)
        item_id, occupation_id, region_id, value, absence, '{stated}' AS basis, {flags} AS qualities,
        pgh_label
    FROM measures_figureversion total
    {until}
    WHERE item_id = ANY(%({reading})s::bigint[]) AND target_group_id = %(group)s AND {occupations}
        AND {is_total}
    ORDER BY item_id, occupation_id, region_id, pgh_id DESC
) {reading}_figures
WHERE pgh_label <> 'delete' AND NOT EXISTS (
    SELECT FROM {reading}_sums s
    WHERE (s.item_id, s.occupation_id, s.region_id)
        = ({reading}_figures.item_id, {reading}_figures.occupation_id, {reading}_figures.region_id)
)
"""
_SUMS_THEN = """
{reading}_sums AS (
    SELECT * FROM (
        SELECT DISTINCT ON (item_id, occupation_id, region_id)
            item_id, occupation_id, region_id, value, absence, basis, qualities
        FROM measures_{reading}_sum_version total
        WHERE item_id = ANY(%({reading})s::bigint[]) AND target_group_id = %(group)s AND {occupations}
            AND at < %(until)s
        ORDER BY item_id, occupation_id, region_id, id DESC
    ) newest
    WHERE basis IS NOT NULL
)
"""

# What each organisation states on an area or main group: one number, as ``sum_over_regions`` has it; then how
# many state alike, and what that comes to. What is said beside the numbers are bits: several texts would take
# the database longer than all the rest.
_ADDED_UP = """
WITH stated (item_id, occupation_id, region_id, value, absence, basis, qualities) AS ({stated}),
of_each AS (
    SELECT item_id, coalesce(main_group, area) AS place, sum(value) AS value, bit_or(facts) AS facts
    FROM (
        SELECT item_id, left(occupation_id, {main_group}) AS main_group,
            CASE WHEN length(occupation_id) > 1 AND occupation_id <> '{unassigned}'
                THEN left(occupation_id, 1) END AS area,
            value,
            CASE WHEN qualities = '{{}}' THEN 0 ELSE {flags} END
            | CASE WHEN value IS NOT NULL THEN 0 ELSE CASE absence {absences} ELSE {unknown} END END
            | CASE basis {bases} END AS facts
        FROM stated
        WHERE %(region)s IN ('', region_id)
    ) known
    GROUP BY GROUPING SETS ((item_id, main_group), (item_id, area))
    HAVING grouping(main_group) = 0 OR area IS NOT NULL
)
SELECT indicator, place, facts, count(*), sum(of_each.value)
FROM of_each
JOIN unnest(%(items)s::bigint[], %(indicators)s::text[]) AS due (id, indicator) ON due.id = of_each.item_id
GROUP BY indicator, place, of_each.value IS NULL, facts
"""
_ABSENCES, _BASES = frozenset(Absence.values), frozenset(TotalBasis.values)
_BITS = {fact: 1 << place for place, fact in enumerate((*FLAGS, *Absence.values, *TotalBasis.values))}


class SumByOccupation(NamedTuple):
    """What so many organisations that state alike come to; without a value, why there is none."""

    indicator: str
    place: str
    organisations: int
    value: Decimal | None
    absence: str | None
    basis: str
    qualities: frozenset[str]


# Which versions counted then: all until then, or those until the last approval before.
_UNTIL = {
    "current": "JOIN (SELECT) until ON total.pgh_created_at < %(until)s",
    "approved": f"""
    JOIN (
        SELECT i.id, (
            SELECT e.figure_version FROM measures_submissionevent e
            WHERE e.submission_id = i.submission_id AND e.action = '{SubmissionAction.APPROVE.value}'
                AND e.at < %(until)s
            ORDER BY e.id DESC LIMIT 1
        ) AS newest
        FROM measures_item i
        WHERE i.id = ANY(%(approved)s::bigint[])
    ) until ON total.item_id = until.id AND total.pgh_id <= until.newest
    """,  # noqa: S608  # our own text
}


def end_of(day: dt.date) -> dt.datetime:
    """The moment at which a day has ended where the portal is at home."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def due_now(indicators: Sequence[int], years: Sequence[int]) -> list[Due]:
    return _due(_DUE_NOW, {"indicators": list(indicators), "years": list(years)})


def due_then(indicators: Sequence[int], years: Sequence[int], day: dt.date) -> list[Due]:
    """What was due when the day ended, in the state that each submission was in."""
    return _due(_DUE_THEN, {"indicators": list(indicators), "years": list(years), "until": end_of(day)})


def _due(statement: str, asked: Mapping[str, Any]) -> list[Due]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(map(Due._make, cursor.fetchall()))


def listed_statuses_then(statuses: Mapping[int, str], day: dt.date) -> dict[int, ListedStatus]:
    """The states in which submissions were when the day ended, for people; by their ids.

    As now, a draft without any figure is not begun: nothing was recorded, or all of it was deleted again.
    """
    written = FigureVersion.objects.filter(pgh_created_at__lt=end_of(day))
    deleted = written.filter(
        **{column: OuterRef(column) for column in KEY}, pk__gt=OuterRef("pk"), pgh_label="delete"
    )
    there = written.filter(~Exists(deleted), item__submission=OuterRef("pk")).exclude(pgh_label="delete")
    drafts = [pk for pk, status in statuses.items() if status == WORKFLOW.initial]
    begun = set(Submission.objects.filter(Exists(there), pk__in=drafts).values_list("pk", flat=True))
    empty = set(drafts) - begun
    return {
        pk: ListedStatus.NOT_BEGUN if pk in empty else ListedStatus(status) for pk, status in statuses.items()
    }


class WantedTotals(NamedTuple):
    """Whose totals are read, and which: of the items approved or current, for a target group.

    ``occupations``: a condition on ``total``, as SQL. ``as_of``: a day; as it was when it ended.
    """

    approved: Sequence[int]
    current: Sequence[int]
    target_group: str
    occupations: str
    as_of: dt.date | None

    @property
    def statement(self) -> str:
        """Item, occupation, region, value, absence, basis and qualities of each total stated, as SQL."""
        return _statement_now(self.occupations) if self.as_of is None else _statement_then(self.occupations)

    @property
    def params(self) -> dict[str, Any]:
        return {
            "approved": _as_array(self.approved),
            "current": _as_array(self.current),
            "group": self.target_group,
            "total": TOTAL,
            "until": end_of(self.as_of) if self.as_of else None,
        }


def _as_array(numbers: Iterable[int]) -> str:
    """As the text of an array, which takes a small part of the time for thousands of them."""
    return f"{{{','.join(map(str, numbers))}}}"


def stated_totals(wanted: WantedTotals) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(wanted.statement, wanted.params)
        return cursor.fetchall()


def sums_by_occupation(
    wanted: WantedTotals, indicators: Mapping[int, str], region: str
) -> list[SumByOccupation]:
    """By area or main group, in the order of their codes.

    ``indicators``: the code of each item's. ``region``: only what is stated for it, unless empty.
    """
    statement = _ADDED_UP.format(
        stated=wanted.statement,
        flags=" + ".join(f"('{flag}' = ANY(qualities))::int * {_BITS[flag]}" for flag in FLAGS),
        absences=_bits_of(Absence.values),
        unknown=_BITS[Absence.UNKNOWN],
        bases=_bits_of(TotalBasis.values),
        unassigned=UNASSIGNED,
        main_group=MAIN_GROUP_DIGITS,
    )
    asked = {"region": region, "items": list(indicators), "indicators": list(indicators.values())}
    with connection.cursor() as cursor:
        cursor.execute(statement, wanted.params | asked)
        return sorted((_sum(*row) for row in cursor.fetchall()), key=attrgetter("place", "indicator"))


def _bits_of(facts: Iterable[str]) -> str:
    """The bit of each, as the branches of a CASE."""
    return " ".join(f"WHEN '{fact}' THEN {_BITS[fact]}" for fact in facts)


def _sum(
    indicator: str, place: str, facts: int, organisations: int, value: Decimal | None
) -> SumByOccupation:
    known = {fact for fact, bit in _BITS.items() if facts & bit}
    absences, bases = known & _ABSENCES, known & _BASES
    return SumByOccupation(
        indicator,
        place,
        organisations,
        value,
        absence=_only(absences, AmountState.UNKNOWN) if value is None else None,
        basis=Basis.AT_LEAST if absences else _basis(bases),
        qualities=frozenset(known - _ABSENCES - _BASES),
    )


def _basis(bases: AbstractSet[str]) -> str:
    return Basis.AT_LEAST if TotalBasis.AT_LEAST in bases else _only(bases, Basis.MIXED)


def _only(found: AbstractSet[str], otherwise: str) -> str:
    return next(iter(found)) if len(found) == 1 else otherwise


def _statement_now(occupations: str) -> str:
    return " UNION ALL ".join(_STATED.format(reading=each, occupations=occupations) for each in _UNTIL)


def _statement_then(occupations: str) -> str:
    sums = ", ".join(_SUMS_THEN.format(reading=each, occupations=occupations) for each in _UNTIL)
    stated = (
        _STATED_THEN.format(
            reading=reading,
            until=until,
            occupations=occupations,
            is_total=is_total("total"),
            flags=flags_of("total"),
            stated=TotalBasis.STATED.value,
        )
        for reading, until in _UNTIL.items()
    )
    return f"WITH {sums} {' UNION ALL '.join(stated)}"
