"""When partners may record, as the database knows it, and that changes of this time are logged.

``Submission.is_in_window`` and ``SubmissionQuerySet.in_window`` are the same rule for pages and lists; a test
compares the three.
"""

import pgtrigger

from measures.enums import Origin
from partners.enums import Role
from partners.triggers import IS_CURRENT, TODAY

IN_WINDOW = f"({TODAY} BETWEEN d.opens_on AND greatest(d.closes_on, s.extended_until))"
"""Whether the window of submission ``s`` in round ``d`` is open today, an extension included."""

# Who works: the person of the request or the task, and else who entered the figure.
_WORKING = """nullif(
    nullif(current_setting('pghistory.context_metadata', true), '')::jsonb ->> 'user', ''
)::bigint"""

OPERATOR = "portal.operator"
"""The setting of a connection over which an operator works from a shell, in whosever name."""

_BY_AN_OPERATOR = f"coalesce(current_setting('{OPERATOR}', true), '') = 'on'"

_MANAGES_DATA = f"""EXISTS (
    SELECT FROM partners_user p
    LEFT JOIN partners_membership m ON m.user_id = p.id AND m.role = '{Role.DATA_STEWARD.value}'
        AND {IS_CURRENT}
    WHERE p.id = {{person}} AND p.is_active AND (p.is_superuser OR m.id IS NOT NULL)
)"""  # our own text


def recorded_outside(values: str, entered_by: str, recorded: str = "true") -> str:
    """Of these rows of figures one that a person changes while the window is closed to them.

    The window binds everybody but data management and operators. What the system states has no person:
    ``recorded`` says which rows have one.
    """
    return f"""
    SELECT 'figure_recorded_in_window' AS rule, 'submission ' || s.id || ', by ' || w.person AS detail
    INTO broken
    FROM (
        SELECT DISTINCT f.item_id, coalesce({_WORKING}, {entered_by}) AS person
        FROM {values} f
        WHERE {recorded}
    ) w
    JOIN measures_item i ON i.id = w.item_id
    JOIN measures_submission s ON s.id = i.submission_id
    JOIN measures_reportinground d ON d.id = s.round_id
    WHERE w.person IS NOT NULL AND NOT {_BY_AN_OPERATOR} AND NOT {IN_WINDOW}
        AND NOT {_MANAGES_DATA.format(person="w.person")}
    LIMIT 1;
    """  # noqa: S608  # our own text


def window_rules() -> dict[str, str]:
    """The rule for each way in which figures change; what is deleted has no origin of its own."""
    by_people = f"f.origin <> '{Origin.SYSTEM.value}'"
    return {
        "insert": recorded_outside("new_values", "f.entered_by_id", by_people),
        "update": recorded_outside("new_values", "f.entered_by_id", by_people),
        "delete": recorded_outside("old_values", "NULL"),
    }


def round_triggers() -> list[pgtrigger.Trigger]:
    return [
        _is_logged(
            name="dates_are_logged",
            changed=("opens_on", "closes_on", "due_on"),
            found="""
                SELECT 'round ' || d.year INTO detail FROM measures_reportinground d
                WHERE d.id = NEW.id AND NOT EXISTS (
                    SELECT FROM (
                        SELECT opens_on, closes_on, due_on FROM measures_roundevent
                        WHERE round_id = NEW.id ORDER BY id DESC LIMIT 1
                    ) e
                    WHERE (e.opens_on, e.closes_on, e.due_on) = (d.opens_on, d.closes_on, d.due_on)
                );
            """,
        )
    ]


def extension_triggers() -> list[pgtrigger.Trigger]:
    return [
        _is_logged(
            name="extension_is_logged",
            changed=("extended_until", "extension_reason"),
            found="""
                SELECT 'submission ' || s.id INTO detail FROM measures_submission s
                WHERE s.id = NEW.id AND s.extended_until IS DISTINCT FROM (
                    SELECT e.extended_until FROM measures_roundevent e
                    WHERE e.submission_id = NEW.id ORDER BY e.id DESC LIMIT 1
                );
            """,
        )
    ]


def _is_logged(*, name: str, changed: tuple[str, ...], found: str) -> pgtrigger.Trigger:
    """Compare with the last row of the log when the transaction ends: the one is written before the other."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*changed),
        timing=pgtrigger.Deferred,
        declare=[("detail", "text")],
        func=f"""
            {found}
            IF FOUND THEN
                RAISE EXCEPTION USING
                    ERRCODE = 'check_violation', CONSTRAINT = 'round_change_is_logged',
                    MESSAGE = 'violates rule round_change_is_logged', DETAIL = detail;
            END IF;
            RETURN NULL;
        """,
    )
