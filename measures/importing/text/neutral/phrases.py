"""Phrases around a table that say nothing though words of theirs restrict elsewhere, or the other way round.

Each is whole: what follows it in the line counts by itself. ``Ausgewählte Kennzahlen`` says which columns
there are, ``ausgewählte Betriebe`` whose figures.
"""

from __future__ import annotations

import re

from measures.importing.text.neutral import office_lines, plain_sentences

SAMPLED = re.compile(
    r"\b(?:stichprobe\w*|(?:umfrage|befragung|erhebung|abfrage)\s+(?:(?:nur|bei|unter|von|in|der)\s+)*"
    r"(?:ausgewählte|einzelne|einige|wenige|\w*(?:betrieb|unternehm|firmen))\w*(?:\s+\w+)?)",
    re.IGNORECASE,
)
"""``Umfrage bei Innungsbetrieben``: whoever was asked, not all whose figures these should be."""
PART_OF_TOWN = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{2,}-(?:Süd|Nord|Ost|West|Mitte|Stadt|Land)\b")
"""``Köln-Süd`` is not all of the chamber's district."""
INSTRUCTION = re.compile(
    r"^(?!.*\b(?:(?:be)?achten|verstehen|werten|betrachten|interpretieren|ansehen|auffassen|lesen)\b)"
    r"(?!Sie (?:enthalten|umfassen|betreffen|beruhen|stammen|gelten|beziehen|schließen|sind|wurden|waren)\b)"
    r".*(?:\bSie\b|\b[Bb]itte\b)"
)
"""What to do with the form; not how its figures are to be taken."""
_CHANGED = (
    r"(?:addier|subtrahier|multiplizier|dividier|verdoppel|verdreifach|halbier|kürz|minder|verrechn|erhöh|senk|reduzier|"
    r"verringer|korrigier|änder|ersetz|streich|lösch|tausch|vertausch|weglass|auslass|heraus ?nehm|rausnehm|"
    r"ausklammer|ausnehm|ignorier|übergeh|überspring|vernachlässig|schätz|rund|hochrechn|zusammenleg|zusammenfass)e?n"
)
_LEFT_TO_READER = r"\b(?:nicht|keine?n?|nichts|prüfen|wenn|falls|sofern|ggf|gegebenenfalls|bei Bedarf)\b"
CALCULATING = re.compile(
    r"\b(?:ab|hinzu|dazu|zu|hinein|heraus|raus|ein|mit|um)(?:zu)?"
    r"(?:ziehen|rechnen|zählen|gerechnet|gezählt|gezogen)\b|"
    r"\b(?:ziehen|rechnen|zählen)\s+(?:Sie\s+)?.*\b(?:ab|hinzu|dazu|heraus|zusammen)\b|"
    r"\b(?:addieren|subtrahieren|multiplizieren|dividieren|verdoppeln|halbieren|kürzen|mindern|verrechnen)\b|"
    rf"^(?!.*{_LEFT_TO_READER}).*\bbitte\b.*\b{_CHANGED}\b|^(?!.*{_LEFT_TO_READER}).*\b{_CHANGED}\s+Sie\b|"
    r"\bbitte\b.*\b(?:die\s+hälfte|doppelt|das\s+doppelte|um\s+\d+\s?(?:%|prozent)|durch\s+\w+\s+teilen|mal\s+\d+|statt|"
    r"(?:ohne|nicht)\s+(?:\w+\s+)?(?:mit)?(?:berücksichtigen|einbeziehen|werten|zählen|rechnen|verwenden|übernehmen))(?!\w)",
    re.IGNORECASE,
)
"""``Bitte die Zahlen von Siegen abziehen``: what is to be done to the figures before they are right."""
SUPERSEDED = re.compile(
    r"\b(?:überholt|hinfällig|obsolet|gegenstandslos|zurückgezogen|ungültig|superseded)(?:e[nrs]?)?\b"
    r"|\b(?:wurden?|wird|werden|ist|sind)\s+(?:inzwischen\s+|mittlerweile\s+)?(?:durch|mit|von)\s+(?:\w+\s+){1,4}ersetzt\b",
    re.IGNORECASE,
)
"""``durch eine neue ersetzt``: these are no longer the figures."""
PLUS = re.compile(r"(?<=[^\W\d])\+(?![\w+])")
"""``EQ+`` is another programme."""
_BY_CHANNEL = r"(?:per|via|am|über) (?:e-?mail|mail|telefon|video\w*|chat|skype|internet|hotline)\b"
COUNTED_SO = re.compile(
    r"\b(?:unter|über|ab|bis)\s+\d+\s*(?:-?jährig\w*|jahren?|beschäftigten?|mitarbeiter\w*|ma)\b"
    r"|\b(?:pro|je|per)\s+(?:monat|woche|tag|quartal|halbjahr|stunde|1\.?000|10\.?000|100)\b"
    r"|\bin\s+(?:hundert(?:ern)?|zehnern|dutzend|100(?:ern)?)(?!\S)"
    r"|\bbis\s+(?:einschließlich|einschl\.)\s+(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november)\b"
    rf"|(?<=beratungen ){_BY_CHANNEL}|(?<=gespräche ){_BY_CHANNEL}"
    r"|\b20\d\d\s?[/-]\s?[1-4](?![\d.])"
    r"|\b(?:doppel|mehrfach)zählungen\s+(?:sind\s+)?enthalten\b"
    r"|\b(?:einschließlich|einschl\.?|inklusive|inkl\.?)\s+(?:der\s+)?(?:hwks?|handwerkskammern?|handwerk)\b",
    re.IGNORECASE,
)
"""``unter 25 Jahre``, ``pro Monat``: of some, or in another unit."""
DONE_TO_COUNTED = re.compile(
    r"(?:^|[–—,;:(]\s*|\s-\s*)(?P<what>angefragte?|rückgaben?|absagen?|anmeldungen|vormerkungen|reservierungen)\s*(?=$|\))",
    re.IGNORECASE,
)
"""``EQ-Plätze – angefragt``; within a sentence these words tell of the paper."""
WOMEN_ALONE = re.compile(
    r"(?<!er und )(?<!ern und )(?<!er oder )(?<!er u\. )(?<!er/ )(?<!er/)"
    r"\b(?:[Bb]ewerber|[Ss]chüler|[Tt]eilnehmer)innen\b"
    r"(?!\s*(?:und|oder|u\.|/|&)\s*-?\w*ern?\b)"
)
"""``Bewerberinnen`` without ``Bewerber`` are a part of them."""
BOTH_SEXES = re.compile(
    r"\b(\w{4,})innen\s*(?:und|oder|u\.|/|&)\s*(?=\1)|(?<=er)\s+(?:und|oder|u\.)\s+\w{4,}innen\b",
    re.IGNORECASE,
)
"""``Teilnehmerinnen und`` before ``Teilnehmer``: all of them."""

