"""What in a line refers to papers and their places: addresses, numbers of tables and forms, full returns."""

from __future__ import annotations

import re

_KEY = re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b")
_ADDRESS = re.compile(
    r"(?<!\S)[^\s@]++@\S+|(?:https?://|www\.)\S+|"
    r"(?:\+|00)\d[\d /()-]{6,}\d|\b0\d{2,5}\s?[/-]\s?\d[\d -]{3,}\d\b|"
    r"\b0[1-9]\d{1,4}\s\d{3,8}(?:[\s-]\d{1,5})*\b"
)
_NUMBERED = re.compile(
    r"\b(?!h[12][-.][12]\b)[a-lnopr-z]{1,2}\d{1,2}(?:[-.]\d{1,2})+[a-z]*\b|"
    r"\b[1-5][- ]?(?:steller|stellig\w*|digit)\b|"
    r"\b(?:(?:tab(?:elle)?|(?:form|daten|melde|zahlen|erfassungs|bei|tabellen|arbeits|rechen)?blatt|(?:melde|frage|erhebungs)bogen)"
    r"(?!\s*(?:19|20)\d{2}(?![\w./-]))|formular|vordruck|seite|anlage|anhang|abb(?:ildung)?|teil|nr|bl|t|vers|nummer|version|v|"
    r"sheet|table|page|part|"
    r"kapitel|kap|punkt|ziffer|pos|lfd\.?\s?nr|§+)\.?\s*"
    r"(?:[a-z]?\d+(?:[.\-/]\d+)*[a-z]?|[ivx]{1,5})\b(?:\s*(?:von|of)\s*\d+)?|"
    r"\b(?:bogen|reiter|anl\.|arbeitspaket|handlungsfeld|maßnahme|baustein|übersicht|fußnote|schaubild|grafik|diagramm|folie|formularversion|anlagen:|anlagen|abschnitt)\s*\d{1,2}\b"
    r"(?:/(?:19|20)\d{2})?|(?-i:\bTOP)\s?(?:(?!(?:3|5|10|15|20|25|30|50)\b)\d{1,2}(?=\s*(?:$|[:;,|–-]))|"
    r"\d{1,2}(?=\s*[:;,|–-]?\s*(?:der|des|zur|im)\s+(?:\w+\s+)?"
    r"\w*(?:tagesordnung|sitzung|besprechung|konferenz|beirats|ausschusses|gremiums)\b))|"
    r"\b(?:teil|abschnitt|anlage|anhang|part|section)\s+[A-Ha-h]\b|"
    r"\b\d{1,2}\s+(?:blätter|seiten|tabellen|tabellenblätter|anlagen|reiter|sheets|pages|tables)\b|"
    r"\b(?:libreoffice|openoffice|excel|calc|access|version)(?:\s+calc)?\s+\d+(?:\.\d+)*\b|"
    r"\b\d{1,2}\.\s(?:fassung|version|entwurf|auflage|ausgabe|überarbeitung|revision)\b|"
    r"\b(?:lfd\.?\s?)?nr\.?\s(?:der|des)\s(?:meldung|vorgangs|blattes|formulars|datei)\s*:?\s*\d+\b|"
    r"\b(?:fassung|revision|rev\.|release|ausfertigung)\s*\d{1,2}(?:\.\d{1,2})*\b(?!\.\d)|"
    r"\bmaßnahmen?nummer\s+[A-Z]{0,2}\d{1,3}\b",
    re.IGNORECASE,
)
"""*TOP 7* is a point of the agenda; *TOP 10* alone may be the ten largest."""
_IDENTIFIED = re.compile(
    r"\b(?:[\wäöü]*-?id|dok(?:ument)?\.?-?nr\.?|vorgangs?-?nr\.?|vorgang(?=\s*[:.]?\s*(?:19|20)\d\d[-/]\d)|registr\w*nummer|geschäfts-?nr\.?|beleg-?nr\.?|(?:job|ticket|auftrags|lauf)(?:-?(?:nr\.?|nummer))?|(?:ihk|hwk|kammer)-nr\.?|"
    r"(?:kammer)?schlüssel(?: der kammer)?)"
    r"\s*[.:]?\s*[A-Z]{0,4}[-/]?\d[\w./-]*"
    r"|\b(?:unser|ihr|mein|dein)e?\s+zeichen\s*:?\s*(?=[\w./-]*\d)[\w./-]+(?:\s+[a-zäöü]{2,4}(?:/[a-zäöü]{2,4})?)?\b"
    r"|\b(?:interne\s+|externe\s+)?(?:nummer|kennung)\s*:\s*\d+\b|(?-i:\b[A-ZÄÖÜ][\w-]*/(?:19|20)\d{2}/\d{1,4}\b)",
    re.IGNORECASE,
)
"""``Berichts-ID: 88-213``."""
_COMPLETE = re.compile(
    r"\b(\d{1,3})\s*(?:von|/|of)\s*\1\b(?![.,]?\d)|"
    r"\b(?:rücklauf(?:quote)?|beteiligung|response(?: rate)?)\s*:?\s*100\s*(?:%|prozent|percent)|"
    r"\balle\s+(?:[\wäöü]+\s+)?(?:kammern|ihks|hwks|länder|partner|verbände)\s+haben\s+(?:\w+\s+)?"
    r"(?:gemeldet|geantwortet|zugeliefert|teilgenommen)",
    re.IGNORECASE,
)
"""``16 von 16``: nobody is missing."""


