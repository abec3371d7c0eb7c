"""Reviewing, auditing and managing data exist only at bodies entitled to them, for ORM and SQL alike."""

import pgtrigger

from partners.enums import ENTITLED_KINDS

RULE = "role_at_an_entitled_body"

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
