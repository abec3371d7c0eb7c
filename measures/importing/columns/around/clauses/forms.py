"""Forms of clauses that say nothing of which figures are meant: of the paper, of rows printed, of thanks.

Each names the words that may stand in it; whatever else a clause has keeps its question.
"""

from __future__ import annotations

import re

from measures.importing.text import lexicon
from measures.importing.text.folding import fold
from measures.importing.text.letters import choosing
from measures.importing.text.letters.senders import states_something
from measures.importing.text.neutral import classes
from measures.importing.text.units import UNIT_OF_WORD

_GATHERED = (
    r"(?:umfrage|befragung|erhebung|abfrage|angabe|meldung|mitteilung|zusammenstellung|zulieferung|"
    r"auswertung|"
    r"auszug|auszuege|abzug|abruf|recherche|auszaehlung|statistik|auskunft|auskuenfte|rundfrage|"
    r"nennung|daten|zahlen|werte|"
    r"zaehlung|eintraege|unterlagen|aufzeichnung|survey|returns?|figures)(?:en|n|s)?"
)
_HEAD = re.compile(_GATHERED)
_BODY = re.compile(
    r"(?:mitglieds?|mitglieder|landes|bundes|fach|spitzen|dach|partner|kammer|ausbildungs|handwerks|"
    r"handels|wirtschafts|"
    r"arbeitgeber|arbeitnehmer|sozial|bildungs|berufs|regional|haupt|ausbildungs|unternehmens|"
    r"kreishandwerker|senats)?"
    r"(?:verb(?:and|aende)(?:e[ns]?|n|s)?|kammern?|mitglied(?:e[rn]{1,2}|s)?|unternehmen|betrieben?|"
    r"firmen|traegern?|ressorts?|"
    r"ministeri(?:um|en)s?|laendern?|partnern?|organisationen|agenturen|jobcentern?|innungen|schaft(?:en)?|"
    r"berater(?:n|innen)?|sachbearbeite\w+|kolleg\w+|haus(?:es)?|haeusern?|referate?n?|"
    r"abteilung(?:en)?|behoerden?|"
    r"aemtern?|amt(?:e?s)?|dienststellen|fachleuten?|verwaltung(?:en)?|gewerkschaften|beauftragten?|"
    r"lots(?:en|innen)|"
    r"members|chambers|companies|ministries|partners)"
)
"""Who answers an inquiry, without which of them."""
_PAPER = re.compile(
    r"\w*(?:register|rolle|verzeichnis|datenbank|system|programm|verfahren|akten?|kartei|listen?|"
    r"statistik|software|"
    r"datei|portal|archiv|unterlagen|boegen|bogen|protokollen?|journal|tool|maske)s?"
)
"""What figures are taken from."""
_MANNER = frozenset(
    (
        *(
            "schriftlich",
            "telefonisch",
            "online",
            "elektronisch",
            "freiwillig",
            "jaehrlich",
            "haendisch",
        ),
        *(
            "manuell",
            "anonym",
            "eigen",
            "gemeinsam",
            "intern",
            "postalisch",
            "digital",
            "persoenlich",
        ),
        *(
            "alljaehrlich",
            "zentral",
            "maschinell",
            "automatisch",
            "einheitlich",
            "betreffend",
            "zustaendig",
            "beteiligt",
        ),
        *("angeschlossen", "fachlich", "federfuehrend", "zuletzt", "own", "annual", "written"),
    )
)
_NUMBERS_OF = frozenset(("zahl", "anzahl"))
"""``Zahl der Betriebe`` counts them."""
_TO_BODY = frozenset(
    ("unter", "bei", "der", "des", "den", "seitens", "among", "of", "by", "alle", "allen", "aller")
)
_BY = frozenset(("von", "vom", "durch", "seitens", "by"))
_FROM = frozenset(("aus", "in", "im", "from"))
_BARE_FIGURES = frozenset(
    ("zahlen", "daten", "werte", "angaben", "nennungen", "eintraege", "figures", "returns")
)
"""Figures ``von`` somebody are theirs; an inquiry by somebody need not be."""
_ASKED_ALL = re.compile(
    r"\b(?:bei|unter)\s+(?:(?:den|allen|ihren|unseren)\s+)?(?:innungen|mitglieds(?:unternehmen|betrieben|firmen))\b",
    re.IGNORECASE,
)
"""Who is asked beside the chambers, without which of them."""
_MEANS = frozenset(("per", "mittels", "via"))
_DONE = re.compile(
    r"(?:zusammengestellt|erhoben|ermittelt|erfasst|ausgewertet|erstellt|abgerufen|uebermittelt|"
    r"eingeholt|entnommen|"
    r"geprueft|abgefragt|ausgezaehlt|aufbereitet|zugeliefert|bereitgestellt|geliefert|bestaetigt|"
    r"abgestimmt|recherchiert|"
    r"zusammengetragen|gesammelt|eingegeben|erfragt|befragt|angefragt|zusammengefuehrt|gepflegt|"
    r"dokumentiert|notiert|"
    r"nachgehalten|mitgeschrieben|compiled|collected|provided)"
)
_AUXILIARY = frozenset(
    ("ist", "sind", "war", "waren", "wurde", "wurden", "worden", "wird", "werden", "hat", "haben")
)
_WORD = re.compile(r"[\w.@/&+-]*\w")


