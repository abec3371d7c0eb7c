"""One value of a cell, and how it is written to a person and into a form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures.absence_words import WRITTEN
from measures.enums import Absence
from measures.exceptions import TypedValueError
from partners.templatetags.digits import digits

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_DIGITS_OF_A_GROUP = 3


@dataclass(frozen=True)
class Entry:
    """What stands in a cell: a value, a reason for none, or nothing at all (not reported)."""

    value: Decimal | None = None
    absence: str | None = None

    @property
    def is_empty(self) -> bool:
        return self.value is None and self.absence is None

    @property
    def token(self) -> str:
        """The same for the same content, whatever the language: what a form carries as "shown to you"."""
        if self.value is not None:
            return f"{self.value.normalize():f}" if self.value else "0"
        return self.absence or ""

    @property
    def text(self) -> str:
        """As a person would type it in the language in use."""
        if self.value is not None:
            return digits(self.value)
        return absence_sign(self.absence) if self.absence else ""


NOTHING = Entry()


class AmbiguousNumberError(TypedValueError):
    """A number with two readings. ``readings`` are those that could be stored, for a person to choose."""

    def __init__(self, message: "StrOrPromise", readings: Sequence[Entry]) -> None:
        super().__init__(message)
        self.readings = tuple(readings)


def written_plainly(value: Decimal) -> str:
    """A number as one can type it in the language in use without its being taken for another one.

    Thousands are not grouped, and three decimals, which look like thousands, get a zero behind them.
    """
    whole, _point, decimals = f"{value.normalize():f}".partition(".")
    if len(decimals) == _DIGITS_OF_A_GROUP:
        decimals += "0"
    return f"{whole}{get_format('DECIMAL_SEPARATOR')}{decimals}" if decimals else whole


def absence_sign(absence: str) -> str:
    language = (get_language() or "")[:2]
    return WRITTEN.get(language, WRITTEN["en"])[absence]


def entry_from_token(token: str) -> Entry:
    """Read back ``Entry.token``; anything else is nothing the portal has shown."""
    if token in Absence.values:
        return Entry(absence=token)
    if re.fullmatch(r"-?[0-9]{1,14}(\.[0-9]{1,4})?", token):
        return Entry(value=Decimal(token))
    if token:
        raise TypedValueError(_("The form is damaged. Load the page again; what is stored is unchanged."))
    return NOTHING
