"""Rules of the numbers that need more than one row, kept by the database for ORM and SQL alike.

Each is a statement-level trigger over the changed rows, so that a spreadsheet of a million rows is judged in
one query. A violation is raised as a check violation under the rule's name.
"""

import pgtrigger

from measures.workflow import SubmissionStatus, sql_list


def _refuse(
    *, name: str, found: str, operation: pgtrigger.Operation, tables: pgtrigger.Referencing, lock: str = ""
) -> pgtrigger.Trigger:
    """Raise a check violation named ``rule`` with ``detail`` for the first row that ``found`` returns.

    ``lock`` waits for whoever changes what the rule depends on, before it is read.
    """
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=tables,
        declare=[("broken", "record")],
        func=f"""
            {lock}
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

# Until the end of the transaction nobody takes the submissions of these figures a step further.
_SUBMISSIONS_HELD = """
    PERFORM FROM measures_submission
    WHERE id IN (SELECT i.submission_id FROM {values} f JOIN measures_item i ON i.id = f.item_id)
    ORDER BY id
    FOR SHARE;
"""

# Until the end of the transaction nobody else makes owners in these rounds.
_ROUNDS_HELD = """
    PERFORM FROM measures_reportinground
    WHERE id IN (SELECT s.round_id FROM new_values i JOIN measures_submission s ON s.id = i.submission_id)
    ORDER BY id
    FOR NO KEY UPDATE;
"""

_ALL_ROUNDS_HELD = """
    PERFORM FROM measures_reportinground ORDER BY id FOR NO KEY UPDATE;