ADDED_UP = re.compile(
    r"(?<=\bJahre\s)(?:19|20)\d{2}.{1,200}?\b(?:zusammengefasst|zusammengelegt|addiert|summiert)\b",
    re.IGNORECASE,
)
"""``Die Jahre 2015 und 2016 wurden zusammengefasst``: no figure is of one year."""
NARROWING = (ADDED_UP, SAMPLED, PART_OF_TOWN, SUPERSEDED, PLUS, COUNTED_SO, DONE_TO_COUNTED)

_SELECTED = re.compile(
    r"\b(?:ausgewählte|weitere|sonstige|übrige|andere|einzelne|selected|other|further)[nrsm]?\s+"
    r"(?:(?:statistische|wichtige|zentrale|wesentliche|regionale|aktuelle|key|main)[nrsm]?\s+)?"
    r"(?:kennzahlen|kennziffern|indikatoren|ergebnisse|angaben|informationen|merkmale|eckdaten|eckwerte|themen|"
    r"indicators|key\s+figures|figures|results|information|topics|statistics|data)\b"
    r"(?!\s+(?:der|des|von|aus|für|bei|in|im|of|from|for|by)\b"
    r"(?!\s+(?:(?:\w+ischen|Industrie-\s+und)\s+)?(?:handels|handwerks|mitglieds)?kammern\b|\s+(?:IHKs?|HWKs?|Länder)\b))",
    re.IGNORECASE,
)
"""``Ausgewählte Kennzahlen``, or those ``der Kammern``: which indicators a table has, its headings say."""


