"""The plausibility checks in the statements that find rows of a file.

Cells, that is totals, are judged by the rules themselves (``cells``), which this finds the rows of. Values by
occupation, up to a million in a file, are judged by three statements that say of them what
``measures.checks.within_items`` says of totals; a property test holds both to the same findings.

Each yields ``id`` of a staged row, ``cause`` (its rows are listed together), ``found``, ``params``, and the
key and content that an explanation is of. The parameters are those of the check (``rules.QueryRule``);
``waived`` is the condition for where it is waived.
"""

from measures.enums import TOTAL
from measures.figure_rules import CODES, KEY, columns, row_of
from measures.services.imports.judging.sql import ALL_ROWS, ITEMS_IN_FILE, STORED
from measures.services.imports.staging.verdicts import HELD, UNCHANGED, WRITTEN

NOT_WAIVED = """AND NOT EXISTS (
        SELECT FROM measures_checkwaiver w
        LEFT JOIN partners_organisation wo ON wo.id = w.organisation_id
        LEFT JOIN measures_indicator wi ON wi.id = w.indicator_id
        WHERE w.plausibility_check_id = %(check)s AND w.ended_at IS NULL
            AND s.year BETWEEN w.first_year AND w.last_year
            AND coalesce(wo.code, s.organisation) = s.organisation
            AND coalesce(wi.code, s.indicator) = s.indicator
    )"""
"""Of a staged row ``s``: no waiver leaves its organisation out. Asked where the check has any waiver."""

_CONCERNED = """s.year BETWEEN %(first_year)s AND %(last_year)s
    AND (%(indicators)s::text[] IS NULL OR s.indicator = ANY(%(indicators)s::text[]))"""

_NAMED = """'indicator_de', n.name_de, 'indicator_en', n.name_en,
        'check_de', %(text_de)s::text, 'check_en', %(text_en)s::text"""

ITSELF = f"s.item_id, {columns(f's.{code} AS {code}_id' for code in CODES)}, s.value, s.absence"
"""The staged row is what an explanation is of."""

_BY_OCCUPATION = f"s.occupation <> '{TOTAL}'"

_CAUSE = "s.indicator || '|' || s.year || '|' || %(rule)s"


_PENDING = "(%(applied_at)s::timestamptz IS NULL OR {row}.corrected_at > %(applied_at)s::timestamptz)"
"""Whether a row is still to be written; what was applied is compared as what is stored."""


def change(rows: str = ALL_ROWS, waived: str = "") -> str:
    """Against the same cell of last year."""
    return f"""
SELECT s.id, {_CAUSE} AS cause, s.original AS found, {ITSELF},
    jsonb_build_object(
        {_NAMED}, 'year', (s.year - 1)::text, 'value', trim_scale(s.value)::text,
        'now', trim_scale(s.value)::text, 'before', trim_scale(s.last_year)::text,
        'change', CASE WHEN s.value > s.last_year THEN '+' ELSE '−' END
            || CASE
                WHEN s.last_year > 0
                THEN round(abs(s.value - s.last_year) / s.last_year * 100)::text || '\N{NO-BREAK SPACE}%%'
                ELSE trim_scale(abs(s.value - s.last_year))::text
            END
    ) AS params
FROM measures_stagedfigure s
JOIN measures_indicator n ON n.code = s.indicator
WHERE {rows} AND {_BY_OCCUPATION} AND s.verdict IN ({WRITTEN}) AND {_PENDING.format(row="s")}
    AND {_CONCERNED} AND s.value <> s.last_year
    AND CASE
        WHEN s.last_year > 0
        THEN %(relative)s::numeric IS NULL OR abs(s.value - s.last_year) > s.last_year * %(relative)s::numeric
        ELSE %(absolute)s::numeric IS NOT NULL
    END
    AND (%(absolute)s::numeric IS NULL OR abs(s.value - s.last_year) >= %(absolute)s::numeric)
    {waived}
"""


def value_range(rows: str = ALL_ROWS, waived: str = "") -> str:
    return f"""
SELECT s.id, {_CAUSE} AS cause, s.original AS found, {ITSELF},
    jsonb_build_object({_NAMED}, 'year', s.year::text, 'value', trim_scale(s.value)::text) AS params
FROM measures_stagedfigure s
JOIN measures_indicator n ON n.code = s.indicator
WHERE {rows} AND {_BY_OCCUPATION} AND s.verdict IN ({WRITTEN}) AND {_PENDING.format(row="s")}
    AND {_CONCERNED} AND (s.value < %(minimum)s::numeric OR s.value > %(maximum)s::numeric)
    {waived}
"""


