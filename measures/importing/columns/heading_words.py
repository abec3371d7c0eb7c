"""Words of headings that say of a column that it holds no figures of its own: changes, shares, remarks."""

from __future__ import annotations

import re

from measures.importing.layout.grid import DERIVED
from measures.importing.text.folding import fold

_SIGN_OF_CHANGE = re.compile(r"(?:[+±]\s*/?\s*[-–−]|±|[Δ∆])|(?:diff|delta|veränd|vä)\b\.?", re.IGNORECASE)
_SHARE = re.compile(
    r"(?:in\s*)?%\s"
    r"|.+\s(?:je|pro)\s(?!(?:Kammer|IHK|HWK|Land|Bundesland|Beruf|Jahr|Bezirk|Kammerbezirk|Zielgruppe)\b)\S",
    re.IGNORECASE,
)
_COUNTS_REPORTS = re.compile(
    r"zahl (?:der |an |von )?"
    r"(?:(?:rueck)?meldungen|antworten|nennungen|frageboegen|datensaetze|kammern|laender)\b"
)
"""What is counted are reports and who gave them, not what they report."""
_REPORTS = frozenset(
    ("ruecklauf", "ruecklaeufe", "rueckmeldungen", "rueckmeldung", "antworten", "responses", "replies")
)
"""By themselves over numbers these are counted, too."""
_IN_PERCENT = re.compile(r".*\w.*[\s(\[](?:in\s+)?(?:%|prozent|v\.\s?h\.)[)\]]?", re.IGNORECASE)
"""``Erfüllung in %``: whatever is divided, no count."""
_COMPOUND = re.compile(r"[^\W\d_]+(?:anteil|quote)e?n?(?:\s+(?:in\s+)?%)?", re.IGNORECASE)
"""``Frauenanteil``, ``Erscheinensquote``."""
_OF_YEARS = re.compile(
    r"(?:(?:veränderung|entwicklung|differenz|diff\.?)\s+)?(?:von\s+)?(?:19|20)\d{2}\s*"
    r"(?:zu|vs\.?|versus|gegenüber|ggü\.?|auf|gg\.|→|->|–>|to)\s*(?:19|20)\d{2}(?:\s*(?:in\s*)?(?:%|abs\.?|absolut))?",
    re.IGNORECASE,
)
"""``2018 zu 2017`` compares one year with another."""
_NOTES = re.compile(
    r"(?:[^\W\d]+\s*/\s*)?(?:bemerkung|anmerkung|hinweis|kommentar|erläuterung|fußnote|notiz|vermerk|remark|comment)"
    r"(?:e?n|s|e)?(?:\s+(?!.*(?:anzahl|zahl|wert)).{0,40})?",
    re.IGNORECASE,
)
_COMPARING = re.compile(
    r"(?:(?:prozentuale[rs]?|absolute|relative) )?(?:veraenderung|differenz|abweichung|anteil|entwicklung|"
    r"zuwachs|steigerung|zunahme|rueckgang|change|share|difference)\b|(?:in )?(?:%|prozent|v h)(?: |$)"
)


def names_a_derived_value(text: str) -> bool:
    """Whether a label names a change, a share or another value that is computed from figures."""
    return (
        bool(_SIGN_OF_CHANGE.match(text) or _OF_YEARS.fullmatch(text))
        or text == "%"
        or (fold(text) or text) in DERIVED
    )


def is_share_or_comparison(text: str) -> bool:
    """Whether a heading compares, or divides one figure by another."""
    return bool(_COMPARING.match(fold(text) or text) or _SHARE.match(text) or _COMPOUND.fullmatch(text))


def is_in_percent(text: str) -> bool:
    """Whether a heading ends by saying that its values are per cent."""
    return _IN_PERCENT.fullmatch(text) is not None


def compares_years(text: str) -> bool:
    """``Veränderung 2018 zu 2017``."""
    return _OF_YEARS.fullmatch(text) is not None


def counts_reports(text: str) -> bool:
    """Whether what is counted are reports, and not what they report."""
    return _COUNTS_REPORTS.search(fold(text)) is not None or fold(text) in _REPORTS


def heads_notes(text: str) -> bool:
    """``Anmerkung DGB``, ``Fundstelle / Anmerkung``: the column holds remarks, whoever's they are."""
    return _NOTES.fullmatch(text) is not None