_DENIED = re.compile(
    r"\b(?:es\s+(?:wurden?|gibt|gab)\s+)?(?:keine|no)\s+(?:\w+(?:en|e|er|al)\s+)?"
    r"(?:hochrechnung|schätzung|änderung|veränderung|abweichung|korrektur|einschränkung|lücke|besonderheit|"
    r"anpassung|umstellung|bereinigung|gewichtung|change|correction|estimate|gap|adjustment)(?:en|n|s)?\b"
    r"(?:\s+(?:vorgenommen|vorhanden|aufgetreten|erfolgt|bekannt|notwendig|erforderlich|made|known))?"
    r"(?:\s+(?:gegenüber|zu|zum|seit|im\s+vergleich\s+(?:zu|mit)|since|compared\s+(?:to|with)|from)\s+(?:dem\s+|den\s+)?"
    r"(?:vorjahr\w*|letzte[mnrs]?\s+(?:jahr|meldung|erhebung)|last\s+year|(?:the\s+)?previous\s+year))?"
    r"|\bes\s+fehl(?:t|en)\s+(?:keine|niemand)\b(?:\s+\w+)?",
    re.IGNORECASE,
)
"""``Es wurden keine Hochrechnungen vorgenommen``: that nothing was done to the figures."""

_PARTS_OF_DISTRICT = (
    r"(?:(?:land)?kreise[n]?|(?:kreisfreien?\s+)?städten?|gemeinden|geschäftsstellen|standorten?|außenstellen|"
    r"niederlassungen|nebenstellen|bezirken?|regionen|branchen|gewerken?|gewerbegruppen|wirtschaftszweigen?|betriebsgrößen|"
    r"innungs-\s+und\s+nichtinnungsbetrieben?|districts|branches|locations|sectors|towns|counties)"
)
_WHOLE = re.compile(
    rf"(?<!nicht\s)(?<!fast\s)(?<!nahezu\s)(?<!not\s)\b(?:alle[nr]?|sämtliche[nr]?|all)\s+{_PARTS_OF_DISTRICT}"
    rf"(?:\s*(?:,|und|sowie|and)\s*{_PARTS_OF_DISTRICT})*\b(?!\s*(?:mit|ohne|außer|in|aus|bei|des|der|,\s*die|with|in|of|except)\b)",
    re.IGNORECASE,
)
"""``alle Kreise und Städte``: the whole district, of which nothing is left out."""

_AS_REPORTED = re.compile(
    r"\bwie\s+(?:(?:an|bei|beim|dem|das|der|die|den|im|in)\s+)*"
    r"(?:(?:von\s+(?:uns|ihnen|der\s+kammer)|(?!(?:von|vom|durch|aus)\b|\w*jahr)\w+)\s+){0,2}"
    r"(?:gemeldet|übermittelt|berichtet|mitgeteilt|veröffentlicht)\b"
    r"|\bgemeldet\s+(?:von|durch)\s+(?:der|den|dem|allen)\s+(?:\w+\s+)?(?:kammern?|ihks?|hwks?|partnern?|verbänden?|ländern?|ressorts?)\b",
    re.IGNORECASE,
)
"""``Daten wie an das Ministerium gemeldet``: that they were reported before, as they stand.

``Wie von Großbetrieben gemeldet`` says whose they are, ``wie im Vorjahr gemeldet`` of which year.
"""

_CORRECTED = re.compile(
    r"\bkorrektur(?:fassung|version|exemplar|abzug|blatt)\b"
    r"|\b(?:korrigierte|berichtigte|überarbeitete|aktualisierte)[nr]?\s+(?:fassung|version|tabelle|meldung|liste|datei)\b",
    re.IGNORECASE,
)
"""The state of the paper: its figures are those that are right."""

_FOUND_AT = re.compile(
    r"\b(?:unter|über)\s+(?=https?://|www\.|\S+@\S|(?:Tel\S*\s+)?[+0]\d{2})", re.IGNORECASE
)
"""``unter www.ihk.example``: where more is to be read, or whom to call."""

_HEED = re.compile(
    r"\bbeachten\b(?=\s*[.!:]?\s*$|\s+Sie\s+(?:bitte\s+)?(?:die|den|das|unsere)\s+(?:\w*hinweise?|\w*frist|\w*erläuterung\w*|\w*anleitung)\b)",
    re.IGNORECASE,
)
"""``Bitte die Hinweise beachten``: what they say is read where it stands."""

