"""The triggers that hold a submission to its workflow, for ORM and SQL alike.

A change of status has to be a step; the log has to be a chain of steps; and when the transaction ends, the
last row of the log has to name the state of the submission. So no status changes without its row in the log.
Nobody decides on what they prepared themselves.
"""

from collections.abc import Iterable

import pgtrigger

from measures.figure_rules import is_same, same_key
from measures.rules.spared_errors import spared_an_error
from measures.workflow import WORKFLOW, Step, SubmissionAction, SubmissionFact, Workflow, sql_list
from partners.triggers import IS_CURRENT


def refuse(*, rule: str, detail: str) -> str:
    """The statement that refuses a change by a rule; ``detail`` is SQL."""
    return f"""
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
    refused = refuse(
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
    refused = refuse(
        rule="event_is_a_step_from_where_it_was",
        detail="'submission ' || NEW.submission_id || ', ' || NEW.action || ' from ' || NEW.from_status "
        "|| ' to ' || NEW.to_status || ' after ' || was",
    )
    by_the_same = refuse(
        rule="decided_by_somebody_else",
        detail="'submission ' || NEW.submission_id || ', ' || NEW.action || ' by ' || NEW.actor_id",
    )
    unsuited = refuse(
        rule="step_suits_what_happened",
        detail="'submission ' || NEW.submission_id || ', ' || NEW.action",
    )
    return [
        pgtrigger.Trigger(
            name="is_a_step_from_where_it_was",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            declare=[("was", "text")],
            func=f"""
                PERFORM FROM measures_submission WHERE id = NEW.submission_id FOR NO KEY UPDATE;
                was := coalesce({last_step("NEW.submission_id")}, '{workflow.initial}');
                IF NEW.from_status <> was
                    OR (NEW.action, NEW.from_status, NEW.to_status) NOT IN ({moves_sql(workflow)})
                THEN
                    {refused}
                END IF;
                IF NEW.action IN ({sql_list(sorted(workflow.by_somebody_else))})
                    AND ({prepared("NEW.submission_id", "NEW.actor_id")})
                THEN
                    {by_the_same}
                END IF;
                IF {any_unsuited(workflow.conditional_steps, "NEW.action", "NEW.submission_id")} THEN
                    {unsuited}
                END IF;
                NEW.figure_version := {newest_version("NEW.submission_id")};
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


def any_unsuited(steps: Iterable[Step], action: str, submission: str) -> str:
    """Whether the action is a step that what has happened to the submission leaves no room for, as SQL."""
    found = [f"({action} = '{step.action.value}' AND ({_unsuited(step, submission)}))" for step in steps]
    return " OR ".join(found) or "false"


def _unsuited(step: Step, submission: str) -> str:
    missing = [f"NOT ({fact(each, submission)})" for each in step.only_if]
    return " OR ".join([*missing, *(f"({fact(each, submission)})" for each in step.unless)])


def fact(which: SubmissionFact, submission: str) -> str:
    """Whether this has happened to a submission, as SQL: by its log, or by what stands in its figures."""
    match which:
        case SubmissionFact.REVIEW_BEGUN:
            return _since_submitting(submission, SubmissionAction.BEGIN_REVIEW, SubmissionAction.ENDORSE)
        case SubmissionFact.ASKED_BACK:
            return _since_submitting(submission, SubmissionAction.ASK_BACK)
        case SubmissionFact.AS_APPROVED:
            return _as_approved(submission)


def _since_submitting(submission: str, *actions: SubmissionAction) -> str:
    return f"""EXISTS (
        SELECT FROM measures_submissionevent h
        WHERE h.submission_id = {submission} AND h.action IN ({sql_list(each.value for each in actions)})
            AND h.id > coalesce((
                SELECT max(b.id) FROM measures_submissionevent b
                WHERE b.submission_id = {submission} AND b.action = '{SubmissionAction.SUBMIT.value}'
            ), 0)
    )"""  # noqa: S608  # our own text


