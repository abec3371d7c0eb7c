"""Phrases around a table that say nothing though words of theirs restrict elsewhere, or the other way round.

Each is whole: what follows it in the line counts by itself. ``Ausgewählte Kennzahlen`` says which columns
there are, ``ausgewählte Betriebe`` whose figures.
"""

from __future__ import annotations

import re

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

_SELECTED = re.compile(
    r"\b(?:ausgewählte|weitere|sonstige|übrige|andere|einzelne|selected|other|further)[nrsm]?\s+"
    r"(?:(?:statistische|wichtige|zentrale|wesentliche|regionale|aktuelle|key|main)[nrsm]?\s+)?"
    r"(?:kennzahlen|kennziffern|indikatoren|ergebnisse|angaben|informationen|merkmale|eckdaten|eckwerte|themen|"
    r"indicators|key\s+figures|figures|results|information|topics|statistics|data)\b"
    r"(?!\s+(?:der|des|von|aus|für|bei|in|im|of|from|for|by)\b)",
    re.IGNORECASE,
)
"""``Ausgewählte Kennzahlen``: which indicators a table has, its headings say."""


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
    r"\bper\s+(?:E-?\s?)?(?:Mail|Fax|Post|Brief|Telefon|Bote|Kurier|Hauspost|Upload)\b", re.IGNORECASE
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
    r"(?:größe|namen?|alphabet|(?:kammer|bezirks|lauf)?nummern?|schlüsseln?|kammern|ländern|bezirken|plz|postleitzahl\w*|"
    r"werten?|höhe|rang)"
)
_ORDERED = re.compile(
    rf"\b(?:sortier\w+|geordnet|gereiht|reihenfolge)\s+nach\s+(?:der\s+|dem\s+)?{_ORDERED_BY}\b"
    rf"|\bnach\s+(?:der\s+|dem\s+)?{_ORDERED_BY}\s+(?:sortiert|geordnet|gereiht)\b",
    re.IGNORECASE,
)
"""In which order the rows stand."""

_KEPT = re.compile(
    r"\b(?:tabelle|zeitreihe|statistik|liste|übersicht|datei|reihe)(?:\s+\d{1,2})?\s+wird\s+(?:(?:jährlich|laufend|regelmäßig)\s+)?"
    r"(?:fortgeschrieben|aktualisiert|veröffentlicht|fortgeführt|gepflegt)\b"
    r"|\bfolgt\s+(?:dem|der)\s+(?:alphabet|nummerierung|systematik|kldb|katalog|vorlage)\b"
    r"|\b(?:leere?|freie?)\s+(?:felder|zellen|zeilen)\s+(?:kommen\s+nicht\s+vor|gibt\s+es\s+nicht)\b"
    r"|\bzeilen?\s+\W?darunter\W?\s+(?:sind|ist)\s+in\s+(?:der\s+zeile\s+)?\W?(?:insgesamt|gesamt|summe)\W?\s+enthalten\b",
    re.IGNORECASE,
)
"""How a table is kept, ordered and added up."""

