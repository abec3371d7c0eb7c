"""What an item's totals are, and the triggers that keep their sums.

A total belongs to an item, a region and a target group: over all occupations (``_T``), and for each main
group of KldB 2010. Where the partner states the figure of that occupation itself, it is the total; else the
total is the sum of the finer ones. What has to be added up is stored as a table, each change with its time;
a figure that is a total by itself is not stored again, and views bring both together. Triggers write the
sums within the statement that changes the figures, so a sum is never older than its figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pgtrigger

from measures.enums import TOTAL, Absence, Quality, TotalBasis

MAIN_GROUP_DIGITS = 2

GROUP = ("item_id", "region_id", "target_group_id")
"""The figures that a total is made of."""

TOTAL_KEY = (*GROUP, "occupation_id")

SUMMED = ("value", "absence", "quality", "is_below_half_unit", "is_uncertain")
"""What of a figure a total depends on."""

PARTS = ("parts", "parts_sum", "parts_absent")

TOTAL_STATE = ("value", "absence", "basis", "qualities")
"""What a total says, and what is kept of every state it was in."""

_MAIN_GROUP = f"left(f.occupation_id, {MAIN_GROUP_DIGITS})"
_IS_FINER = f"length(f.occupation_id) > {MAIN_GROUP_DIGITS}"
"""Whether an occupation is a part of a main group. The codes of what is none have as many signs as those."""


def _columns(names: Iterable[str], alias: str = "") -> str:
    return ", ".join(f"{alias}.{name}" if alias else name for name in names)


def _same(one: str, other: str, names: Iterable[str]) -> str:
    names = tuple(names)
    return f"({_columns(names, one)}) = ({_columns(names, other)})"


FLAGS = (*(each.value for each in Quality if each is not Quality.FINAL), "below_half_unit", "uncertain")
"""Every flag that a total may have."""


def flags_of(alias: str) -> str:
    """The flags of one figure other than "final", as SQL."""
    return f"""array_remove(ARRAY[
        nullif({alias}.quality, '{Quality.FINAL.value}'),
        CASE WHEN {alias}.is_below_half_unit THEN 'below_half_unit' END,
        CASE WHEN {alias}.is_uncertain THEN 'uncertain' END
    ]::varchar[], NULL)"""


# The flags of several figures.
_ALL_FLAGS = f"""coalesce(
                    array_agg(DISTINCT quality) FILTER (WHERE quality <> '{Quality.FINAL.value}'),
                    ARRAY[]::varchar[]
                ) || array_remove(ARRAY[
                    CASE WHEN bool_or(is_below_half_unit) THEN 'below_half_unit' END,
                    CASE WHEN bool_or(is_uncertain) THEN 'uncertain' END
                ]::varchar[], NULL)"""


def sums_of(figures: str, *keys: str) -> str:
    """The totals of some figures that have parts, as SQL; ``figures``: a FROM item with alias ``f``.

    ``keys``: further expressions that keep the figures apart, each named as a column.
    """
    apart = "".join(f"{key}, " for key in keys)
    return f"""
        SELECT
            {apart}{_columns(GROUP)}, total AS occupation_id,
            CASE WHEN is_stated THEN stated_value ELSE parts_sum END AS value,
            CASE
                WHEN is_stated THEN stated_absence
                WHEN parts_sum IS NOT NULL THEN NULL
                WHEN first_absence = last_absence THEN first_absence
                ELSE '{Absence.UNKNOWN.value}'
            END AS absence,
            CASE
                WHEN is_stated THEN '{TotalBasis.STATED.value}'
                WHEN parts_sum IS NOT NULL AND parts_absent > 0 THEN '{TotalBasis.AT_LEAST.value}'
                ELSE '{TotalBasis.DERIVED.value}'
            END AS basis,
            parts, parts_sum, parts_absent, qualities
        FROM (
            SELECT
                {apart}{_columns(GROUP, "f")}, total,
                bool_or(occupation_id = total) AS is_stated,
                max(value) FILTER (WHERE occupation_id = total) AS stated_value,
                max(absence) FILTER (WHERE occupation_id = total) AS stated_absence,
                sum(value) FILTER (WHERE occupation_id <> total) AS parts_sum,
                count(*) FILTER (WHERE occupation_id <> total) AS parts,
                count(absence) FILTER (WHERE occupation_id <> total) AS parts_absent,
                min(absence) FILTER (WHERE occupation_id <> total) AS first_absence,
                max(absence) FILTER (WHERE occupation_id <> total) AS last_absence,
                {_ALL_FLAGS} AS qualities
            FROM {figures}
            CROSS JOIN LATERAL (
                SELECT '{TOTAL}' AS total
                UNION ALL
                SELECT {_MAIN_GROUP} WHERE {_IS_FINER}
            ) each
            GROUP BY {apart}{_columns(GROUP, "f")}, total
            HAVING bool_or(occupation_id <> total)
        ) added
    """  # noqa: S608  # our own text


def is_total(alias: str) -> str:
    """Whether a figure is a total unless it has parts, as SQL: of all occupations, or of a main group."""
    return f"length({alias}.occupation_id) <= {MAIN_GROUP_DIGITS}"


@dataclass(frozen=True)
class FigureSet:
    """One of the two sets of figures, as they are now or as approved, and what is made of it."""

    figures: str
    sums: str
    versions: str
    totals: str


CURRENT = FigureSet(
    "measures_figure", "measures_current_sum", "measures_current_sum_version", "measures_current_total"
)
APPROVED = FigureSet(
    "measures_approvedfigure",
    "measures_approved_sum",
    "measures_approved_sum_version",
    "measures_approved_total",
)


def view_of(figure_set: FigureSet) -> str:
    """The statement that creates the view of all totals."""
    return f"""
        CREATE VIEW {figure_set.totals} AS
        SELECT {_columns((*TOTAL_KEY, *TOTAL_STATE, *PARTS))}
        FROM {figure_set.sums}
        UNION ALL
        SELECT {_columns(TOTAL_KEY, "f")}, f.value, f.absence, '{TotalBasis.STATED.value}', {flags_of("f")},
            0, NULL, 0
        FROM {figure_set.figures} f
        WHERE {is_total("f")}
            AND NOT EXISTS (SELECT FROM {figure_set.sums} s WHERE {_same("s", "f", TOTAL_KEY)})
    """  # noqa: S608  # our own text


_INSERTED = f"SELECT {_columns(TOTAL_KEY)} FROM new_values"  # noqa: S608  # our own columns
_DELETED = f"SELECT {_columns(TOTAL_KEY)} FROM old_values"  # noqa: S608  # our own columns
_UPDATED = f"""
    SELECT {_columns(TOTAL_KEY, "n")}
    FROM new_values n
    JOIN old_values o ON o.id = n.id
    WHERE ({_columns(SUMMED, "n")}) IS DISTINCT FROM ({_columns(SUMMED, "o")})