_PROGRAM = re.compile(
    r"^(?:Programm|PROGRAMM|Anwendung|System|SYSTEM|Verfahren|VERFAHREN|Software|Modul|MODUL|Report|REPORT)\s*[:=]\s*"
    r"[A-Z][\w/-]{2,}\s+(?:V|V\.\s?|[Vv]ersion\s|VERSION\s)\d+(?:\.\d+)*\s*$"
)
"""``Programm: KAMMERSTAT V3.2``: what wrote the list; *Programm: JOBSTARTER* may be who is counted."""

_DAY = r"\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄ][a-zä]{2,8}\.?)\s?\d{2,4}\b"
_DATED_ACT = re.compile(
    r"\b(?:[Bb]eschl(?:uss|usses|üsse[ns]?)|(?:Allianz)?[Vv]ereinbarung|Erlass|Bekanntmachung|Richtlinie|Gesetz|"
    r"Verordnung|Auftrag|Anfrage|Antrag|Anforderung|Abfrage|Bitte|Rundschreiben|Schreiben|Mail|E-Mail)"
    r"(?:\s+(?:Nr\.?\s*)?\d{1,4}(?:[/-]\d{1,4})*(?=\s+vom))?"
    rf"(?:\s+(?:der|des|vom|zur|zum)\s+[A-ZÄÖÜ][\w-]+(?:\s+für\s+[\w-]+(?:\s+und\s+[\w-]+)?)?)?\s+vom\s+{_DAY}"
)
"""``Beschluss des Lenkungskreises vom 14.11.2016``: the day is that of the act, whenever it was."""
_OF_FORM = re.compile(
    rf"\b(?:formular|vorlagen|vordruck|tabellen)stand\s*:?\s*(?:vom\s+)?(?:{_DAY}|\d{{1,2}}/\d{{4}}\b)",
    re.IGNORECASE,
)
"""As of when the form is, not its data."""
_HANDLED = re.compile(
    rf"\bfristverlängerung\s+(?:(?:ist|wurde)\s+)?(?:bis\s+(?:zum\s+)?{_DAY}\s*)?(?:gewährt|beantragt|vereinbart|erbeten)?"
    rf"|\berledigt\s+am\s+{_DAY}"
    rf"|(?<=kammern\s)haben\s+(?:bis|am)\s+(?:zum\s+)?{_DAY}\s+(?:gemeldet|geantwortet|geliefert|zugeliefert|übermittelt)\b"
    r"|\b(?:fassung|tabelle|datei|liste|version|meldung)\s+ersetzt\s+(?:die|alle)\s+(?:(?:früheren?|vorherigen?|bisherigen?|ältere[n]?)\b\s*)?"
    rf"(?:fassung(?:en)?|version(?:en)?|datei(?:en)?|liste[n]?|meldung(?:en)?)?(?:\s+vom\s+{_DAY})?(?=\s*(?:$|[.;]))",
    re.IGNORECASE,
)
"""``Fristverlängerung bis 28.02.2018``: until when a paper may come."""
_OF_PARLIAMENT = re.compile(
    r"\b(?:(?:BT|LT|BR|Bundestags|Landtags)-?\s?)?(?:Drucksache|Drs\.?)\s*(?:Nr\.\s*)?\d{1,2}/\d+\b"
    r"|\b\d{1,2}\.\s*(?:Wahl|Legislatur)periode\b"
    r"|\b(?:(?:zu|zur|auf)\s+)?Fragen?\s+(?:Nr\.\s*)?\d{1,2}[a-z]?(?:\s*(?:,|bis|und|–|-)\s*\d{1,2}[a-z]?)*(?=\s*(?:$|[,;:|()–]))"
)
"""``17. Wahlperiode, Anlage 2 zu Frage 4``: a question that parliament asked."""
_OF_MAIL = re.compile(
    r"\b(?:anlagen?|anhang|datei)\s+(?:\d{1,2}\s+)?(?:zur|der)\s+(?:e-?)?mail\b(?!-)", re.IGNORECASE
)
_LETTER = re.compile(
    r"\b(?:Ihre?|[Uu]nsere?|[Mm]eine?)\s(?:Schreiben|E-?Mail|Mail|Anfrage|Erlass|Rundschreiben|Nachricht|Bitte|Abfrage)"
    rf"\s(?:vom|v\.)\s{_DAY}"
)
"""``Ihr Schreiben vom 05.12.2016``: the day is that of the letter."""