_FIELD = (
    r"(?:(?:aus-?\s*und\s+weiter|aus|weiter|berufs|berufliche\s+|fachkräfte)?bildung(?:spolitik|sberatung|srecht)?|"
    r"ausbildungs(?:beratung|märkte|markt|wesen|politik)|berufsbildungs(?:politik|recht)|prüfungs(?:wesen|recht)|lehrlings(?:wesen|rolle)|"
    r"bildungs(?:politik|recht|management|projekte)|arbeitsmarkt(?:politik)?|wirtschaftspolitik|volkswirtschaft|statistik|controlling|monitoring|grundsatz(?:fragen)?|"
    r"recht|presse|kommunikation|öffentlichkeitsarbeit|datenmanagement|informationstechnik|it|edv|organisation|"
    r"verwaltung|zentrale\s+dienste|berichtswesen|qualitätssicherung|koordination)"
)
_PART_OF_OFFICE = re.compile(
    r"\b(?:team|fachgruppe|zentralbereich|kompetenz(?:zentrum|center|team|feld)|service(?:stelle|center|bereich)|arbeitsbereich|"
    r"fachdienst|fachteam|sachbereich|stabsbereich|stab|ressort|organisationseinheit|referatsgruppe|unterabteilung|"
    r"aufgabenbereich|fachreferat|geschäftseinheit|funktionsbereich|hauptreferat)\s+"
    rf"(?:{_FIELD}(?:\s*(?:,|/|&|und)\s*{_FIELD})*|\d{{1,3}}(?:\.\d{{1,2}})*)(?=\s*(?:$|[,;:|(·•–/-]))",
    re.IGNORECASE,
)
"""``Team Berufliche Bildung``: a part of an office by the field that it works in; *Team Metall* is asked about."""
_FIELDS_OF_OFFICE = re.compile(
    rf"(?<=[–|,-]\s){_FIELD}(?:\s*(?:,|/|&|und)\s*{_FIELD})+\s*$", re.IGNORECASE
)
"""``IHK Köln – Bildungspolitik und Ausbildungsmarkt``: two fields or more, as only offices are called."""
_HEAD_OFFICE = re.compile(
    r"\b(?:bundes|landes)?geschäftsstelle(?=\s+(?:der\s+(?:\w+-)?allianz|des\s+\w*(?:bündnisses|paktes?|beirat(?:e?s)|ausschusses|konsens))\b)",
    re.IGNORECASE,
)
"""``Geschäftsstelle der Allianz``; that of a chamber in a town has a part of its district."""

_OF_MAIL = re.compile(
    r"^(?:(?:betreff|betr\.?|subject)\s*:\s*)?(?:(?:aw|wg|re|fw|fwd|antw(?:ort)?|weitergeleitet)(?:\s*:\s*|\s+(?=(?:daten|abfrage|meldung|zahlen|statistik|rück)\w*\b)))+",
    re.IGNORECASE,
)
"""``AW:``: that a letter answers or hands on another."""
_KEPT_AS = re.compile(
    r"\b(?:meldung|datei|tabelle\d*|liste|version|übersicht|auswertung|bogen|formular|export|daten|abfrage|bericht|blatt\d*|mappe\d*)"
    r"(?:[ _-](?:neu|final|kopie|endg)\s*$|\s*\(\d{1,2}\)\s*$|_?\d{1,2}\s*$)"
    r"|\b(?:query|report|pivot|import|resultset|dataset)_?\d{1,2}\s*$|^(?:qry|tbl|rpt|vw)[_ ](?=\w)|\b(?:db|sql)(?=[-_ ](?:export|auszug|abfrage|abzug|dump)\b)",
    re.IGNORECASE,
)
"""``Meldung (2)``, ``qry_EQ``: how files, sheets and queries are told from their copies."""
_UNFILTERED = re.compile(
    r"\b(?:filter|selektion|auswahl|auswahlkriterien|einschränkung(?:en)?)\s*[:= ]\s*(?:\(?(?:alle|keiner?|ohne|nicht gesetzt)\)?|alle\s+(?:kammern|ihks|hwks|länder|partner|datensätze|jahre))\s*$",
    re.IGNORECASE,
)
"""``Filter: keine``: a program left nothing out."""
_REPORT_ON = re.compile(
    r"\b(?i:\w*(?:bericht|übersicht|überblick|vorlage|vermerk|auskunft|mitteilung|unterrichtung|statistik|information|aufstellung)(?:es|s|en)?\s+über)"
    r"(?=\s+(?:die|den|das|alle)\s+[A-ZÄÖÜ][a-zäöü])"
)
"""``Bericht über die Umsetzung``: what a paper is about; *über 50 Plätze* is how many."""
_REPORTED_BY = re.compile(
    r"\bvon\s+(?:(?:den|allen|der)\s+)(?:kammern|ihks|hwks|partnern|allianzpartnern|verbänden|ländern|ressorts|mitgliedern|organisationen)\s+"
    r"(?:gemeldete|übermittelte|mitgeteilte|berichtete|zugelieferte)[nrs]?\b",
    re.IGNORECASE,
)
"""``die von den Partnern gemeldeten Ausgaben``."""
_FOR_WHOSE_EYES = re.compile(
    r"\b(?:nur\s+|ausschließlich\s+)?(?:zum|zur|für\s+den|für\s+die)\s+(?:internen?|dienstlichen?|persönlichen?|verwaltungsinternen?)\s+"
    r"(?:gebrauch|verwendung|nutzung|information|zwecke?)\b"
    r"|\bnicht\s+(?:zur|für\s+die)\s+(?:weitergabe|veröffentlichung|verbreitung|öffentlichkeit)(?:\s+(?:bestimmt|geeignet|an\s+dritte))?\b",
    re.IGNORECASE,
)
"""``zur internen Verwendung``: who may see the paper."""
_DONE_WITH = re.compile(
    r"\b(?:stand\s+der\s+bearbeitung|bearbeitungs(?:stand|status)|meldestatus|prüfstatus|status\s+der\s+(?:meldung|abfrage|bearbeitung|prüfung))"
    r"\s*[:=]?\s*(?:abgeschlossen|fertig|erledigt|geprüft|vollständig|freigegeben|final|endgültig)\b",
    re.IGNORECASE,
)
"""``Bearbeitungsstatus: abgeschlossen``: how far the paper has come."""
_ENGAGED = re.compile(
    r"\b(?:leistungen|engagement|angebote|beitrag|beiträge|aktivitäten|ergebnisse|maßnahmen)\s+der\s+"
    r"(?:kammern|ihks|hwks|wirtschaft|partner|allianzpartner|verbände|länder|sozialpartner|kammerorganisation)"
    r"(?:\s+für\s+(?:die\s+)?(?:duale\s+)?(?:ausbildung|aus-\s+und\s+weiterbildung|berufsausbildung|berufliche\s+bildung))?(?=\s*(?:$|[,;:|(–-]|\d|im\s+jahr|in\s+zahlen))",
    re.IGNORECASE,
)
"""``Engagement der Kammern für Ausbildung``: what the whole table is about."""
_IN_DETAIL = re.compile(r"\bim\s+einzelnen\b", re.IGNORECASE)

