"""The triggers that hold a submission to its workflow, for ORM and SQL alike.

A change of status has to be a step; the log has to be a chain of steps; and when the transaction ends, the
last row of the log has to name the state of the submission. So no status changes without its row in the log.
"""

import pgtrigger

from measures.workflow import WORKFLOW, Workflow, sql_list

_REFUSED = """
    RAISE EXCEPTION USING
        ERRCODE = 'check_violation', CONSTRAINT = '{rule}',
        MESSAGE = 'violates rule {rule}', DETAIL = {detail};
"""


def transitions_sql(workflow: Workflow) -> str:
    """The pairs of states that a step leads between, as SQL rows."""
    pairs = dict.fromkeys((source, target) for _action, source, target in workflow.moves)
    return ", ".join(f"({sql_list(pair)})" for pair in pairs)


def moves_sql(workflow: Workflow) -> str:
    """Every action with the states it leads between, as SQL rows."""
    return ", ".join(f"({sql_list(move)})" for move in workflow.moves)


def submission_triggers(workflow: Workflow = WORKFLOW) -> list[pgtrigger.Trigger]:
    refused = _REFUSED.format(
        rule="status_takes_known_steps",
        detail="'submission ' || OLD.id || ', from ' || OLD.status || ' to ' || NEW.status",
    )
    return [
        pgtrigger.Trigger(
            name="status_takes_known_steps",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("status"),
            func=f"""
                IF (OLD.status, NEW.status) NOT IN ({transitions_sql(workflow)}) THEN
                    {refused}
                END IF;
                RETURN NEW;
            """,
        ),
        _status_is_the_last_step(
            workflow,
            name="status_is_logged_insert",
            operation=pgtrigger.Insert,
            submission="NEW.id",
            condition=pgtrigger.Condition(f"NEW.status <> '{workflow.initial}'"),
        ),
        _status_is_the_last_step(
            workflow,
            name="status_is_logged_update",
            operation=pgtrigger.Update,
            submission="NEW.id",
            condition=pgtrigger.AnyChange("status"),
        ),
    ]


def event_triggers(workflow: Workflow = WORKFLOW) -> list[pgtrigger.Trigger]:
    refused = _REFUSED.format(
        rule="event_is_a_step_from_where_it_was",
        detail="'submission ' || NEW.submission_id || ', ' || NEW.action || ' from ' || NEW.from_status "
        "|| ' to ' || NEW.to_status || ' after ' || was",
    )
    return [
        pgtrigger.Trigger(
            name="is_a_step_from_where_it_was",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            declare=[("was", "text")],
            func=f"""
                was := coalesce({last_step("NEW.submission_id")}, '{workflow.initial}');
                IF NEW.from_status <> was
                    OR (NEW.action, NEW.from_status, NEW.to_status) NOT IN ({moves_sql(workflow)})
                THEN
                    {refused}
                END IF;
                RETURN NEW;
            """,
        ),
        _status_is_the_last_step(
            workflow,
            name="is_where_the_submission_is",
            operation=pgtrigger.Insert,
            submission="NEW.submission_id",
        ),
    ]


def last_step(submission: str) -> str:
    """The state the log of a submission names last, as SQL; the log's order is the order of its rows."""
    return f"""(
        SELECT e.to_status FROM measures_submissionevent e
        WHERE e.submission_id = {submission} ORDER BY e.id DESC LIMIT 1
    )"""  # noqa: S608  # our own text


def _status_is_the_last_step(
    workflow: Workflow,
    *,
    name: str,
    operation: pgtrigger.Operation,
    submission: str,
    condition: pgtrigger.Condition | None = None,
) -> pgtrigger.Trigger:
    """Compare status and log when the transaction ends: a step writes the one before the other."""
    refused = _REFUSED.format(
        rule="status_is_the_last_step", detail=f"'submission ' || {submission} || ', ' || at_end"
    )
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        condition=condition,
        timing=pgtrigger.Deferred,
        declare=[("at_end", "text")],
        func=f"""
            SELECT s.status INTO at_end FROM measures_submission s
            WHERE s.id = {submission}
                AND s.status <> coalesce({last_step(submission)}, '{workflow.initial}');
            IF FOUND THEN
                {refused}
            END IF;
            RETURN NULL;
        """,  # noqa: S608  # our own text
    )