_SENT_BY = re.compile(
    r"(?<!ratungen )(?<!spräche )"
    r"\bper\s+(?:E-?\s?)?(?:Mail|Fax|Post|Brief|Telefon|Bote|Kurier|Hauspost|Upload)\b",
    re.IGNORECASE,
)
"""How the paper goes."""

_FILLED_IN = re.compile(
    r"\bnur\s+(?:die\s+)?(?:weiß|gelb|grau|grün|blau|rot|orange|farbig|hell|markiert|umrandet|leer)\w*\s+"
    r"(?:\w+\s+)?(?:felder|zellen|spalten|zeilen|bereiche)\s+(?:bitte\s+)?(?:aus|be|ein)?(?:füllen|arbeiten|tragen|schreiben)\b"
    r"|\b(?:pflicht|eingabe)felder\s+(?:(?:sind|werden|bitte)\s+)?\w+\s+(?:markiert|hinterlegt|unterlegt|gekennzeichnet)\b"
    r"|\b(?:weiß|gelb|grau|grün|blau|rot|orange)e?\s*[=:]\s*(?:bitte\s+)?(?:auszufüllen|ausfüllen|(?:pflicht|eingabe)feld(?:er)?)\b",
    re.IGNORECASE,
)
"""``Nur die weißen Felder ausfüllen``: which cells are for whoever fills in the form."""

_BOTH = re.compile(
    r"\bbetriebliche[nr]?\s+und\s+(?:über|außer)betriebliche[nr]?\b|\bmännliche[nr]?\s+und\s+weibliche[nr]?\b|"
    r"\bweibliche[nr]?\s+und\s+männliche[nr]?\b",
    re.IGNORECASE,
)
"""Both of two kinds that leave no third."""

_GATHERED_BY = re.compile(
    r"\b(?:erhebung|abfrage|befragung|umfrage|meldung|datenlieferung|übermittlung)\s+erfolgte?\s+"
    r"(?:online|schriftlich|elektronisch|digital|per\s+\w+|telefonisch|papiergebunden)\b",
    re.IGNORECASE,
)
"""``Die Erhebung erfolgte online``."""

_ADDED_LATER = re.compile(
    r"\b(?:inkl\w*\.?|einschl\w*\.?|mit|unter\s+berücksichtigung(?:\s+(?:der|von|aller))?)\s+(?:(?:aller|der|den)\s+)?"
    r"nachmeldung(?:en)?\b(?!\s+(?:für|aus|ohne|nur))"
    r"|\bnachmeldungen\s+(?:bis\s+(?:zum\s+)?[\d.]+\s+)?(?:(?:sind|wurden|werden)\s+)?(?:eingearbeitet|berücksichtigt|enthalten)\b"
    r"|\bkorrekturen\s+(?:gegenüber\s+der\s+(?:ersten|letzten|vorigen)\s+(?:meldung|fassung|version)\s+)?"
    r"(?:(?:sind|wurden)\s+)?(?:eingearbeitet|berücksichtigt|übernommen)\b",
    re.IGNORECASE,
)
"""``inkl. Nachmeldungen``: nothing is missing any more."""
_HANDED_OVER = re.compile(
    r"\b(?:übermittl|übersend|send|schick|reich|leg|leit|teil|meld)en?\s+(?:ich|wir)\b(?:\s+(?:ihnen|hiermit|nach|ein|vor|weiter|zu))*"
    r"|\b(?:ich|wir)\s+(?:übermittl|übersend|send|schick|reich|leg|leit|teil|meld)en?\b(?:\s+(?:ihnen|hiermit|nach|ein|vor|weiter|zu))*"
    r"|\b(?:erhalten|finden)\s+sie\b",
    re.IGNORECASE,
)
"""``nachstehend übermittle ich die Angaben``."""

