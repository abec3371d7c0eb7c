"""Sentences below tables that say how they were made and are to be handled, not whose figures they are."""

from __future__ import annotations

import re

_ALL = (
    r"(?:(?:handwerks|handels)?kammern|ihks|hwks|partnern?|allianzpartner|länder|verbände|ressorts|mitglieder|"
    r"zuständigen\s+stellen)"
)

_NUMBER = r"(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|sechzehn)"

_IN_TIME = re.compile(
    r"\b(?:meldung|abgabe|lieferung|zulieferung|rückmeldung|datenlieferung)(?:en)?\s+(?:erfolgten?|ist|sind|war|waren|ging(?:en)?)\s+"
    r"(?:alle\s+)?(?:frist|termin)gerecht(?:\s+(?:ein|erfolgt|eingegangen))?\b",
    re.IGNORECASE,
)
_ONLY_RELEASED = re.compile(
    r"\b(?:veröffentlichung|weitergabe|verwendung|nutzung|zitierung)\s+(?:ist\s+)?(?:erst|nur)\s+nach\s+(?:vorheriger\s+)?"
    r"(?:freigabe|zustimmung|rücksprache|genehmigung|abstimmung)(?:\s+(?:durch|mit|der|des|dem)(?:\s+[\w-]+){1,2})?"
    r"(?:\s+(?:gestattet|erlaubt|möglich|zulässig))?(?=\s*(?:$|[.;!]))",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"\bdefinition(?:en)?\s*:?\s+(?:siehe|s\.|entsprech(?:en|end)|gemäß|laut|nach|folgen|im|in)\s+(?:dem|der|den)?\s*"
    r"(?:merkblatt|leitfaden|glossar|indikatorenkatalog|katalog|handbuch|anlage|anhang|vereinbarung|ausfüllhinweise[n]?|erläuterungen)\b",
    re.IGNORECASE,
)
_COMPARABLE = re.compile(
    r"\b(?:daten|zahlen|werte|angaben|ergebnisse)\s+sind\s+(?:uneingeschränkt\s+|direkt\s+|voll\s+)?mit\s+(?:dem\s+vorjahr|den\s+vorjahren|"
    r"denen\s+(?:des\s+vorjahres|der\s+vorjahre))\s+(?:uneingeschränkt\s+|direkt\s+|voll\s+)?vergleichbar\b",
    re.IGNORECASE,
)
_ASKED_ALL = re.compile(
    rf"\b(?:abfrage|erhebung|umfrage|befragung)\s+(?:richtete?|wandte|ging|geht)\s+(?:sich\s+)?an\s+(?:alle|sämtliche|die)\s+(?:\d+\s+)?{_ALL}\b"
    rf"|\b(?:erhoben|erfragt|abgefragt|gemeldet|zusammengetragen|eingeholt)\s+(?:bei|von)\s+(?:den|allen)\s+(?:(?:\d+|{_NUMBER})\s+)?"
    rf"(?:[a-zäöü-]+en\s+)?(?:industrie-\s+und\s+)?{_ALL}\b(?!\s*(?:mit|ohne|außer|,))"
    rf"|(?<!fast\s)(?<!nicht\s)(?<!nahezu\s)(?<!beinahe\s)\balle\s+(?:\d+\s+)?{_ALL}\s+haben\s+sich\s+(?:daran\s+|an\s+der\s+(?:abfrage|umfrage|erhebung)\s+)?beteiligt\b",
    re.IGNORECASE,
)
_SURVEY_AMONG = re.compile(
    r"\b(?:survey|inquiry|enquiry|poll|query)\s+(?:conducted\s+)?among\s+(?:(?:all|the)\s+)*(?:chambers|partners|members|associations|länder)\b",
    re.IGNORECASE,
)
_SUMMED = re.compile(
    r"\bsummen?\s+(?:wird|werden|wurden?)\s+(?:maschinell|automatisch|programmseitig)\s+(?:gebildet|berechnet|ermittelt)\b"
    r"|\bsummen?\s+(?:(?:wurden?|werden|sind)\s+)?aus\s+(?:den\s+)?(?:ungerundeten|nicht\s+gerundeten)\s+(?:einzel)?(?:werten|zahlen)"
    r"(?:\s+(?:gebildet|berechnet))?(?=\s*(?:$|[.;]))",
    re.IGNORECASE,
)
_NOUGHT = re.compile(
    r"(?<![\d.,])(?:0|nullen?)\s*(?:=|:|bedeute[nt]|heißt)\s*keine?\s+(?:plätze|fälle|angebote|verträge|beratungen|betriebe)\b(?!\s+\w)",
    re.IGNORECASE,
)
"""``0 = keine Plätze``; *0 = keine Meldung* would say that nobody knows."""
_LEAVE_ALONE = re.compile(
    r"\b(?:formeln?|zellen|blätter|tabellenblätter|spalten|zeilen|felder|formate|formatierungen|überschriften|struktur)\s+(?:bitte\s+)?nicht\s+"
    r"(?:überschreiben|(?:ver)?ändern|löschen|verschieben|einfügen|umbenennen)\b"
    r"|\b(?:blatt|zell|schreib)schutz\s+ohne\s+(?:kennwort|passwort)\b",
    re.IGNORECASE,
)

FINDERS = (
    _SURVEY_AMONG,
    _IN_TIME,
    _ONLY_RELEASED,
    _DEFINED,
    _COMPARABLE,
    _ASKED_ALL,
    _SUMMED,
    _NOUGHT,
    _LEAVE_ALONE,
)
