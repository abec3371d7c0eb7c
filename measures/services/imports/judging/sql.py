"""What is asked of staging as a whole: one statement each, whatever the number of rows.

The statements take ``run`` and more by name. A value that cannot be applied is *held*: its row stays in
staging, and one problem names the cause, its first cell and how many values it holds. ``rows`` is the
condition for the rows of the run that are meant: all, or the chosen ones.
"""

from operator import attrgetter

from measures.enums import TOTAL, Origin
from measures.figure_rules import (
    CONTENT,
    INDICATOR_RULES,
    KEY,
    LEVEL_RULES,
    PROVENANCE,
    STAGED_KEY,
    WITHOUT_LEVEL,
    any_broken,
    columns,
    digits_of,
    first_broken,
    from_excluded,
    is_changed,
    same_key,
    staged_terms,
)
from measures.selectors.imports.planning import of_items
from measures.services.imports.staging.verdicts import AGREED, ERROR, HELD, QUERY, UNCHANGED, WRITTEN, verdict
from measures.workflow import sql_list

_IS_HELD = f"s.verdict = {HELD}"
ALL_ROWS = "s.import_run_id = %(run)s"
CHOSEN_ROWS = f"{ALL_ROWS} AND s.id = ANY(%(rows)s)"

ITEMS_IN_FILE = f"SELECT DISTINCT s.item_id FROM measures_stagedfigure s WHERE {ALL_ROWS}"
STORED = of_items("measures_figure", ITEMS_IN_FILE)
"""The figures that rows of the file may be about."""

_STAGED = staged_terms("s")
_IN_LEVELS = staged_terms("s", item="t")
_OF_ONE_VALUE = sql_list(rule.code for rule in INDICATOR_RULES if rule.is_cause_by_itself)
_OF_ONE_GROUP = sql_list(rule.code for rule in INDICATOR_RULES if rule.reads == "target_groups")


def compare(rows: str = ALL_ROWS) -> str:
    """The verdicts as what is stored now makes them."""
    return f"""
UPDATE measures_stagedfigure s
SET verdict = d.verdict, old_value = d.value, old_absence = d.absence
FROM (
    SELECT s.id, f.value, f.absence,
        {verdict(is_held=_IS_HELD, stored="f", row="s")} AS verdict
    FROM measures_stagedfigure s
    LEFT JOIN {STORED} f ON {same_key("f", "s", STAGED_KEY)}
    WHERE {rows}
) d
WHERE d.id = s.id
    AND (s.verdict, s.old_value, s.old_absence) IS DISTINCT FROM (d.verdict, d.value, d.absence)
"""


# {found}: id, code, cause (rows of one cause share a problem), found, params as jsonb.
HOLD = f"""
WITH broken AS ({{found}}),
held AS (
    UPDATE measures_stagedfigure s SET verdict = {HELD} FROM broken b WHERE s.id = b.id AND {ALL_ROWS}
)
INSERT INTO measures_importproblem (
    import_run_id, severity, code, sheet, cell, "row", "column", found, message, holds
)
SELECT DISTINCT ON (b.code, b.cause)
    %(run)s, {ERROR}, b.code, s.sheet, s.cell, s."row", s."column", b.found,
    b.params || jsonb_build_object('count', (count(*) OVER (PARTITION BY b.code, b.cause))::text),
    true
FROM broken b
JOIN measures_stagedfigure s ON s.id = b.id AND {ALL_ROWS}
ORDER BY b.code, b.cause, s.sheet, s."row", s."column"
"""


def not_due(rows: str = ALL_ROWS) -> str:
    return f"""
SELECT s.id, 'organisation_not_due' AS code, s.organisation || '|' || s.indicator || '|' || s.year AS cause,
    coalesce(o.short_name, s.organisation) AS found,
    jsonb_build_object(
        'organisation', coalesce(o.short_name, s.organisation), 'year', s.year::text,
        'indicator_de', n.name_de, 'indicator_en', n.name_en
    ) AS params
FROM measures_stagedfigure s
LEFT JOIN partners_organisation o ON o.code = s.organisation
LEFT JOIN measures_indicator n ON n.code = s.indicator
WHERE {rows} AND s.item_id IS NULL AND s.verdict <> {HELD}
"""


