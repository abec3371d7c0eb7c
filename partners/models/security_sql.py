"""Changes of rights are recorded where they happen: by page, administration, command or SQL alike."""

import pgtrigger

from partners.enums import Role, SecurityEventKind
from partners.triggers import IS_CURRENT

_MEMBERSHIP = """(
    SELECT concat_ws(' ', {row}.role, o.code, {row}.valid_from, '–', {row}.valid_until,
        CASE WHEN {row}.confirmed_by_id IS NOT NULL THEN 'confirmed' END)
    FROM partners_organisation o WHERE o.id = {row}.organisation_id
)"""
_ACCOUNT = """concat_ws(', ',
    CASE WHEN NEW.is_active THEN 'active' ELSE 'not active' END,
    CASE WHEN NEW.is_superuser THEN 'superuser' END,
    CASE WHEN NEW.email IS DISTINCT FROM OLD.email THEN 'new address' END
)"""


def role_triggers() -> list[pgtrigger.Trigger]:
    given, taken = _MEMBERSHIP.format(row="NEW"), _MEMBERSHIP.format(row="OLD")
    return [
        _recorded("role_given", pgtrigger.Insert, SecurityEventKind.ROLE_GIVEN, "NEW.user_id", given),
        _recorded(
            "role_changed",
            pgtrigger.Update,
            SecurityEventKind.ROLE_CHANGED,
            "NEW.user_id",
            given,
            condition=pgtrigger.AnyChange(),
        ),
        _recorded("role_taken", pgtrigger.Delete, SecurityEventKind.ROLE_TAKEN, "OLD.user_id", taken),
    ]


def account_trigger() -> pgtrigger.Trigger:
    return _recorded(
        "account_changed",
        pgtrigger.Update,
        SecurityEventKind.ACCOUNT_CHANGED,
        "NEW.id",
        _ACCOUNT,
        condition=pgtrigger.AnyChange("is_active", "is_superuser", "email"),
    )


def factor_reset_triggers() -> list[pgtrigger.Trigger]:
    """Each step is recorded, and none is possible by the database's clock once the request has run out."""
    return [
        _recorded(
            "requested",
            pgtrigger.Insert,
            SecurityEventKind.FACTOR_RESET_REQUESTED,
            "NEW.person_id",
            "''",
            person="NEW.requested_by_id",
        ),
        _recorded(
            "confirmed",
            pgtrigger.Update,
            SecurityEventKind.FACTOR_RESET_CONFIRMED,
            "NEW.person_id",
            "''",
            condition=pgtrigger.Q(old__confirmed_at__isnull=True, new__confirmed_at__isnull=False),
            person="NEW.confirmed_by_id",
        ),
        _recorded(
            "withdrawn",
            pgtrigger.Update,
            SecurityEventKind.FACTOR_RESET_WITHDRAWN,
            "NEW.person_id",
            "''",
            condition=pgtrigger.Q(old__withdrawn_at__isnull=True, new__withdrawn_at__isnull=False),
            person="NEW.withdrawn_by_id",
        ),
        pgtrigger.Trigger(
            name="confirmed_in_time",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            condition=pgtrigger.Q(new__confirmed_at__isnull=False),
            func="""
                IF clock_timestamp() > NEW.expires_at THEN
                    RAISE EXCEPTION USING
                        ERRCODE = 'check_violation', CONSTRAINT = 'factor_reset_confirmed_in_time',
                        MESSAGE = 'violates rule factor_reset_confirmed_in_time';
                END IF;
                RETURN NEW;
            """,
        ),
    ]


def impersonation_triggers() -> list[pgtrigger.Trigger]:
    """Beginning and end are recorded; none begins as somebody who administers, whoever asks for it."""
    administering = ", ".join(f"'{role}'" for role in Role.administering)
    return [
        _recorded(
            "begun",
            pgtrigger.Insert,
            SecurityEventKind.IMPERSONATION_BEGUN,
            "NEW.person_id",
            "NEW.reason",
            person="NEW.viewer_id",
        ),
        _recorded(
            "ended",
            pgtrigger.Update,
            SecurityEventKind.IMPERSONATION_ENDED,
            "NEW.person_id",
            "''",
            condition=pgtrigger.Q(old__ended_at__isnull=True, new__ended_at__isnull=False),
            person="NEW.viewer_id",
        ),
        pgtrigger.Trigger(
            name="of_no_administrator",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=f"""
                IF EXISTS (
                    SELECT FROM partners_user p WHERE p.id = NEW.person_id AND p.is_superuser
                ) OR EXISTS (
                    SELECT FROM partners_membership m
                    WHERE m.user_id = NEW.person_id AND m.role IN ({administering})
                        AND {IS_CURRENT}
                ) THEN
                    RAISE EXCEPTION USING
                        ERRCODE = 'check_violation', CONSTRAINT = 'impersonation_of_no_administrator',
                        MESSAGE = 'violates rule impersonation_of_no_administrator';
                END IF;
                RETURN NEW;
            """,
        ),
    ]


def _recorded(  # noqa: PLR0913, PLR0917  the parts of one statement
    name: str,
    operation: pgtrigger.Operation,
    kind: SecurityEventKind,
    subject: str,
    target: str,
    condition: pgtrigger.Condition | None = None,
    person: str = "(noted->>'user')::bigint",
) -> pgtrigger.Trigger:
    """Who did it, and in which request, is in what pghistory notes of a request; a command has neither."""
    return pgtrigger.Trigger(
        name=f"recorded_{name}",
        when=pgtrigger.After,
        operation=operation,
        condition=condition,
        declare=[("noted", "jsonb")],
        func=f"""
            noted := COALESCE(NULLIF(current_setting('pghistory.context_metadata', true), ''), '{{}}')::jsonb;
            INSERT INTO partners_securityevent (at, kind, person_id, subject_id, target, request_id)
            VALUES (
                now(), '{kind.value}', {person}, {subject}, left({target}, 200),
                COALESCE(noted->>'request_id', '')
            );
            RETURN NULL;
        """,
    )
