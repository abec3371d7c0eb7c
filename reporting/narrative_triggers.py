"""The triggers that hold a text for a report to its steps, for ORM and SQL alike."""

import pgtrigger

from measures.workflow import sql_list
from reporting.enums import NarrativeStatus

S = NarrativeStatus

STEPS = ((S.DRAFT, S.SUBMITTED), (S.SUBMITTED, S.ACCEPTED), (S.SUBMITTED, S.RETURNED))
"""The pairs of states that a step leads between."""

_KEPT = ", ".join(
    f"{{row}}.{column}"
    for column in ("narrative_id", "language", "number", "text", "writers", "written_by_id", "written_at")
)

_REFUSED = """
    RAISE EXCEPTION USING
        ERRCODE = 'check_violation', CONSTRAINT = '{rule}',
        MESSAGE = 'violates rule {rule}', DETAIL = 'version ' || NEW.id;
"""


def version_triggers() -> list[pgtrigger.Trigger]:
    steps = ", ".join(f"({sql_list([source.value, target.value])})" for source, target in STEPS)
    return [
        pgtrigger.Trigger(
            name="status_takes_known_steps",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("status"),
            func=f"""
                IF (OLD.status, NEW.status) NOT IN ({steps}) THEN
                    {_REFUSED.format(rule="narrative_takes_known_steps")}
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="begins_as_a_draft",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            condition=~pgtrigger.Q(new__status=S.DRAFT),
            func=_REFUSED.format(rule="narrative_takes_known_steps"),
        ),
        pgtrigger.Trigger(
            name="text_stays_once_submitted",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=~pgtrigger.Q(old__status=S.DRAFT),
            func=f"""
                IF ({_KEPT.format(row="OLD")}) IS DISTINCT FROM ({_KEPT.format(row="NEW")}) THEN
                    {_REFUSED.format(rule="narrative_stays_once_submitted")}
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="decided_for_good",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__status__in=list(S.decided)),
            func=_REFUSED.format(rule="narrative_decided_for_good"),
        ),
        pgtrigger.Trigger(
            name="decided_by_somebody_else",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(new__status__in=list(S.decided)),
            func=f"""
                IF NEW.decided_by_id = ANY(NEW.writers) THEN
                    {_REFUSED.format(rule="narrative_decided_by_somebody_else")}
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
    ]
