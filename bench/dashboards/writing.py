"""What the sums cost whoever writes: figures by occupation, and totals alone, with and without sums."""

import time
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from bench.generated.figures import TYPE_DIGITS, make_types
from measures.models import Item, ReportingRound
from measures.rules.windows import OPERATOR
from partners.enums import OrganisationKind

_BY_OCCUPATION = """
INSERT INTO measures_figure (item_id, region_id, occupation_id, target_group_id, value)
SELECT i.id, o.region_id, c.code, '_T', 5
FROM measures_item i
JOIN measures_submission s ON s.id = i.submission_id
JOIN partners_organisation o ON o.id = s.organisation_id
CROSS JOIN measures_occupation c
WHERE i.id = ANY(%(items)s) AND c.level = %(level)s
ORDER BY i.id, c.code
LIMIT %(count)s
"""
_TOTALS = """
INSERT INTO measures_figure (item_id, region_id, occupation_id, target_group_id, value)
SELECT i.id, r.code, '_T', '_T', 5
FROM measures_item i
JOIN partners_region r ON r.level = 'land'
WHERE i.id = ANY(%(items)s)
ORDER BY i.id, r.code
LIMIT %(count)s
"""
_TRIGGERS = """
SELECT tgname FROM pg_trigger
WHERE tgrelid = 'measures_figure'::regclass AND tgname LIKE 'pgtrigger_totals_%%'
"""


@dataclass(frozen=True)
class Written:
    """Seconds, the best of several, of inserting so many figures of a kind."""

    kind: str
    count: int
    with_sums: float
    without: float

    @property
    def ratio(self) -> float:
        return self.with_sums / self.without


def write(count: int, types: int, times: int = 3) -> list[Written]:
    """Into the drafts of the last round, before there are other figures; nothing of it stays."""
    make_types(types)
    year = ReportingRound.objects.latest("year").year
    items = list(
        Item.objects.filter(
            submission__round__year=year,
            submission__status="draft",
            submission__organisation__kind=OrganisationKind.CHAMBER,
            indicator__is_recorded=True,
        ).values_list("pk", flat=True)
    )
    by_occupation = Item.objects.filter(pk__in=items, indicator__breakdown__contains=["occupation"])
    broken_down = list(by_occupation.values_list("pk", flat=True))
    kinds = {
        "by occupations of five digits": (_BY_OCCUPATION, broken_down, TYPE_DIGITS),
        "totals alone": (_TOTALS, items, 0),
    }
    found = []
    for kind, (statement, into, level) in kinds.items():
        params = {"items": into, "level": level, "count": count}
        seconds: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(times):
            for with_sums in (False, True):
                made, taken = _seconds(statement, params, with_sums=with_sums)
                seconds[with_sums].append(taken)
        found.append(Written(kind, made, min(seconds[True]), min(seconds[False])))
    return found


def _seconds(statement: str, params: dict[str, Any], *, with_sums: bool) -> tuple[int, float]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [OPERATOR])
        Item.objects.filter(pk__in=params["items"]).update(occupation_level=params["level"])
        if not with_sums:
            cursor.execute(_TRIGGERS)
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE measures_figure DISABLE TRIGGER "{name}"')
        started = time.perf_counter()
        cursor.execute(statement, params)
        taken = time.perf_counter() - started
        made = cursor.rowcount
        transaction.set_rollback(True)
    return made, taken
