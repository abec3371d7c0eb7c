"""Very many figures with their versions, made by the database itself in a few statements.

Each year is a copy of a year of the catalogue: the same chambers, which state some indicators by occupation.
At full size there are as many occupations as KldB 2010 has types (1,287). A figure has one version. Triggers
are off while this is made, so the statements keep by themselves what triggers would hold.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil

from django.db import connection, transaction

from measures.enums import Breakdown
from measures.figure_rules import CONTENT, KEY, STATE, columns
from measures.models import Item, Occupation
from measures.rules.totals import (
    APPROVED,
    CURRENT,
    PARTS,
    TOTAL_KEY,
    TOTAL_STATE,
    FigureSet,
    sums_of,
)
from partners.enums import OrganisationKind
from partners.models import User

GROUP_DIGITS, TYPE_DIGITS = 2, 5

_ROUNDS = """
INSERT INTO measures_reportinground (year, opens_on, closes_on, due_on, reminder_days)
SELECT year, make_date(year, 10, 1), make_date(year + 1, 1, 31), make_date(year + 1, 1, 31), '{}'
FROM generate_series(%(first)s, %(last)s) year
ON CONFLICT DO NOTHING
"""
_SUBMISSIONS = """
INSERT INTO measures_submission (round_id, organisation_id, status, extension_reason)
SELECT r.id, s.organisation_id, 'draft', ''
FROM measures_reportinground r
CROSS JOIN measures_submission s
JOIN measures_reportinground pattern ON pattern.id = s.round_id AND pattern.year = %(pattern)s
WHERE r.year BETWEEN %(first)s AND %(last)s
ON CONFLICT DO NOTHING
"""
_ITEMS = """
INSERT INTO measures_item (submission_id, indicator_id, region_level, occupation_level)
SELECT s.id, i.indicator_id, i.region_level, i.occupation_level
FROM measures_submission s
JOIN measures_reportinground r ON r.id = s.round_id AND r.year BETWEEN %(first)s AND %(last)s
JOIN measures_submission p ON p.organisation_id = s.organisation_id
JOIN measures_reportinground pattern ON pattern.id = p.round_id AND pattern.year = %(pattern)s
JOIN measures_item i ON i.submission_id = p.id
ON CONFLICT DO NOTHING
"""
_KNOWN_TO_THE_PLANNER = "ANALYZE measures_reportinground, measures_submission, measures_item"
"""Without it each year may be planned for the few items that there were before, which takes hours."""

_FIGURES = """
INSERT INTO measures_figure (item_id, region_id, occupation_id, target_group_id, value)
SELECT i.id, o.region_id, c.code, '_T', (i.id * 31 + c.code::int * 7) %% 997
FROM measures_item i
JOIN measures_submission s ON s.id = i.submission_id
JOIN measures_reportinground r ON r.id = s.round_id
JOIN partners_organisation o ON o.id = s.organisation_id
CROSS JOIN measures_occupation c
WHERE i.id = ANY(%(items)s) AND r.year = %(year)s AND c.level = %(level)s
ORDER BY i.id, c.code
"""
_CONTENT = columns((*KEY, *STATE))
_VERSIONS = f"""
INSERT INTO measures_figureversion (pgh_created_at, pgh_label, id, {_CONTENT})
SELECT entered_at, 'insert', id, {_CONTENT} FROM measures_figure ORDER BY id
"""  # noqa: S608  # our own columns

_ITEM_VERSIONS = """
INSERT INTO measures_itemversion (
    pgh_created_at, pgh_label, id, region_level, occupation_level, submission_id, indicator_id
)
SELECT now(), 'insert', i.id, i.region_level, i.occupation_level, i.submission_id, i.indicator_id
FROM measures_item i
WHERE NOT EXISTS (SELECT FROM measures_itemversion v WHERE v.id = i.id)
"""
_APPROVALS = """
WITH approved AS (
    UPDATE measures_submission s
    SET status = 'approved', submitted_at = now(), submitted_by_id = %(person)s, approved_at = now(),
        approved_by_id = %(person)s
    FROM measures_reportinground r
    WHERE r.id = s.round_id AND r.year = ANY(%(years)s)
    RETURNING s.id
)
INSERT INTO measures_submissionevent (
    submission_id, action, from_status, to_status, actor_id, at, reason, figure_version
)
SELECT id, 'approve', 'submitted', 'approved', %(person)s, now(), '', (
    SELECT max(pgh_id) FROM measures_figureversion
)
FROM approved
"""
_APPROVED_FIGURES = f"""
INSERT INTO measures_approvedfigure ({columns((*KEY, *CONTENT))}, version_id)
SELECT {columns((*KEY, *CONTENT), "v")}, v.pgh_id
FROM measures_figureversion v
JOIN measures_item i ON i.id = v.item_id
JOIN measures_submission s ON s.id = i.submission_id AND s.status = 'approved'
"""  # noqa: S608  # our own columns


def _sums(figure_set: FigureSet) -> str:
    """The statement that adds up all figures, and keeps the state of each sum."""
    sums, states = columns((*TOTAL_KEY, *TOTAL_STATE, *PARTS)), columns((*TOTAL_KEY, *TOTAL_STATE))
    return f"""
        WITH written AS (
            INSERT INTO {figure_set.sums} ({sums})
            SELECT {sums} FROM ({sums_of(f"{figure_set.figures} f")}) added
            RETURNING {states}
        )
        INSERT INTO {figure_set.versions} (at, {states}) SELECT now(), {states} FROM written
    """  # noqa: S608  # our own text


@dataclass(frozen=True)
class Filled:
    """What was made: figures of so many years up to the last one."""

    figures: int
    first_year: int
    last_year: int


def fill(count: int, *, last_year: int, types: int) -> Filled:
    """Make at least ``count`` figures in whole years up to ``last_year``, whose chambers the others copy."""
    pattern = last_year
    items = Item.objects.filter(
        indicator__asked_of__contains=[OrganisationKind.CHAMBER],
        indicator__breakdown__contains=[Breakdown.OCCUPATION],
        submission__organisation__kind=OrganisationKind.CHAMBER,
        submission__round__year__lte=last_year,
    )
    of_a_year = items.filter(submission__round__year=pattern).count() * make_types(types)
    first = pattern - ceil(count / of_a_year) + 1
    years = {"first": first, "last": pattern, "pattern": pattern}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        items.filter(submission__round__year=pattern).update(occupation_level=TYPE_DIGITS)
        for statement in (_ROUNDS, _SUBMISSIONS, _ITEMS):
            cursor.execute(statement, years)
        cursor.execute(_KNOWN_TO_THE_PLANNER)
        items.update(occupation_level=TYPE_DIGITS)
        pks = list(items.values_list("pk", flat=True))
        made = 0
        for year in range(first, pattern + 1):
            cursor.execute(_FIGURES, {"items": pks, "year": year, "level": TYPE_DIGITS})
            made += cursor.rowcount
        cursor.execute(_VERSIONS)
        cursor.execute("DELETE FROM measures_current_sum")
        cursor.execute(_sums(CURRENT))
        cursor.execute(_ITEM_VERSIONS)
    _come_to_rest()
    return Filled(made, first, pattern)


def approve(years: Collection[int], person: User) -> None:
    """Approve what was made for some of the years, with a log of one step each."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_APPROVALS, {"person": person.pk, "years": list(years)})
        cursor.execute(_APPROVED_FIGURES)
        cursor.execute(_sums(APPROVED))
    _come_to_rest()


def _come_to_rest() -> None:
    """Leave the database as it is in service, where nobody has just written millions of figures."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def make_types(each: int) -> int:
    """Occupations of five digits, so many in each main group; returns their number."""
    groups = Occupation.objects.filter(level=GROUP_DIGITS)
    types = [
        Occupation(
            code=f"{group.code}{number:03}",
            level=TYPE_DIGITS,
            label_de=f"{group.label_de} {number}",
            label_en=f"{group.label_en} {number}",
        )
        for group in groups
        for number in range(1, each + 1)
    ]
    Occupation.objects.bulk_create(types, ignore_conflicts=True)
    return len(types)