"""

_EDITABLE = sql_list(SubmissionStatus.editable)

_FIGURE_RULES = f"""
    SELECT rule, detail INTO broken FROM (
        SELECT
            CASE
                WHEN NOT n.is_recorded THEN 'figure_indicator_is_recorded'
                WHEN s.status NOT IN ({_EDITABLE}) THEN 'figure_submission_is_editable'
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
"""  # noqa: S608  # our own text

_DELETED_FROM_EDITABLE = f"""
    SELECT 'figure_submission_is_editable' AS rule, 'item ' || f.item_id AS detail INTO broken
    FROM old_values f
    JOIN measures_item i ON i.id = f.item_id
    JOIN measures_submission s ON s.id = i.submission_id
    WHERE s.status NOT IN ({_EDITABLE})
    LIMIT 1;
"""  # noqa: S608  # our own text

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

_OWNERS_APART = """
    SELECT 'item_owners_are_an_antichain' AS rule,
        above.code || ' is above ' || below.code || ' for ' || n.code || ' ' || d.year AS detail
    INTO broken
    FROM (
        WITH RECURSIVE touched AS (
            {touched}
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

_ITEM_OWNERS_APART = _OWNERS_APART.format(
    touched="""
            SELECT DISTINCT s.round_id, i.indicator_id, d.year
            FROM new_values i
            JOIN measures_submission s ON s.id = i.submission_id
            JOIN measures_reportinground d ON d.id = s.round_id
    """
)

# A branch that moves takes owners along: every round counts in whose year a new affiliation holds.
_TREE_KEEPS_OWNERS_APART = _OWNERS_APART.format(
    touched="""
            SELECT DISTINCT s.round_id, i.indicator_id, d.year
            FROM measures_reportinground d
            JOIN measures_submission s ON s.round_id = d.id
            JOIN measures_item i ON i.submission_id = s.id
            WHERE EXISTS (
                SELECT FROM new_values a
                WHERE a.valid_from <= make_date(d.year, 12, 31)
                    AND (a.valid_until IS NULL OR a.valid_until >= make_date(d.year, 12, 31))
            )
    """
)

_INDICATOR_FITS_ITS_FIGURES = """
    SELECT rule, detail INTO broken FROM (
        SELECT
            CASE
                WHEN NOT n.is_recorded THEN 'figure_indicator_is_recorded'
                WHEN f.occupation_id <> '_T' AND NOT 'occupation' = ANY(n.breakdown)
                    THEN 'figure_occupation_is_asked'
                WHEN f.target_group_id <> '_T' AND NOT 'target_group' = ANY(n.breakdown)
                    THEN 'figure_target_group_is_asked'
                WHEN f.value < 0 AND NOT n.may_be_negative THEN 'figure_not_negative'
                WHEN f.value <> round(f.value, n.decimals) THEN 'figure_decimals_of_indicator'
            END AS rule,
            n.code || ', item ' || f.item_id AS detail
        FROM new_values n
        JOIN old_values before ON before.id = n.id
        JOIN measures_item i ON i.indicator_id = n.id
        JOIN measures_figure f ON f.item_id = i.id
        WHERE (before.is_recorded, before.breakdown, before.may_be_negative, before.decimals)
            IS DISTINCT FROM (n.is_recorded, n.breakdown, n.may_be_negative, n.decimals)
    ) judged
    WHERE rule IS NOT NULL
    LIMIT 1;
"""

# Approval takes the status first and copies then, so while figures can change their approved copies cannot.
_APPROVED_IS_THE_FIGURE = """
    SELECT 'approved_figure_is_the_figure' AS rule, 'item ' || a.item_id AS detail INTO broken
    FROM new_values a
    JOIN measures_item i ON i.id = a.item_id
    JOIN measures_submission s ON s.id = i.submission_id
    LEFT JOIN measures_figure f ON (f.item_id, f.region_id, f.occupation_id, f.target_group_id)
        = (a.item_id, a.region_id, a.occupation_id, a.target_group_id)
    LEFT JOIN measures_figureversion v ON v.pgh_id = a.version_id
        AND (v.item_id, v.region_id, v.occupation_id, v.target_group_id)
        = (a.item_id, a.region_id, a.occupation_id, a.target_group_id)
    WHERE s.status <> 'approved' OR f.id IS NULL OR v.pgh_id IS NULL OR v.pgh_label = 'delete'
        OR (a.value, a.absence, a.quality, a.is_below_half_unit, a.is_uncertain, a.note)
            IS DISTINCT FROM (f.value, f.absence, f.quality, f.is_below_half_unit, f.is_uncertain, f.note)
        OR (a.value, a.absence, a.quality, a.is_below_half_unit, a.is_uncertain, a.note)
            IS DISTINCT FROM (v.value, v.absence, v.quality, v.is_below_half_unit, v.is_uncertain, v.note)
    LIMIT 1;
"""

_UNAPPROVED_HAS_NO_FIGURE = """
    SELECT 'approved_figure_is_the_figure' AS rule, 'item ' || a.item_id AS detail INTO broken
    FROM old_values a
    JOIN measures_item i ON i.id = a.item_id
    JOIN measures_submission s ON s.id = i.submission_id
    WHERE NOT EXISTS (
        SELECT FROM measures_approvedfigure b
        WHERE (b.item_id, b.region_id, b.occupation_id, b.target_group_id)
            = (a.item_id, a.region_id, a.occupation_id, a.target_group_id)
    ) AND (s.status <> 'approved' OR EXISTS (
        SELECT FROM measures_figure f
        WHERE (f.item_id, f.region_id, f.occupation_id, f.target_group_id)
            = (a.item_id, a.region_id, a.occupation_id, a.target_group_id)
    ))
    LIMIT 1;
"""

_SAYS_WHO_WHEN_AND_FROM_WHERE = """
    NEW.origin := 'system';
    NEW.entered_by_id := NULL;
    NEW.entered_at := clock_timestamp();
    NEW.import_run_id := NULL;
    NEW.sheet := '';
    NEW.cell := '';
    NEW.original := '';
    RETURN NEW;
"""
_ONLY_THE_CONTENT_CHANGES = pgtrigger.Condition("""(
    (OLD.value, OLD.absence, OLD.quality, OLD.is_below_half_unit, OLD.is_uncertain, OLD.note)
        IS DISTINCT FROM
        (NEW.value, NEW.absence, NEW.quality, NEW.is_below_half_unit, NEW.is_uncertain, NEW.note)
    AND (OLD.origin, OLD.entered_by_id, OLD.entered_at, OLD.import_run_id, OLD.sheet, OLD.cell, OLD.original)
        IS NOT DISTINCT FROM
        (NEW.origin, NEW.entered_by_id, NEW.entered_at, NEW.import_run_id, NEW.sheet, NEW.cell, NEW.original)
)""")


def _key_never_changes(rule: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="key_never_changes",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("item", "region", "occupation", "target_group"),
        func=f"""
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation', CONSTRAINT = '{rule}',
                MESSAGE = 'violates rule {rule}', DETAIL = 'item ' || OLD.item_id;
        """,
    )


def figure_triggers() -> list[pgtrigger.Trigger]:
    new_held = _SUBMISSIONS_HELD.format(values="new_values")
    old_held = _SUBMISSIONS_HELD.format(values="old_values")
    return [
        _refuse(
            name="rules_insert", found=_FIGURE_RULES, operation=pgtrigger.Insert, tables=NEW, lock=new_held
        ),
        _refuse(
            name="rules_update",
            found=_FIGURE_RULES,
            operation=pgtrigger.Update,
            tables=OLD_AND_NEW,
            lock=new_held,
        ),
        _refuse(
            name="rules_delete",
            found=_DELETED_FROM_EDITABLE,
            operation=pgtrigger.Delete,
            tables=OLD,
            lock=old_held,
        ),
        _key_never_changes("figure_key_never_changes"),
        # SQL typed by hand changes a value and says no more: that is not what the person or file before said.
        pgtrigger.Trigger(
            name="origin_of_a_change",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=_ONLY_THE_CONTENT_CHANGES,
            func=_SAYS_WHO_WHEN_AND_FROM_WHERE,
        ),
        never_truncated(),
    ]


def approved_figure_triggers() -> list[pgtrigger.Trigger]:
    return [
        _refuse(
            name="is_the_figure_insert", found=_APPROVED_IS_THE_FIGURE, operation=pgtrigger.Insert, tables=NEW
        ),
        _refuse(
            name="is_the_figure_update",
            found=_APPROVED_IS_THE_FIGURE,
            operation=pgtrigger.Update,
            tables=OLD_AND_NEW,
        ),
        _refuse(
            name="is_the_figure_delete",
            found=_UNAPPROVED_HAS_NO_FIGURE,
            operation=pgtrigger.Delete,
            tables=OLD,
        ),
        _key_never_changes("approved_figure_is_the_figure"),
        never_truncated(),
    ]


def indicator_triggers() -> list[pgtrigger.Trigger]:
    return [
        _refuse(
            name="fits_its_figures",
            found=_INDICATOR_FITS_ITS_FIGURES,
            operation=pgtrigger.Update,
            tables=OLD_AND_NEW,
        )
    ]


def affiliation_triggers() -> list[pgtrigger.Trigger]:
    return [
        _refuse(
            name="owners_apart_insert",
            found=_TREE_KEEPS_OWNERS_APART,
            operation=pgtrigger.Insert,
            tables=NEW,
            lock=_ALL_ROUNDS_HELD,
        ),
        _refuse(
            name="owners_apart_update",
            found=_TREE_KEEPS_OWNERS_APART,
            operation=pgtrigger.Update,
            tables=OLD_AND_NEW,
            lock=_ALL_ROUNDS_HELD,
        ),
    ]


def item_triggers() -> list[pgtrigger.Trigger]:
    return [
        _refuse(
            name="antichain_insert",
            found=_ITEM_OWNERS_APART,
            operation=pgtrigger.Insert,
            tables=NEW,
            lock=_ROUNDS_HELD,
        ),
        _refuse(
            name="levels_update", found=_ITEM_LEVELS_KEPT, operation=pgtrigger.Update, tables=OLD_AND_NEW
        ),
        pgtrigger.ReadOnly(name="subject_never_changes", fields=["submission", "indicator"]),
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