def _as_approved(submission: str) -> str:
    """Whether a submission that was approved once states the same again: its figures and its Datenstand."""
    return f"""
        EXISTS (
            SELECT FROM measures_submissionevent h
            WHERE h.submission_id = {submission} AND h.action = '{SubmissionAction.APPROVE.value}'
        ) AND NOT EXISTS (
            SELECT FROM measures_item i
            WHERE i.submission_id = {submission} AND (
                i.data_as_of IS DISTINCT FROM i.approved_data_as_of
                OR EXISTS (
                    SELECT FROM measures_figure f WHERE f.item_id = i.id AND NOT EXISTS (
                        SELECT FROM measures_approvedfigure a
                        WHERE {same_key("a", "f")} AND {is_same("a", "f")}
                    )
                )
                OR EXISTS (
                    SELECT FROM measures_approvedfigure a WHERE a.item_id = i.id AND NOT EXISTS (
                        SELECT FROM measures_figure f WHERE {same_key("f", "a")}
                    )
                )
            )
        )
    """  # noqa: S608  # our own text


def last_step(submission: str) -> str:
    """The state the log of a submission names last, as SQL; the log's order is the order of its rows."""
    return f"""(
        SELECT e.to_status FROM measures_submissionevent e
        WHERE e.submission_id = {submission} ORDER BY e.id DESC LIMIT 1
    )"""  # noqa: S608  # our own text


def newest_version(submission: str) -> str:
    """The newest version of a figure of a submission, as SQL; 0 if it has none."""
    return f"""(
        SELECT coalesce(max(v.pgh_id), 0) FROM measures_figureversion v
        JOIN measures_item i ON i.id = v.item_id
        WHERE i.submission_id = {submission}
    )"""  # noqa: S608  # our own text


def prepared(submission: str, person: str) -> str:
    """Whether a person prepared what an approval or endorsement of a submission decides on, as SQL.

    They belong to its organisation today, in whatever role; or they waived an error that counts for it; or,
    since the last approval, they submitted it, or they changed a check that was an error for it, or a version
    of a figure was entered or written by them or comes from a file that they uploaded, confirmed or applied.
    What was approved before was decided on by somebody else already.
    """
    approval = f"""
        SELECT e.{{column}} FROM measures_submissionevent e
        WHERE e.submission_id = {submission} AND e.action = '{SubmissionAction.APPROVE.value}'
        ORDER BY e.id DESC LIMIT 1
    """  # noqa: S608  # our own text
    return f"""
        EXISTS (
            SELECT FROM partners_membership m
            JOIN measures_submission theirs ON theirs.organisation_id = m.organisation_id
            WHERE theirs.id = {submission} AND m.user_id = {person}
                AND {IS_CURRENT}
        ) OR EXISTS (
            SELECT FROM measures_submissionevent h
            WHERE h.submission_id = {submission} AND h.actor_id = {person}
                AND h.action = '{SubmissionAction.SUBMIT.value}'
                AND h.id > coalesce(({approval.format(column="id")}), 0)
        ) OR EXISTS (
            SELECT FROM measures_figureversion v
            LEFT JOIN pghistory_context c ON c.id = v.pgh_context_id
            LEFT JOIN measures_importrun r ON r.id = v.import_run_id
            WHERE v.item_id = ANY(ARRAY(
                    SELECT i.id FROM measures_item i WHERE i.submission_id = {submission}
                ))
                AND v.pgh_id > coalesce(({approval.format(column="figure_version")}), 0)
                AND {by_the_hand_of(person)}
        ) OR {spared_an_error(submission, person, since=f"({approval.format(column='at')})")}
    """  # noqa: S608  # our own text


def by_the_hand_of(person: str) -> str:
    """Whether a person entered or wrote version ``v``, with context ``c``, or it is of their import ``r``."""
    return f"""(
                    {person} IN (
                        v.entered_by_id, r.created_by_id, r.reading_requested_by_id, r.applied_by_id
                    )
                    OR c.metadata ->> 'user' = {person}::text
                )"""


def _status_is_the_last_step(
    workflow: Workflow,
    *,
    name: str,
    operation: pgtrigger.Operation,
    submission: str,
    condition: pgtrigger.Condition | None = None,
) -> pgtrigger.Trigger:
    """Compare status and log when the transaction ends: a step writes the one before the other."""
    refused = refuse(
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