def is_of_gathering(text: str) -> set[str] | None:
    """The words of a clause that says by whom, from whom or how figures were gathered; None of any other.

    ``Umfrage unter den Mitgliedsverbänden``, ``zusammengestellt vom Handwerkstag``, ``Auszug aus der
    Lehrlingsrolle``. ``Umfrage unter Großbetrieben`` says whose figures they are, and is none.
    """
    words = [key for key in (fold(match[0]) for match in _WORD.finditer(text)) if key]
    if not _could_be_of_gathering(text, words):
        return None
    leading, is_led = "", False
    taken: set[str] = set()
    for word in words:
        if leading in _BY and not _DONE.fullmatch(word) and word not in _AUXILIARY:
            taken.add(word)  # whoever it was
            if word in _FROM | _MEANS | {"fuer", "mit", "ueber", "zu"}:
                return None
            continue
        if leading in _MEANS and not is_led:
            taken.add(word)
            is_led = True
            continue
        if word in _BY | _MEANS:
            leading, is_led = word, False
        elif word in _TO_BODY | _FROM:
            leading = word
        elif _DONE.fullmatch(word) or _is_head(word) or word in _AUXILIARY:
            leading = ""
        elif not _is_plain(word, leading):
            return None
        taken.add(word)
    return taken


def _could_be_of_gathering(text: str, words: list[str]) -> bool:
    has_participle = any(_DONE.fullmatch(word) for word in words)
    if not (has_participle or any(map(_is_head, words))) or any(word.isdigit() for word in words):
        return False
    is_excerpt = words == ["auszug"]  # which of the figures, it does not say
    is_of_some = not has_participle and _are_of_some(words)
    return not (is_excerpt or is_of_some or choosing.mentions_some(_ASKED_ALL.sub(" ", text)))


def _are_of_some(words: list[str]) -> bool:
    """``Zahlen von Großbetrieben``: whose figures they are, and no body that reports them."""
    by = next((place for place, word in enumerate(words) if word in _BY), len(words))
    return not _BARE_FIGURES.isdisjoint(words[:by]) and any(
        not _is_plain(word, words[by]) for word in words[by + 1 :]
    )


def states_who_did(text: str) -> bool:
    """Whether a text says that somebody counted or put together its figures."""
    return any(_DONE.fullmatch(fold(match[0])) for match in _WORD.finditer(text))


def _is_head(word: str) -> bool:
    """``Umfrage``, ``Kammerabfrage``; an ``Antragsstatistik`` is of what is counted."""
    is_paper = _HEAD.fullmatch(word) is not None or classes.class_of(word) == classes.PAPER
    return is_paper and word not in _NUMBERS_OF


def _is_plain(word: str, leading: str) -> bool:
    bare = re.sub(r"(?:e[nrsm]?)$", "", word)
    return (
        _BODY.fullmatch(word) is not None
        or (leading in _FROM and _PAPER.fullmatch(word) is not None)
        or word in _MANNER
        or bare in _MANNER
        or word in lexicon.words("silent")
        or word in {"und", "sowie", "jeweils", "fuer"}
    )