def part_of_total(rows: str = ALL_ROWS, waived: str = "") -> str:
    """A group above the total of all groups: both cells, as far as they are in the file.

    The total is the file's own, or else what is stored; a total of the file is compared with the stored
    groups that the file leaves as they are. An item is rounded as in ``measures.checks.facts``. What is above
    is found before its rows are looked up: without statistics it would be found again for each row.
    """
    return f"""
WITH rounded AS (
    SELECT e.item_id
    FROM measures_expected_total e
    WHERE e.item_id = ANY(ARRAY({ITEMS_IN_FILE}))
    GROUP BY 1
    HAVING bool_and(e.is_rounded)
), compared AS (
    SELECT s.id AS group_id, t.id AS total_id, s.item_id, s.indicator, s.year, s.value,
        CASE WHEN t.id IS NOT NULL THEN t.value ELSE f.value END AS total
    FROM measures_stagedfigure s
    LEFT JOIN measures_stagedfigure t ON t.import_run_id = s.import_run_id AND t.verdict <> {HELD}
        AND t.target_group = '{TOTAL}' AND {_PENDING.format(row="t")}
        AND (t.item_id, t.region, t.occupation) = (s.item_id, s.region, s.occupation)
    LEFT JOIN {STORED} f ON {row_of("f", KEY)} = (s.item_id, s.region, s.occupation, '{TOTAL}')
    WHERE {rows} AND {_BY_OCCUPATION} AND s.verdict <> {HELD} AND s.target_group <> '{TOTAL}'
        AND {_PENDING.format(row="s")}
        AND {_CONCERNED} AND (s.verdict <> {UNCHANGED} OR t.verdict <> {UNCHANGED})
        {waived}
    UNION ALL
    SELECT NULL, s.id, s.item_id, s.indicator, s.year, f.value, s.value
    FROM measures_stagedfigure s
    JOIN {STORED} f ON (f.item_id, f.region_id, f.occupation_id) = (s.item_id, s.region, s.occupation)
        AND f.target_group_id <> '{TOTAL}'
    WHERE {rows} AND {_BY_OCCUPATION} AND s.verdict IN ({WRITTEN}) AND s.target_group = '{TOTAL}'
        AND {_PENDING.format(row="s")} AND {_CONCERNED}
        AND NOT EXISTS (
            SELECT FROM measures_stagedfigure g
            WHERE g.import_run_id = s.import_run_id AND g.verdict <> {HELD} AND {_PENDING.format(row="g")}
                AND (g.item_id, g.region, g.occupation, g.target_group)
                    = (s.item_id, s.region, s.occupation, f.target_group_id)
        )
        {waived}
), above AS MATERIALIZED (
    SELECT c.*, n.name_de, n.name_en
    FROM compared c
    JOIN measures_indicator n ON n.code = c.indicator AND NOT n.may_be_negative
    LEFT JOIN rounded r ON r.item_id = c.item_id
    WHERE c.value > c.total
        AND c.value > c.total + CASE WHEN r.item_id IS NOT NULL THEN 2 * (%(rounded_to)s / 2) ELSE 0 END
)
SELECT DISTINCT ON (s.id) s.id, {_CAUSE} AS cause, s.original AS found, {ITSELF},
    jsonb_build_object(
        'indicator_de', n.name_de, 'indicator_en', n.name_en, 'year', s.year::text,
        'check_de', %(text_de)s::text, 'check_en', %(text_en)s::text,
        'value', trim_scale(n.value)::text, 'total', trim_scale(n.total)::text
    ) AS params
FROM above n
CROSS JOIN LATERAL (VALUES (n.group_id), (n.total_id)) AS place(id)
JOIN measures_stagedfigure s ON s.id = place.id
ORDER BY s.id, n.value DESC
"""


_IN_CELLS = f"""
WITH finding AS (
    SELECT row_number() OVER () - 1 AS number, f.*
    FROM unnest(
        %(causes)s::text[], %(params)s::jsonb[], %(items)s::bigint[], %(regions)s::text[], %(groups)s::text[],
        %(values)s::numeric[], %(absences)s::text[]
    ) AS f(cause, params, item_id, region_id, target_group_id, value, absence)
), place AS (
    SELECT * FROM unnest(
        %(place_numbers)s::int[], %(place_ranks)s::int[], %(place_items)s::bigint[],
        %(place_regions)s::text[], %(place_groups)s::text[], %(place_stated)s::bool[]
    ) AS p(number, rank, item_id, region, target_group, is_stated)
), touched AS (
    SELECT p.number, p.rank, s.id, s.verdict IN ({WRITTEN}) AS is_written
    FROM measures_stagedfigure s
    JOIN place p ON (p.item_id, p.region, p.target_group) = (s.item_id, s.region, s.target_group)
        AND ((s.occupation = '{TOTAL}') = p.is_stated OR %(with_parts)s)
    WHERE {ALL_ROWS} AND s.verdict <> {HELD} AND {_PENDING.format(row="s")}
)
"""
"""The rows in the cells of each finding: the stated total, or the occupations that it is the sum of."""

_OF_FINDING = f"""f.cause || '|' || %(rule)s AS cause, s.original AS found, f.item_id, f.region_id,
    '{TOTAL}' AS occupation_id, f.target_group_id, f.value, f.absence, f.params"""


def cells_asked(rows: str = ALL_ROWS) -> str:
    """One row for each finding: of its own cell, or else of the first that it is compared with."""
    return f"""{_IN_CELLS},
cell AS (
    SELECT number, rank, min(id) AS first_id,
        bool_or(bool_or(is_written)) OVER (PARTITION BY number) AS is_concerned
    FROM touched
    GROUP BY number, rank
), asked AS (
    SELECT DISTINCT ON (number) number, first_id FROM cell WHERE is_concerned ORDER BY number, rank
)
SELECT s.id, {_OF_FINDING}
FROM asked a
JOIN finding f ON f.number = a.number
JOIN measures_stagedfigure s ON s.id = a.first_id
WHERE {rows}
"""


def cells_held(rows: str = ALL_ROWS) -> str:
    """All rows of the cells that do not go together."""
    return f"""{_IN_CELLS}
SELECT DISTINCT ON (s.id) s.id, {_OF_FINDING}
FROM touched t
JOIN finding f ON f.number = t.number
JOIN measures_stagedfigure s ON s.id = t.id
WHERE {ALL_ROWS} AND t.number IN (SELECT number FROM touched WHERE is_written)
ORDER BY s.id, t.number
"""


def holding(found: str) -> str:
    """What is found, for rows that are held: each cell has a problem of its own, which it is corrected by."""
    return f"""
SELECT found.id, %(problem)s::text AS code, found.id::text AS cause, found.found,
    found.params || jsonb_build_object('rule', %(rule)s::text) AS params
FROM ({found}) found
"""