_REPORTED_VALUES = re.compile(
    r"\b(?:gemeldete|übermittelte|eingegangene|eingereichte|zugelieferte|mitgeteilte)[nr]?\s+"
    r"(?:werte|zahlen|daten|angaben|meldungen|ergebnisse|rückmeldungen)n?\b",
    re.IGNORECASE,
)
"""``gemeldete Werte``: all that were; *gemeldete Stellen* are those an agency knows."""
_BROKEN_DOWN = re.compile(
    r"\b(?:verteilung|aufteilung|aufschlüsselung|untergliederung|aufgliederung|zuordnung|darstellung)\s+(?:nach|auf)\s+(?:die\s+|den\s+)?"
    r"(?:(?:ihk|hwk|kammer)(?:s|n|-?bezirken?)?|bezirken?|(?:bundes)?länder[n]?|jahren?|zielgruppen|partnern?)\b",
    re.IGNORECASE,
)
"""``Verteilung auf die Kammern``: what the rows are; *Verteilung in Prozent* is what the figures are."""
_YEARS_OF_ALLIANCE = re.compile(
    r"\b(?:nach\s+)?(?:einem?|zwei|drei|vier|fünf|\d)\s+jahr(?:en?)?\s+(?=(?:der\s+)?allianz\b)", re.IGNORECASE
)
"""``Drei Jahre Allianz``: how long there has been one."""
_ASKED_OF_READERS = re.compile(
    r"\b(?:wo\s+stehen\s+wir|was\s+(?:wurde|haben\s+wir|ist)\s+(?:bisher\s+)?erreicht|wie\s+geht\s+es\s+weiter|was\s+bleibt\s+zu\s+tun)\b",
    re.IGNORECASE,
)
"""``Wo stehen wir?`` over a table."""
_ABOUT_WHEN = re.compile(
    r"(?<=\bstand\s)(?:zum\s+)?(?:ende|anfang|mitte)(?=\s+(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|20\d\d))", re.IGNORECASE
)
"""``Stand Ende Februar 2018``: the month is looked at as any state of data."""
_IN_UNITS = re.compile(r"\b(?:angaben|werte|zahlen)\s*:?\s*(?:in|als)\s+(?:stück|anzahl|absolutzahlen|fallzahlen)\b", re.IGNORECASE)
_CALCULATED = re.compile(
    r"\b(?:gesamt|spalten|zeilen|zwischen)?summen?\s+(?:wird|werden)\s+automatisch\s+(?:berechnet|gebildet|ermittelt|aktualisiert)\b"
    r"|\b(?:blatt|zell|schreib)schutz\s*(?::\s*)?(?:ist\s+)?(?:aktiv(?:iert)?|ein(?:geschaltet)?|gesetzt)\b",
    re.IGNORECASE,
)
"""How the sheet works."""

