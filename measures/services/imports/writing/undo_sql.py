"""Undoing a step: what will go, what comes back, and one statement for each."""

from measures.figure_rules import KEY, STATE, columns, row_of, same_key
from measures.selectors.imports.step_sql import QUESTIONS, has_figures_off

PLAN = (
    "CREATE TEMPORARY TABLE undo_plan ON COMMIT DROP AS "
    + QUESTIONS
    + f"""
SELECT f.pgh_label AS label, {columns(KEY, "f")},
    g.pgh_id AS goal_id, b.own_id IS NOT NULL AS is_blocked
FROM in_force f
LEFT JOIN goal g ON g.own_id = f.pgh_id
LEFT JOIN (SELECT DISTINCT own_id FROM blocked) b ON b.own_id = f.pgh_id
"""
)
PLAN_READY = "ANALYZE undo_plan"
PLAN_DONE = "DROP TABLE undo_plan"
PLANNED = "SELECT count(*), count(*) FILTER (WHERE is_blocked) FROM undo_plan"
PLANNED_SUBMISSIONS = """
SELECT DISTINCT i.submission_id
FROM (SELECT DISTINCT item_id FROM undo_plan WHERE NOT is_blocked) p
JOIN measures_item i ON i.id = p.item_id
"""
PLANNED_ITEMS = """
SELECT item_id, bool_or(is_blocked), bool_or(NOT is_blocked) FROM undo_plan GROUP BY 1
"""


TAKE_AWAY = f"""
DELETE FROM measures_figure f
USING undo_plan p
WHERE p.label = 'insert' AND NOT p.is_blocked AND {same_key("f", "p")}
"""

PUT_BACK = f"""
UPDATE measures_figure f
SET ({columns(STATE)}) = ROW {row_of("v", STATE)}
FROM undo_plan p
JOIN measures_figureversion v ON v.pgh_id = p.goal_id
WHERE p.label = 'update' AND NOT p.is_blocked AND {same_key("f", "p")}
"""

BRING_BACK = f"""
INSERT INTO measures_figure (id, {columns((*KEY, *STATE))})
SELECT v.id, {columns((*KEY, *STATE), "v")}
FROM undo_plan p
JOIN measures_figureversion v ON v.pgh_id = p.goal_id
WHERE p.label = 'delete' AND NOT p.is_blocked
ORDER BY {columns(KEY, "v")}
"""

# Levels only where all figures that are left have them.
RESTORE_LEVELS = f"""
UPDATE measures_item i
SET region_level = t.region_level, occupation_level = t.occupation_level
FROM unnest(%(items)s::bigint[], %(region_levels)s::text[], %(occupation_levels)s::int[])
    AS t(item_id, region_level, occupation_level)
WHERE i.id = t.item_id
    AND (i.region_level, i.occupation_level) IS DISTINCT FROM (t.region_level, t.occupation_level)
    AND NOT {has_figures_off("t")}
"""

RESTORE_DATES = """
UPDATE measures_item i
SET data_as_of = t.data_as_of
FROM unnest(%(items)s::bigint[], %(dates)s::date[]) AS t(item_id, data_as_of)
WHERE i.id = t.item_id AND i.data_as_of IS DISTINCT FROM t.data_as_of
"""
