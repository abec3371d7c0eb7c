"""Who wrote a sheet, who answers for it, when and where: the evidence in a line that it is about that.

A line may hold several things side by side (``DGB Bezirk Nord · Abteilung Bildung``); each stretch between
its separators is looked at by itself. What restricts figures counts in the same line all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold, tidy
from measures.importing.text.letters import choosing, contacts
from measures.importing.text.neutral import classes

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENDER = re.compile(
    r"^(?:Abt(?:eilung\b|\.)|Haupt\s?abteilung\b|Referat\b|Ref\.|Dezernat\b|Sachgebiet\b|Stabsstelle\b|"
    r"Geschäftsbereich\b|Geschäftsfeld\b|Dienststelle\b|Ministerium\b|"
    r"[A-ZÄÖÜ][a-zäöü]{3,}ministerium\b|Senats?verwaltung\b|Senator\w* für\b|Behörde für\b)"
    r"|\b(?:[Mm]inisterium für|e\.\s?V\.|Postfach \d|PF \d{3,}|GmbH\b)"
    r"|(?:^|[|,·•–-]\s*)(?:D-)?\d{5} [A-ZÄÖÜ][a-zäöü]{2,}"
    r"|\b(?:Sitzung|Besprechung|Tagung|Vermerk|Protokoll|Vorlage)\b|[Ss]ehr geehrte|\bi\. ?A\. "
    r"|\bReferat\s+(?:[IVX]+\b\s?[A-Z]?\s?\d*|\d+[a-z]?|[A-Z]{1,3}\s?\d+)"
    r"|\b[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|platz|weg|allee|gasse|ufer|ring) \d{1,3}[a-z]?\b"
    r"|\b(?:Straße|Platz|Allee) \d{1,3}[a-z]?\b"
)
"""What only the head of a letter has. A line that also names or narrows figures is a title all the same."""

_DEPARTMENT = re.compile(
    r"(?:Fachbereich|Arbeitsbereich|Bereich|Team|Beauftragte[rn]?|Stelle)\b", re.IGNORECASE
)

_PLACE_AND_DAY = re.compile(
    r"[A-ZÄÖÜ][\w./() -]{2,40}?, (?:(?:den|im) )?(?:\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄ][a-zä]{2,8}\.?) ?)?"
    r"(?:[A-ZÄ][a-zä]{2,8} )?\d{4}"
)
"""``Stuttgart, den 14. Februar 2018``."""

_SEPARATOR = re.compile(r"\s*[|;·•]\s*|\s+[–—-]\s+|(?<=[a-zäöüß]{4})\.\s+(?=[A-ZÄÖÜ])")

MINISTRY = re.compile(
    r"\b(?:(?:Staats)?[Mm]inisterium|Senatsverwaltung|Behörde|Senator(?:in)?|Minister(?:in)?|"
    r"(?:Integrations|Ausländer|Migrations)?[Bb]eauftragter?"
    r"(?: der Bundesregierung| des Landes| des Bundes)?)"
    r" (?:für|der|des) [A-ZÄÖÜ][\w-]*(?:, [A-ZÄÖÜ][\w-]+)*(?: und (?:für )?[A-ZÄÖÜ][\w-]+)*"
)
"""A ministry of a Land by its whole name, or a commissioner, whatever the fields are."""

_OF_STREET = r"[A-ZÄÖÜ][\w.]*"
_LEADING = r"am|an|der|den|dem|im|zum|zur|auf|in|hinter|unter"
ADDRESS_LINE = re.compile(
    rf"(?:^|(?<=[|,;·•–:]\s)){_OF_STREET}(?:(?:\s(?:{_LEADING})){{0,2}}[ -]{_OF_STREET}){{0,4}}"
    r"\s\d{1,4}\s?[a-z]?(?:\s?[-–/]\s?\d{1,4}[a-z]?)?\s*[|,;·•–-]\s*"
    r"(?:D-)?\d{5}\s+[A-ZÄÖÜ][\w/.()-]+(?:\s(?:am|an der|im|a\.\s?d\.|a\.|i\.)\s[A-ZÄÖÜ]\w*\.?)?"
)
"""Street, number, postcode and town: ``Berliner Allee 12, 40212 Düsseldorf`` names no region."""

_BODY = (
    r"(?:landes|bundes|haupt|regional|kreis|steuerungs|lenkungs|berufsbildungs|arbeits|fach|unter)?ausschu(?:ss|sses)"
    r"|\w*sekretariat\w*|\w*ministerkonferenz|\w*senatsverwaltung|\w*ministerium\w*|(?:landes|haupt)vertretung"
    r"|\w+kommission|\w*beirat(?:s|es)?|\w*kuratorium\w*|(?:regional)?direktion|(?:hauptgeschäfts|geschäfts|"
    r"abteilungs|bereichs|referats|projekt|team|schrift)leit(?:ung|er|erin)|(?:haupt)?geschäftsführ(?:ung|er|erin)"
    r"|\w*federführung|redaktion|herausgeber(?:in)?|mandant|\w*dachverband\w*|\w*landesverband\w*"
    r"|\w*bundesverband\w*|\w+vereinigung|\w*kammertag\w*|\w*handwerkstag\w*|\w*landkreistag\w*|\w*städtetag\w*"
    r"|\w*arbeitsgemeinschaft\w*|zentrale|leitstelle|statistikstelle|koordinierungsstelle|stabsstelle|"
    r"pressestelle|personalstelle|gewerkschaft(?:en|sbund)?|ver\.di|landesbezirk|\w*gewerkschaftsbund\w*|sachbearbeit(?:ung|er|erin)"
    r"|(?:\w+)?referent(?:in)?|(?:\w+)?leiter(?:in)?|ministerialr\w+|(?:\w+)?direktor(?:in)?"
    r"|(?:vize)?präsident(?:in)?|assisten(?:z|tin|t)|verteiler"
    r"|(?:landes|ausbildungs|fachkräfte|regional)(?:bündnis|pakt|allianz|konsens|konferenz|forum)"
    r"|rechenzentrum|projektträger|abteilung|referat|dezernat|sachgebiet|geschäftsbereich|stabsbereich"
    r"|secretariat|committee|ministry|department|directorate|headquarters|editor(?:s|ial)?|publisher"
)
_OFFICE = re.compile(rf"\b(?:{_BODY})\b|\bRef\.\s|\bGeschäftsstelle(?=\s*[:,(]|$)", re.IGNORECASE)
"""Bodies and offices by what they are called; a branch or district is none, its figures may be a part."""

_PERSON = re.compile(
    r"\b(?:Frau|Herrn?|Fr\.|Hr\.|Mrs?\.?|Ms\.?|Dr\.|Prof\.|Dipl\.-\w+|z\. ?Hd\.|zu Händen|i\. ?[AV]\.|gez\.|"
    r"im Auftrag|in Vertretung|signed|V\. ?i\. ?S\. ?d\. ?P\.)\s*:?\s*(?:von |Dr\. |Prof\. )*[A-ZÄÖÜ]"
)
_AUTHORED = re.compile(
    r"\b(?:zusammengestellt|erstellt|aufgestellt|ausgefüllt|aufbereitet|herausgegeben|verfasst|vorgelegt|"
    r"eingereicht|übersandt|übermittelt|vorbereitet|geliefert|erarbeitet|abgestimmt|freigegeben|entworfen|prepared|compiled|issued|submitted|published)"
    r"\s+(?:von|vom|durch|für|by|for|im Auftrag)\b",
    re.IGNORECASE,
)
"""``zusammengestellt von der IHK Dresden``: whose work the sheet is, and for whom."""

_CLOSING = re.compile(
    r"^(?:(?:für|bei)\s+(?:weitere\w*\s+)?(?:rück|nach)?fragen\b.*|.*\bzur verfügung\b.*|"
    r"noch\s+fragen\b.*|(?:mit\s+)?(?:freundliche[nm]?|schöne[nm]?|liebe[nm]?|kollegiale[nm]?|sonnige[nm]?|beste[nm]?|viele[nm]?|herzliche[nm]?)\s+gr[uü](?:ß|ss)\w*\b.*|"
    r"(?:listen|datei|tabellen|berichts)ende|(?:ende|schluss|end)\s+(?:de[rs]|of)\s+(?:the\s+)?"
    r"(?:liste|datei|tabelle|auswertung|ausdruck\w*|berichts?|protokolls|list|file|table|report)|"
    r"(?:sachlich|rechnerisch)\s.*richtig\b.*|.*\b(?:sachlich|rechnerisch) richtig\b.*|"
    r"für die (?:sachliche |rechnerische )?richtigkeit\b.*|(?:irrtümer|irrtum)\b.*vorbehalten|"
    r"ende|schluss|end|eof|"
    r"(?:wir|ich)\s+(?:danken|bitten|bedanken)\b.*|dieses schreiben\b.*|ohne unterschrift gültig)$",
    re.IGNORECASE,
)
"""How a letter, or a list of a program, ends."""

_HANDLING = re.compile(
    r"(?:vertraulich\W+)?(?:nur für den|for)(?: internen?| dienstlichen| internal)? "
    r"(?:dienst)?(?:gebrauch|use)(?: only)?|"
    r"(?:bitte )?nicht (?:weitergeben|zur veröffentlichung(?: bestimmt)?)|"
    r"(?:nutzungsbedingungen:?\s+|lizenz:?\s+)?(?:nachdruck|vervielfältigung|verbreitung|weitergabe|nutzung)\b"
    r"[\w ,–-]*\b(?:mit|unter)?\s*quellenangabe(?: gestattet| erlaubt| möglich)?|"
    r"alle rechte vorbehalten|all rights reserved|(?:lizenz:?\s*)?CC[ -](?:BY|0)[\w .-]*|"
    r"(?:dl-de|datenlizenz deutschland)[\w ./–-]*",
    re.IGNORECASE,
)
"""``Nur für den internen Gebrauch``: who may see the paper."""

_RULES = re.compile(r"^[\W_]+|[\W_]+$")

_OF_PAPER = re.compile(
    r"\b(?:daten)?(?:auszug|abzug|abruf|export|ausdruck|auswertung|datenstand|stand|fassung|version|ausgabe|lauf)"
    r"[\s_]+(?:(?:vom|am|per)|(?:der|des)\s+\w+)?\s*:?\s*$"
    r"|\b(?:rück|ab|ein)?(?:gabe|sendung|lieferung|reichung)(?:s?(?:termin|frist|schluss))?\s*:?\s*"
    r"(?:bitte\s+)?(?:bis|am|zum)?(?:\s+(?:zum|spätestens))?\s*$"
    r"|\b(?:termin|frist|(?:melde|einsende|redaktions)schluss)\s*:?\s*(?:bis|am|zum)?\s*(?:zum)?\s*$",
    re.IGNORECASE,
)
"""Before the day of the paper, or by which it is to be handed in."""

_SURVEYED = re.compile(
    r"\b\w*(?:sitzung|gespräch|treffen|tagung|besprechung|konferenz|gremium|meeting|visit)s?\b|"
    r"\b(?:\w*(?:abfrage|befragung|umfrage|erhebung)|(?:ab|be)gefragt|befragt|erhoben|angeschrieben|surveyed|asked)\b",
    re.IGNORECASE,
)
"""In a line with the day of a meeting, or the month in which somebody was asked for the figures."""


def is_of_sender(text: str) -> bool:
    """Whether a line is the head of a letter: the sender's name, department and address."""
    text = tidy(text)
    is_head = _SENDER.search(text) is not None or contacts.is_contact(text)
    return is_head or _PLACE_AND_DAY.fullmatch(text) is not None


