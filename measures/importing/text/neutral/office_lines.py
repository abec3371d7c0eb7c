"""What offices write around tables: who they are, how a paper is kept, handed on and handled.

None of it chooses figures. Each pattern is whole: what follows it in the line counts by itself.
"""

from __future__ import annotations

import re

_FIELD = (
    r"(?:(?:aus-?\s*und\s+weiter|aus|weiter|berufs|berufliche\s+|fachkräfte)?bildung(?:spolitik|sberatung|srecht)?|"
    r"ausbildungs(?:beratung|märkte|markt|wesen|politik)|berufsbildungs(?:politik|recht)|prüfungs(?:wesen|recht)|lehrlings(?:wesen|rolle)|"
    r"bildungs(?:politik|recht|management|projekte)|arbeitsmarkt(?:politik)?|wirtschaftspolitik|volkswirtschaft|statistik|controlling|monitoring|grundsatz(?:fragen)?|"
    r"recht|presse|kommunikation|öffentlichkeitsarbeit|datenmanagement|informationstechnik|it|edv|organisation|"
    r"verwaltung|zentrale\s+dienste|berichtswesen|qualitätssicherung|koordination)"
)
_PART_OF_OFFICE = re.compile(
    r"\b(?:team|fachgruppe|zentralbereich|kompetenz(?:zentrum|center|team|feld)|service(?:stelle|center|bereich)|arbeitsbereich|"
    r"fachdienst|fachbereich|fachabteilung|bereich|arbeitseinheit|oe|kostenstelle|fachteam|sachbereich|stabsbereich|stab|ressort|organisationseinheit|referatsgruppe|unterabteilung|"
    r"aufgabenbereich|fachreferat|geschäftseinheit|funktionsbereich|hauptreferat)\s*:?\s+"
    rf"(?:{_FIELD}(?:\s*(?:,|/|&|und)\s*{_FIELD})*|\s?(?:\d{{1,5}}(?:\.\d{{1,2}})*|(?-i:[IVX]+\b(?:\s?[A-Z]\b)?(?:\s?\d{{1,2}}\b)?)))(?=\s*(?:$|[,;:|(·•–/-]))",
    re.IGNORECASE,
)
"""``Team Berufliche Bildung``: a part of an office, by its field; *Team Metall* is asked about."""
_FIELDS_OF_OFFICE = re.compile(rf"(?<=[–|,-]\s){_FIELD}(?:\s*(?:,|/|&|und)\s*{_FIELD})+\s*$", re.IGNORECASE)
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
    r"|\b(?:query|report|pivot|import|resultset|dataset)_?\d{1,2}\s*$|^(?:qry|tbl|rpt|vw)[_ ](?=\w)"
    r"|\b(?:db|sql)(?=[-_ ](?:export|auszug|abfrage|abzug|dump)\b)",
    re.IGNORECASE,
)
"""``Meldung (2)``, ``qry_EQ``: how files, sheets and queries are told from their copies."""
_UNFILTERED = re.compile(
    r"\b(?:filter|selektion|auswahl|auswahlkriterien|einschränkung(?:en)?)\s*[:= ]\s*"
    r"(?:\(?(?:alle|keiner?|ohne|nicht gesetzt)\)?|"
    r"alle\s+(?:kammern|ihks|hwks|länder|partner|datensätze|jahre))\s*$",
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
    r"(?:(?:mitglieds|handwerks)?kammern|ihks|hwks|wirtschaft|partner|allianzpartner|verbände|länder|sozialpartner|kammerorganisation)"
    r"(?:\s+für\s+die\s+allianz(?:\s+für\s+aus-?\s+und\s+weiterbildung)?)?(?:\s+für\s+(?:die\s+)?(?:duale\s+)?(?:ausbildung|aus-\s+und\s+weiterbildung|berufsausbildung|berufliche\s+bildung))?(?=\s*(?:$|[,;:|(–-]|\d|im\s+jahr|in\s+zahlen))",
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
    r"\b(?:nach\s+)?(?:einem?|zwei|drei|vier|fünf|\d)\s+jahr(?:en?)?\s+(?=(?:der\s+)?allianz\b)",
    re.IGNORECASE,
)
"""``Drei Jahre Allianz``: how long there has been one."""
_ASKED_OF_READERS = re.compile(
    r"\b(?:wo\s+stehen\s+wir|was\s+(?:wurde|haben\s+wir|ist)\s+(?:bisher\s+)?erreicht|wie\s+geht\s+es\s+weiter|was\s+bleibt\s+zu\s+tun)\b",
    re.IGNORECASE,
)
"""``Wo stehen wir?`` over a table."""
_ABOUT_WHEN = re.compile(
    r"(?<=\bstand\s)(?:zum\s+)?(?:ende|anfang|mitte)(?=\s+(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|20\d\d))",
    re.IGNORECASE,
)
"""``Stand Ende Februar 2018``: the month is looked at as any state of data."""
_IN_UNITS = re.compile(
    r"\b(?:angaben|werte|zahlen)\s*:?\s*(?:in|als)\s+(?:stück|anzahl|absolutzahlen|fallzahlen)\b",
    re.IGNORECASE,
)
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
_SCHOOL_TO_WORK = re.compile(
    r"\b(?:am\s+|im\s+)?übergang(?:s)?\s+(?:von\s+der\s+)?schule\s*(?:[-–/]|und|in\s+den)\s*beruf\b",
    re.IGNORECASE,
)
"""The field that the Alliance's measures are about."""
_VERSION_OF_PROGRAM = re.compile(
    r"\b[A-Z][\w-]*(?:[Pp]ortal|[Ss]oft|[Ss]tat|[Dd]ata|[Bb]ase|[Ss]ystem|[Mm]anager|[Oo]ffice|[Tt]ool|[Ss]uite|[Ww]eb|[Nn]et|DB|[Pp]rogramm)\w*\s+[Vv]?\.?\s?\d{1,2}(?:\.\d{1,3})+\b"
)
"""``KammerPortal 4.2``: which program wrote the sheet."""

