"""Sentences beside a table that explain it and leave its figures what they are.

Each form explains by what it says: that groups overlap, how a row is to be read, that other statistics
differ, to what figures are rounded, what they include, whom a group's name means. What narrows in such a
sentence counts all the same, but for the words the form itself consists of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import wording
from measures.importing.text.folding import fold
from measures.importing.text.letters import choosing
from measures.importing.text.neutral import phrases
from measures.importing.text.terms.months import MONTH

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from measures.importing.text.wording import Part

_SENTENCE = re.compile(r"[^.;!?]+(?:\.(?=\S|\s[a-zäöü\d])[^.;!?]*)*")

_COUNTED = (
    r"(?:platz|plätze\w*|stellen?|vertr[aä]ge?\w*|personen|betriebe\w*|unternehmen|teilnehm\w+|eintritte\w*|"
)
_COUNTED += (
    r"angebote\w*|fälle\w*|beratungen|jugendliche\w*|places|contracts|persons|people|companies|offers)"
)
_PEOPLE = (
    r"(?:personen|menschen|jugendliche\w*|staatsangehörige\w*|staatsbürger\w*|asyl\w+|schutz\w+|geflüchtete\w*|"
    r"bewerber\w*|teilnehmende\w*|schüler\w*|frauen|mädchen|zugewanderte\w*|ausländer\w*|auszubildende\w*|"
    r"people|persons|nationals|citizens|young people|refugees|women)"
)
_OVERLAPPING = re.compile(
    r"\b(?:mehrere[nmr]?|mehrfach|mehrmals|doppelt|mehrfach\w{4,}|doppel(?:zähl|nenn|erfass|meld)\w+|"
    r"überschneid\w+|überlapp\w+|overlap\w*|several|more than (?:one|once)|double[- ]count\w*|multiple)\b",
    re.IGNORECASE,
)
_COUNTED_TWICE = re.compile(
    r"\s*(?:(?:alle|die)\s+)?(?:werte|zahlen|angaben|plätze)?\s*(?:sind|wurden)?\s*(?:doppelt|mehrfach|dreifach)\s+(?:gezählt|erfasst|enthalten)\s*[.!]?\s*",
    re.IGNORECASE,
)
"""``Doppelt gezählt``, of no part of the counted: so are all figures."""
_BELONGING = re.compile(
    r"\b(?:kann|können|möglich|\w*gehör\w*|enthalten|gezählt|zählen|erfasst|zugeordnet|genannt|auftreten|"
    r"bereinigt|herausgerechnet|vermieden|eliminiert|ausgeschlossen|vorkommen|may|can|are|is|counted|removed)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:jahre?[ns]?|monate?n?|quartale?n?|halbjahre?n?|kammern?|ihks?|hwks?|bezirke?n?|standorte?n?|"
    r"(?:19|20)\d{2}|einige|manche|nur|ohne|außer|lediglich|years?|months?|chambers?|only|without)\b",
    re.IGNORECASE,
)
_MISSING = re.compile(r"\b(?:fehl\w+|aussteh\w+|unvollständig\w*|missing|incomplete)\b", re.IGNORECASE)
"""Whatever else a sentence explains: something is not in the figures."""
_NOT_ADDED = re.compile(
    r"\b(?:nicht (?:zu )?\w*(?:addier|summier|zusammenzähl)\w*|"
    r"überschneiden sich|überlappen sich|do not add up)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\bjede[rs]? (?:betrieb|unternehmen|person|jugendliche|teilnehmende\w*|bewerber\w*) "
    r"(?:(?:wird|ist|wurde|zählt)(?: \w+)? )?(?:ein(?:fach|mal)|1 ?x)\b|"
    r"\b(?:each|every) (?:company|person|applicant) (?:is )?count(?:s|ed) once\b",
    re.IGNORECASE,
)
_ONCE_WORDS = frozenset(
    ("jeder", "jede", "nur", "einmal", "nur einmal", "genau", "zaehlt", "gezaehlt", "once", "each")
)
_REMOVED = re.compile(
    r"\b(?:bereinigt|herausgerechnet|vermieden|eliminiert|ausgeschlossen|removed)\b", re.IGNORECASE
)
_READING = re.compile(
    r"\s*(?:lesebeispiel|lesehilfe|lesehinweis|lesart|reading (?:example|aid)|how to read)\b", re.IGNORECASE
)
_DEVIATING = re.compile(
    r"\b(?:abweichung\w*|differenz\w*|unterschied\w*|deviations?|differences?|discrepanc\w+)\b.*"
    r"\b(?:möglich|können|ergeben|beruhen|erklär\w+|bedingt|zurückzuführen|possible|may|can|due)\b",
    re.IGNORECASE,
)
_ROUNDED = re.compile(
    r"\b(?:auf|to)\s+(?:volle|ganze|the nearest|die nächste[nr]?)?\s*"
    r"(?:\d{1,4}(?:er)?|fünfer|zehner|hundert(?:er)?|ten|hundred|five|zahlen)\s+"
    r"(?:auf-? (?:und|oder|bzw\.) ab)?"
    r"(?:gerundet\w*|rounded)|\brounded to (?:the nearest )?(?:\d{1,4}|five|ten|hundred)",
    re.IGNORECASE,
)
_INCLUDING = re.compile(
    rf"(?:.*[:(]\s*|\s*|(?:die\s+)?(?:angaben|werte|zahlen)\s+)(?:einschl\w*\.?|in(?:kl|cl)\w*\.?|including|"
    rf"enthält auch|enthalten sind auch|mit enthalten sind)\s+(?:[\w-]+\s+){{0,4}}{_COUNTED}\s*\)?\s*",
    re.IGNORECASE,
)
_BY_SURVEY = re.compile(
    r"\b(?:based on|auf (?:der )?(?:basis|grundlage)|anhand|mittels|laut|durch)\s+(?:[\w-]+\s+){0,3}"
    r"\w*(?:umfrage|befragung|erhebung|abfrage|survey|rückmeldung)(?:en|s)?\b",
    re.IGNORECASE,
)
"""By what the figures are known."""
_DEFINING = re.compile(
    rf"\s*(?:(?:als|unter|zu den)\s+)?(?P<term>[^:=]{{3,60}}?)\s*"
    rf"(?::|=|\bsind\b|\bgelten\b|\bzählen\b|\bare\b|\bwerden\b)\s+(?:hier\s+)?(?:alle\s+|junge\s+|the\s+)?{_PEOPLE}\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:ist|sind|war|waren|wird|werden|wurden?|hat|haben|hatten?|kann|können|konnten?|liegt|liegen|erfolgte?n?|"
    r"stammt|stammen|steht|stehen|danken|bitten|fand|fanden|dient|dienen|basiert|basieren|beruht|beruhen|"
    r"is|are|was|were|has|have|had|can|may|will)\b",
    re.IGNORECASE,
)
_SELECTING = re.compile(
    r"\b(?:(?:mit|ein)?(?:erfass|berücksichtig|einbezog|umfass|beinhalt|betr[ae]f|betriff|beschränk|begrenz|"
    r"gezähl|zähl)\w*|enthalten|enthält|gilt|gelten|handelt|bezieh\w+|bezogen|geht|fehl\w+|aussteh\w+|noch|erst|"
    r"seit|ab|bis|statt|anstelle|auswahl|stichprobe|annahme\w*|angenommen|teil\w*|bezirk\w*|standort\w*|"
    r"region\w*|kreis\w*|stadt|städt\w+|gemeinde\w*|\w*stelle|anteilig\w*|begonnen\w*|laufend\w*|besetzt\w*|"
    r"finanziert\w*|gefördert\w*|projekt\w*|branche\w*|gewerb\w+|kostenlos|zusammengefasst|zusammengelegt|"
    r"umgerechnet|verrechnet|übernommen|fortgeschrieben|geändert|abweichend|anders|"
    r"counted|covers?|refers?|relates?|includes?|contains?|limited|missing|sample|until|since|yet|part\w*|"
    r"funded|based on|extrapolated|changed)\b",
    re.IGNORECASE,
)
"""Words that say which figures are meant, or that they are counted otherwise."""
_IS_NOUN = re.compile(
    r"\b(?:ist|sind|war|waren|is|are|was|were)\s+(?:\w+\s+)?[A-ZÄÖÜ]\w+|\b(?:gemeint|bezeichnet|verstanden|definiert)\b"
)
"""``Die Angaben sind Jahresmittel``: what figures are."""
_FIGURES = re.compile(
    rf"\b(?:{_COUNTED[3:-1]}|werte?n?|zahlen|angaben|daten|figures|values)\b", re.IGNORECASE
)
"""In a sentence on figures an unknown verb (``imputiert``) may say what was done to them."""
_ALTERED = re.compile(
    r"\b(?!vorge(?:nomm|leg)|abgeleg|aufgeleg|übergeordnet)(?:weg|heraus|raus|hinaus|dazu|hinzu|zusammen|hinein|hoch|herunter|runter|um|auf|ab|aus|nach|vor|zurück|über|an|drauf|dran|fort|zu)ge"
    r"(?:lass|nomm|zog|fall|fügt|zähl|rechn|rund|leg|schlag|strich|schoss|füll|griff|kürz|teil|samm|setz|pass|stock|schätz|buch|ordn)\w*"
    r"|\b(?:ge|ver|er)(?:schätzt|strichen|löscht|kürzt|doppelt|dreifacht|ringert|mindert|tauscht|wechselt|fälscht|mischt|schoben|gessen)\w*"
    r"|\bnachge(?:reicht|liefert|meldet|tragen)\w*|\b(?:hälfte|drittel|viertel|mehrheit|großteil|meisten?|viele[nr]?|wenige[nr]?|fast|nahezu|"
    r"jede[rsm]?\s+(?:zweite|dritte|vierte|fünfte|zehnte)\w*)\b"
    r"|\b(?:weggelassen\w*|unterschlagen\w*|lücke\w*|\w*schätz\w*|fehler\w*|falsch\w*|unsicher\w*|ungenau\w*|inhalt|gezeigt|gedacht|geeignet)\b",
    re.IGNORECASE,
)
"""``Leverkusen wurde weggelassen``: something was done to the figures, or is not right with them."""
_NUMBER = re.compile(r"(?<![\d.])\d+(?:[.,]\d+)?(?![\d.]*\d)")
_OF_PLACE = re.compile(r"\b(?:aus|in|von|für|bei|from|for)\s+[A-ZÄÖÜ]")
"""``aus Leverkusen``: without an article what follows may be a place."""
_IN_MONTHS = re.compile(MONTH, re.IGNORECASE)

_FORM_WORDS = frozenset(
    (
        *("mehr", "weniger", "minus", "plus", "gegenueber", "ueber", "unter", "andere", "anderen", "als"),
        *(
            "nicht",
            "ausgeschlossen",
            "bereinigt",
            "positiv",
            "negativ",
            "more",
            "less",
            "fewer",
            "than",
            "not",
        ),
        *("darunter", "einmal", "je", "pro", "per"),
    )
)
_BEGINNINGS = ("abweichung", "differenz", "nachmeldung", "korrektur", "zuwaechs", "difference")


def with_explanations(
    text: str,
    parts: list[Part],
    groups: set[str],
    *,
    count_several_times: bool = False,
    units: Container[str] = (),
) -> list[Part]:
    """The parts of a text, those silent that only explain.

    ``groups``: the target groups of the table. ``count_several_times``: its indicators count somebody more
    than once by definition, so that it changes them if each is counted once. ``units``: what they count; that
    each company counts once is stated of companies if there are any.
    """
    found = parts
    once = _ONCE.search(text)
    if once and (not count_several_times or _is_of_companies(once[0], units)):
        found = [
            part._replace(kind=wording.SILENT)
            if (part.kind == wording.UNKNOWN and once.start() <= part.start < once.end())
            or (part.kind in (wording.UNKNOWN, wording.NARROWING) and fold(part.text) in _ONCE_WORDS)
            else part
            for part in found
        ]
    for start, end, is_about_groups in () if _COUNTED_TWICE.fullmatch(text) else _explaining(text):
        if count_several_times and _REMOVED.search(text):
            continue
        inside = [part for part in found if start <= part.start < end]
        if is_about_groups and not _defines(text[start:end], start, inside, groups):
            continue
        found = [_silenced(part) if part in inside else part for part in found]
    return found


def _is_of_companies(text: str, units: Container[str]) -> bool:
    return "companies" in units and re.search("betrieb|unternehmen|company", text, re.IGNORECASE) is not None


def _explaining(text: str) -> Iterator[tuple[int, int, bool]]:
    """From where to where a sentence explains, and whether it does so only if it defines a group."""
    for match in _SENTENCE.finditer(text):
        start, end, sentence = match.start(), match.end(), match[0]
        if _MISSING.search(sentence):
            continue
        is_overlapping = _OVERLAPPING.search(sentence) is not None and _BELONGING.search(sentence) is not None
        if (is_overlapping and not _OF_OTHERS.search(sentence)) or _NOT_ADDED.search(sentence):
            yield start, end, False
        elif _READING.match(sentence):
            yield start, len(text), False
            return
        elif _DEVIATING.search(sentence) or _INCLUDING.fullmatch(sentence):
            yield start, end, False
        elif rounded := _ROUNDED.search(sentence):
            yield start + rounded.start(), start + rounded.end(), False
        elif surveyed := _BY_SURVEY.search(sentence):
            yield start + surveyed.start(), start + surveyed.end(), False
        elif _DEFINING.match(sentence) and not _IN_MONTHS.search(sentence):
            yield start, end, True


def _defines(sentence: str, start: int, parts: list[Part], groups: set[str]) -> bool:
    """Whether what is explained is a group that the table has."""
    found = _DEFINING.match(sentence)
    ends = start + (found.end("term") if found else 0)
    named = {
        code
        for part in parts
        if part.kind == wording.TARGET_GROUP and part.start < ends
        for code in part.codes
    }
    return bool(named) and named <= groups


def _silenced(part: Part) -> Part:
    words = fold(part.text).split()
    is_of_form = part.kind == wording.NARROWING and all(
        word in _FORM_WORDS or word.startswith(_BEGINNINGS) for word in words
    )
    is_unknown = part.kind == wording.UNKNOWN and not choosing.names_kind_of_training(part.text)
    return part._replace(kind=wording.SILENT) if is_of_form or is_unknown else part


def is_plain_sentence(text: str, parts: list[Part]) -> bool:
    """Whether a sentence nobody knows in full says neither which figures are meant nor how many.

    Its unknown words restrict nothing, as far as one can see: they are reported, and need no answer.
    """
    unknown = [part for part in parts if part.kind == wording.UNKNOWN]
    is_on_figures = _FIGURES.search(text) is not None and any(part.text[0].islower() for part in unknown)
    return (
        _FINITE.search(text) is not None
        and _SELECTING.search(text) is None
        and _IS_NOUN.search(text) is None
        and not is_on_figures
        and _OF_PLACE.search(text) is None
        and phrases.CALCULATING.search(text) is None
        and _ALTERED.search(text) is None
        and not choosing.mentions_some(text)
        and not any(part.kind == wording.NARROWING for part in parts)
        and not any(
            _NUMBER.search(part.text) or choosing.names_kind_of_training(part.text) for part in unknown
        )
    )
