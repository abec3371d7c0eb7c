"""Questions about values that can be written but look odd: put on record, explained, asked no more.

What is asked comes from statements that yield ``id`` of a staged row, ``cause`` (its rows are listed
together), ``found``, ``params``, and the key and content that an explanation is of; those
of the plausibility checks are in ``checks_sql``.
"""

from measures.enums import Origin
from measures.figure_rules import KEY, STAGED_KEY, columns, from_excluded, is_changed, row_of, same_key
from measures.services.imports.judging.checks_sql import ITSELF
from measures.services.imports.judging.sql import ALL_ROWS, STORED
from measures.services.imports.staging.verdicts import CHANGED, NOTE, rank
from measures.workflow import sql_list


def replaces_others(rows: str = ALL_ROWS) -> str:
    """Typed in by somebody else than the uploader, or brought in by somebody else.

    Not where both files are known to come from one supplier.
    """
    return f"""
SELECT s.id, coalesce(f.entered_by_id, 0) || '|' || coalesce(f.import_run_id, 0) AS cause, '' AS found,
    {ITSELF},
    jsonb_build_object(
        'who', coalesce(nullif(trim(p.first_name || ' ' || p.last_name), ''), p.email, '–')
            || coalesce(' (' || m.file_name || ')', ''),
        'when', to_char(max(f.entered_at) OVER (PARTITION BY f.entered_by_id, f.import_run_id)
            AT TIME ZONE %(zone)s, 'DD.MM.YYYY')
    ) AS params
FROM measures_stagedfigure s
JOIN measures_importrun r ON r.id = s.import_run_id
JOIN {STORED} f ON {same_key("f", "s", STAGED_KEY)}
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


_EXPLAINS = f"""e.rule = %(rule)s
        AND {same_key("e", "b")}
        AND e.value IS NOT DISTINCT FROM b.value AND e.absence IS NOT DISTINCT FROM b.absence
        AND e.is_accepted IS NOT FALSE"""


def is_open(found: str) -> str:
    """Whether anything found has no explanation yet."""
    return f"""
WITH found AS MATERIALIZED ({found})
SELECT EXISTS (
    SELECT FROM found b
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
    SELECT b.cause, b.found, b.params, s.sheet, s.cell, s."row", s."column", e.text AS explanation
    FROM found b
    JOIN measures_stagedfigure s ON s.id = b.id AND {ALL_ROWS}
    LEFT JOIN measures_figureexplanation e ON {_EXPLAINS}
), ranked AS (
    SELECT sheet, cell, "row", "column", found, cause, coalesce(explanation, '') AS explanation,
        CASE WHEN explanation IS NULL THEN %(severity)s ELSE {NOTE} END AS severity,
        row_number() OVER in_order AS place, count(*) OVER alike AS count,
        params || jsonb_build_object(
            'count', (count(*) OVER alike)::text, 'cause', cause, 'rule', %(rule)s::text,
            'explanation', coalesce(explanation, '')
        ) AS message
    FROM placed
    WINDOW alike AS (PARTITION BY cause, explanation), in_order AS (alike ORDER BY sheet, "row", "column")
), causes AS (
    INSERT INTO measures_importcause (
        import_run_id, rank, severity, code, sheet, "row", "column", found, message, holds, count, first_cells
    )
    SELECT %(run)s, {rank("severity")}, severity, %(problem)s, sheet, "row", "column",
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
SELECT %(run)s, c.id, r.severity, %(problem)s, r.sheet, r.cell, r."row", r."column", r.found, r.message, false
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
SELECT DISTINCT ON {row_of("b", KEY)}
    {columns(KEY, "b")}, %(rule)s, b.value, b.absence, %(text)s, %(actor)s, now()
FROM found b
JOIN measures_occupation o ON o.code = b.occupation_id
WHERE %(cause)s::text IS NULL OR b.cause = %(cause)s
ON CONFLICT ({columns(KEY)}, rule) DO UPDATE SET
    {from_excluded(("value", "absence", "text", "explained_by_id", "explained_at"))},
    is_accepted = NULL, refusal = '', judged_by_id = NULL, judged_at = NULL
WHERE %(cause)s::text IS NOT NULL OR e.is_accepted IS FALSE
    OR {is_changed("e", "excluded", ("value", "absence"))}
"""
