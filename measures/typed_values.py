"""One value as a person types it into a cell, and how the same value is written back to them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.utils.formats import number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from measures.enums import Absence
from measures.exceptions import TypedValueError

LIMIT = Decimal(10) ** 14

_SPACES = "\u0020\u00a0\u2009\u202f\u2007"
_GAPS = re.compile(rf"[{_SPACES}'’]")
_SPACED = re.compile(rf"[0-9]{{1,3}}(?:[{_SPACES}'’][0-9]{{3}})+(?:[.,][0-9]+)?")
_GERMAN = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_ENGLISH = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_SIGNED = re.compile(rf"(?P<sign>[-–—−‐‑+]?)[{_SPACES}]*(?P<core>[0-9].*)")
_DASHES = frozenset("-–—−‐‑")
_DOUBTFUL_SIGNS = frozenset((".", "·", "●", "•", "/", "( )", "()", "m"))

_WORDS = MappingProxyType(
    {
        **dict.fromkeys(
            ("ka", "k.a.", "keineangabe", "unbekannt", "nichtbekannt", "unknown", "?"), Absence.UNKNOWN
        ),
        **dict.fromkeys(("*", "geheim", "vertraulich", "confidential"), Absence.CONFIDENTIAL),
        **dict.fromkeys(
            ("x", "entfällt", "trifftnichtzu", "nichtzutreffend", "notapplicable"), Absence.NOT_APPLICABLE
        ),
        **dict.fromkeys(
            ("...", "…", "folgt", "wirdnachgereicht", "pending", "followslater"), Absence.PENDING
        ),
    }
)


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
    signs = {
        Absence.UNKNOWN: pgettext("typed into a cell", "unknown"),
        Absence.CONFIDENTIAL: "*",
        Absence.NOT_APPLICABLE: "x",
        Absence.PENDING: "…",
    }
    return signs[Absence(absence)]


def entry_from_token(token: str) -> Entry:
    """Read back ``Entry.token``; anything else is nothing the portal has shown."""
    if token in Absence.values:
        return Entry(absence=token)
    if re.fullmatch(r"-?[0-9]{1,14}(\.[0-9]{1,4})?", token):
        return Entry(value=Decimal(token))
    if token:
        raise TypedValueError(_("The form is damaged. Load the page again; what is stored is unchanged."))
    return NOTHING


def read_entry(text: str, *, decimals: int = 0) -> Entry:
    """Read what was typed; empty text means: nothing reported.

    A whole-number indicator has no decimals, so a mark can only group thousands there. Elsewhere the language
    of the page decides which mark is which.
    """
    text = text.strip(_SPACES + "\t\r\n\u200b\ufeff")
    if not text:
        return NOTHING
    absence = _WORDS.get(_GAPS.sub("", text).casefold())
    if absence:
        return Entry(absence=absence.value)
    if text in _DASHES:
        raise TypedValueError(
            _("“%(text)s” can mean two things: write 0 for none at all, or %(sign)s if it is not known.")
            % {"text": text, "sign": absence_sign(Absence.UNKNOWN)}
        )
    if text in _DOUBTFUL_SIGNS:
        raise TypedValueError(
            _("“%(text)s” can mean two things: write %(sign)s if not known, or * if confidential.")
            % {"text": text, "sign": absence_sign(Absence.UNKNOWN)}
        )
    return Entry(value=_number(text, decimals))


def _number(text: str, decimals: int) -> Decimal:
    signed = _SIGNED.fullmatch(text)
    if signed is None:
        raise _not_a_number(text)
    core = signed["core"]
    if _SPACED.fullmatch(core):
        core = _GAPS.sub("", core)
    german = Decimal(core.replace(".", "").replace(",", ".")) if _GERMAN.fullmatch(core) else None
    english = Decimal(core.replace(",", "")) if _ENGLISH.fullmatch(core) else None
    readings = [reading for reading in (german, english) if reading is not None]
    if not readings:
        raise _not_a_number(text)
    if decimals == 0:
        value = max(readings)  # of 7.300 and 1,000 the reading in which the mark groups thousands
    elif len(readings) == 1:
        value = readings[0]
    else:
        value = readings[1] if (get_language() or "").startswith("en") else readings[0]
    if value >= LIMIT:  # asked first: what is longer than numbers are here cannot be rounded
        raise TypedValueError(_("“%(text)s” is too large to be true.") % {"text": text})
    if value != round(value, decimals):
        raise TypedValueError(_decimals_message(text, decimals))
    return -value if signed["sign"] in _DASHES else value


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
            "text": text[:40],
            "example": number_format(7300, use_l10n=True, force_grouping=True),
            "unknown": absence_sign(Absence.UNKNOWN),
        }
    )