_HOUSE = re.compile(
    r"\bhaus\s+(?:der|des)\s+(?:deutschen\s+)?(?:wirtschaft|handwerks|bildung|berufsbildung|arbeit|unternehmer)\b",
    re.IGNORECASE,
)
_LED = re.compile(
    r"^(?:berichtsstelle|daten(?:lieferant|geber|quelle)|lieferstelle|auskunftgeber|auskunftsstelle|meldekammer|(?:melde|berichts)pflichtige[r]?|"
    r"vorgang|stichwort|vorhaben|zweck|verwendungszweck|adressat(?:en)?|auftrag|anlass|rubrik|kategorie)\s*(?=:)",
    re.IGNORECASE,
)
"""``Zweck: Berichterstattung``: what follows is looked at as any line."""
_TOGETHER = re.compile(
    r"\b(?:in|unter)\s+(?:kooperation|zusammenarbeit|abstimmung|beteiligung|mitwirkung|einbeziehung)\s+(?:mit\s+)?(?:den|der|dem|allen)\s+"
    r"(?:kammern|ihks|hwks|partnern|allianzpartnern|ländern|sozialpartnern|verbänden|zuständigen\s+stellen|zdh|dihk|bmwi|bmbf|bmas|ba|bundesagentur|agenturen)"
    r"(?:\s+für\s+arbeit)?(?=\s*(?:$|[,;:|.–-]))",
    re.IGNORECASE,
)
"""``in Kooperation mit den Kammern``: who made the paper; with *Jobcentern* it may be whose figures."""
_AS_AGREED = re.compile(
    r"\b(?:entsprechend|gemäß|laut|nach|zur|auf\s+grundlage)\s+(?:der\s+)?(?:allianz-?\s?)?vereinbarung(?:\s+(?:der|zur)\s+allianz)\b|"
    r"\b(?:entsprechend|gemäß|laut)\s+(?:der\s+)?allianz-?vereinbarung\b",
    re.IGNORECASE,
)

_CAPTION = re.compile(
    r"^\s*(?:[1-9]|[IVX]{1,4}|[A-H])[.)]\s+(?=(?:allgemeine\s+)?(?:angaben|daten|kennzahlen|kennziffern|zahlen|indikatoren|kontakt|kontaktdaten|hinweise|"
    r"stammdaten|ansprechpartner|erläuterungen|bemerkungen|ergebnisse|meldung|maßnahmen|rahmendaten|grunddaten|übersicht)\b)",
    re.IGNORECASE,
)
"""``2. Kennzahlen``: the number of a part of a form; *2. Halbjahr* and *1. Ausbildungsjahr* are none."""
_NUMBER_OF_SECTION = re.compile(
    r"^\s*\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-ZÄÖÜ][\wäöüß-]{2})(?!(?:tausend|tsd|million|mio|prozent)\w*)",
    re.IGNORECASE,
)
"""``2.1 Neue Verträge``: the number of a table in its report."""
_MAY_BE_REVISED = re.compile(
    r"\b(?:daten)?(?:revision(?:en)?|korrekturen|nachträgliche\s+änderungen|rundungsdifferenzen|mehrfachnennungen)\s+(?:sind\s+)?"
    r"(?:nicht\s+ausgeschlossen|möglich|vorbehalten)\b",
    re.IGNORECASE,
)
_OF_MARKET = re.compile(
    r"\b(?:gemeldete\s+)?bewerber(?:innen\s+und\s+bewerber|/-?innen)?\s+(?:für\s+berufsausbildungsstellen\s+)?und\s+(?:gemeldete\s+)?berufsausbildungsstellen\b",
    re.IGNORECASE,
)
"""``Bewerber und Berufsausbildungsstellen``: the statistics of the agency that tables come from."""

