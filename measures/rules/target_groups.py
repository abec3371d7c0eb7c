"""The target groups an indicator is asked by are groups that there are.

Figures refer to a group by a foreign key, an indicator by a list of codes; triggers on both sides keep the
list right.
"""

import pgtrigger

from measures.enums import TOTAL

KNOWN = "indicator_target_groups_are_known"

_REFUSED = f"""
    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation', CONSTRAINT = '{KNOWN}', MESSAGE = 'violates rule {KNOWN}',
            DETAIL = broken.detail;
    END IF;
"""


def asked_groups_trigger() -> pgtrigger.Trigger:
    """Of an indicator. Everyone (``_T``) is asked for anyway and no group to be named."""
    return pgtrigger.Trigger(
        name="target_groups_known",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("target_groups"),
        declare=[("broken", "record")],
        func=f"""
            PERFORM FROM measures_targetgroup WHERE code = ANY(NEW.target_groups) FOR KEY SHARE;
            SELECT NEW.code || ': ' || asked.code AS detail INTO broken
            FROM unnest(NEW.target_groups) AS asked(code)
            LEFT JOIN measures_targetgroup t ON t.code = asked.code
            WHERE t.code IS NULL OR t.code = '{TOTAL}'
            LIMIT 1;
            {_REFUSED}
            RETURN NEW;
        """,  # noqa: S608  # our own text
    )


def group_kept_trigger() -> pgtrigger.Trigger:
    """Of a target group that is deleted or gets another code."""
    return pgtrigger.Trigger(
        name="kept_while_asked",
        when=pgtrigger.After,
        operation=pgtrigger.Delete | pgtrigger.UpdateOf("code"),
        declare=[("broken", "record")],
        func=f"""
            SELECT n.code || ': ' || OLD.code AS detail INTO broken
            FROM measures_indicator n
            WHERE OLD.code = ANY(n.target_groups)
                AND NOT EXISTS (SELECT FROM measures_targetgroup t WHERE t.code = OLD.code)
            LIMIT 1;
            {_REFUSED}
            RETURN NULL;
        """,  # noqa: S608  # our own text
    )
