"""How to reach whoever wrote a sheet: signs in a line that only an address, a contact or an account has.

A line with one of them is part of the head or the foot of a letter, whatever its other words are: names of
streets, houses, people and banks. What chooses figures counts in it all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_CALL = (
    r"(?:(?:tele)?fon|tel|(?:tele)?fax|mobil|handy|durchwahl|dw|apparat|app|nst|hotline|zentrale|rufnummer|phone)"
    r"(?:-?\s?(?:nr|nummer))?"
)
_COUNTED_ON_PAPER = (
    r"(?:(?:seiten|blatt)(?:zahl|anzahl)?|anzahl\s+(?:der\s+)?(?:seiten|blätter|anlagen)|anlagen|zimmer|zi|raum|gebäude|plz|"
    r"postleitzahl|hausnummer|postfach|(?:kammer|ihk|hwk|mitglieds|kunden|vorgangs|beleg|auftrags|formular|laufende|lfd)"
    r"\.?[-\s]?(?:nr|nummer|schlüssel))"
)
_OF_REFERENCE = (
    r"(?:(?-i:[A-Z]{1,3}|[A-Z][a-z]{1,2}(?![a-z]))|"
    r"(?!\d{1,2}\.\s?\d{1,2}\.)(?=[^\s,;|]*\d)[\w./()–-]{1,16}|[–-])"
)
NUMBERS = re.compile(
    rf"\b{_CALL}\b\.?\s*:?\s*(?:[-–]\s?\d{{1,5}}\b|(?:\+|\(0|0)\d[\d\s/().–-]*\d|(?!(?:19|20)\d\d\b)\d{{2,5}}\b(?![.\d]))"
    r"|\bIBAN\b\s*:?\s*[A-Z]{2}\s?\d{2}(?:\s?[\dA-Z]{2,4}){3,8}\b"
    r"|\b(?:BIC|SWIFT)(?:-(?:BIC|Code))?\b\s*:?\s*[A-Z]{6}[A-Z\d]{2,5}\b"
    r"|\bBLZ\s*:?\s*\d[\d ]{5,}\d\b|\b(?:Konto|Kto)\.?(?:-?\s?(?:Nr\.?|nummer))?\s*:?\s*\d[\d ]{4,}\d\b"
    r"|\bUSt-?\s?Id(?:ent)?\.?-?\s?(?:Nr\.?|nummer)?\s*:?\s*(?:[A-Z]{2}\s?)?\d[\d ]{6,}\d\b"
    r"|\b(?:Steuernummer|St\.?-?Nr\.?)\s*:?\s*\d{2,3}/\d{3,4}/\d{3,5}\b"
    r"|\b(?:HRA|HRB|VR|GnR)\s?\d{2,6}\b"
    r"|\b(?:zimmer|zi|raum|gebäude)\b\.?\s*:?\s*(?!(?:19|20)\d\d\b)(?:[A-Z]{1,2}\.?\s?)?\d{1,4}(?:\.\d{1,3})?[a-z]?\b(?!\.\d)"
    r"|\b(?:eingang|aufgang|flügel|trakt)\s\d{1,2}\b(?!\.)"
    r"|\b(?:gebäude|eingang|aufgang|flügel|trakt)\s+[A-Z]\b|\b\d{1,2}\.\s?(?:OG|UG|Stock|Etage|Obergeschoss)\b"
    r"|\b\d{1,2}(?:[.:]\d{2})?\s*(?:Uhr\s*)?(?:–|-|bis)\s*\d{1,2}(?:[.:]\d{2})?\s*Uhr\b"
    rf"|\b{_COUNTED_ON_PAPER}\.?\s*:\s*\d{{1,6}}\b(?!\.\d)"
    r"|\b(?:az|gz|aktenzeichen|geschäftszeichen|gesch\.-?z)\b\.?\s*:?\s*(?=[^\s,;|]*\d)(?=[^\s,;|]*[/.-])[\w./–-]+"
    rf"|\b(?:(?:unser|ihr|mein)\s+)?(?:akten|geschäfts|diktat)?zeichen\s*:?\s+(?=[^,;|]*\d)(?:{_OF_REFERENCE}\s){{0,5}}{_OF_REFERENCE}(?=\s*(?:$|[,;|]))"
    r"|\b(?:DIN|ISO)(?:\s(?:EN|ISO))*\s\d{3,5}(?:[-:]\d{1,4})*\b",
    re.IGNORECASE,
)
"""Numbers by which somebody is called, paid, registered or found; no part of one is a year or a figure."""

_WORDS = re.compile(
    r"(?<![^\s,;:|])[^\s@,;:|]++@[^\s@]++|(?:https?://|www\.)\S+"
    r"|(?:^|[|,;:·•–-]\s*|\bin\s+)(?:D-)?\d{5}\s+[A-ZÄÖÜ][a-zäöü]{2,}"
    r"|\b(?:Facebook|Twitter|Instagram|LinkedIn|YouTube|Xing)\s*:|\b(?:Bankverbindung|Kreditinstitut|Haltestelle|Anfahrt)\b"
    r"|\b(?:Vereinsregister|Handelsregister|Amtsgericht|Registergericht)\b"
    r"|\b(?:Besucher|Besuchs|Haus|Post|Liefer)(?:adresse|anschrift)\b"
    r"|\b(?:Verwaltungssitz|Dienstsitz|Hauptsitz)\s*:"
    r"|\bKörperschaft(?:en)?\s+des\s+öffentlichen\s+Rechts\b"
    r"|\b(?:Datum|Zeichen)\s+(?:und\s+Zeichen\s+)?Ihre[sr]\s+\w+",
)
_KEY = re.compile(rf"(?:{_COUNTED_ON_PAPER}|{_CALL})\.?\s*:?", re.IGNORECASE)


def is_contact(text: str) -> bool:
    """Whether a line says how to reach, pay or find somebody."""
    return NUMBERS.search(text) is not None or _WORDS.search(text) is not None


def is_key_of_number(text: str) -> bool:
    """``Durchwahl:``, ``Seiten:``: a number beside it reaches somebody or counts pages, and is no figure."""
    return _KEY.fullmatch(text.strip()) is not None


_OF_LETTER = re.compile(
    r"(?:(?:ihre?|unsere?|mein|dein)\s+)?(?:zeichen|nachricht(?:\s+vom)?|schreiben(?:\s+vom)?|datum|name|telefon|telefax|fax|durchwahl|e-?mail|"
    r"bearbeiter(?:in)?|bearbeitung|ansprechpartner(?:in)?|ort|aktenzeichen|az|geschäftszeichen|zimmer)\.?\s*:?",
    re.IGNORECASE,
)
_FEWEST_KEYS = 2


def are_keys_of_letter(texts: Sequence[str]) -> bool:
    """``Ihr Zeichen | Ihre Nachricht vom | Telefon | Datum``: the row below has the numbers of the letter."""
    return len(texts) >= _FEWEST_KEYS and all(map(_OF_LETTER.fullmatch, map(str.strip, texts)))