_AT_THE_LATEST = re.compile(
    r"\b(?:rück|ab|ein)?(?:gabe|sendung|lieferung|reichung|meldung|antwort)\s+(?:bis\s+)?spätestens(?:\s+(?:bis|am|zum))*\b",
    re.IGNORECASE,
)
"""``Rückgabe bis spätestens``: by when the paper is due."""

_HANDLED_SO = re.compile(
    r"\b\w*(?:kontrolle|prüfung|plausibilisierung|(?:kontroll|prüf)rechnung|erfassung|erhebung|abfrage|abstimmung|nachmeldephase|meldephase)\s+"
    r"(?:(?:ist|wurde)\s+)?(?:durchgeführt|erfolgt|abgeschlossen|bestanden|beendet|erledigt|ohne\s+(?:befund|beanstandung(?:en)?))\b"
    r"|\b(?:kontroll|prüf)(?:rechnung|summe|spalte)n?(?:\s+in\s+(?:spalte|zeile|zelle)\s+[A-Z]{0,2}\d*)?(?=\s*(?:$|[,;.]))"
    r"|\b(?:rück)?meldungen\s+(?:sind|liegen)\s+(?:alle|vollständig|vollzählig)\s+(?:eingegangen|vor)\b"
    r"|\beigenverantwortlich\s+(?:gemeldet|erhoben|erfasst|ermittelt)\b",
    re.IGNORECASE,
)
"""``Plausibilitätsprüfung erfolgt``: what was done with all that came in."""
_SEE_SHEETS = re.compile(
    r"\b(?:einzel(?:meldungen|werte|angaben|ergebnisse)|details|näheres|einzelheiten|erläuterungen)\b(?:\s+der\s+(?:kammern|ihks|hwks|partner|länder))?\s*[:–-]?\s*"
    r"(?:siehe|s\.|vgl\.|auf|in)\s+(?:den\s+|dem\s+|der\s+)?(?:folgende[nr]?|nächste[nr]?|weitere[nr]?|andere[nr]?)\s+(?:blätter[n]?|seiten?|tabellen(?:blätter[n]?)?|reiter[n]?|blatt)\b"
    r"|\bverwendete[nr]?\s+(?:abkürzungen|zeichen|symbole|begriffe|quellen)\b",
    re.IGNORECASE,
)
"""``Einzelmeldungen siehe folgende Blätter``: where more is to be read."""
_BY_CLAUSE = re.compile(
    r"\b(?:nach|gemäß|aus|zu)\s+(?:ziffer|punkt|kapitel|abschnitt|nr\.?|handlungsfeld)\s*[\dIVX.]+\s+der\s+(?:allianz-?\s?)?vereinbarung\b",
    re.IGNORECASE,
)

_OFFERED_BY = re.compile(
    r"\bangebote?\s+an\s+(?=(?:zusätzlichen\s+)?(?:eq-|praktikums|ausbildungs)?(?:plätzen|stellen)\b)"
    r"|\bangebote?\s+(?:der|aller)\s+(?:(?:mitglieds|handwerks)?kammern|ihks|hwks|partner|länder)\s+(?:an|von)\b"
    r"|(?<=\s)haben\s+(?:die|alle|ihre|sie)\s+(?:kammern?|ihks?|hwks?|partner|länder)\s+(?:gemeldet|angeboten|mitgeteilt)\s*\?"
    r"|\b(?:je|pro)\s+(?:zuständige[rn]?\s+stelle|handwerkskammer|meldende[rn]?\s+stelle)\b(?!\s*(?:und|/|im\s+schnitt))"
    r"|\bim\s+(?:zeit|jahres)verlauf\b",
    re.IGNORECASE,
)
"""``Angebot der Kammern an EQ-Plätzen``, ``je zuständiger Stelle``: whose figures the rows are."""
_FOR_SOMEBODY = re.compile(
    r"\b(?:[Ff]ür|[Aa]n|[Vv]on|[Dd]urch|[Mm]it)\s+(?:Herrn|Frau|Hr\.|Fr\.)\s+(?:(?:Dr|Prof)\.\s+)*[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
    r"(?=\s*(?:$|[,;:|()–-]))"
)
"""``Tabelle für Herrn Kunz``."""