"""  # noqa: S608  # our own columns

# Whoever changes figures of an item waits for whoever else does, and then sees what they wrote. Submissions
# are locked before (the rules of figures hold them), items after them and in order.
_ITEMS = "SELECT array_agg(DISTINCT item_id) FROM ({changed}) c"
_ITEMS_HELD = "SELECT id FROM measures_item WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE"

# A stated total touches a sum only if there are parts beside it.
_TOUCHED = f"""
    SELECT array_agg(item_id), array_agg(region_id), array_agg(target_group_id)
    FROM (
        SELECT {_columns(GROUP)} FROM ({{changed}}) c WHERE occupation_id <> '{TOTAL}'
        UNION
        SELECT {_columns(GROUP)} FROM ({{changed}}) c
        WHERE occupation_id = '{TOTAL}'
            AND EXISTS (SELECT FROM {{sums}} s WHERE {_same("s", "c", TOTAL_KEY)})
    ) touched
"""  # noqa: S608  # our own text

_WRITTEN = f"""
    WITH written AS (
        INSERT INTO {{sums}} AS t ({_columns((*TOTAL_KEY, *TOTAL_STATE, *PARTS))})
        SELECT {_columns((*TOTAL_KEY, *TOTAL_STATE, *PARTS))}
        FROM ({
    sums_of(f"unnest($1, $2, $3) AS t({_columns(GROUP)}) JOIN {{figures}} f ON {_same('f', 't', GROUP)}")
}) fresh
        ON CONFLICT (item_id, occupation_id, target_group_id, region_id) DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in (*TOTAL_STATE, *PARTS))}
        WHERE ({_columns((*TOTAL_STATE, *PARTS), "t")})
            IS DISTINCT FROM ({_columns((*TOTAL_STATE, *PARTS), "excluded")})
        RETURNING {_columns((*TOTAL_KEY, *TOTAL_STATE), "t")}
    )
    INSERT INTO {{versions}} (at, {_columns((*TOTAL_KEY, *TOTAL_STATE))})
    SELECT now(), {_columns((*TOTAL_KEY, *TOTAL_STATE))} FROM written
