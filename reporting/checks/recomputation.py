"""Totals that triggers add up, added up once more and compared; and what is kept of their past."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from measures.enums import TOTAL
from measures.models import FigureVersion
from measures.rules.totals import APPROVED, CURRENT, FigureSet
from reporting.aggregates.provenance import provenance_kept
from reporting.checks.running import DatabaseCheck, by_sql
from reporting.exceptions import SnapshotVersionError
from reporting.models import Snapshot

_ROWS_AT_ONCE = 5000


# Stated and added-up figures apart, and what they make together: another way than that of the triggers.
_RECOMPUTED = f"""
WITH parts AS (
    SELECT item_id, region_id, target_group_id, '{TOTAL}' AS occupation_id, value, absence
    FROM {{figures}} WHERE occupation_id <> '{TOTAL}'
    UNION ALL
    SELECT item_id, region_id, target_group_id, substr(occupation_id, 1, 2), value, absence
    FROM {{figures}} WHERE occupation_id SIMILAR TO '_{{{{3,}}}}'
),
added AS (
    SELECT item_id, region_id, target_group_id, occupation_id, count(*) AS parts, sum(value) AS parts_sum,
        count(*) - count(value) AS parts_absent, count(DISTINCT absence) AS absences, min(absence) AS absence
    FROM parts
    GROUP BY 1, 2, 3, 4
),
flagged AS (
    SELECT item_id, region_id, target_group_id, occupation_id,
        unnest(ARRAY[
            quality, CASE WHEN is_below_half_unit THEN 'below_half_unit' END,
            CASE WHEN is_uncertain THEN 'uncertain' END
        ]::varchar[]) AS flag
    FROM {{figures}} WHERE quality <> 'final' OR is_below_half_unit OR is_uncertain
),
flags AS (
    SELECT item_id, region_id, target_group_id, each.occupation_id, array_agg(DISTINCT flag) AS qualities
    FROM flagged
    CROSS JOIN LATERAL (VALUES ('{TOTAL}'), (substr(flagged.occupation_id, 1, 2))) each (occupation_id)
    WHERE flag <> 'final'
    GROUP BY 1, 2, 3, 4
),
recomputed AS (
    SELECT a.item_id, a.region_id, a.target_group_id, a.occupation_id,
        coalesce(s.value, CASE WHEN s.item_id IS NULL THEN a.parts_sum END) AS value,
        coalesce(s.absence, CASE
            WHEN s.item_id IS NULL AND a.parts_sum IS NULL AND a.absences = 1 THEN a.absence
            WHEN s.item_id IS NULL AND a.parts_sum IS NULL THEN 'unknown'
        END) AS absence,
        CASE
            WHEN s.item_id IS NOT NULL THEN 'stated'
            WHEN a.parts_absent BETWEEN 1 AND a.parts - 1 THEN 'at_least'
            ELSE 'derived'
        END AS basis,
        a.parts, a.parts_sum, a.parts_absent, coalesce(q.qualities, ARRAY[]::varchar[]) AS qualities
    FROM added a
    LEFT JOIN {{figures}} s USING (item_id, region_id, target_group_id, occupation_id)
    LEFT JOIN flags q USING (item_id, region_id, target_group_id, occupation_id)
)
SELECT item_id || ', ' || region_id || ' × ' || occupation_id || ' × ' || target_group_id || ': '
    || coalesce(stored.value::text, stored.absence, 'none') || ', recomputed '
    || coalesce(recomputed.value::text, recomputed.absence, 'none')
FROM recomputed
FULL JOIN {{sums}} stored USING (item_id, region_id, target_group_id, occupation_id)
WHERE (
    recomputed.value, recomputed.absence, recomputed.basis, recomputed.parts, recomputed.parts_sum,
    recomputed.parts_absent
) IS DISTINCT FROM (
    stored.value, stored.absence, stored.basis, stored.parts, stored.parts_sum, stored.parts_absent
)
    OR NOT (recomputed.qualities @> stored.qualities AND stored.qualities @> recomputed.qualities)
ORDER BY 1
"""  # noqa: S608  # our own text

_NEWEST_STATE = """
SELECT item_id || ', ' || region_id || ' × ' || occupation_id || ' × ' || target_group_id || ': '
    || coalesce(stored.value::text, stored.absence, 'none') || ', its newest state '
    || coalesce(newest.value::text, newest.absence, 'none')
FROM (
    SELECT DISTINCT ON (item_id, occupation_id, target_group_id, region_id) *
    FROM {versions}
    ORDER BY item_id, occupation_id, target_group_id, region_id, id DESC
) newest
FULL JOIN {sums} stored USING (item_id, region_id, target_group_id, occupation_id)
WHERE (newest.value, newest.absence, newest.basis, newest.qualities)
    IS DISTINCT FROM (stored.value, stored.absence, stored.basis, stored.qualities)
