"""What the name of an indicator says, whatever the order, the endings and the filling words it is written in.

``Anzahl der neuen Lehrverträge``, ``Ausbildungsverträge neu`` and ``Neuverträge`` all say *new* and
*contract*. Two names are the same only if they say exactly the same: a word more (``Betriebe mit
EQ-Plätzen``) makes it another one, and a word nobody knows stands for itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

_JOINING = frozenset(
    (
        *("der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einer", "eines", "einem"),
        *("und", "oder", "in", "im", "an", "am", "zu", "zum", "zur", "fuer", "von", "vom", "bei", "durch"),
        *("wurden", "werden", "haben", "of", "the", "innen", "r", "n"),
    )
)
_COUNTING = frozenset(
    (
        *(
            "wie",
            "viele",
            "wieviele",
            "wieviel",
            "anzahl",
            "anz",
            "zahl",
            "gesamtzahl",
            "summe",
            "number",
            "count",
        ),
        *("angeboten", "angebotene", "angebotenen", "bereitgestellt", "bereitgestellte", "bereitgestellten"),
        *("offered", "provided", "unterbreitet", "unterbreitete", "unterbreiteten"),
        *("insgesamt", "insg", "gesamt", "ges", "zusammen"),
    )
)
"""Words of counting and offering: what is counted says them itself."""

_PLACE = r"(?:pl(?:atz|aetze?n?)|stellen?)"
_CONTRACT = r"vertr(?:ag|aege?n?|ags)"
_RELATION = r"verhaeltniss?e?n?"
_MEANINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_PLACE, ("place",)),
    (rf"(?:berufs?)?ausbildungs{_PLACE}|lehr{_PLACE}", ("training place",)),
    (r"eqs?|einstiegsqualifi(?:zierung|kation)(?:en|s)?", ("eq",)),
    (rf"(?:eq|einstiegsqualifi(?:zierungs|kations)){_PLACE}", ("eq", "place")),
    (rf"(?:(?:berufs)?ausbildungs|lehr)?{_CONTRACT}", ("contract",)),
    (rf"(?:(?:berufs)?ausbildungs|lehr)?{_RELATION}", ("contract", "relation")),
    (r"neue?[nrs]?", ("new",)),
    (r"(?:ab)?geschlossene?[nr]?", ("concluded",)),
    (r"eingetragene?[nr]?", ("registered",)),
    (r"(?:durchgefuehrt|gefuehrt|geleistet|erfolgt)(?:e[nr]?)?", ("held",)),
    (r"neu(?:abgeschlossene|eingetragene)[nr]?", ("new",)),
    (rf"(?:ausbildungs|lehr)?neu(?:{_CONTRACT}|{_RELATION})", ("new", "contract")),
    (r"(?:(?:ausbildungs|lehr)?vertrags(?:neu)?|neu)abschl(?:uss|uesse?n?)", ("new", "contract")),
    (r"neueintragung(?:en)?|(?:lehr|ausbildungs)vertragseintragung(?:en)?", ("new", "contract")),
    (r"zusaetzl(?:ich)?e?[nrs]?", ("additional",)),
    (rf"praktik(?:ums|a|anten)(?:{_PLACE}|angebote?n?)", ("internship", "place")),
    (r"praktik(?:um|ums|a)", ("internship",)),
    (r"beratene?[nr]?", ("advised",)),
    (r"beratung(?:en)?|beratungs(?:gespraeche?n?|faelle?n?)", ("consultation",)),
    (r"betriebe?[ns]?|unternehmens?|firma|firmen", ("company",)),
    (r"(?:ausbildungs|lehr)(?:betriebe?[ns]?|unternehmen)", ("training company",)),
    (r"ausbildende?[nr]?|ausbilden|ausbildet", ("training",)),
    (r"erstmals|erstmalig", ("first",)),
    (r"erstausbildende?[nr]?", ("first", "training")),
    (r"gewonnene?[nr]?|gewonnen", ("won",)),
    (r"willkommenslots(?:en?|innen|in)?", ("mentor",)),
    (r"lots(?:en|innen)", ("guide",)),
    (r"unbesetzte?[nr]?", ("unfilled",)),
    (r"unversorgte?[nr]?", ("unplaced",)),
    (r"bewerberinnen", ("applicant", "frau")),
    (r"bewerber(?:in|s|n)?", ("applicant",)),
    (r"alternativen?", ("alternative",)),
    (r"asa", ("assisted", "apprenticeship")),
    (r"assistierte?[nr]?", ("assisted",)),
    (r"ausbildung", ("apprenticeship",)),
    (r"(?:teilnehmer|neu)?eintritte?n?", ("start",)),
    (r"nachvermittlung(?:en|s)?|nachvermittlungs(?:aktion(?:en)?|verfahren)", ("matching",)),
    (r"eingeladene?[nr]?", ("invited",)),
    (r"erschienene?[nr]?", ("appeared",)),
    (r"vermittelte?[nr]?", ("placed",)),
    (r"angebote?[ns]?", ("offer",)),
    (r"mindestens|mind|min", ("at least",)),
    (r"nach|gemaess|gem|laut|lt", ("nach",)),
    (r"einmal|1x", ("once",)),
    (r"gilt|gelten|geltende?[nrs]?|gueltige?[nrs]?", ("valid",)),
    (r"zwei|2", ("two",)),
    (r"drei|3", ("three",)),
    (r"jugendlichen?|jugendlicher|personen|person|teilnehmer|teilnehmende[nr]?", ("person",)),
    (r"begleitete?[nr]?", ("mentored",)),
    (r"schuelerinnen", ("pupil", "frau")),
    (r"schueler(?:in|n)?", ("pupil",)),
    (r"veranstaltung(?:en)?", ("event",)),
    (r"netzwerke?n?", ("network",)),
    (r"lokale?[nr]?", ("local",)),
    (r"migrantische?[nr]?", ("migrant",)),
    (r"inhaber(?:innen|in|n|s)?", ("owner",)),
)
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"entry level qualifications?", "einstiegsqualifizierung"),
    (r"(?:training|apprenticeship) contracts?", "ausbildungsvertrag"),
    (r"(?:training|apprenticeship) places?", "ausbildungsplatz"),
    (r"training compan(?:y|ies)", "ausbildungsbetrieb"),
    (r"internships? places?", "praktikumsplatz"),
    (r"welcome mentors?", "willkommenslotsen"),
    (r"quality standards?", "qualitaetsstandard"),
    (r"assisted training", "assistierte ausbildung"),
    (r"young people|persons?", "personen"),
    (r"(?<=\b\d )angeboten|(?<=zwei )angeboten|(?<=drei )angeboten|(?<=mehr )angeboten", "angebote"),
    (r"newly", "neu"),
    (r"compan(?:y|ies)", "betriebe"),
    (r"contracts?", "vertrag"),
    (r"places?", "platz"),
    (r"offers?", "angebote"),
)
"""What English says in words of its own, and what German may mean otherwise by itself; in folded form."""
_WOMEN_FIRST = re.compile(r"\b(\w{4,})innen (?:und|oder|u) (?=\1)")
_MEN_FIRST = re.compile(r"\b((\w{4,}?)(?:n|en|r)?) (?:und|oder|u) \2innen\b")
"""``Bewerberinnen und Bewerber`` are all of them, ``Bewerberinnen`` alone are women."""
_FIRST_AND_FURTHER = re.compile(
    r"\berst(?:beratung(?:en)?)? (?:und |u |sowie |plus )?(?:folge|wiederholungs)(?:beratung(?:en)?)\b"
)
"""``Erst- und Folgeberatungen`` are all of them, either alone some."""
_ENGLISH = tuple((re.compile(rf"\b(?:{pattern})\b"), german) for pattern, german in _PHRASES)
_PHRASE = re.compile(rf"\b(?:{'|'.join(pattern for pattern, _german in _PHRASES)})\b")
_FINDERS = tuple((re.compile(pattern), concepts) for pattern, concepts in _MEANINGS)
_ONE = frozenset(("at least", "offer"))
SUBJECTS: tuple[frozenset[str], ...] = (
    frozenset(("matching",)),
    frozenset(("assisted", "apprenticeship")),
    frozenset(("eq",)),
    frozenset(("internship",)),
    frozenset(("contract",)),
)
"""What a title may be about, so that a heading below it need not name it again."""

Concepts = frozenset[str]


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[str, ...]:
    if word in _JOINING or word in _COUNTING:
        return ()
    for finder, concepts in _FINDERS:
        if finder.fullmatch(word):
            return concepts
    return (stem(word),)


def is_joining(word: str) -> bool:
    """Whether a folded word only joins others."""
    return word in _JOINING


@lru_cache(maxsize=20_000)
def concepts_of(text: str) -> Concepts:
    """What a text says, as a set; empty if it says nothing."""
    key = fold(text)
    return settled({concept for _, stated in spoken(key) for concept in stated})


def has_phrase(key: str) -> bool:
    """Whether a folded text has what English says in words of its own."""
    return _PHRASE.search(key) is not None


def spoken(key: str) -> list[tuple[str, frozenset[str]]]:
    """The words of a folded text in order, and what each says."""
    if has_phrase(key):
        for finder, german in _ENGLISH:
            key = finder.sub(german, key)
    if "innen" in key:
        key = _MEN_FIRST.sub(r"\1", _WOMEN_FIRST.sub("", key))
    if "beratung" in key:
        key = _FIRST_AND_FURTHER.sub("beratungen", key)
    return [(word, frozenset(_of_word(word))) for word in key.split()]


SETTLED_AWAY = frozenset(("1", "eins", "concluded", "registered", "held", "relation"))
"""What others may leave nothing of (``settled``)."""


def settled(found: set[str]) -> Concepts:
    """What the words of a text say together."""
    return frozenset(_settled(found - {"1", "eins"} if found >= _ONE else found))


def _settled(found: set[str]) -> set[str]:
    """What words say together that by themselves they leave open.

    A contract concluded is a new one, and so is one newly registered; what is registered may be the whole
    stock, a relation concluded may have ended, and an internship held is not yet a place offered.
    """
    if "concluded" in found and "relation" not in found:
        found = found | {"new"}
    if "new" in found:
        found = found - {"concluded", "registered"}
    if "internship" not in found:
        found = found - {"held"}
    return found - {"relation"}


def subject_of(lines: Iterable[str]) -> Concepts:
    """What titles are about, if they are about one such thing."""
    named = concepts_of(" ".join(lines))
    subjects = [subject for subject in SUBJECTS if subject <= named]
    if len(subjects) != 1:
        return frozenset()
    return subjects[0] | (named & {"new"}) if "contract" in subjects[0] else subjects[0]


def together(concepts: Concepts, subject: Concepts) -> Concepts:
    """What a heading says below a title: ``eingetragene Verträge`` of the newly registered ones."""
    return frozenset(_settled({*concepts, *subject}))
