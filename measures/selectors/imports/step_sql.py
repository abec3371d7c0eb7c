"""What is asked about a step of an import and what stands of it: one statement a question.

A *chain* is a step with everything that undid it, undid that, and so on. A key is *in force* for a step if
the chain's newest version of it is the step's own, or one that brought the step back (``is_even``).
"""

from dataclasses import replace

from measures.figure_rules import (
    INDICATOR_RULES,
    KEY,
    LEVEL_RULES,
    STATE,
    any_broken,
    columns,
    figure_terms,
    is_same,
    same_key,
)
from measures.selectors.imports.planning import of_items


def has_figures_off(levels: str) -> str:
    """Whether an item has stored figures that are not of the levels which the row ``levels`` gives it.

    The rows are made of the parameter ``items``, and no figures of other items are read.
    """
    return f"""EXISTS (
        SELECT FROM measures_figure f
        JOIN partners_region r ON r.code = f.region_id
        JOIN measures_occupation o ON o.code = f.occupation_id
        WHERE f.item_id = {levels}.item_id AND f.item_id = ANY(%(items)s::bigint[])
            AND {any_broken(LEVEL_RULES, figure_terms("f", item=levels))}
    )"""


# The figure that would come back, and its item with the levels it would have then.
_COMING_BACK = replace(
    figure_terms("v"),
    item_region_level="coalesce(l.region_level, i.region_level)",
    item_occupation_level="coalesce(l.occupation_level, i.occupation_level)",
)

OWN = f"""
own AS (
    SELECT pgh_id, pgh_label, {columns((*KEY, *STATE))}
    FROM measures_figureversion
    WHERE pgh_id BETWEEN %(first)s AND %(last)s AND pgh_context_id = %(context)s
)
"""


_ITEMS = "SELECT DISTINCT item_id FROM own"
VERSIONS = of_items("measures_figureversion", _ITEMS)
_APPROVED = of_items("measures_approvedfigure", _ITEMS)
_USES = f"""(
        SELECT * FROM measures_figureuse
        WHERE version_id = ANY(ARRAY(SELECT v.pgh_id FROM {VERSIONS} v WHERE v.pgh_id >= %(first)s))
    )"""


