"""One value of a cell, and how it is written to a person and into a form."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures.absence_words import WRITTEN
from measures.enums import Absence
from measures.exceptions import TypedValueError


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
            decimals = max(0, -int(self.value.normalize().as_tuple().exponent))
            return str(number_format(self.value, decimal_pos=decimals, use_l10n=True, force_grouping=True))
        return absence_sign(self.absence) if self.absence else ""


NOTHING = Entry()


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
