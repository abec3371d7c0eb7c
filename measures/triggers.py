"""Rules of the numbers that need more than one row, kept by the database for ORM and SQL alike.

Each is a statement-level trigger over the changed rows, so that a spreadsheet of a million rows is judged in
one query. A violation is raised as a check violation under the rule's name.
"""

import pgtrigger

from measures.enums import Origin
from measures.figure_rules import (
    CONTENT,
    FIGURE_RULES,
    INDICATOR_RULES,
    KEY,
    LEVEL_RULES,
    PROVENANCE,
    SUBMISSION_RULES,
    any_broken,
    columns,
    columns_read,
    figure_terms,
    first_broken,
    is_changed,
    is_same,
    same_key,
)
from measures.rules.owners import ITEM_OWNERS_APART, TREE_KEEPS_OWNERS_APART
from measures.rules.windows import window_rules
from measures.workflow import SubmissionStatus, sql_list
from partners.triggers import never_truncated  # models take theirs from here


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

_FIGURE = figure_terms("f")
"""A figure in the statements below, with its indicator ``n`` and the rest by their first letters."""

_FIGURE_RULES = f"""
    SELECT rule, detail INTO broken FROM (
        SELECT
            {first_broken(FIGURE_RULES, _FIGURE)} AS rule,
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
"""  # our own text

_DELETED_FROM_EDITABLE = f"""
    SELECT {first_broken(SUBMISSION_RULES, _FIGURE)} AS rule, 'item ' || f.item_id AS detail INTO broken
    FROM old_values f
    JOIN measures_item i ON i.id = f.item_id
    JOIN measures_submission s ON s.id = i.submission_id
    WHERE {any_broken(SUBMISSION_RULES, _FIGURE)}
    LIMIT 1;
"""  # our own text

_ITEM_LEVELS_KEPT = f"""
    SELECT 'item_levels_of_its_figures' AS rule, 'item ' || i.id AS detail INTO broken
    FROM new_values i
    JOIN old_values before ON before.id = i.id
    JOIN measures_figure f ON f.item_id = i.id
    JOIN partners_region r ON r.code = f.region_id
    JOIN measures_occupation o ON o.code = f.occupation_id
    WHERE {is_changed("before", "i", columns_read(LEVEL_RULES))}
        AND {any_broken(LEVEL_RULES, _FIGURE)}
    LIMIT 1;
"""

_RECORDED_ITEM_STAYS = """
    SELECT 'item_with_figures_stays' AS rule, 'item ' || i.id AS detail INTO broken
    FROM old_values i
    WHERE EXISTS (SELECT FROM measures_figureversion v WHERE v.item_id = i.id)
    LIMIT 1;
"""

# What was approved is printed with the indicator's unit and decimals, so it has to fit as well.
_INDICATOR_FITS_ITS_FIGURES = f"""
    SELECT rule, detail INTO broken FROM (
        SELECT
            {first_broken(INDICATOR_RULES, _FIGURE)} AS rule,
            n.code || ', item ' || f.item_id AS detail
        FROM new_values n
        JOIN old_values before ON before.id = n.id
        JOIN measures_item i ON i.indicator_id = n.id
        JOIN LATERAL (
            SELECT {columns((*KEY, *CONTENT))} FROM measures_figure WHERE item_id = i.id
            UNION ALL
            SELECT {columns((*KEY, *CONTENT))} FROM measures_approvedfigure WHERE item_id = i.id
        ) f ON true
        WHERE {is_changed("before", "n", columns_read(INDICATOR_RULES))}
    ) judged
    WHERE rule IS NOT NULL
    LIMIT 1;
"""

_APPROVED = sql_list([SubmissionStatus.APPROVED.value])

# Approval takes the status first and copies then, so while figures can change their approved copies cannot.
_APPROVED_IS_THE_FIGURE = f"""
    SELECT 'approved_figure_is_the_figure' AS rule, 'item ' || a.item_id AS detail INTO broken
    FROM new_values a
    JOIN measures_item i ON i.id = a.item_id
    JOIN measures_submission s ON s.id = i.submission_id
    LEFT JOIN measures_figure f ON {same_key("f", "a")}
    LEFT JOIN measures_figureversion v ON v.pgh_id = a.version_id
        AND {same_key("v", "a")}
    WHERE s.status <> {_APPROVED} OR f.id IS NULL OR v.pgh_id IS NULL OR v.pgh_label = 'delete'
        OR {is_changed("a", "f")}
        OR {is_changed("a", "v")}
    LIMIT 1;
"""

