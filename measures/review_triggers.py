"""Rules of what belongs to a review (marks on cells, steps taken at once, the discussion) and of commitments.

Kept by the database for ORM and SQL alike. Many approvals at once need two people: who proposes them and who
confirms them, and neither may have prepared any of the submissions.
"""

import pgtrigger

from measures.enums import BatchOutcome
from measures.workflow import SubmissionAction
from measures.workflow_triggers import prepared, refuse

MOST_BY_ONE_PERSON = 10
"""So many submissions one person approves at once; more need a second person."""


def batch_event_triggers() -> list[pgtrigger.Trigger]:
    """A step of several has to be one of those that were chosen, taken by whoever may complete them."""
    refused = refuse(
        rule="batch_is_for_its_people",
        detail="'submission ' || NEW.submission_id || ', batch ' || NEW.batch_id || ' by ' || NEW.actor_id",
    )
    return [
        pgtrigger.Trigger(
            name="batch_is_for_its_people",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Condition("NEW.batch_id IS NOT NULL"),
            func=f"""
                PERFORM FROM measures_reviewbatch b
                JOIN measures_batchentry n ON n.batch_id = b.id AND n.submission_id = NEW.submission_id
                WHERE b.id = NEW.batch_id AND b.action = NEW.action AND CASE
                    WHEN {needs_two("b")} THEN
                        b.confirmed_by_id = NEW.actor_id AND b.proposed_by_id <> NEW.actor_id
                        AND b.confirmed_at < b.expires_at AND now() < b.expires_at
                        AND NOT ({prepared("NEW.submission_id", "b.proposed_by_id")})
                    ELSE b.proposed_by_id = NEW.actor_id AND now() < b.expires_at
                END;
                IF NOT FOUND THEN
                    {refused}
                END IF;
                RETURN NEW;
            """,  # our own text
        )
    ]


def needs_two(batch: str) -> str:
    """Whether a second person has to confirm the steps, as SQL."""
    approves = f"{batch}.action = '{SubmissionAction.APPROVE.value}'"
    return f"{approves} AND {batch}.submission_count > {MOST_BY_ONE_PERSON}"


def batch_triggers() -> list[pgtrigger.Trigger]:
    """What was proposed stays; it is confirmed or given up once."""
    return [
        pgtrigger.ReadOnly(
            name="proposal_never_changes",
            fields=["action", "proposed_by", "proposed_at", "expires_at", "submission_count"],
        ),
        pgtrigger.Protect(
            name="confirmed_once",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(
                "OLD.confirmed_by_id IS NOT NULL"
                " AND (OLD.confirmed_by_id, OLD.confirmed_at)"
                " IS DISTINCT FROM (NEW.confirmed_by_id, NEW.confirmed_at)"
            ),
        ),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
    ]


def entry_triggers() -> list[pgtrigger.Trigger]:
    """As many entries as the proposal counts, so that nobody adds to what was confirmed."""
    refused = refuse(
        rule="batch_holds_what_was_proposed", detail="'batch ' || NEW.batch_id || ', place ' || NEW.place"
    )
    return [
        pgtrigger.Trigger(
            name="is_within_the_count",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=f"""
                PERFORM FROM measures_reviewbatch b
                WHERE b.id = NEW.batch_id AND NEW.place BETWEEN 1 AND b.submission_count
                    AND b.confirmed_at IS NULL;
                IF NOT FOUND THEN
                    {refused}
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.ReadOnly(name="choice_never_changes", fields=["batch", "submission", "place", "seen"]),
        pgtrigger.Protect(
            name="decided_once",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(
                f"OLD.outcome <> '{BatchOutcome.PENDING.value}' AND NEW.outcome <> OLD.outcome"
            ),
        ),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
    ]


def mark_triggers() -> list[pgtrigger.Trigger]:
    """A mark is of a cell of what was sent back with it; it is answered once."""
    refused = refuse(
        rule="mark_belongs_to_what_was_sent_back",
        detail="'item ' || NEW.item_id || ', event ' || NEW.event_id",
    )
    return [
        pgtrigger.Trigger(
            name="is_of_what_was_sent_back",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=f"""
                PERFORM FROM measures_submissionevent e
                JOIN measures_item i ON i.submission_id = e.submission_id AND i.id = NEW.item_id
                WHERE e.id = NEW.event_id AND e.action = '{SubmissionAction.SEND_BACK.value}';
                IF NOT FOUND THEN
                    {refused}
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.ReadOnly(
            name="mark_never_changes",
            fields=["event", "item", "region", "occupation", "target_group", "remark"],
        ),
        pgtrigger.Protect(
            name="answered_once",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.answered_at IS NOT NULL"),
        ),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
    ]


def append_only() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def revised(*fields: str) -> pgtrigger.Trigger:
    """Count and date every change that calendars and readers have to learn of."""
    return pgtrigger.Trigger(
        name="revised",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*fields),
        func="""
            NEW.sequence := OLD.sequence + 1;
            NEW.changed_at := clock_timestamp();
            RETURN NEW;
        """,
    )


_DECIDED = """(
    (NEW.state, NEW.state_by_id, NEW.state_reason, NEW.state_report_id)
    IS DISTINCT FROM (OLD.state, OLD.state_by_id, OLD.state_reason, OLD.state_report_id)
)"""


def commitment_triggers() -> list[pgtrigger.Trigger]:
    """A state is set by somebody, for a reason, on the organisation's newest report; each one is logged."""
    nameless = refuse(
        rule="commitment_state_has_who_and_why", detail="'commitment ' || NEW.id || ' to ' || NEW.state"
    )
    foreign = refuse(
        rule="commitment_decided_on_its_own_report",
        detail="'commitment ' || NEW.id || ', report ' || NEW.state_report_id",
    )
    own = refuse(
        rule="commitment_decided_by_somebody_else",
        detail="'commitment ' || NEW.id || ' by ' || NEW.state_by_id",
    )
    log = """
        INSERT INTO measures_commitmentevent
            (commitment_id, from_state, to_state, actor_id, reason, report_id, at)
        VALUES (
            NEW.id, {before}, NEW.state, NEW.state_by_id, NEW.state_reason, NEW.state_report_id, NEW.state_at
        );
        RETURN NULL;
    """
    return [
        pgtrigger.ReadOnly(name="belongs_for_good", fields=["resolution", "organisation"]),
        pgtrigger.Trigger(
            name="state_has_who_and_why",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(_DECIDED),
            func=f"""
                IF NEW.state_by_id IS NULL OR btrim(NEW.state_reason) = '' THEN
                    {nameless}
                END IF;
                IF NEW.state_report_id IS NOT NULL AND NOT EXISTS (
                    SELECT FROM measures_commitmentreport r
                    WHERE r.id = NEW.state_report_id AND r.commitment_id = NEW.id
                ) THEN
                    {foreign}
                END IF;
                IF EXISTS (
                    SELECT FROM measures_commitmentreport r
                    WHERE r.commitment_id = NEW.id AND r.author_id = NEW.state_by_id
                        AND r.id > COALESCE(OLD.state_report_id, 0)
                ) THEN
                    {own}
                END IF;
                NEW.state_at := clock_timestamp();
                RETURN NEW;
            """,  # noqa: S608  # our own text
        ),
        pgtrigger.Trigger(
            name="state_is_logged",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(_DECIDED),
            func=log.format(before="OLD.state"),
        ),
        pgtrigger.Trigger(
            name="first_state_is_logged",
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Condition("NEW.state <> 'open'"),
            func=log.format(before="'open'"),
        ),
    ]