def not_asked(rows: str = ALL_ROWS) -> str:
    return f"""
SELECT id, code,
    CASE
        WHEN code IN ({_OF_ONE_VALUE}) THEN id::text
        WHEN code IN ({_OF_ONE_GROUP}) THEN indicator || '|' || target_group
        ELSE indicator
    END AS cause,
    original AS found,
    jsonb_build_object(
        'indicator_de', name_de, 'indicator_en', name_en, 'decimals', decimals::text,
        'group_de', group_de, 'group_en', group_en
    ) AS params
FROM (
    SELECT s.id, s.indicator, s.target_group, s.original, n.name_de, n.name_en, n.decimals,
        coalesce(t.name_de, s.target_group) AS group_de, coalesce(t.name_en, s.target_group) AS group_en,
        {first_broken(INDICATOR_RULES, _STAGED, attrgetter("code"))} AS code
    FROM measures_stagedfigure s
    JOIN measures_indicator n ON n.code = s.indicator
    LEFT JOIN measures_targetgroup t ON t.code = s.target_group
    WHERE {rows} AND s.verdict <> {HELD}
) judged
WHERE code IS NOT NULL
"""


def not_of_round(rows: str = ALL_ROWS) -> str:
    """Broken down further than the round asks, where nothing is stored by that: as the grid offers it."""
    return f"""
SELECT s.id,
    CASE WHEN {_beyond_round("occupation")} THEN 'occupation_not_of_round'
        ELSE 'target_group_not_of_round' END AS code,
    s.id::text AS cause, s.original AS found,
    jsonb_build_object(
        'indicator_de', n.name_de, 'indicator_en', n.name_en, 'year', s.year::text,
        'group_de', coalesce(t.name_de, s.target_group), 'group_en', coalesce(t.name_en, s.target_group)
    ) AS params
FROM measures_stagedfigure s
JOIN measures_item i ON i.id = s.item_id
JOIN measures_indicator n ON n.id = i.indicator_id
JOIN measures_submission b ON b.id = i.submission_id
JOIN measures_roundindicator a ON (a.round_id, a.indicator_id) = (b.round_id, i.indicator_id)
LEFT JOIN measures_targetgroup t ON t.code = s.target_group
WHERE {rows} AND s.verdict <> {HELD}
    AND ({_beyond_round("occupation")} OR {_beyond_round("target_group")})
"""


def _beyond_round(breakdown: str) -> str:
    """What ``ItemQuerySet.with_asked_breakdown`` and the grid leave out, of a staged row.

    What is stored is looked at where the round does not ask for the breakdown, and there alone.
    """
    return f"""CASE WHEN s.{breakdown} <> '{TOTAL}' AND NOT '{breakdown}' = ANY(a.breakdown)
        THEN NOT EXISTS (
            SELECT FROM measures_figure f WHERE f.item_id = i.id AND f.{breakdown}_id <> '{TOTAL}'
        )
        ELSE false
    END"""


LEVELS_IN_FILE = f"""
SELECT s.item_id, r.level, {digits_of("s.occupation")}, count(*)
FROM measures_stagedfigure s
JOIN partners_region r ON r.code = s.region
WHERE s.import_run_id = %(run)s AND s.verdict <> {HELD}
GROUP BY 1, 2, 3
"""

# The figures of an item share their levels, so one of them is enough to know. It is looked up without a join:
# where those are of whole tables (``expecting``), every item would join all figures.
LEVELS_STORED = """
SELECT i.id,
    (
        SELECT r.level FROM partners_region r WHERE r.code = (
            SELECT f.region_id FROM measures_figure f
            WHERE f.item_id = i.id
                AND f.region_id <> ALL (ARRAY(SELECT code FROM partners_region WHERE level = 'unassigned'))
            LIMIT 1
        )
    ),
    (
        SELECT o.level FROM measures_occupation o WHERE o.code = (
            SELECT f.occupation_id FROM measures_figure f
            WHERE f.item_id = i.id
                AND f.occupation_id <> ALL (ARRAY(SELECT code FROM measures_occupation WHERE level = 0))
            LIMIT 1
        )
    )
FROM measures_item i
WHERE i.id = ANY(%(items)s)
"""


