"""One value as a person types it into a cell. What can mean two things is refused with a question."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures.absence_words import CONFIDENTIAL, UNKNOWN, ZERO
from measures.exceptions import TypedValueError
from measures.importing.text.folding import tidy
from measures.importing.text.markers import possible_meanings
from measures.importing.text.numbers import ENGLISH, GERMAN, NumberText, take_apart
from measures.typed_values import NOTHING, Entry, absence_sign

LIMIT = Decimal(10) ** 14
_LONGEST_QUOTED = 40


def read_entry(text: str, *, decimals: int = 0) -> Entry:
    """Read what was typed; empty text means: nothing reported."""
    text = text.strip("\u200b\ufeff \u00a0\t\r\n")
    tidied = tidy(text)
    if not tidied and "'" not in text:
        return NOTHING
    meanings = [meaning.name for meaning in possible_meanings(tidied)]
    if meanings:
        return Entry(absence=_only_meaning(text, meanings))
    return Entry(value=_number(text, take_apart(tidied), decimals))


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


def _number(text: str, number: NumberText | None, decimals: int) -> Decimal:
    if number is not None and (number.sign_after or number.in_parentheses):
        raise TypedValueError(
            _("“%(text)s” can mean two things: write the minus sign in front of the number, or leave it out.")
            % {"text": text[:_LONGEST_QUOTED]}
        )
    if number is None or not number.is_plain:
        raise _not_a_number(text)
    value = number.value("")
    if value is None:
        value = number.grouped if decimals == 0 else _by_language_of_the_page(number)
    if abs(value) >= LIMIT:  # asked first: what is longer than numbers are here cannot be rounded
        raise TypedValueError(_("“%(text)s” is too large to be true.") % {"text": text})
    if value != round(value, decimals):
        raise TypedValueError(_decimals_message(text, decimals))
    return value


def _by_language_of_the_page(number: NumberText) -> Decimal:
    """Where decimals are possible, ``1,234`` has two readings: the language of the page decides."""
    notation = ENGLISH if (get_language() or "").startswith("en") else GERMAN
    value = number.value(notation)
    return number.grouped if value is None else value


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
