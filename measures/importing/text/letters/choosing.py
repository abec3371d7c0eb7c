"""Words that choose whose figures a table has, also where the words beside them say nothing.

A department, a source or whoever gave the order may be called by a branch, a firm or a district: *Abteilung
Pflege*, *Datengrundlage: Innungsbetriebe*, *im Auftrag des Jobcenters*. The figures may be theirs alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import lexicon
from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAILS = (
    r"(?:s?(?:beruf(?:e|en)?|gewerbe[ns]?|wesens?|wirtschaft|technik|industrie|handwerk(?:e|en|s)?|branchen?|sektors?|zahlen|"
    r"betrieb(?:e|en)?|schulen?|firmen))"
)
_TRADE = (
    r"(?:(?:alten|kranken)?pflege|gesundheits?|gastro|gaststätten?|hotel(?=lerie|fach|gewerbe|beruf|\s+und\s+gast)|gastgewerb|metall|elektro|logistik|transport|landwirtschaft|agrar|"
    r"gartenbau|hauswirtschaft|chemie|textil|kfz|kraftfahrzeug|friseur|lebensmittel|ernährung|nahrung|kaufmänn|kaufleute|"
    r"bürokauf|industriekauf|einzelhandel|großhandel|außenhandel|dienstleistung|touris|immobilien|mechatronik|maschinenbau|"
    r"anlagenbau|hochbau|tiefbau|bauhaupt|ausbaugewerbe|sanitär|zahnmedizin|apotheke|versicherungs?(?:wirtschaft|gewerbe)|"
    r"spedition|gebäudereinig|augenoptik)[\wäöüß]*"
    rf"|(?:bau|holz|handel|handels|industrie|handwerk|banken|druck(?={_TAILS})|medien(?={_TAILS})|verkehr(?=s?(?:beruf|gewerbe))){_TAILS}?"
)
_FIRMS = (
    r"(?:[a-zäöüß]{4,}e[nr]?\s+(?:betriebe?n?|unternehmen|firmen)|\w{3,}(?<!haupt)(?<!eigen)(?:betrieb|unternehm|firm)(?:e|en|s)?|"
    r"\w{3,}(?<!berufs)(?<!hoch)schulen?)(?!\w)"
)
_DISTRICT = (
    r"(?:land)?kreis(?:e|es|en)?|kreisfreien?|stadt(?:gebiet|teil|bezirk|kreis)?(?:e?s)?|gemeinden?|teilregion|"
    r"kreishandwerkerschaft(?:en)?|innung(?:en)?|geschäftsstellen?(?=\s+[A-ZÄÖÜ])|bezirksstellen?"
)
_LOCAL = (
    r"job-?centers?|agentur\s+für\s+arbeit\s+[A-ZÄÖÜ]\w+|arbeitsagentur\s+[A-ZÄÖÜ]\w+|(?:land)?kreise?s|stadt|städte|gemeinden?|kommunen?|"
    r"kreishandwerkerschaft|innung|(?:bildungs|berufsförderungs)werke?s|bildungsträgers?|maßnahmeträgers?|bezirksregierung|"
    r"regierungspräsidiums|regierung\s+von|(?!bundes|landes|statistisch|auswärtig|reichs)[a-zäöü]*am(?:t|tes|ts)(?!\w)|"
    r"fördervereins?|berufsschule|schulen?"
)
_DEPARTMENT = (
    r"(?:haupt)?abteilung(?:sleit(?:ung|er|erin))?|abt\.|referat(?:sleit(?:ung|er|erin))?|ref\.|dezernat|sachgebiet|stabsstelle|geschäftsbereich|geschäftsfeld|team|"
    r"fachbereich|arbeitsbereich|fachgruppe|bereich"
)
_SOURCE = (
    r"(?:daten)?(?:grundlage|basis|quelle|bestand)|quellen?(?:angabe)?|source|auswertungsgrundlage|"
    r"erhebungsbasis"
)

_OF_PEOPLE = r"(?:inklusion|integration|migration|frauen|flüchtlinge|reha(?:bilitation)?)"

_FINDERS = (
    re.compile(
        rf"\b(?:{_DEPARTMENT})\s*:?\s+(?:[IVX\d]+(?:\s?[A-Z]?\s?\d*)\s*[,:–-]?\s+)?(?:(?:für|der|des)\s+)?(?P<what>(?:{_TRADE}|{_OF_PEOPLE})(?!\w))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\s*(?:{_SOURCE})\s*[:=]\s*.*?(?<![\w-])(?P<what>(?:{_TRADE}|{_FIRMS})(?![\w-]))", re.IGNORECASE
    ),
    re.compile(rf"^\s*(?:{_SOURCE})\s+(?P<what>(?:{_TRADE}|{_FIRMS}|{_DISTRICT}))\s*$", re.IGNORECASE),
    re.compile(
        rf"^\s*daten(?:grundlage|basis)\s*[:=]\s*.*?(?<![\w-])(?P<what>(?:{_DISTRICT})(?!\w))", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:im\s+auftrag|auftraggeber(?:in)?\s*:?|i\.\s?a\.)\s+(?:(?:des|der|von|vom)\s+)?(?P<what>(?:{_LOCAL})(?!\w))",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\w)(?P<what>druckzahlen)(?!\w)", re.IGNORECASE),
)
_PERSONS = (
    r"(?:fachleute|menschen|personen|frauen|männer|mädchen|jungen|leute|\w*(?:migrant|absolvent|kandidat|student|schulabgänger|"
    r"abgänger|zugewandert|zuwander|eingewandert|ausländ|geflüchtet|flüchtling|asyl|arbeitslos|erwerbslos|abbrecher|aufstocker|umgeschult)\w*)"
)
_COUNTED = (
    r"(?:plätze|stellen|verträge|lehrlinge|bewerber|schüler|teilnehmer|azubis|auszubildende|jugendliche|"
    r"beschäftigte|mitarbeiter)n?"
)
_CHOOSING = re.compile(
    rf"(?:{_TRADE}|{_FIRMS}|{_DISTRICT}|{_PERSONS}|\w*(?:programm|projekt|modellversuch)s?|jobstarter\w*|\w+{_COUNTED})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_SOME_OF_ALL = re.compile(
    rf"(?:{_TRADE}|\w{{3,}}(?<!ausbildungs)(?:betrieb|unternehm|firm)(?:e|en|s)?n?|{_DISTRICT}|jobcentern?|teilzeit|vollzeit|"
    r"\w*(?:migrant|student|flüchtl|geflücht|zugewandert|asyl|abbrecher|schulabgänger)\w*)",
    re.IGNORECASE,
)
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SOME = re.compile(
    rf"(?:{_TRADE}|{_DISTRICT}|{_PERSONS}|(?:migra|integra|inklu|reha|gleichstell|jugend|schul|hochschul|stud|programm|projekt|"
    r"foerder|frauen|flucht|asyl|kreis|stadt|handwerk|industrie|handel|meister|ausland|europa|eu|esf|mittelstand|gewerbe)[a-z]*)".translate(
        _FOLDED
    ),
)
_OF_ADDRESS = re.compile(
    r"geschäftsstellen?|\w*(?:dienst|leit|presse|post|halte|service|melde|poststelle)stellen?", re.IGNORECASE
)
_IN_REGION = re.compile(
    r"\b(?:\w*region|(?:groß)?raum|gebiet|stadtteil|ortsteil|standort|filiale|niederlassung)\s+$",
    re.IGNORECASE,
)
_OF_MANDATE = re.compile(r"\s*mandant(?:in)?\s*[:=]?\s*(?:\d+\s*[:–-]?\s*)?$", re.IGNORECASE)
_BODIES = re.compile(
    r"(?:kammern?|verband(?:e?s)?|verbände|ministeriums?|amt(?:e?s)?|haus|straße|platz|hof)$", re.IGNORECASE
)
_NAMED_PERSON = re.compile(
    r"(?:\b(?:Frau|Herrn?|Hr|Fr|Dr|Prof|Mrs?|Ms)\.?|\b[A-ZÄÖÜ]\.|\b(?!Bereich|Abteilung|Team|Referat|Ansprechpartner|Kontakt)[A-ZÄÖÜ][a-zäöüß]+[ae])\s+$"
)
"""Before a surname: how people are addressed, an initial, or what may be a given name."""
_NAMED_SO = re.compile(
    r"\b(?:programms?|projekt(?:e?s)?|modellversuchs?|maßnahme)\s+[„“\"»‚]?$", re.IGNORECASE
)
_OFFICE_AT = re.compile(r"\bgeschäftsstelle\s+$", re.IGNORECASE)
_ADDRESS = re.compile(r"\b\d{5}\s[A-ZÄÖÜ]")
_COUNT_OF = re.compile(
    rf"\s+[\w-]*?(?:{_COUNTED}|betriebe?n?|beratungen|personen|verträgen?)\b", re.IGNORECASE
)

_FROM_NUMBER = re.compile(r"\b(?:ab|bis|unter|über|mit|von|seit)\s+\d+\s*$", re.IGNORECASE)


def spans_choosing(text: str) -> Iterator[tuple[int, int]]:
    """Where a department, a source or an order is called by some of those who could be counted."""
    yield from (found.span("what") for finder in _FINDERS for found in finder.finditer(text))


def names_kind_of_training(word: str) -> bool:
    """``Abteilung Umschulung``: whose letter it is, or which trainees are counted."""
    key = fold(word)
    return any(stem in key for stem in lexicon.words("kinds_of_training")) or key.endswith(
        tuple(lexicon.words("branches"))
    )


def names_some(text: str) -> bool:
    """Whether a branch, firms, a district or people are named: ``gemeldet von den Innungsbetrieben``."""
    return any(_SOME_OF_ALL.fullmatch(word[0]) for word in _WORD.finditer(text))


def stands_for_some(word: str) -> bool:
    """``männlich``, ``telefonisch``, ``Großbetriebe``: alone beside a figure, which are counted."""
    return _SOME_OF_ALL.fullmatch(word) is not None or fold(word).startswith(
        lexicon.beginnings("stands_for_some")
    )


def is_called_by_some(start: str) -> bool:
    """Whether the first part of ``Pflegereferat``, in folded form, names those who could be counted."""
    return _SOME.match(start) is not None or names_kind_of_training(start)


def is_fund_or_training(word: str) -> bool:
    """A fund or a kind of training, as no person is called."""
    is_fund = word.isupper() and fold(word) in lexicon.words("short_for_kinds")
    return is_fund or names_kind_of_training(word)


def chooses_beside_address(text: str, start: int, end: int) -> bool:
    """Whether a word in the line of an address chooses figures: a branch, firms, a district, a programme."""
    word, before = text[start:end], text[:start]
    if word.isdigit():
        return _COUNT_OF.match(text, end) is not None
    is_named = word[:1].isupper() and bool(
        _NAMED_SO.search(before) or (_OFFICE_AT.search(before) and not _ADDRESS.search(text))
    )
    is_in_region = _IN_REGION.search(before) and not _ADDRESS.search(text)
    is_place = word[:1].isupper() and (is_in_region or _OF_MANDATE.match(before))
    is_branch = is_place or (_CHOOSING.fullmatch(word) and not _OF_ADDRESS.fullmatch(word))
    return is_named or bool(is_branch) or is_fund_or_training(word)


def chooses_in_key(text: str, start: int, end: int) -> bool:
    """``Ansprechpartner Handel``, ``Erstellt für: Großbetriebe``; not ``Frau Holz``."""
    word, before = text[start:end], text[:start]
    if word[:1].isupper() and _OF_MANDATE.match(before):
        return True
    is_some = _CHOOSING.fullmatch(word) and not _OF_ADDRESS.fullmatch(word) and not _BODIES.search(word)
    return bool(is_some) and _NAMED_PERSON.search(before) is None


def counts_from(text: str) -> bool:
    """``Menschen ab 25``, ``Betriebe bis 50``: who is counted, though streets are written alike."""
    return _FROM_NUMBER.search(text) is not None or any(map(_CHOOSING.fullmatch, text.split()))
