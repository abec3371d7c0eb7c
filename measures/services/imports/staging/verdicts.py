"""The verdicts of staged rows and the severities of what is said about them, as the statements write them."""

from measures.enums import Severity, Verdict
from measures.figure_rules import is_changed
from measures.workflow import sql_list

HELD = sql_list([Verdict.HELD.value])
UNCHANGED = sql_list([Verdict.UNCHANGED.value])
CHANGED = sql_list([Verdict.CHANGED.value])
WRITTEN = sql_list(Verdict.written)
"""Of rows that change a stored figure or add one."""
AGREED = sql_list((*Verdict.written, Verdict.UNCHANGED.value))
"""Of rows whose figure stands as the file has it, once they are applied."""

ERROR, QUERY, NOTE = (sql_list([severity.value]) for severity in Severity)


def verdict(*, is_held: str, stored: str, row: str) -> str:
    """What applying ``row`` would do to the figure ``stored``, which is NULL where there is none."""
    return f"""CASE
        WHEN {is_held} THEN {HELD}
        WHEN {stored}.id IS NULL THEN '{Verdict.NEW.value}'
        WHEN {is_changed(stored, row)} THEN {CHANGED}
        ELSE {UNCHANGED}
    END"""


def rank(severity: str) -> str:
    """Where problems of a severity stand in a list: errors first."""
    cases = " ".join(f"WHEN '{each.value}' THEN {each.rank}" for each in Severity)
    return f"CASE {severity} {cases} END"