_UNAPPROVED_HAS_NO_FIGURE = f"""
    SELECT 'approved_figure_is_the_figure' AS rule, 'item ' || a.item_id AS detail INTO broken
    FROM old_values a
    JOIN measures_item i ON i.id = a.item_id
    JOIN measures_submission s ON s.id = i.submission_id
    WHERE NOT EXISTS (SELECT FROM measures_approvedfigure b WHERE {same_key("b", "a")})
        AND (s.status <> {_APPROVED} OR EXISTS (SELECT FROM measures_figure f WHERE {same_key("f", "a")}))
    LIMIT 1;
"""

_OF_THE_SYSTEM = {
    "origin": sql_list([Origin.SYSTEM.value]),
    "entered_by_id": "NULL",
    "entered_at": "clock_timestamp()",
    "import_run_id": "NULL",
    "sheet": "''",
    "cell": "''",
    "original": "''",
}
_NAMES_WHO_WHEN_AND_FROM_WHERE = "\n".join(
    [*(f"NEW.{column} := {_OF_THE_SYSTEM[column]};" for column in PROVENANCE), "RETURN NEW;"]
)
_ONLY_THE_CONTENT_CHANGES = pgtrigger.Condition(
    f"({is_changed('OLD', 'NEW')} AND {is_same('OLD', 'NEW', PROVENANCE)})"
)


def _key_never_changes(rule: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="key_never_changes",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*KEY),
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
        *_recorded_in_window(),
        _key_never_changes("figure_key_never_changes"),
        # SQL typed by hand may change a value and leave the person or file that stated the old one.
        pgtrigger.Trigger(
            name="origin_of_a_change",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=_ONLY_THE_CONTENT_CHANGES,
            func=_NAMES_WHO_WHEN_AND_FROM_WHERE,
        ),
        never_truncated(),
    ]


def _recorded_in_window() -> list[pgtrigger.Trigger]:
    """In triggers of their own: the rules of a figure hold whoever records it."""
    found = window_rules()
    return [
        _refuse(name="window_insert", found=found["insert"], operation=pgtrigger.Insert, tables=NEW),
        _refuse(name="window_update", found=found["update"], operation=pgtrigger.Update, tables=OLD_AND_NEW),
        _refuse(name="window_delete", found=found["delete"], operation=pgtrigger.Delete, tables=OLD),
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


_USED_VERSION_IS_THERE = """
    SELECT 'figure_use_names_a_version' AS rule, 'version ' || u.version_id AS detail INTO broken
    FROM new_values u
    WHERE NOT EXISTS (SELECT FROM measures_figureversion v WHERE v.pgh_id = u.version_id)
    LIMIT 1;
"""


def figure_use_triggers() -> list[pgtrigger.Trigger]:
    return [
        # In place of a foreign key, which looks for each of a million versions by itself. None is deleted.
        _refuse(
            name="names_a_version",
            found=_USED_VERSION_IS_THERE,
            operation=pgtrigger.Insert,
            tables=NEW,
        ),
        pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete),
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
            found=TREE_KEEPS_OWNERS_APART,
            operation=pgtrigger.Insert,
            tables=NEW,
            lock=_ALL_ROUNDS_HELD,
        ),
        _refuse(
            name="owners_apart_update",
            found=TREE_KEEPS_OWNERS_APART,
            operation=pgtrigger.Update,
            tables=OLD_AND_NEW,
            lock=_ALL_ROUNDS_HELD,
        ),
    ]


def item_triggers() -> list[pgtrigger.Trigger]:
    return [
        _refuse(
            name="antichain_insert",
            found=ITEM_OWNERS_APART,
            operation=pgtrigger.Insert,
            tables=NEW,
            lock=_ROUNDS_HELD,
        ),
        _refuse(
            name="levels_update", found=_ITEM_LEVELS_KEPT, operation=pgtrigger.Update, tables=OLD_AND_NEW
        ),
        pgtrigger.ReadOnly(name="subject_never_changes", fields=["submission", "indicator"]),
        _refuse(name="recorded_stays", found=_RECORDED_ITEM_STAYS, operation=pgtrigger.Delete, tables=OLD),
    ]