def off_level(rows: str = ALL_ROWS) -> str:
    return f"""
SELECT s.id,
    {first_broken(LEVEL_RULES, _IN_LEVELS, attrgetter("code"))} AS code,
    s.item_id::text AS cause, s.original AS found,
    jsonb_build_object(
        'organisation', o.short_name, 'year', s.year::text,
        'indicator_de', n.name_de, 'indicator_en', n.name_en
    ) AS params
FROM measures_stagedfigure s
JOIN unnest(%(items)s::bigint[], %(region_levels)s::text[], %(occupation_levels)s::int[])
    AS t(item_id, region_level, occupation_level) ON t.item_id = s.item_id
JOIN partners_region r ON r.code = s.region
JOIN partners_organisation o ON o.code = s.organisation
JOIN measures_indicator n ON n.code = s.indicator
WHERE {rows} AND s.verdict <> {HELD} AND {any_broken(LEVEL_RULES, _IN_LEVELS)}
"""


def submissions_to_change(rows: str = ALL_ROWS) -> str:
    return f"""
SELECT DISTINCT i.submission_id
FROM measures_stagedfigure s
JOIN measures_item i ON i.id = s.item_id
WHERE {rows} AND s.verdict IN ({WRITTEN})
"""


ITEMS_TO_CHANGE = f"""
SELECT DISTINCT s.item_id
FROM measures_stagedfigure s
WHERE {ALL_ROWS} AND s.verdict IN ({WRITTEN}) AND s.item_id IS NOT NULL
"""

SUBMISSIONS_IN_FILE = """
SELECT DISTINCT i.submission_id
FROM measures_stagedfigure s
JOIN measures_item i ON i.id = s.item_id
WHERE s.import_run_id = %(run)s
"""


def in_submissions(rows: str = ALL_ROWS) -> str:
    return f"""
SELECT s.id, t.code AS code, t.submission_id::text AS cause, t.params->>'organisation' AS found, t.params
FROM measures_stagedfigure s
JOIN measures_item i ON i.id = s.item_id
JOIN unnest(%(submissions)s::bigint[], %(codes)s::text[], %(params)s::jsonb[])
    AS t(submission_id, code, params) ON t.submission_id = i.submission_id
WHERE {rows} AND s.verdict IN ({WRITTEN})
"""


OLDER_DATA = f"""
INSERT INTO measures_importproblem (
    import_run_id, severity, code, sheet, cell, "row", "column", found, message, holds
)
SELECT %(run)s, {QUERY}, 'data_as_of_older', t.sheet, '', 0, 0, to_char(t.as_of, 'DD.MM.YYYY'),
    jsonb_build_object(
        'as_of', to_char(t.as_of, 'DD.MM.YYYY'), 'stored', to_char(max(i.data_as_of), 'DD.MM.YYYY'),
        'count', count(*)::text
    ),
    false
FROM unnest(%(sheets)s::text[], %(dates)s::date[]) AS t(sheet, as_of)
JOIN measures_stagedfigure s ON s.sheet = t.sheet
JOIN measures_item i ON i.id = s.item_id
WHERE s.import_run_id = %(run)s AND s.verdict IN ({WRITTEN}) AND i.data_as_of > t.as_of
GROUP BY t.sheet, t.as_of
"""

FORGET_ITEMS_GONE = """
UPDATE measures_stagedfigure s
SET item_id = NULL
WHERE s.import_run_id = %(run)s AND s.item_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM measures_item i WHERE i.id = s.item_id)
"""

COUNTS = """
SELECT verdict, count(*), count(*) FILTER (WHERE value IS NULL)
FROM measures_stagedfigure WHERE import_run_id = %(run)s GROUP BY 1
"""


