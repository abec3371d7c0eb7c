"""One value as a person types it into a cell. What can mean two things is refused with a question."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from measures.absence_words import CONFIDENTIAL, UNKNOWN, ZERO
from measures.exceptions import TypedValueError
from measures.importing.text.folding import tidy
from measures.importing.text.markers import possible_meanings
from measures.importing.text.numbers import NumberText, notation_of, take_apart
from measures.typed_values import NOTHING, AmbiguousNumberError, Entry, absence_sign, written_plainly

LIMIT = Decimal(10) ** 14
_LONGEST_QUOTED = 40


def read_entry(text: str, *, decimals: int = 0, notation: str = "", shown: Entry = NOTHING) -> Entry:
    """Read what was typed; empty text means: nothing reported.

    ``notation``: the one that the values around it agree on. ``shown``: what the page had in the cell, which
    text that was left as it was means again.
    """
    text = text.strip("\u200b\ufeff \u00a0\t\r\n")
    if text and text == shown.text:
        return shown
    tidied = tidy(text)
    if not tidied and "'" not in text:
        return NOTHING
    meanings = [meaning.name for meaning in possible_meanings(tidied)]
    if meanings:
        return Entry(absence=_only_meaning(text, meanings))
    return Entry(value=_number(text, take_apart(tidied), decimals, notation))


def notation_in(texts: Iterable[str], *, decimals: int) -> str:
    """The notation that the numbers of a column agree on; empty where none of them shows it."""
    numbers = [number for text in texts if (number := take_apart(tidy(text))) is not None]
    return notation_of(numbers, () if decimals else numbers)


def _only_meaning(text: str, meanings: list[str]) -> str:
    if len(meanings) == 1:
        return meanings[0]
    if set(meanings) == {ZERO, UNKNOWN}:
        question = _(
            "“%(text)s” can mean two things: write 0 for none at all, or %(sign)s if it is not known."
        )
    elif set(meanings) == {UNKNOWN, CONFIDENTIAL}:
        question = _("“%(text)s” can mean two things: write %(sign)s if not known, or * if confidential.")
    else:
        question = _(
            "“%(text)s” can mean several things: write 0 (none at all), %(sign)s (not known), "
            "x (not applicable), * (confidential) or … (follows later)."
        )
    raise TypedValueError(question % {"text": text, "sign": absence_sign(UNKNOWN)})


def _number(text: str, number: NumberText | None, decimals: int, notation: str) -> Decimal:
    if number is not None and (number.sign_after or number.in_parentheses):
        raise TypedValueError(
            _("“%(text)s” can mean two things: write the minus sign in front of the number, or leave it out.")
            % {"text": text[:_LONGEST_QUOTED]}
        )
    if number is None or not number.is_plain:
        raise _not_a_number(text)
    value = number.grouped if decimals == 0 and number.is_ambiguous else number.value(notation)
    if value is None:
        raise _two_readings(text, number, decimals)
    if abs(value) >= LIMIT:  # asked first: what is longer than numbers are here cannot be rounded
        raise TypedValueError(_("“%(text)s” is too large to be true.") % {"text": text})
    if value != round(value, decimals):
        raise TypedValueError(_decimals_message(text, decimals))
    return value


def _two_readings(text: str, number: NumberText, decimals: int) -> AmbiguousNumberError:
    """``1.300`` where decimals are counted; a reading with more decimals than are kept is no choice."""
    readings = [number.grouped, *({number.german, number.english} - {number.grouped})]
    choices = [Entry(value=value) for value in readings if value == round(value or 0, decimals)]
    written = [written_plainly(entry.value) for entry in choices if entry.value is not None]
    if len(written) > 1:
        message = _("“%(text)s” can mean two things: %(grouped)s or %(decimal)s. Choose which is right.") % {
            "text": text,
            "grouped": written[0],
            "decimal": written[1],
        }
    else:
        message = _(
            "“%(text)s” can mean two things: %(grouped)s, or a number with more than the %(decimals)s "
            "decimal places that are kept here. Choose or correct it."
        ) % {"text": text, "grouped": written[0], "decimals": decimals}
    return AmbiguousNumberError(message, choices)


def _decimals_message(text: str, decimals: int) -> str:
    if decimals == 0:
        return _("“%(text)s” is not a whole number. Only whole numbers are counted here.") % {"text": text}
    return _("“%(text)s” has too many decimal places; at most %(decimals)s are kept here.") % {
        "text": text,
        "decimals": decimals,
    }


def _not_a_number(text: str) -> TypedValueError:
    return TypedValueError(
        _(
            "“%(text)s” is not a number. Write for example %(example)s, or %(unknown)s (not known), "
            "x (not applicable), * (confidential), … (follows later)."
        )
        % {
            "text": text[:_LONGEST_QUOTED],
            "example": number_format(7300, use_l10n=True, force_grouping=True),
            "unknown": absence_sign(UNKNOWN),
        }
    )
