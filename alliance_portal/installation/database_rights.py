"""What the portal's account may do at the database, table by table.

Web, workers and beat sign in as an account that owns nothing: it cannot alter a table, drop a trigger or
change what is only ever added. Another account, the owner, migrates and grants (docs/operations.md). A table
that is missing here cannot be used at all; a test compares the list with the tables.
"""

from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

READ = "SELECT"
ADD = "SELECT, INSERT"
ADD_AND_REMOVE = "SELECT, INSERT, DELETE"
ADD_AND_CHANGE = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"

RIGHTS = {
    # Written by migrations alone, and views
    READ: [
        "auth_permission",
        "django_content_type",
        "django_migrations",
        "measures_approved_total",
        "measures_current_total",
        "measures_expected_figure",
        "measures_expected_total",
        "socialaccount_socialapp",  # the provider is named by settings alone
        "socialaccount_socialtoken",  # none is kept
    ],
    # History: whatever happens to the portal's account, what was written stays as it is
    ADD: [
        "django_admin_log",
        "measures_approved_sum_version",  # written by triggers
        "measures_attachment",
        "measures_comment",
        "measures_commitmentevent",  # written by a trigger, for whoever sets a state
        "measures_commitmentreminder",
        "measures_commitmentreport",
        "measures_commitmentversion",
        "measures_current_sum_version",
        "measures_figureexplanationversion",
        "measures_figureversion",
        "measures_importstep",
        "measures_indicatoraliasversion",
        "measures_indicatorversion",
        "measures_itemversion",
        "measures_measurecontributionversion",
        "measures_measurefundingversion",
        "measures_measureobjectiveversion",
        "measures_measuretargetgroupversion",
        "measures_measureversion",
        "measures_meetingorganisationversion",
        "measures_meetingpersonversion",
        "measures_meetingversion",
        "measures_objectiveversion",
        "measures_plausibilitycheckversion",
        "measures_reminder",
        "measures_resolutionindicatorversion",
        "measures_resolutionmeasureversion",
        "measures_resolutiontargetversion",
        "measures_resolutionversion",
        "measures_roundevent",
        "measures_roundindicatorversion",
        "measures_seriesbreakversion",
        "measures_submissionevent",
        "measures_submissionversion",
        "measures_targetgroupversion",
        "measures_targetresponsibleversion",
        "measures_targetversion",
        "measures_toucheditem",
        "partners_affiliationversion",
        "partners_invitationversion",
        "partners_mandateversion",
        "partners_noticeoptoutversion",
        "partners_organisationaliasversion",
        "partners_organisationversion",
        "partners_pagetext",
        "reporting_document",
        "reporting_figureverification",
        "reporting_releasemanifest",
        "reporting_scheduledreport",
        "reporting_snapshot",
        "reporting_warningacknowledgement",
    ],
    # Changed by nobody; triggers keep what is younger than 30 days, and statements that are replaced
    ADD_AND_REMOVE: ["measures_figureuse", "partners_noticedigest", "partners_securityevent"],
    # Records that stay
    ADD_AND_CHANGE: [
        "measures_batchentry",
        "measures_checkwaiver",
        "measures_figureexplanation",
        "measures_importrun",
        "measures_meeting",
        "measures_plausibilitycheck",
        "measures_reportinground",
        "measures_reviewbatch",
        "measures_resolution",
        "measures_reviewmark",
        "measures_sourcefile",
        "partners_factorreset",
        "partners_impersonation",
        "partners_user",
        "pghistory_context",
        "reporting_disclosureaudit",
        "reporting_narrative",
        "reporting_narrativeversion",
        "reporting_documentproduction",
        "reporting_releaseannouncement",
        "reporting_reportpreview",
        "reporting_reportschedule",
        "reporting_progressreport",
    ],
    ALL: [
        "account_emailaddress",
        "account_emailconfirmation",
        "auth_group",
        "auth_group_permissions",
        "django_session",
        "measures_approved_sum",  # written by triggers of figures, for whoever changes them
        "measures_approvedfigure",
        "measures_calendarfeed",
        "measures_commitment",  # taken back while nothing was reported or decided
        "measures_controltotal",
        "measures_current_sum",  # as measures_approved_sum
        "measures_figure",
        "measures_fundingsource",
        "measures_importcause",
        "measures_importproblem",
        "measures_importprofile",
        "measures_indicator",
        "measures_indicatoralias",
        "measures_item",  # leaves a round while nothing is recorded; a trigger keeps it after that
        "measures_lesson",
        "measures_measure",
        "measures_measure_objectives",
        "measures_measure_target_groups",
        "measures_measurecontribution",
        "measures_measurefunding",
        "measures_meeting_organisations",
        "measures_meeting_people",
        "measures_objective",
        "measures_occupation",
        "measures_outcome",
        "measures_phase",
        "measures_product",
        "measures_resolution_indicators",
        "measures_resolution_measures",
        "measures_resolution_targets",
        "measures_roundindicator",
        "measures_seriesbreak",
        "measures_stagedblock",
        "measures_stagedfigure",
        "measures_stagedoccupation",
        "measures_stagedowner",
        "measures_submission",  # leaves a round while nothing is asked of it, no step taken and nothing said
        "measures_supplieralias",
        "measures_target",
        "measures_target_responsible",
        "measures_targetgroup",
        "mfa_authenticator",
        "partners_affiliation",
        "partners_bouncedaddress",
        "partners_invitation",
        "partners_listtransfer",
        "partners_mandate",
        "partners_membership",
        "partners_notice",
        "partners_noticeoptout",
        "partners_organisation",
        "partners_organisationalias",
        "partners_outgoingmail",
        "partners_passwordresetrequest",
        "partners_region",
        "partners_user_groups",
        "partners_user_user_permissions",
        "reporting_savedview",
        "reporting_subscriber",
        "socialaccount_socialaccount",
        "usersessions_usersession",
    ],
}

UPKEEP = ["measures_occupation", "reporting_snapshot"]
"""Imports have the planner count the first anew (``ANALYZE``); who freezes a report locks the second."""

_OWNS_OR_ADMINISTERS = """
    SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls OR EXISTS (
        SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND pg_has_role(pg_roles.oid, relowner, 'MEMBER')
    )
    FROM pg_roles WHERE rolname = %s
"""


def grant(connection: BaseDatabaseWrapper, account: str) -> None:
    """Give the account these rights and no others. Run by the owner of the tables, after migrations."""
    role = sql.Identifier(account)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(_OWNS_OR_ADMINISTERS, [account])
        found = cursor.fetchone()
        if found is None:
            raise ImproperlyConfigured(f"The database has no account {account}.")
        if found[0]:
            raise ImproperlyConfigured(
                f"The account {account} owns tables or administers the server: rights granted do not bind it."
            )
        for statement in _statements(connection):
            cursor.execute(statement.format(role=role))


def _statements(connection: BaseDatabaseWrapper) -> Iterator[sql.SQL]:
    database = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}")
    yield sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}")
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC, {role}")
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {role}")
    yield sql.SQL(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {{role}}")
    yield sql.SQL(
        f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {{role}}"
    )  # imports prepare rows there
    for rights, tables in RIGHTS.items():
        yield sql.SQL(f"GRANT {rights} ON {', '.join(tables)} TO {{role}}")
    yield sql.SQL(f"GRANT MAINTAIN ON {', '.join(UPKEEP)} TO {{role}}")