_HANDLED = re.compile(
    r"\b(?:daten|angaben|zahlen|werte|ergebnisse|antworten|tabelle)\s+"
    r"(?:dien(?:en|t)\s+(?:der|dem|zur|zum|als)\s+\w+(?:\s+(?:der|des)\s+\w+)?|"
    r"werden\s+(?:nur\s+|ausschließlich\s+)?(?:in\s+)?(?:anonymisiert\w*|aggregiert\w*|zusammengefasst\w*|vertraulich|intern)"
    r"(?:\s+form)?\s+(?:veröffentlicht|behandelt|verwendet|verarbeitet|weitergegeben|ausgewertet))\b"
    r"|\b(?:es\s+werden\s+)?keine\s+personenbezogenen\s+daten\s+(?:\w+\s+)?(?:übermittelt|erhoben|verarbeitet|gespeichert|erfasst|"
    r"weitergegeben|enthalten)\b"
    r"|\bgegenüber\s+(?:dem|der|den)\s+(?:deutschen\s+)?(?:bundestag|landtag|bundesregierung|landesregierung|ministerium|"
    r"parlament|öffentlichkeit|partnern)\b",
    re.IGNORECASE,
)
"""What figures are for, and how it is seen to that nobody's can be told."""
_ORDERED_BY = (
    r"(?:nummerierung|systematik|reihenfolge\s+der\s+vorlage|größe|namen?|alphabet|(?:kammer|bezirks|lauf)?nummern?|schlüsseln?|kammern|ländern|bezirken|plz|postleitzahl\w*|"
    r"werten?|höhe|rang)"
)
_ORDERED = re.compile(
    rf"\b(?:sortier\w+|geordnet|gereiht|reihenfolge)(?:\s+(?:der|aller)\s+(?:kammern|ihks|hwks|länder|partner|verbände|zeilen|spalten))?"
    rf"(?:\s+(?:richtet\s+sich|erfolgt|folgt|ist))?\s+nach\s+(?:der\s+|dem\s+|den\s+)?{_ORDERED_BY}\b"
    rf"|\bnach\s+(?:der\s+|dem\s+)?{_ORDERED_BY}\s+(?:sortiert|geordnet|gereiht)\b",
    re.IGNORECASE,
)
"""In which order the rows stand."""

_ROUNDED = re.compile(
    r"\b(?:(?:alle\s+)?(?:werte|angaben|zahlen|beträge)\s+(?:sind\s+|wurden\s+|jeweils\s+)*)?(?:kaufmännisch|ganzzahlig|mathematisch)\s+(?:auf-?\s*(?:und|/|oder)\s*ab)?gerundet\b",
    re.IGNORECASE,
)
_OVER_YEARS = re.compile(
    r"\b(?:zwei|drei|vier|fünf|sechs|zehn|mehr)-?jahres-?(?:vergleich|übersicht|überblick|rückblick|reihe)(?:e?s)?\b",
    re.IGNORECASE,
)
"""``Dreijahresvergleich``: the years stand in the table; a *Dreijahreszeitraum* may be one sum."""

_KEPT = re.compile(
    r"\b(?:tabelle|zeitreihe|statistik|liste|übersicht|datei|reihe)(?:\s+\d{1,2})?\s+wird\s+(?:(?:jährlich|laufend|regelmäßig)\s+)?"
    r"(?:fortgeschrieben|aktualisiert|veröffentlicht|fortgeführt|gepflegt)\b"
    r"|\bfolgt\s+(?:dem|der)\s+(?:alphabet|nummerierung|systematik|kldb|katalog|vorlage)\b"
    r"|\b(?:leere?|freie?)\s+(?:felder|zellen|zeilen)\s+(?:kommen\s+nicht\s+vor|gibt\s+es\s+nicht)\b"
    r"|\bzeilen?\s+\W?darunter\W?\s+(?:sind|ist)\s+in\s+(?:der\s+zeile\s+)?\W?(?:insgesamt|gesamt|summe)\W?\s+enthalten\b",
    re.IGNORECASE,
)
"""How a table is kept, ordered and added up."""

FINDERS = (
    *office_lines.FINDERS,
    *plain_sentences.FINDERS,
    _SELECTED,
    _DENIED,
    _WHOLE,
    _BOTH,
    _AS_REPORTED,
    _CORRECTED,
    _FOUND_AT,
    _HEED,
    _SENT_BY,
    _FILLED_IN,
    _GATHERED_BY,
    _ADDED_LATER,
    _HANDED_OVER,
    _HANDLED,
    _ORDERED,
    _ROUNDED,
    _OVER_YEARS,
    _KEPT,
)
"""What says nothing."""