def new_occupations(rows: str = ALL_ROWS) -> str:
    return f"""
INSERT INTO measures_occupation (code, level, label_de, label_en, is_from_file)
SELECT DISTINCT ON (s.occupation)
    s.occupation, length(s.occupation), coalesce(nullif(s.occupation_label, ''), s.occupation), '', true
FROM measures_stagedfigure s
WHERE {rows} AND s.verdict IN ({WRITTEN}) AND s.occupation NOT IN ({WITHOUT_LEVEL})
    AND NOT EXISTS (SELECT FROM measures_occupation o WHERE o.code = s.occupation)
ORDER BY s.occupation, s.occupation_label DESC
ON CONFLICT (code) DO NOTHING
"""


SET_LEVELS = """
UPDATE measures_item i
SET region_level = coalesce(t.region_level, i.region_level),
    occupation_level = coalesce(t.occupation_level, i.occupation_level)
FROM unnest(%(items)s::bigint[], %(region_levels)s::text[], %(occupation_levels)s::int[])
    AS t(item_id, region_level, occupation_level)
WHERE i.id = t.item_id
    AND (i.region_level, i.occupation_level) IS DISTINCT FROM
        (coalesce(t.region_level, i.region_level), coalesce(t.occupation_level, i.occupation_level))
"""


def set_data_as_of(rows: str = ALL_ROWS) -> str:
    """An older file that repeats what is stored does not set the day back."""
    return f"""
UPDATE measures_item i
SET data_as_of = d.as_of
FROM (
    SELECT s.item_id, max(t.as_of) AS as_of, bool_or(s.verdict <> {UNCHANGED}) AS is_changing
    FROM unnest(%(sheets)s::text[], %(dates)s::date[]) AS t(sheet, as_of)
    JOIN measures_stagedfigure s ON s.sheet = t.sheet
    WHERE {rows} AND s.verdict IN ({AGREED})
    GROUP BY 1
) d
WHERE i.id = d.item_id AND i.data_as_of IS DISTINCT FROM d.as_of
    AND (d.is_changing OR i.data_as_of IS NULL OR i.data_as_of < d.as_of)
"""


_IMPORTED = {
    "origin": sql_list([Origin.IMPORT.value]),
    "entered_by_id": "%(actor)s",
    "entered_at": "now()",
    "import_run_id": "s.import_run_id",
    "sheet": "s.sheet",
    "cell": "s.cell",
    "original": "s.original",
}


def upsert(rows: str = ALL_ROWS) -> str:
    return f"""
INSERT INTO measures_figure AS f ({columns((*KEY, *CONTENT, *PROVENANCE))})
SELECT {columns((*STAGED_KEY, *CONTENT), "s")}, {", ".join(_IMPORTED[name] for name in PROVENANCE)}
FROM measures_stagedfigure s
WHERE {rows} AND s.verdict IN ({WRITTEN})
ORDER BY {columns(STAGED_KEY, "s")}
ON CONFLICT ({columns(KEY)}) DO UPDATE SET {from_excluded((*CONTENT, *PROVENANCE))}
WHERE {is_changed("f", "excluded")}
"""


NEWEST_VERSION = "SELECT coalesce(max(pgh_id), 0) FROM measures_figureversion"

# Versions that others write at the same time have numbers in between, but another context.
VERSIONS_WRITTEN = """
SELECT coalesce(min(pgh_id), 0), coalesce(max(pgh_id), 0), count(*)
FROM measures_figureversion
WHERE pgh_id > %(newest)s AND pgh_context_id = %(context)s
"""

TOUCH_ITEMS = """
INSERT INTO measures_toucheditem (
    step_id, item_id, region_level_before, region_level_after, occupation_level_before,
    occupation_level_after, data_as_of_before, data_as_of_after
)
SELECT %(step)s, t.*
FROM unnest(
    %(items)s::bigint[], %(regions_before)s::text[], %(regions_after)s::text[], %(occupations_before)s::int[],
    %(occupations_after)s::int[], %(dates_before)s::date[], %(dates_after)s::date[]
) AS t
"""