"""  # noqa: S608  # our own text

_GONE = f"""
    WITH gone AS (
        DELETE FROM {{sums}} t
        USING unnest($1, $2, $3) AS touched({_columns(GROUP)})
        WHERE {_same("t", "touched", GROUP)}
            AND NOT EXISTS (
                SELECT FROM {{figures}} f
                WHERE {_same("f", "t", GROUP)} AND f.occupation_id <> t.occupation_id
                    AND (t.occupation_id = '{TOTAL}' OR t.occupation_id = {_MAIN_GROUP})
            )
        RETURNING {_columns(TOTAL_KEY, "t")}
    )
    INSERT INTO {{versions}} (at, {_columns(TOTAL_KEY)}) SELECT now(), {_columns(TOTAL_KEY)} FROM gone
"""  # noqa: S608  # our own text


def total_triggers(figure_set: FigureSet) -> list[pgtrigger.Trigger]:
    """Bring the sums of the figures changed up to date; after the rules of figures, by their names."""
    old, new = pgtrigger.Referencing(old="old_values"), pgtrigger.Referencing(new="new_values")
    both = pgtrigger.Referencing(old="old_values", new="new_values")
    return [
        _kept(figure_set, "totals_insert", pgtrigger.Insert, new, _INSERTED),
        _kept(figure_set, "totals_update", pgtrigger.Update, both, _UPDATED),
        _kept(figure_set, "totals_delete", pgtrigger.Delete, old, _DELETED),
    ]


def _kept(
    figure_set: FigureSet,
    name: str,
    operation: pgtrigger.Operation,
    tables: pgtrigger.Referencing,
    changed: str,
) -> pgtrigger.Trigger:
    """Each statement is planned for the rows at hand: a plan made for one row would be kept for a million.

    At any other isolation level it would not see what was written while it waited.
    """

    def execute(statement: str, more: str) -> str:
        text = statement.format(
            changed=changed, figures=figure_set.figures, sums=figure_set.sums, versions=figure_set.versions
        )
        return f"EXECUTE $sql${text}$sql$ {more};"

    groups = "USING items, regions, target_groups"
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=tables,
        declare=[("items", "bigint[]"), ("regions", "varchar[]"), ("target_groups", "varchar[]")],
        func=f"""
            {execute(_ITEMS, "INTO items")}
            IF items IS NULL THEN
                RETURN NULL;
            END IF;
            IF current_setting('transaction_isolation') <> 'read committed' THEN
                RAISE EXCEPTION USING
                    ERRCODE = 'check_violation', CONSTRAINT = 'totals_are_read_committed',
                    MESSAGE = 'violates rule totals_are_read_committed',
                    DETAIL = 'figures are written at the isolation level read committed';
            END IF;
            {execute(_ITEMS_HELD, "USING items")}
            {execute(_TOUCHED, "INTO items, regions, target_groups")}
            IF items IS NULL THEN
                RETURN NULL;
            END IF;
            {execute(_WRITTEN, groups)}
            {execute(_GONE, groups) if operation == pgtrigger.Delete else ""}
            RETURN NULL;
        """,
    )