def is_of_department(text: str) -> bool:
    """Whether a line names a part of an office; whose figures these are it need not say."""
    return is_of_sender(text) or _DEPARTMENT.match(tidy(text)) is not None


def is_closing(text: str) -> bool:
    """Whether a line says no more than that here a letter or list ends."""
    return _CLOSING.match(_RULES.sub("", text)) is not None


def is_about_handling(text: str) -> bool:
    """Whether a line says no more than who may see or copy the paper."""
    return _HANDLING.fullmatch(_RULES.sub("", tidy(text))) is not None


_OF_FIGURES = re.compile(
    r"\([^()]*\b(?:zahlen|angaben|werte|daten|meldet|meldung)\b[^()]*\b(?:für|aus|nur|ohne)\b[^()]*\)"
    r"|(?<![\w-])(?:zahlen|angaben|werte|daten|ergebnisse)\s[^,;|·()]*",
    re.IGNORECASE,
)
"""``Zahlen Opladen, Tel. 0214 89920``: of what figures are, in whatever line."""


def states_of_what(text: str, start: int) -> bool:
    """Whether a word is one of those that say of what figures are."""
    return any(found.start() <= start < found.end() for found in _OF_FIGURES.finditer(text))


def chooses_in_aside(text: str, start: int, end: int) -> bool:
    """A fund, a kind of training, or a place of figures beside a contact: also in a line about the paper."""
    is_of_figures = contacts.is_contact(text) and states_of_what(text, start)
    return (
        is_of_figures
        or choosing.is_fund_or_training(text[start:end])
        or (choosing.chooses_in_key(text, start, end) and not _is_surname(text[:start]))
    )


