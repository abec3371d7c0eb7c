"""Lines by which one chamber speaks for several: ``Federführung der IHKs in NRW``.

Below the name of a single chamber it may be all of theirs that the figures count. Who is asked, written to or
surveyed is not spoken for: ``Abfrage bei den IHKs``, ``Vordruck für die Kammern``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import wording
from measures.importing.text.folding import fold
from measures.importing.text.letters import contacts, senders
from measures.importing.text.neutral import classes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from measures.importing.text.wording import Part

_CHAMBERS = (
    r"(?:(?:[\wäöü-]*-)?(?:ihks|hwks)|(?:[\wäöü]+-)?kammern|(?:mitglieds|nachbar|schwester|handwerks)kammern|"
    r"(?:industrie-?\s+und\s+)?handelskammern|kammerbezirke[n]?|(?:ihk|hwk)-bezirke[n]?|chambers)"
)
_CHAMBER = r"(?:ihk|hwk|kammer|handwerkskammer|handelskammer|industrie-\s*und\s*handelskammer)"
_UNION = (
    r"(?:ihk|hwk|handwerk)\s+(?:nrw|nord|hessen|niedersachsen|bayern|baden-württemberg|rheinland-pfalz|sachsen|thüringen|brandenburg)|"
    r"ihknrw|ihkn|hihk|bihk|bwihk|whkt|lhkt|lhn|nht|niht|bht|hht|bwht|wht|(?:landes)?arbeitsgemeinschaft|lag|arge"
)
_NUMBER = (
    r"(?:\d{1,2}|beiden?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|"
    r"mehrerer?n?|übrigen|anderen|weiteren)"
)
_SPEAKING = re.compile(
    rf"\b(?:aller?|sämtlicher?|alle[nr])\s+(?:\d+\s+)?(?:[a-zäöü-]+en\s+)?{_CHAMBERS}\b"
    rf"|\b(?:summen?|gesamt\w*|ergebnis\w*|zahlen|daten|werte)\s+(?:der|für\s+die)\s+{_CHAMBERS}\s+(?:in|im|des)\b"
    rf"|\b{_CHAMBERS}\s+(?:gesamt|insgesamt|zusammen)\b"
    rf"|(?<![\w-]){_NUMBER}\s+(?:[a-zäöü-]+en\s+)?{_CHAMBERS}\b"
    r"|\bfederführung\b(?!\s*[:(])(?!\s+(?:frau|herr|herrn|dr|hr|fr)\b)(?!\s+(?:de[sr]\s+)?(?:bm\w+|dihk|zdh|ba|bundes\w*|\w*ministerium\w*)\b)"
    rf"|\bfederführende[nr]?\s+{_CHAMBER}\b|\bfederführend\s+für\b|\bkoordinierende[nr]?\s+{_CHAMBER}\b"
    rf"|(?<!mitglied\s)(?<!mitglied\sder\s)(?<!mitglied\sin\sder\s)(?<!an\sdie\s)\b(?:landes)?arbeitsgemeinschaft\s+(?:der\s+)?(?:[a-zäöü-]+en\s+)?{_CHAMBERS}\b"
    rf"|\b{_CHAMBER}-?(?:arbeitsgemeinschaft|vereinigung|verbund|gemeinschaft)\b"
    rf"|\b(?:zusammenfassung|zusammenschluss|verbund|vereinigung)\s+(?:der|von)\s+(?:[a-zäöü-]+en\s+)?{_CHAMBERS}\b"
    rf"|\b(?:stellvertretend|zugleich|auch)\s+für\s+(?:die|den)\b|\bim\s+namen\s+(?:der|von|aller)\s+(?:[a-zäöü-]+en\s+)?{_CHAMBERS}\b"
    rf"|\b(?:geschäftsführung|geschäftsstelle|sekretariat|vorsitz|vorort)\s+(?:der|des|von)?\s*(?:{_UNION})(?![\w-])"
    r"|\bgemeinsame[nrs]?\s+(?:meldung|ergebnis\w*|zahlen|angaben|bilanz|auswertung|statistik|rückmeldung)\b"
    r"|\b(?:sammel|landes|verbund)meldung\b|\blandes(?:ergebnis\w*|summe\w*|zahlen|werte|weite[nrs]?)\b|\bregierungsbezirk\w*\b",
    re.IGNORECASE,
)
_GATHERING = re.compile(
    r"\b(?:abfrage|umfrage|befragung|erhebung|rundschreiben|vordruck|formular|meldeformular|fragebogen|meldebogen|erhebungsbogen|"
    r"verteiler|nachrichtlich|kenntnis|kopie|vorlage|merkblatt|hinweise?|ausfüllhilfe|anleitung)\b|\b(?:an|bei|unter|von)\s+(?:die|den|allen|alle|sämtliche|sämtlichen|der)\b",
    re.IGNORECASE,
)
"""Who is asked or written to."""
_SEVERAL = re.compile(rf"\b{_CHAMBERS}\b", re.IGNORECASE)
_COUNTRY = re.compile(
    r"\b(?:in|für|aus)\s+(?:ganz\s+|der\s+)?(?:deutschland|bundesrepublik)\b|\bbundesgebiet(?:es|s)?\b",
    re.IGNORECASE,
)
_KEY_OF_LAND = re.compile(r"\s*(?:bundes)?land\b", re.IGNORECASE)
_PLACES = (wording.REGION, wording.ORGANISATION)
_WITHOUT_WEIGHT = (wording.SILENT, wording.PERIOD, wording.STATUS, *_PLACES)


def parts_for_others(text: str, parts: list[Part], wider: AbstractSet[str]) -> Iterator[Part]:
    """What in a line speaks of more than one chamber; ``wider``: regions in which it is not the only one."""
    if _GATHERING.search(text) or contacts.is_contact(text) or (wording.is_aside(text) and ":" in text):
        return
    for found in _SPEAKING.finditer(text):
        yield wording.Part(wording.NARROWING, found[0].strip(), *found.span())
    if wording.is_aside(text) or senders.is_of_sender(text):
        return
    regions = [part for part in parts if part.kind in _PLACES and not wider.isdisjoint(part.codes)]
    is_of_figures = any(part.kind == wording.INDICATOR for part in parts)
    is_region = bool(regions) and not _KEY_OF_LAND.match(text)
    if is_region and (is_of_figures or _SEVERAL.search(text) or _is_region_alone(parts, wider)):
        yield from (part._replace(kind=wording.NARROWING) for part in regions)
    if is_of_figures and (country := _COUNTRY.search(text)):
        yield wording.Part(wording.NARROWING, country[0].strip(), *country.span())


def _is_region_alone(parts: list[Part], wider: AbstractSet[str]) -> bool:
    """``Nordrhein-Westfalen 2016``, ``Zahlen in Hessen``: a title, not an address or a ministry."""
    words = {word for part in parts for word in fold(part.text).split()}
    is_of_body = any(classes.class_of(word) == classes.BODY for word in words)
    is_of_one = any(part.kind == wording.ORGANISATION and wider.isdisjoint(part.codes) for part in parts)
    return not (is_of_body or is_of_one) and all(part.kind in _WITHOUT_WEIGHT for part in parts)
