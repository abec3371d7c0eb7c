"""What a type of problem or question consists of, and how its sentence is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from string import Formatter


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation. Django's own asks for settings, which the reading process has not."""
    return message


ERROR = "error"
QUERY = "query"
NOTE = "note"

MARKER = "marker"
"""The kind of answer that settles what a sign in place of a number means; the others are kinds of names."""


class Once(Enum):
    """How often a problem is reported where its reason repeats itself."""

    CELL = "cell"
    ROW = "row"
    TEXT = "text"
    """Once for each different text of a column; outside tables, of a sheet."""
    COLUMN = "column"
    TABLE = "table"
    SHEET = "sheet"
    FILE = "file"
    CAUSE = "cause"
    """Once for all values that have the same cause; it says how many they are."""


@dataclass(frozen=True, slots=True)
class ProblemType:
    """All that is known of a type of problem; whoever treats problems differently asks here.

    The message's placeholders are filled from ``parameters`` and from ``found``, the text of the cell.
    """

    code: str
    severity: str
    message: str
    parameters: tuple[str, ...] = ()
    """What its sentence needs besides ``found``; a problem may carry more."""
    numbers: tuple[str, ...] = ()
    """Which of these are numbers, to be written as the reader's language writes them."""
    once: Once = Once.CELL
    needs_confirmation: bool = False
    """A query whose value is held until somebody confirms what it was taken for."""
    has_value: bool = True
    """Whether a value is taken from the cells it names, so that there are rows to show."""
    is_explainable: bool = False
    """A query about a value that can be written: a reason given once holds as long as the value stays."""
    answer_kind: str = ""
    """What a person may choose to settle it: a name of this kind, or the meaning of a sign (``MARKER``)."""

    @property
    def holds(self) -> bool:
        """Whether the value it is about is held."""
        return self.severity == ERROR or self.needs_confirmation


@dataclass(frozen=True, slots=True)
class QuestionType:
    """A question only a person can answer, and which part of a table's answers holds the answer."""

    code: str
    message: str
    answered_by: tuple[str, ...]
    """Fields of ``TableAnswers``; any of them settles it."""


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


SIMILAR = gettext_noop("Similar: {candidates}.")


def render(message: str, params: dict[str, str]) -> str:
    """Fill a message in the language now active; names that come close are added where there are any."""
    from django.utils.translation import gettext  # noqa: PLC0415  # the reading process never renders: half its start

    filled = {key: value or "–" for key, value in params.items()}
    if "absence" in filled:
        filled["absence"] = gettext(filled["absence"])
    sentence = gettext(message).format(**filled)
    return f"{sentence} {gettext(SIMILAR).format(**filled)}" if params.get("candidates") else sentence