# ``later``: the newest version is not what the step left, or somebody wrote the same again.
# ``goal``: the version that stood before the step; a deletion's own row is what it deleted.
# ``unfit``: what cannot come back, because the catalogue, the item's levels or its duties have changed.
QUESTIONS = f"""
WITH {OWN},
chain AS (
    SELECT * FROM unnest(
        %(contexts)s::uuid[], %(firsts)s::bigint[], %(lasts)s::bigint[], %(evens)s::bool[]
    ) AS c(context_id, first_version, last_version, is_even)
),
level AS (
    SELECT t.* FROM unnest(%(items)s::bigint[], %(region_levels)s::text[], %(occupation_levels)s::int[])
        AS t(item_id, region_level, occupation_level)
    WHERE NOT {has_figures_off("t")}
),
since AS (
    SELECT o.pgh_id AS own_id, v.pgh_id, v.pgh_context_id
    FROM own o
    JOIN {VERSIONS} v ON {same_key("v", "o")} AND v.pgh_id > o.pgh_id
    WHERE v.pgh_id > %(first)s
        AND (v.pgh_context_id IS DISTINCT FROM %(context)s::uuid OR v.pgh_id > %(last)s)
),
newest AS (
    SELECT own_id, max(pgh_id) AS pgh_id FROM since GROUP BY 1
),
in_chain AS (
    SELECT DISTINCT ON (s.own_id) s.own_id, c.is_even
    FROM since s
    JOIN chain c ON c.context_id = s.pgh_context_id AND s.pgh_id BETWEEN c.first_version AND c.last_version
    ORDER BY s.own_id, s.pgh_id DESC
),
in_force AS (
    SELECT o.*, n.pgh_id AS newest_id
    FROM own o
    LEFT JOIN newest n ON n.own_id = o.pgh_id
    LEFT JOIN in_chain c ON c.own_id = o.pgh_id
    WHERE coalesce(c.is_even, true)
),
later AS (
    SELECT f.pgh_id AS own_id, n.import_run_id, n.origin = 'import' AND n.pgh_label <> 'delete' AS is_import,
        CASE n.pgh_label WHEN 'delete' THEN (x.metadata ->> 'user')::bigint ELSE n.entered_by_id END AS who,
        CASE n.pgh_label WHEN 'delete' THEN n.pgh_created_at ELSE n.entered_at END AS at
    FROM in_force f
    JOIN {VERSIONS} n ON n.pgh_id = f.newest_id
    LEFT JOIN pghistory_context x ON x.id = n.pgh_context_id
    WHERE (n.pgh_label = 'delete') <> (f.pgh_label = 'delete')
        OR (f.pgh_label <> 'delete' AND NOT ({is_same("n", "f", STATE)}))
        OR NOT EXISTS (
            SELECT FROM measures_importstep t
            WHERE t.kind = 'undo' AND t.context_id = n.pgh_context_id
                AND n.pgh_id BETWEEN t.first_version AND t.last_version
        )
),
approved AS (
    SELECT f.pgh_id AS own_id, i.submission_id, s.approved_at
    FROM in_force f
    JOIN {_APPROVED} a ON {same_key("a", "f")} AND a.version_id >= f.pgh_id
    JOIN {VERSIONS} b ON b.pgh_id = a.version_id
    JOIN measures_item i ON i.id = f.item_id
    JOIN measures_submission s ON s.id = i.submission_id
    WHERE f.pgh_label <> 'delete' AND {is_same("b", "f", STATE)}
),
used AS (
    SELECT DISTINCT f.pgh_id AS own_id, u.year
    FROM {_USES} u
    JOIN {VERSIONS} b ON b.pgh_id = u.version_id
    JOIN in_force f ON {same_key("f", "b")} AND f.pgh_id <= u.version_id
    WHERE f.pgh_label <> 'delete' AND {is_same("b", "f", STATE)}
),
goal AS (
    SELECT f.pgh_id AS own_id, f.pgh_label,
        CASE f.pgh_label WHEN 'delete' THEN f.pgh_id ELSE before.pgh_id END AS pgh_id
    FROM in_force f
    LEFT JOIN LATERAL (
        SELECT p.pgh_id FROM measures_figureversion p
        WHERE {same_key("p", "f")} AND p.pgh_id < f.pgh_id AND f.pgh_label = 'update'
        ORDER BY p.pgh_id DESC
        LIMIT 1
    ) before ON true
    WHERE f.pgh_label <> 'insert'
),
unfit AS (
    SELECT own_id, kind, indicator_id FROM (
        SELECT g.own_id, n.id AS indicator_id,
            CASE
                WHEN i.id IS NULL OR r.code IS NULL OR o.code IS NULL OR t.code IS NULL
                    OR (v.entered_by_id IS NOT NULL AND p.id IS NULL)
                    OR (v.import_run_id IS NOT NULL AND m.id IS NULL)
                    THEN 'gone'
                WHEN {any_broken(INDICATOR_RULES, _COMING_BACK)} THEN 'rule'
                WHEN {any_broken(LEVEL_RULES, _COMING_BACK)} THEN 'level'
            END AS kind
        FROM goal g
        JOIN {VERSIONS} v ON v.pgh_id = g.pgh_id
        LEFT JOIN measures_item i ON i.id = v.item_id
        LEFT JOIN measures_indicator n ON n.id = i.indicator_id
        LEFT JOIN partners_region r ON r.code = v.region_id
        LEFT JOIN measures_occupation o ON o.code = v.occupation_id
        LEFT JOIN measures_targetgroup t ON t.code = v.target_group_id
        LEFT JOIN partners_user p ON p.id = v.entered_by_id
        LEFT JOIN measures_importrun m ON m.id = v.import_run_id
        LEFT JOIN level l ON l.item_id = i.id
    ) judged
    WHERE kind IS NOT NULL
),
blocked AS (
    SELECT own_id, CASE WHEN is_import THEN 'import' ELSE 'edit' END AS kind,
        CASE WHEN is_import THEN import_run_id ELSE who END AS ref, at
    FROM later
    UNION ALL SELECT own_id, 'approval', submission_id, approved_at FROM approved
    UNION ALL SELECT own_id, 'report', year, NULL FROM used
    UNION ALL SELECT own_id, kind, indicator_id, NULL FROM unfit
)
"""


DEPENDENTS = (
    QUESTIONS
    + """
SELECT kind, ref, count(*), max(at), (array_agg(own_id ORDER BY own_id))[:3]
FROM blocked GROUP BY 1, 2
UNION ALL
SELECT 'free', i.submission_id, count(*), NULL, NULL
FROM in_force f
JOIN measures_item i ON i.id = f.item_id
WHERE NOT EXISTS (SELECT FROM blocked b WHERE b.own_id = f.pgh_id)
GROUP BY 2
UNION ALL
SELECT 'in_force', NULL, count(*), NULL, NULL FROM in_force
UNION ALL
SELECT 'blocked', NULL, count(DISTINCT own_id), NULL, NULL FROM blocked
"""
)


SUBMISSIONS_OF_STEP = f"""
WITH {OWN}
SELECT DISTINCT i.submission_id
FROM (SELECT DISTINCT item_id FROM own) o
JOIN measures_item i ON i.id = o.item_id
"""


# Items of which some import changed more than figures.
TOUCHED = f"""
WITH {OWN}
SELECT t.item_id FROM measures_toucheditem t WHERE t.step_id = %(root)s
UNION
SELECT t.item_id FROM measures_toucheditem t WHERE t.item_id IN (SELECT DISTINCT item_id FROM own)
"""