def _is_surname(before: str) -> bool:
    """``Peter`` before ``Holz``."""
    return fold(before.rpartition(":")[2]).rpartition(" ")[2] in classes.words("given_names")


def stretches_of_sender(text: str) -> Iterator[tuple[int, int]]:
    """From where to where a line is about its sender; the whole of it, or between two separators.

    What brackets say of figures is not: ``Pressestelle (Zahlen für den Landkreis Suhl)``.
    """
    for start, end in _stretches(text):
        others = [match.span() for match in _OF_FIGURES.finditer(text, start, end)]
        yield from zip(
            [start, *(last for _, last in others)], [*(first for first, _ in others), end], strict=True
        )


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    if is_of_sender(text) or is_closing(text):
        yield 0, len(text)
        return
    start = 0
    for match in (*_SEPARATOR.finditer(text), None):
        end = match.start() if match else len(text)
        stretch = text[start:end]
        if is_signed(stretch) or is_of_sender(stretch) or is_closing(stretch):
            yield start, end
        start = match.end() if match else end


def is_signed(text: str) -> bool:
    """Whether a stretch of a line names an office, a person, or whose work the sheet is."""
    return any(finder.search(text) for finder in (_OFFICE, _PERSON, _AUTHORED))


def is_written(text: str, start: int) -> bool:
    """Whether the day or month at ``start`` is that of the paper (``Auszug vom``), or of a survey."""
    return _OF_PAPER.search(text[:start]) is not None or _SURVEYED.search(text) is not None


_STATING = re.compile(
    r"\b(?:enth[aä]lt\w*|umfass\w*|fehl(?:t|en)|zähl(?:t|en)|betr(?:ifft|effen)|bezieh\w*|gelten?|gilt|stehen|"
    r"sind|ist|wurden?|werden|deren|dessen|nur|außer|include\w*|are|were|only|except)\b",
    re.IGNORECASE,
)


def states_something(text: str) -> bool:
    """Whether thanks go on to say what figures hold: ``Vielen Dank, Umschüler sind enthalten``."""
    return _STATING.search(text) is not None