_ROWS = (
    r"(?:kammern|ihks|hwks|berufe?n?|berufs(?:haupt|ober)?gruppen|hauptgruppen|berufsbereiche|länder|"
    r"bundesländer|bezirke|"
    r"verbände|gruppen|zielgruppen|zeilen|organisationen|partner|kennzahlen|maßnahmen|personengruppen|"
    r"chambers|rows|occupations|groups|states)"
)
_UNIT_WORDS = "|".join(
    sorted({re.escape(word) for word in UNIT_OF_WORD if word.isalpha()}, key=len, reverse=True)
)
_THINGS = (
    rf"(?:(?:{_UNIT_WORDS}|neuabschl(?:uss|üsse)|\w*verträge?)n?|(?:rück)?meldung(?:en)?|angaben?|"
    rf"werte?|einträge?|eintrag|fälle|"
    r"zahlen|nennung(?:en)?|daten|eintragung(?:en)?|besetzung|zugänge|rücklauf|entries|figures|data|"
    r"contracts|places)"
)
_PRINTED = (
    r"(?:mit|auf|ab|dar|aus|an|ein|dort\s|hier\s)?(?:aufgeführt|gelistet|gedruckt|gestellt|gewiesen|"
    r"gezeigt|gebildet|"
    r"aufgelistet|genannt|geführt|listed|shown|printed)"
)
_NOT_PRINTED = re.compile(
    rf"(?:{_ROWS}\s+(?:ohne|without)\s+(?:\w+e[nr]?\s+)?{_THINGS}\s+(?:sind|werden|wurden|are|were)?\s*"
    rf"(?:hier\s+|in der (?:tabelle|liste)\s+|jeweils\s+)?"
    rf"(?:(?:nicht|not)\s+{_PRINTED}|entfallen|weggelassen|ausgeblendet|ausgelassen|"
    rf"fehlen\s+in\s+der\s+(?:tabelle|liste)|omitted)|"
    rf"(?:nicht\s+{_PRINTED}|weggelassen|ausgeblendet)\s*(?:sind|:|wurden)?\s*{_ROWS}\s+ohne\s+{_THINGS}|"
    rf"(?:aufgeführt|gelistet|dargestellt|ausgewiesen)\s+(?:sind|"
    rf"werden)\s+(?:nur\s+)?{_ROWS}\s+mit\s+{_THINGS}|"
    rf"(?:es\s+(?:sind|werden)\s+)?nur\s+{_ROWS}\s+mit\s+{_THINGS}\s+(?:sind\s+)?(?:aufgeführt|"
    rf"gelistet|dargestellt|ausgewiesen)|"
    rf"(?:leere?|freie?|unausgefüllte?)\s+(?:zellen|felder|zeilen|stellen)\s*(?:=|:|bedeuten|heißen|"
    rf"stehen für)\s*"
    rf"(?:keine?|ohne)\s+{_THINGS})",
    re.IGNORECASE,
)


def is_of_rows_printed(text: str) -> bool:
    """``Berufe ohne Verträge sind nicht aufgeführt``: rows that would have no figures."""
    return _NOT_PRINTED.fullmatch(text) is not None


_POLITE = re.compile(
    r"(?:(?:vielen|herzlichen|besten|lieben)\s+dank|danke?\b|dank an|(?:wir|ich)\s+(?:be)?dank\w+|"
    r"mit\s+\w+\s+gr[uü](?:ß|ss)\w*|"
    r"(?:viele|beste|liebe|schöne|freundliche|herzliche)\s+grüße|(?:bei|"
    r"für)\s+(?:weitere[nr]?\s+)?(?:rück|nach)?fragen\b|"
    r"(?:wir|ich)\s+bitten?\s+um\s+(?:verständnis|entschuldigung|beachtung|nachsicht|rückmeldung|"
    r"bestätigung)|"
    r"(?:wir|ich)\s+wünschen?\b|(?:frohe|schöne)\s|alles\s+gute|bitte\s+melden\s+sie\s+sich|"
    r"melden\s+sie\s+sich|"
    r"sprechen\s+sie\s+(?:uns|mich)|(?:wir|ich)\s+steh\w+\s+(?:ihnen\s+)?(?:gern\w*\s+)?(?:für|zur)|"
    r"(?:alle\s+angaben\s+)?(?:ohne|keine)\s+(?:gewähr|haftung)\b|irrt(?:um|ümer)\b.*vorbehalten|"
    r"thanks?\b|many thanks|please contact|kind regards)",
    re.IGNORECASE,
)
_IN_POLITE = frozenset(
    ("keine", "ohne", "weitere", "weiteren", "weiterer", "unter", "frei", "offene", "offenen", "ueber")
)


def is_polite(text: str) -> bool:
    """Thanks, greetings, and that nobody is liable; not what goes on to say what figures hold."""
    return _POLITE.match(text) is not None and not states_something(text)


def belongs_to_politeness(word: str) -> bool:
    """``bei offenen Fragen``: words that restrict elsewhere."""
    return fold(word) in _IN_POLITE


_MEANING = re.compile(
    r"(?P<short>[A-ZÄÖÜ][\w.-]{0,9})\s*(?:=|:|steht für|stands for|bedeutet|heißt|"
    r"abgekürzt für)\s*(?P<long>.{4,60})"
)


def meaning_of_short_form(text: str) -> tuple[str, str] | None:
    """``NV = Nachvermittlung``: a short form, and what it stands for."""
    found = _MEANING.fullmatch(text)
    return (found["short"], found["long"]) if found else None
