"""Reviewing, auditing and managing data exist only at bodies entitled to them, for ORM and SQL alike.

And what every table of history has.
"""

import pgtrigger
from django.conf import settings

from partners.enums import ENTITLED_KINDS, Role

TODAY = f"(now() AT TIME ZONE '{settings.TIME_ZONE}')::date"
"""The day by the portal's clock, as for pages; ``CURRENT_DATE`` is that of the connection, in UTC."""

IS_CURRENT = f"m.valid_from <= {TODAY} AND (m.valid_until IS NULL OR m.valid_until >= {TODAY})"
"""Whether today is among the days of membership ``m``."""

RULE = "role_at_an_entitled_body"
NAMELESS = "role_names_who_gave_it"
CONFIRMER = "role_confirmed_by_an_administrator"

_REFUSED = """
    RAISE EXCEPTION USING
        ERRCODE = 'check_violation', CONSTRAINT = '{rule}',
        MESSAGE = 'violates rule {rule}', DETAIL = {detail};
"""


def is_not_entitled(kind: str, role: str) -> str:
    """Whether a role does not exist at organisations of a kind, as SQL."""
    return " OR ".join(
        f"({role} = '{each.value}' AND {kind} NOT IN ({', '.join(sorted(repr(k.value) for k in kinds))}))"
        for each, kinds in ENTITLED_KINDS.items()
    )


def role_triggers() -> list[pgtrigger.Trigger]:
    """For what gives a person a role at an organisation. Its kind stays until the transaction ends."""
    refused = _REFUSED.format(rule=RULE, detail="NEW.role || ' at ' || body.code")
    return [
        pgtrigger.Trigger(
            name="role_at_an_entitled_body",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("role", "organisation_id"),
            declare=[("body", "record")],
            func=f"""
                SELECT o.code, o.kind INTO body FROM partners_organisation o
                WHERE o.id = NEW.organisation_id FOR SHARE;
                IF {is_not_entitled("body.kind", "NEW.role")} THEN
                    {refused}
                END IF;
                RETURN NEW;
            """,  # noqa: S608  # our own text
        )
    ]


def confirmation_trigger() -> pgtrigger.Trigger:
    """A role names who gave it, and begins to count anew when it becomes another one or lasts longer.

    Whoever asks in the portal is in what pghistory notes of a request; a command has no request. What the
    sign-in service claims is in nobody's hands here and needs no confirmation. A role is confirmed by
    somebody who manages data at that moment, with a role that counts, and who did not give it.
    """
    nameless = _REFUSED.format(rule=NAMELESS, detail="NEW.role || ' for person ' || NEW.user_id")
    unconfirmed = _REFUSED.format(rule=CONFIRMER, detail="NEW.role || ' by person ' || NEW.confirmed_by_id")
    confirmed_roles = ", ".join(f"'{role}'" for role in Role.confirm_one_another)
    return pgtrigger.Trigger(
        name="role_is_confirmed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("noted", "jsonb"), ("is_given_anew", "boolean")],
        func=f"""
            IF TG_OP = 'INSERT' THEN
                is_given_anew := true;
            ELSE
                is_given_anew := (OLD.user_id, OLD.organisation_id, OLD.role)
                        IS DISTINCT FROM (NEW.user_id, NEW.organisation_id, NEW.role)
                    OR NEW.valid_from < OLD.valid_from
                    OR COALESCE(NEW.valid_until, 'infinity') > COALESCE(OLD.valid_until, 'infinity')
                    OR OLD.is_from_provider IS DISTINCT FROM NEW.is_from_provider;
                IF NOT is_given_anew THEN
                    NEW.granted_by_id := OLD.granted_by_id;
                ELSIF NEW.granted_by_id IS NOT DISTINCT FROM OLD.granted_by_id THEN
                    NEW.granted_by_id := NULL;
                END IF;
            END IF;
            IF is_given_anew THEN
                noted := COALESCE(
                    NULLIF(current_setting('pghistory.context_metadata', true), ''), '{{}}'
                )::jsonb;
                NEW.confirmed_by_id := NULL;
                NEW.confirmed_at := NULL;
                IF NEW.is_from_provider THEN
                    NEW.granted_by_id := NULL;
                ELSE
                    NEW.granted_by_id := COALESCE(NEW.granted_by_id, (noted->>'user')::bigint);
                    IF NEW.granted_by_id IS NULL AND noted ? 'request_id' THEN
                        {nameless}
                    END IF;
                END IF;
            ELSIF NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id THEN
                PERFORM FROM partners_user u
                WHERE u.id = NEW.confirmed_by_id AND u.is_active AND OLD.confirmed_by_id IS NULL AND (
                    u.is_superuser OR EXISTS (
                        SELECT FROM partners_membership m
                        WHERE m.user_id = u.id AND m.role = '{Role.DATA_STEWARD.value}'
                            AND {IS_CURRENT}
                            AND (m.granted_by_id IS NULL OR m.confirmed_by_id IS NOT NULL)
                    )
                );
                IF NOT FOUND OR NEW.role NOT IN ({confirmed_roles}) THEN
                    {unconfirmed}
                END IF;
            END IF;
            RETURN NEW;
        """,  # our own text
    )


def organisation_triggers() -> list[pgtrigger.Trigger]:
    """An organisation stays of a kind that is entitled to the roles people have or are invited to."""
    refused = _REFUSED.format(rule=RULE, detail="NEW.code || ' as ' || NEW.kind")
    return [
        pgtrigger.Trigger(
            name="kind_fits_its_roles",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("kind"),
            func=f"""
                IF EXISTS (
                    SELECT FROM partners_membership m
                    WHERE m.organisation_id = NEW.id AND ({is_not_entitled("NEW.kind", "m.role")})
                ) OR EXISTS (
                    SELECT FROM partners_invitation n
                    WHERE n.organisation_id = NEW.id AND n.accepted_at IS NULL AND n.revoked_at IS NULL
                        AND ({is_not_entitled("NEW.kind", "n.role")})
                ) THEN
                    {refused}
                END IF;
                RETURN NULL;
            """,  # noqa: S608  # our own text
        )
    ]


def never_truncated() -> pgtrigger.Trigger:
    """For tables whose rows are history."""
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
