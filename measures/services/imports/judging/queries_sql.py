"""Questions about values that can be written but look odd compared with what is stored: one statement each.

Each yields ``id`` of a staged row, ``cause`` (its rows are listed together), ``found`` and ``params``.
"""

from measures.enums import TOTAL, Origin
from measures.figure_rules import KEY, STAGED_KEY, columns, from_excluded, is_changed, row_of, same_key
from measures.services.imports.judging.sql import ALL_ROWS
from measures.services.imports.staging.verdicts import CHANGED, HELD, NOTE, QUERY, UNCHANGED, WRITTEN, rank
from measures.workflow import sql_list


def replaces_others(rows: str = ALL_ROWS) -> str:
    """Typed in by somebody else than the uploader, or brought in by somebody else.

    Not where both files are known to come from one supplier.
    """
    return f"""
SELECT s.id, coalesce(f.entered_by_id, 0) || '|' || coalesce(f.import_run_id, 0) AS cause, '' AS found,
    jsonb_build_object(
        'who', coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), p.email, '–')
            || coalesce(' (' || m.file_name || ')', ''),
        'when', to_char(max(f.entered_at) OVER (PARTITION BY f.entered_by_id, f.import_run_id)
            AT TIME ZONE %(zone)s, 'DD.MM.YYYY')
    ) AS params
FROM measures_stagedfigure s
JOIN measures_importrun r ON r.id = s.import_run_id
JOIN measures_figure f ON {same_key("f", "s", STAGED_KEY)}
LEFT JOIN partners_user p ON p.id = f.entered_by_id
LEFT JOIN measures_importrun m ON m.id = f.import_run_id
WHERE {rows} AND s.verdict = {CHANGED} AND (
    (f.origin IN ({sql_list(Origin.by_people)}) AND f.entered_by_id IS DISTINCT FROM r.created_by_id)
    OR (
        f.origin = '{Origin.IMPORT.value}' AND m.created_by_id <> r.created_by_id
        AND (m.supplier_id = r.supplier_id) IS NOT TRUE
    )
)
"""


def no_jump_from_last_year(rows: str = ALL_ROWS) -> str:
    """The thresholds are those of the check on submissions."""
    return f"""
SELECT s.id, s.indicator || '|' || s.year AS cause, s.original AS found,
    jsonb_build_object(
        'indicator_de', n.name_de, 'indicator_en', n.name_en, 'year', (s.year - 1)::text,
        'now', trim_scale(s.value)::text, 'before', trim_scale(s.last_year)::text,
        'change', CASE WHEN s.value > s.last_year THEN '+' ELSE '−' END
            || round(abs(s.value - s.last_year) / s.last_year * 100)
    ) AS params
FROM measures_stagedfigure s
JOIN measures_indicator n ON n.code = s.indicator
WHERE {rows} AND s.verdict IN ({WRITTEN}) AND s.last_year > 0
    AND abs(s.value - s.last_year) >= %(jump_at_least)s
    AND abs(s.value - s.last_year) > s.last_year * %(jump_ratio)s
"""


def group_within_total(rows: str = ALL_ROWS) -> str:
    """The total is the file's own, or else what is stored.

    Cells that are all multiples of 3 are taken as rounded.
    """
    return f"""
SELECT g.id, g.indicator || '|' || g.year AS cause, g.original AS found,
    jsonb_build_object(
        'indicator_de', g.name_de, 'indicator_en', g.name_en, 'year', g.year::text,
        'value', trim_scale(g.value)::text, 'total', trim_scale(g.total)::text
    ) AS params
FROM (
    SELECT s.id, s.indicator, s.year, s.original, s.value, n.name_de, n.name_en,
        CASE WHEN t.id IS NOT NULL THEN t.value ELSE f.value END AS total,
        CASE WHEN bool_and(coalesce(s.value, 0) %% %(rounded_to)s = 0) OVER (PARTITION BY s.item_id)
            THEN 2 * (%(rounded_to)s / 2) ELSE 0 END AS tolerance
    FROM measures_stagedfigure s
    JOIN measures_indicator n ON n.code = s.indicator AND NOT n.may_be_negative
    LEFT JOIN measures_stagedfigure t ON t.import_run_id = s.import_run_id AND t.verdict <> {HELD}
        AND t.target_group = '{TOTAL}'
        AND (t.item_id, t.region, t.occupation) = (s.item_id, s.region, s.occupation)
    LEFT JOIN measures_figure f ON {row_of("f", KEY)} = (s.item_id, s.region, s.occupation, '{TOTAL}')
    WHERE {rows} AND s.verdict <> {HELD} AND s.target_group <> '{TOTAL}'
        AND (s.verdict <> {UNCHANGED} OR t.verdict <> {UNCHANGED})
) g
WHERE g.value > g.total + g.tolerance
"""