_FOR_FURTHER_USE = re.compile(
    r"\bzu[rm]?\s+(?:(?:gefälligen|freundlichen|geneigten|dortigen|weiteren|internen|dienstlichen|eigenen|Ihrer|Ihren|unserer|"
    r"abschließenden|gemeinsamen)\s+)+(?:verwendung|bearbeitung|veranlassung|kenntnis(?:nahme)?|information|verbleib|weiterleitung|"
    r"auswertung|prüfung|verarbeitung|nutzung|abstimmung|aufnahme|beachtung|bedienung|entlastung|unterrichtung|akten?|zwecken?)\b"
    r"|\bnach\s+bestem\s+wissen(?:\s+und\s+gewissen)?\b",
    re.IGNORECASE,
)
"""``zur weiteren Verwendung``, ``nach bestem Wissen``; *zur weiteren Qualifizierung* is asked about."""
_TOUCHED = re.compile(
    r"\b(?:erstellt|geprüft|gedruckt|ausgedruckt|aktualisiert|exportiert|gespeichert|abgelegt|bearbeitet|freigegeben|gegengezeichnet|"
    r"abgezeichnet|gesehen|versandt|versendet|übersandt|archiviert|plausibilisiert|abgerufen|heruntergeladen|eingescannt|ausgefüllt)"
    r"\s*[:/]?\s*$",
    re.IGNORECASE,
)


def is_touched(before: str) -> bool:
    """``geprüft 12/2018``: when somebody had the paper; *erhoben* and *gezählt* are of the figures."""
    return _TOUCHED.search(before) is not None


_ACT_ON_PAPER = re.compile(
    r"\b(?!\w*(?:schul|bild|qualifiz|schätz|rechn|rund|gewicht|teil|kürz|grenz|schränk|reinig|wahl|hälft|halb|zieh|leg|fass)\w*\s)[a-zäöüß-]{5,}ung\s+"
    r"(?:der|des|dieser|dieses|unserer|einer|eines)\s+(?=(?:[a-zäöü-]+en\s+)?\w*(?:tabelle|zeitreihe|liste|übersicht|statistik|datei|broschüre|"
    r"veröffentlichung|publikation|reihe|zusammenstellung|aufstellung|datenbank|vorlage|berichts?|formulars?|fragebogens?|reports?|blatt(?:e?s)?)\b)"
    r"(?!.*\b(?:um|auf|für|ohne|nur)\b)",
    re.IGNORECASE,
)
"""``Fortschreibung der Zeitreihe``: what is done to a paper; *Kürzung der Liste* may leave rows out."""
_CODE_OF_OFFICE = re.compile(
    r"(?:(?<=referat\s)|(?<=dezernat\s)|(?<=abteilung\s)|(?<=sachgebiet\s))(?-i:[A-Z]{1,4}\s?\d{1,4}(?:[.-]\d{1,2})?)(?=\s*(?:$|[,;:|()–-]))",
    re.IGNORECASE,
)
"""``Haushaltsreferat ZB2``."""
_WHERE_COUNTED = re.compile(
    r"(?<=\()(?:arbeits|wohn)ort(?:prinzip)?(?=\))|\bnach\s+(?:dem\s+)?(?:arbeits|wohn)ort(?:prinzip)?\b(?=\s*(?:$|[,;:|()–-]))",
    re.IGNORECASE,
)
"""``(Arbeitsort)``: to which Land the agency counts somebody."""

_ALL_OF_THEM = re.compile(
    r"\b(?P<all>\d{1,3})\s+(?:von|der)\s+(?P=all)\s+(?:kammern|ihks|hwks|ländern|partnern)"
    r"(?:\s+(?:haben\s+)?(?:gemeldet|geantwortet|geliefert))?\b",
    re.IGNORECASE,
)
"""``16 von 16 Kammern haben gemeldet``: all of them; *15 von 16* is asked about."""

FINDERS = (
    _ALL_OF_THEM,
    _ACT_ON_PAPER,
    _CODE_OF_OFFICE,
    _WHERE_COUNTED,
    _FOR_FURTHER_USE,
    _OFFERED_BY,
    _FOR_SOMEBODY,
    _HANDLED_SO,
    _SEE_SHEETS,
    _BY_CLAUSE,
    _AT_THE_LATEST,
    _CAPTION,
    _NUMBER_OF_SECTION,
    _MAY_BE_REVISED,
    _OF_MARKET,
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
    _REPORTED_VALUES,
    _BROKEN_DOWN,
    _YEARS_OF_ALLIANCE,
    _ASKED_OF_READERS,
    _ABOUT_WHEN,
    _IN_UNITS,
    _CALCULATED,
    _NO_REMARK,
    _BOTH_SEXES_AFTER,
    _OUT_OF_REGISTER,
    _SCHOOL_TO_WORK,
    _VERSION_OF_PROGRAM,
    _HOUSE,
    _LED,
    _TOGETHER,
    _AS_AGREED,
)
