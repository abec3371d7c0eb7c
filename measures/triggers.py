"""Rules of the numbers that need more than one row, kept by the database for ORM and SQL alike.

Each is a statement-level trigger over the changed rows, so that a spreadsheet of a million rows is judged in
one query. A violation is raised as a check violation under the rule's name.
"""

import pgtrigger


def _refuse(
    *, name: str, found: str, operation: pgtrigger.Operation, tables: pgtrigger.Referencing
) -> pgtrigger.Trigger:
    """Raise a check violation named ``rule`` with ``detail`` for the first row that ``found`` returns."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=tables,
        declare=[("broken", "record")],
        func=f"""
            {found}
            IF FOUND THEN
                RAISE EXCEPTION USING
                    ERRCODE = 'check_violation', CONSTRAINT = broken.rule,
                    MESSAGE = 'violates rule ' || broken.rule, DETAIL = broken.detail;
            END IF;
            RETURN NULL;
        """,
    )


NEW = pgtrigger.Referencing(new="new_values")
OLD_AND_NEW = pgtrigger.Referencing(old="old_values", new="new_values")
OLD = pgtrigger.Referencing(old="old_values")

_FIGURE_RULES = """
    SELECT rule, detail INTO broken FROM (
        SELECT
            CASE
                WHEN NOT n.is_recorded THEN 'figure_indicator_is_recorded'
                WHEN s.status NOT IN ('draft', 'returned') THEN 'figure_submission_is_editable'
                WHEN r.level NOT IN (i.region_level, 'unassigned') THEN 'figure_region_level_of_item'
                WHEN o.level NOT IN (i.occupation_level, 0) THEN 'figure_occupation_level_of_item'
                WHEN f.occupation_id <> '_T' AND NOT 'occupation' = ANY(n.breakdown)
                    THEN 'figure_occupation_is_asked'
                WHEN f.target_group_id <> '_T' AND NOT 'target_group' = ANY(n.breakdown)
                    THEN 'figure_target_group_is_asked'
                WHEN f.value < 0 AND NOT n.may_be_negative THEN 'figure_not_negative'
                WHEN f.value <> round(f.value, n.decimals) THEN 'figure_decimals_of_indicator'
            END AS rule,
            'item ' || f.item_id || ', ' || f.region_id || ' × ' || f.occupation_id || ' × '
                || f.target_group_id || ' = ' || coalesce(f.value::text, f.absence) AS detail
        FROM new_values f
        JOIN measures_item i ON i.id = f.item_id
        JOIN measures_submission s ON s.id = i.submission_id
        JOIN measures_indicator n ON n.id = i.indicator_id
        JOIN partners_region r ON r.code = f.region_id
        JOIN measures_occupation o ON o.code = f.occupation_id
    ) judged
    WHERE rule IS NOT NULL
    LIMIT 1;
"""

_DELETED_FROM_EDITABLE = """
    SELECT 'figure_submission_is_editable' AS rule, 'item ' || f.item_id AS detail INTO broken
    FROM old_values f
    JOIN measures_item i ON i.id = f.item_id
    JOIN measures_submission s ON s.id = i.submission_id
    WHERE s.status NOT IN ('draft', 'returned')
    LIMIT 1;
"""

_ITEM_LEVELS_KEPT = """
    SELECT 'item_levels_of_its_figures' AS rule, 'item ' || i.id AS detail INTO broken
    FROM new_values i
    JOIN old_values before ON before.id = i.id
    JOIN measures_figure f ON f.item_id = i.id
    JOIN partners_region r ON r.code = f.region_id
    JOIN measures_occupation o ON o.code = f.occupation_id
    WHERE (before.region_level, before.occupation_level) IS DISTINCT FROM (i.region_level, i.occupation_level)
        AND (r.level NOT IN (i.region_level, 'unassigned') OR o.level NOT IN (i.occupation_level, 0))
    LIMIT 1;
"""

_ITEM_OWNERS_APART = """
    SELECT 'item_owners_are_an_antichain' AS rule,
        above.code || ' is above ' || below.code || ' for ' || n.code || ' ' || d.year AS detail
    INTO broken
    FROM (
        WITH RECURSIVE touched AS (
            SELECT DISTINCT s.round_id, i.indicator_id, d.year
            FROM new_values i
            JOIN measures_submission s ON s.id = i.submission_id
            JOIN measures_reportinground d ON d.id = s.round_id
        ),
        owners AS (
            SELECT t.round_id, t.indicator_id, t.year, s.organisation_id
            FROM touched t
            JOIN measures_submission s ON s.round_id = t.round_id
            JOIN measures_item i ON i.submission_id = s.id AND i.indicator_id = t.indicator_id
        ),
        climb AS (
            SELECT DISTINCT o.year, o.organisation_id AS below_id, a.umbrella_id AS above_id
            FROM owners o
            JOIN partners_affiliation a ON a.member_id = o.organisation_id
                AND a.valid_from <= make_date(o.year, 12, 31)
                AND (a.valid_until IS NULL OR a.valid_until >= make_date(o.year, 12, 31))
            UNION
            SELECT c.year, c.below_id, a.umbrella_id
            FROM climb c
            JOIN partners_affiliation a ON a.member_id = c.above_id
                AND a.valid_from <= make_date(c.year, 12, 31)
                AND (a.valid_until IS NULL OR a.valid_until >= make_date(c.year, 12, 31))
        )
        SELECT b.round_id, b.indicator_id, c.below_id, c.above_id
        FROM climb c
        JOIN owners b ON b.organisation_id = c.below_id AND b.year = c.year
        JOIN owners u ON u.organisation_id = c.above_id
            AND u.round_id = b.round_id AND u.indicator_id = b.indicator_id
        LIMIT 1
    ) pair
    JOIN partners_organisation above ON above.id = pair.above_id
    JOIN partners_organisation below ON below.id = pair.below_id
    JOIN measures_indicator n ON n.id = pair.indicator_id
    JOIN measures_reportinground d ON d.id = pair.round_id;
"""


def figure_triggers() -> list[pgtrigger.Trigger]:
    return [
        _refuse(name="rules_insert", found=_FIGURE_RULES, operation=pgtrigger.Insert, tables=NEW),
        _refuse(name="rules_update", found=_FIGURE_RULES, operation=pgtrigger.Update, tables=OLD_AND_NEW),
        _refuse(name="rules_delete", found=_DELETED_FROM_EDITABLE, operation=pgtrigger.Delete, tables=OLD),
        never_truncated(),
    ]


def item_triggers() -> list[pgtrigger.Trigger]:
    return [
        _refuse(name="antichain_insert", found=_ITEM_OWNERS_APART, operation=pgtrigger.Insert, tables=NEW),
        _refuse(
            name="antichain_update", found=_ITEM_OWNERS_APART, operation=pgtrigger.Update, tables=OLD_AND_NEW
        ),
        _refuse(
            name="levels_update", found=_ITEM_LEVELS_KEPT, operation=pgtrigger.Update, tables=OLD_AND_NEW
        ),
    ]


def never_truncated() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="never_truncated",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="""
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',
                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';
        """,
    )