ORDER BY 1
"""

# An item that is there is in its newest version; one that is gone has a version that says so.
_ITEMS_AS_KEPT = """
SELECT 'item ' || coalesce(i.id, v.id) || ' as its newest version has it'
FROM measures_item i
FULL JOIN (
    SELECT DISTINCT ON (id) id, pgh_label, submission_id, indicator_id
    FROM measures_itemversion ORDER BY id, pgh_id DESC
) v ON v.id = i.id
WHERE (i.id IS NULL AND v.pgh_label <> 'delete')
    OR (i.id IS NOT NULL AND (
        v.pgh_label IS NULL OR v.pgh_label = 'delete'
        OR (v.submission_id, v.indicator_id) <> (i.submission_id, i.indicator_id)
    ))
ORDER BY 1
"""


def _of(figure_set: FigureSet, statement: str) -> str:
    return statement.format(figures=figure_set.figures, sums=figure_set.sums, versions=figure_set.versions)


@dataclass
class _Sum:
    """A total as it grows: what was stated, and the parts."""

    stated: Decimal | None = None
    is_stated: bool = False
    parts: Decimal | None = None

    def add(self, occupation: str, value: Decimal | None) -> None:
        if occupation == TOTAL:
            self.is_stated, self.stated = True, value
        elif value is not None:
            self.parts = (self.parts or Decimal(0)) + value

    @property
    def result(self) -> Decimal | None:
        return self.stated if self.is_stated else self.parts


def find_printed_numbers() -> Iterator[str]:
    """Every value in a snapshot, added up again from the versions it names."""
    for snapshot in Snapshot.objects.iterator():
        try:
            indicators = snapshot.frozen.indicators
        except SnapshotVersionError as error:
            yield f"{snapshot.sha256[:12]}: {error.message}"
            continue
        sums = _sums_of_versions(snapshot)
        for indicator in indicators:
            for figure in indicator.years:
                added = sums.get((indicator.code, figure.year))
                if figure.amount.value is not None and added != figure.amount.value:
                    yield (
                        f"{snapshot.sha256[:12]}: {indicator.code} {figure.year} = {figure.amount.value}, "
                        f"its versions add up to {added}"
                    )


def find_provenance() -> Iterator[str]:
    """Every snapshot whose versions are no longer those that its numbers were added up from."""
    for snapshot in Snapshot.objects.iterator():
        try:
            frozen = snapshot.frozen.provenance
        except SnapshotVersionError:
            continue  # that it cannot be read is found with its numbers
        kept = provenance_kept(snapshot.sha256, frozen.salt) if frozen else None
        if frozen and kept and kept != frozen:
            yield (
                f"{snapshot.sha256[:12]}: {frozen.figures} versions, {frozen.sha256[:12]}; "
                f"stored are {kept.figures}, {kept.sha256[:12]}"
            )


def _sums_of_versions(snapshot: Snapshot) -> dict[tuple[str, int], Decimal]:
    versions = FigureVersion.objects.filter(pk__in=snapshot.uses.values("version"), target_group=TOTAL)
    names = {
        item: (indicator, year)
        for item, indicator, year in versions.values_list(
            "item_id", "item__indicator__code", "item__submission__round__year"
        ).distinct()
    }
    totals: dict[tuple[int, str], _Sum] = defaultdict(_Sum)
    rows = versions.values_list("item_id", "region_id", "occupation_id", "value")
    for item, region, occupation, value in rows.iterator(_ROWS_AT_ONCE):
        totals[item, region].add(occupation, value)
    sums: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for (item, _region), total in totals.items():
        if total.result is not None:
            sums[names[item]] += total.result
    return sums


RECOMPUTATIONS: tuple[DatabaseCheck, ...] = (
    by_sql(3, "current_totals_are_recomputed", _of(CURRENT, _RECOMPUTED)),
    by_sql(3, "approved_totals_are_recomputed", _of(APPROVED, _RECOMPUTED)),
    by_sql(9, "current_totals_are_their_newest_state", _of(CURRENT, _NEWEST_STATE)),
    by_sql(9, "approved_totals_are_their_newest_state", _of(APPROVED, _NEWEST_STATE)),
    by_sql(9, "items_are_as_their_newest_version", _ITEMS_AS_KEPT),
    DatabaseCheck(10, "printed_numbers_are_their_versions", find_printed_numbers),
    DatabaseCheck(10, "versions_are_those_frozen", find_provenance),
)
