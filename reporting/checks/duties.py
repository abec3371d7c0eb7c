"""Rule 15 as sentences over the whole database: nobody decides on what they prepared."""

from measures.rules.spared_errors import spared_an_error
from measures.workflow import WORKFLOW, SubmissionAction, sql_list
from measures.workflow_triggers import by_the_hand_of
from partners.triggers import is_not_entitled
from reporting.checks.running import DatabaseCheck, by_sql
from reporting.enums import ReportStatus
from reporting.triggers import prepared

_DECISIONS = sql_list(sorted(WORKFLOW.by_somebody_else))
_APPROVE = sql_list([SubmissionAction.APPROVE.value])
_SUBMIT = sql_list([SubmissionAction.SUBMIT.value])

DUTY_CHECKS: tuple[DatabaseCheck, ...] = (
    by_sql(
        15,
        "decided_by_somebody_else",
        f"""
        SELECT w.code || ' ' || d.year || ': ' || e.action || ' by ' || p.email
        FROM measures_submissionevent e
        JOIN measures_submission s ON s.id = e.submission_id
        JOIN measures_reportinground d ON d.id = s.round_id
        JOIN partners_organisation w ON w.id = s.organisation_id
        JOIN partners_user p ON p.id = e.actor_id
        CROSS JOIN LATERAL (
            SELECT coalesce(max(b.id), 0) AS event, coalesce(max(b.figure_version), 0) AS version,
                max(b.at) AS at
            FROM measures_submissionevent b
            WHERE b.submission_id = e.submission_id AND b.id < e.id AND b.action = {_APPROVE}
        ) before
        WHERE e.action IN ({_DECISIONS}) AND (
            EXISTS (
                SELECT FROM measures_submissionevent h
                WHERE h.submission_id = e.submission_id AND h.actor_id = e.actor_id
                    AND h.action = {_SUBMIT} AND h.id > before.event AND h.id < e.id
            ) OR EXISTS (
                SELECT FROM measures_item i
                JOIN measures_figureversion v ON v.item_id = i.id
                LEFT JOIN pghistory_context c ON c.id = v.pgh_context_id
                LEFT JOIN measures_importrun r ON r.id = v.import_run_id
                WHERE i.submission_id = e.submission_id
                    AND v.pgh_id > before.version AND v.pgh_id <= e.figure_version
                    AND {by_the_hand_of("e.actor_id")}
            ) OR {spared_an_error("e.submission_id", "e.actor_id", since="before.at", at="e.at")}
        )
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        15,
        "report_released_by_somebody_else",
        f"""
        SELECT 'report ' || p.id || ' of ' || p.year || ' by ' || u.email
        FROM reporting_progressreport p
        JOIN partners_user u ON u.id = p.released_by_id
        WHERE p.status IN ({sql_list(ReportStatus.decided)}) AND {prepared("p", "p.released_by_id")}
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        15,
        "roles_at_entitled_bodies",
        f"""
        SELECT u.email || ': ' || m.role || ' at ' || o.code
        FROM partners_membership m
        JOIN partners_organisation o ON o.id = m.organisation_id
        JOIN partners_user u ON u.id = m.user_id
        WHERE {is_not_entitled("o.kind", "m.role")}
        """,  # noqa: S608  # our own text
    ),
)