_NO_REMARK = re.compile(
    r"\b(?:bemerkung|anmerkung|hinweis|kommentar|ergänzung|besonderheit)(?:en|e)?(?:\s+(?:der|des|zur|zu\s+den)\s+[\w-]+)?\s*[:–-]\s*(?:keine?|entfällt|ohne|./.)\s*$",
    re.IGNORECASE,
)
"""``Bemerkungen der Kammer: keine``."""
_BOTH_SEXES_AFTER = re.compile(r"(?<=[a-zäöü])(?:/-?|\*|:|_|\(-?)innen\b\)?")
"""``Bewerber/innen`` behind the name of an indicator that holds ``Bewerber``."""
_OUT_OF_REGISTER = re.compile(
    r"\bauszug\s+aus\s+(?:dem|der|den)\s+\w*(?:verzeichnis|lehrlingsrolle|datenbank|register|system|fachverfahren|statistikprogramm|verwaltungsprogramm)(?:se?s)?\b",
    re.IGNORECASE,
)
"""``Auszug aus dem Verzeichnis``: a print of it; an *Auszug* alone may be a part."""
_SCHOOL_TO_WORK = re.compile(r"\b(?:am\s+|im\s+)?übergang(?:s)?\s+(?:von\s+der\s+)?schule\s*(?:[-–/]|und|in\s+den)\s*beruf\b", re.IGNORECASE)
"""The field that the Alliance's measures are about."""
_VERSION_OF_PROGRAM = re.compile(
    r"\b[A-Z][\w-]*(?:[Pp]ortal|[Ss]oft|[Ss]tat|[Dd]ata|[Bb]ase|[Ss]ystem|[Mm]anager|[Oo]ffice|[Tt]ool|[Ss]uite|[Ww]eb|[Nn]et|DB|[Pp]rogramm)\w*\s+[Vv]?\.?\s?\d{1,2}(?:\.\d{1,3})+\b"
)
"""``KammerPortal 4.2``: which program wrote the sheet."""

FINDERS = (
    *(_NO_REMARK, _BOTH_SEXES_AFTER, _OUT_OF_REGISTER, _SCHOOL_TO_WORK, _VERSION_OF_PROGRAM),
    *(_REPORTED_VALUES, _BROKEN_DOWN, _YEARS_OF_ALLIANCE, _ASKED_OF_READERS, _ABOUT_WHEN, _IN_UNITS, _CALCULATED),
    _PART_OF_OFFICE,
    _FIELDS_OF_OFFICE,
    _HEAD_OFFICE,
    _OF_MAIL,
    _KEPT_AS,
    _UNFILTERED,
    _REPORT_ON,
    _REPORTED_BY,
    _FOR_WHOSE_EYES,
    _DONE_WITH,
    _ENGAGED,
    _IN_DETAIL,
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
    _KEPT,
)
"""What says nothing."""