_EXPLAINS = f"""e.rule = %(rule)s
        AND {same_key("e", "s", STAGED_KEY)}
        AND e.value IS NOT DISTINCT FROM s.value AND e.absence IS NOT DISTINCT FROM s.absence"""


def is_open(found: str) -> str:
    """Whether anything found has no explanation yet."""
    return f"""
WITH found AS MATERIALIZED ({found})
SELECT EXISTS (
    SELECT FROM found b
    JOIN measures_stagedfigure s ON s.id = b.id
    WHERE NOT EXISTS (SELECT FROM measures_figureexplanation e WHERE {_EXPLAINS})
)
"""


def ask(found: str) -> str:
    """Put what was found on record.

    An explained query is a note with its explanation. Of very many cells alike the first are kept.
    """
    return f"""
WITH found AS MATERIALIZED ({found}),
placed AS (
    SELECT b.*, s.sheet, s.cell, s."row", s."column", e.text AS explanation
    FROM found b
    JOIN measures_stagedfigure s ON s.id = b.id
    LEFT JOIN measures_figureexplanation e ON {_EXPLAINS}
), ranked AS (
    SELECT sheet, cell, "row", "column", found, cause, coalesce(explanation, '') AS explanation,
        CASE WHEN explanation IS NULL THEN {QUERY} ELSE {NOTE} END AS severity,
        row_number() OVER in_order AS place, count(*) OVER alike AS count,
        params || jsonb_build_object(
            'count', (count(*) OVER alike)::text, 'cause', cause, 'explanation', coalesce(explanation, '')
        ) AS message
    FROM placed
    WINDOW alike AS (PARTITION BY cause, explanation), in_order AS (alike ORDER BY sheet, "row", "column")
), causes AS (
    INSERT INTO measures_importcause (
        import_run_id, rank, severity, code, sheet, "row", "column", found, message, holds, count, first_cells
    )
    SELECT %(run)s, {rank("severity")}, severity, %(rule)s, sheet, "row", "column",
        found, message, false, count, (
            SELECT array_agg(o.cell ORDER BY o.place) FROM ranked o
            WHERE o.place <= 8 AND (o.cause, o.explanation) = (r.cause, r.explanation)
        )
    FROM ranked r
    WHERE place = 1
    RETURNING id, message
)
INSERT INTO measures_importproblem (
    import_run_id, cause_id, severity, code, sheet, cell, "row", "column", found, message, holds
)
SELECT %(run)s, c.id, r.severity, %(rule)s, r.sheet, r.cell, r."row", r."column", r.found, r.message, false
FROM ranked r
JOIN causes c ON (c.message->>'cause', c.message->>'explanation') = (r.cause, r.explanation)
WHERE r.place <= %(most_problems)s
"""


def explain(found: str) -> str:
    return f"""
WITH found AS MATERIALIZED ({found})
INSERT INTO measures_figureexplanation AS e (
    {columns(KEY)}, rule, value, absence, text, explained_by_id, explained_at
)
SELECT DISTINCT ON {row_of("s", STAGED_KEY)}
    {columns(STAGED_KEY, "s")}, %(rule)s, s.value, s.absence, %(text)s, %(actor)s, now()
FROM found b
JOIN measures_stagedfigure s ON s.id = b.id
JOIN measures_occupation o ON o.code = s.occupation
WHERE %(cause)s::text IS NULL OR b.cause = %(cause)s
ON CONFLICT ({columns(KEY)}, rule) DO UPDATE SET
    {from_excluded(("value", "absence", "text", "explained_by_id", "explained_at"))}
WHERE %(cause)s::text IS NOT NULL
    OR {is_changed("e", "excluded", ("value", "absence"))}
"""