_PATH = re.compile(
    r"(?:\b[A-Za-z]:[\\/]|\\\\\w|\bfile:/)[^|;,<>\"]*?\.(?:xls[xmb]?|ods|csv|docx?|pdf|mdb|accdb|txt)\b",
    re.IGNORECASE,
)
"""``S:\\BB\\EQ.xlsx``: where a file is kept."""

_COUNTED_LINES = re.compile(
    r"^\s*\d+ (?:datensätze|zeilen|einträge|treffer|records|rows)"
    r"(?: (?:gefunden|ausgewählt|exportiert|selected|found|exported))?\s*$|"
    r"\banzahl (?:der )?(?:datensätze|zeilen|einträge|records)\s*:?\s*\d+",
    re.IGNORECASE,
)

_OF_LAW = re.compile(
    r"(?:(?<=\b\d\s)|(?<=\b\d\d\s)|(?<=\b\d\d\d\s)|(?<=\d[a-z]\s)|"
    r"(?:(?<=\b\d\s)|(?<=\b\d\d\s)|(?<=\b\d\d\d\s)|(?<=\d[a-z]\s))"
    r"(?:nach|gemäß|des|nach dem|gemäß dem)\s)SGB\s*III\b|"
    r"(?<=zuständige\s)Stelle\s+(?:nach|gemäß)\s+§+\s*\d+\w*\s+(?:BBiG|HwO)\b|"
    r"(?<=zuständigen\s)Stellen?\s+(?:nach|gemäß)\s+§+\s*\d+\w*\s+(?:BBiG|HwO)\b"
)
"""The law of an indicator's measure, or that calls chambers competent; *SGB III* alone is one of two laws."""

_TIME_OF_DAY = re.compile(
    r"(?<=\d{4})(?:,|\sum)?\s"
    r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*Uhr\b|\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))",
    re.IGNORECASE,
)
"""Behind a day: when a file was written."""

COUNT_OF = re.compile(
    r"\b(?:\d{1,3}\s+|(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|sechzehn)\s+(?:\w+ )?)"
    r"(?=(?:ihk|hwk|kammer|länder|laender|handwerks|handels|industrie|partner|organisation))",
    re.IGNORECASE,
)
"""``79 Kammern``: how many bodies there are, whose rows say which."""

FINDERS = (
    *(
        _PROGRAM,
        _PATH,
        _OF_MAIL,
        _LETTER,
        _DATED_ACT,
        _HANDLED,
        _OF_FORM,
        _OF_PARLIAMENT,
        _OF_LAW,
        _COUNTED_LINES,
    ),
    *(_TIME_OF_DAY, _ADDRESS, _KEY, _NUMBERED, _IDENTIFIED, _COMPLETE),
)
"""In the order in which they are looked for; what they find says nothing on figures."""
