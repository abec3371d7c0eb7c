"""The triggers that hold a report to its steps, for ORM and SQL alike.

A report is released out of what stands ready, by somebody who prepared neither it nor its figures and texts.
What was decided on is what is published. From then on it changes in nothing but a withdrawal: its row is the
record of who released what, and when.
"""

import pgtrigger

from measures.workflow import SubmissionAction, sql_list
from measures.workflow_triggers import by_the_hand_of
from reporting.enums import NarrativeStatus, ReportStatus

S = ReportStatus

STEPS = (
    (S.QUEUED, S.PRODUCING),
    (S.QUEUED, S.FAILED),
    (S.PRODUCING, S.READY),
    (S.PRODUCING, S.FAILED),
    (S.FAILED, S.PRODUCING),
    (S.READY, S.RELEASED),
    (S.READY, S.SCHEDULED),
    (S.SCHEDULED, S.READY),
    (S.SCHEDULED, S.RELEASED),
    (S.RELEASED, S.WITHDRAWN),
)
"""The pairs of states that a step leads between."""

_DECISION = "'{status,released_by_id,publish_at,released_at,release,error}'::text[]"
"""The columns in which a decision, its publication and what keeps it from being published are recorded."""

_WHO_RELEASES_WHAT = "{row}.status, {row}.released_by_id, {row}.requested_by_id, {row}.snapshot_id"
"""Whatever else is recorded, such as why a report is not published, is no release."""

_WITHDRAWAL = "'{status,withdrawn_by_id,withdrawn_at,withdrawal_de,withdrawal_en}'::text[]"
"""The columns in which a withdrawal is recorded."""

_REFUSED = """
    RAISE EXCEPTION USING
        ERRCODE = 'check_violation', CONSTRAINT = '{rule}',
        MESSAGE = 'violates rule {rule}', DETAIL = 'report ' || {report};
"""


def report_triggers() -> list[pgtrigger.Trigger]:
    steps = ", ".join(f"({sql_list([source.value, target.value])})" for source, target in STEPS)
    return [
        pgtrigger.Trigger(
            name="status_takes_known_steps",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("status"),
            func=f"""
                IF (OLD.status, NEW.status) NOT IN ({steps}) THEN
                    {_REFUSED.format(rule="report_takes_known_steps", report="NEW.id")}
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="released_out_of_what_is_ready",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=pgtrigger.Q(new__status__in=S.decided),
            func=_REFUSED.format(rule="report_takes_known_steps", report="NEW.id"),
        ),
        pgtrigger.Trigger(
            name="released_by_somebody_else",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(new__status__in=(S.SCHEDULED, S.RELEASED)),
            func=f"""
                IF ({_WHO_RELEASES_WHAT.format(row="NEW")})
                        IS DISTINCT FROM ({_WHO_RELEASES_WHAT.format(row="OLD")})
                    AND {prepared("NEW", "NEW.released_by_id")} THEN
                    {_REFUSED.format(rule="report_released_by_somebody_else", report="NEW.id")}
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="what_was_decided_on_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__status=S.SCHEDULED)
            | (
                pgtrigger.Q(new__status__in=(S.SCHEDULED, S.RELEASED))
                & ~pgtrigger.Q(old__status__in=S.published)
            ),
            func=f"""
                IF to_jsonb(NEW) - {_DECISION} IS DISTINCT FROM to_jsonb(OLD) - {_DECISION}
                    OR (OLD.status = {sql_list([S.SCHEDULED.value])}
                        AND NEW.status <> {sql_list([S.READY.value])}
                        AND (NEW.released_by_id, NEW.publish_at)
                            IS DISTINCT FROM (OLD.released_by_id, OLD.publish_at)) THEN
                    {_REFUSED.format(rule="report_stays_as_decided_on", report="NEW.id")}
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="release_is_signed",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            timing=pgtrigger.Deferred,
            condition=pgtrigger.Q(new__status=S.RELEASED),
            func=f"""
                IF NOT EXISTS (SELECT FROM reporting_releasemanifest m WHERE m.report_id = NEW.id) THEN
                    {_REFUSED.format(rule="report_release_is_signed", report="NEW.id")}
                END IF;
                RETURN NULL;
            """,
        ),
        pgtrigger.Trigger(
            name="released_for_good",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            condition=pgtrigger.Q(old__status__in=S.published),
            func=f"""
                IF TG_OP = 'UPDATE' AND OLD.status = {sql_list([S.RELEASED.value])}
                    AND NEW.status = {sql_list([S.WITHDRAWN.value])}
                    AND to_jsonb(NEW) - {_WITHDRAWAL} = to_jsonb(OLD) - {_WITHDRAWAL} THEN
                    RETURN NEW;
                END IF;
                {_REFUSED.format(rule="report_is_released_for_good", report="OLD.id")}
            """,
        ),
    ]


def document_triggers() -> list[pgtrigger.Trigger]:
    """Waits for a release under way: what is released is what was seen."""
    return [
        pgtrigger.Trigger(
            name="none_after_release",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            declare=[("at_that_time", "text")],
            func=f"""
                SELECT p.status INTO at_that_time FROM reporting_progressreport p
                WHERE p.id = NEW.report_id FOR SHARE;
                IF at_that_time IN ({sql_list(S.decided)}) THEN
                    {_REFUSED.format(rule="report_is_released_for_good", report="NEW.report_id")}
                END IF;
                RETURN NEW;
            """,  # noqa: S608  # our own text
        )
    ]


def prepared(report: str, person: str) -> str:
    """Whether a person prepared a report or what it rests on, as SQL; ``report`` names its row.

    They asked for it; or a version of a figure it was added up from was entered or written by them or comes
    from a file that they uploaded, confirmed or applied; or they submitted such figures, or wrote in a text
    for it that was accepted, before the snapshot, whose time is kept in whole seconds.
    """
    return f"""(
        {report}.requested_by_id = {person} OR EXISTS (
            SELECT FROM reporting_snapshot t
            JOIN measures_figureuse u ON u.snapshot = t.sha256
            JOIN measures_figureversion v ON v.pgh_id = u.version_id
            LEFT JOIN pghistory_context c ON c.id = v.pgh_context_id
            LEFT JOIN measures_importrun r ON r.id = v.import_run_id
            WHERE t.id = {report}.snapshot_id AND {by_the_hand_of(person)}
        ) OR EXISTS (
            SELECT FROM reporting_snapshot t
            JOIN measures_submissionevent h ON h.at < t.taken_at + interval '1 second'
            WHERE t.id = {report}.snapshot_id AND h.actor_id = {person}
                AND h.action = {sql_list([SubmissionAction.SUBMIT.value])}
                AND EXISTS (
                    SELECT FROM measures_item i
                    JOIN measures_figureversion v ON v.item_id = i.id
                    JOIN measures_figureuse u ON u.version_id = v.pgh_id AND u.snapshot = t.sha256
                    WHERE i.submission_id = h.submission_id AND v.pgh_id <= h.figure_version
                )
        ) OR EXISTS (
            SELECT FROM reporting_snapshot t
            JOIN reporting_narrative n ON n.year = t.year AND n.report_type = {report}.report_type
            JOIN reporting_narrativeversion e ON e.narrative_id = n.id
            WHERE t.id = {report}.snapshot_id AND {person} = ANY(e.writers)
                AND e.status = {sql_list([NarrativeStatus.ACCEPTED.value])}
                AND e.decided_at < t.taken_at + interval '1 second'
        )
    )"""  # noqa: S608  # our own text
