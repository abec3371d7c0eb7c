"""Which submissions undoing a step would make equal to what was approved: one statement."""

from measures.figure_rules import CONTENT, KEY, columns, is_same, same_key
from measures.selectors.imports.planning import of_items
from measures.selectors.imports.step_sql import QUESTIONS, VERSIONS

_DUE = "SELECT id FROM due"
_FIGURES = of_items("measures_figure", _DUE)
_APPROVED = of_items("measures_approvedfigure", _DUE)

# ``then``: the figures once the step is undone: what the step left alone, and what comes back.
APPROVED_AGAIN = (
    QUESTIONS
    + f""",
free AS (
    SELECT f.pgh_id, {columns(KEY, "f")}, g.pgh_id AS goal_id
    FROM in_force f
    LEFT JOIN goal g ON g.own_id = f.pgh_id
    WHERE NOT EXISTS (SELECT FROM blocked b WHERE b.own_id = f.pgh_id)
),
due AS (
    SELECT i.id, i.submission_id, i.approved_data_as_of, i.data_as_of
    FROM measures_item i WHERE i.submission_id = ANY(%(submissions)s)
),
dated AS (
    SELECT * FROM unnest(%(items)s::bigint[], %(dates)s::date[]) AS t(item_id, data_as_of)
),
"then" AS (
    SELECT {columns((*KEY, *CONTENT), "f")}
    FROM {_FIGURES} f JOIN due ON due.id = f.item_id
    WHERE NOT EXISTS (SELECT FROM free p WHERE {same_key("p", "f")})
    UNION ALL
    SELECT {columns((*KEY, *CONTENT), "v")}
    FROM free p JOIN {VERSIONS} v ON v.pgh_id = p.goal_id JOIN due ON due.id = v.item_id
)
SELECT DISTINCT submission_id FROM due
EXCEPT
SELECT submission_id FROM due
LEFT JOIN dated d ON d.item_id = due.id
WHERE CASE WHEN d.item_id IS NULL THEN due.data_as_of ELSE d.data_as_of END
        IS DISTINCT FROM due.approved_data_as_of
    OR EXISTS (
        SELECT FROM "then" t WHERE t.item_id = due.id AND NOT EXISTS (
            SELECT FROM {_APPROVED} a WHERE {same_key("a", "t")} AND {is_same("a", "t")}
        )
    )
    OR EXISTS (
        SELECT FROM {_APPROVED} a WHERE a.item_id = due.id AND NOT EXISTS (
            SELECT FROM "then" t WHERE {same_key("t", "a")}
        )
    )
"""
)
