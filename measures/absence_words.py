"""The signs and words that people write where there is no value: one list, for reading and for writing."""

from types import MappingProxyType

UNKNOWN, CONFIDENTIAL, NOT_APPLICABLE, PENDING = "unknown", "confidential", "not_applicable", "pending"
"""As ``enums.Absence`` stores them; the import reads files without Django, so they are plain strings here."""

ABSENCES = (UNKNOWN, CONFIDENTIAL, NOT_APPLICABLE, PENDING)

# How the portal writes them, in pages and in its own workbook, in the order in which they are explained.
WRITTEN = MappingProxyType(
    {
        "de": MappingProxyType({UNKNOWN: "k. A.", CONFIDENTIAL: "*", NOT_APPLICABLE: "x", PENDING: "…"}),
        "en": MappingProxyType({UNKNOWN: "unknown", CONFIDENTIAL: "*", NOT_APPLICABLE: "x", PENDING: "…"}),
    }
)

# Signs of official statistics with one meaning.
SIGNS = MappingProxyType({CONFIDENTIAL: ("*", "**"), NOT_APPLICABLE: ("x", "X"), PENDING: ("…", "...")})

# Words with one meaning; capital letters, spaces between words and punctuation do not matter.
WORDS = MappingProxyType(
    {
        UNKNOWN: (
            "k. A.", "k.A.", "kA", "keine Angabe", "keine Angaben", "unbekannt", "nicht bekannt",
            "nicht erfasst", "nicht verfügbar", "liegt nicht vor", "?", "??", "unknown", "not known",
        ),
        CONFIDENTIAL: ("geheim", "vertraulich", "anonymisiert", "confidential"),
        NOT_APPLICABLE: (
            "entfällt", "entf.", "trifft nicht zu", "nicht zutreffend", "nicht anwendbar", "not applicable",
        ),
        PENDING: (
            "folgt", "wird nachgereicht", "wird nachgemeldet", "liegt noch nicht vor", "noch nicht",
            "noch offen", "pending", "follows later",
        ),
    }
)  # fmt: skip

ZERO = "zero"

# Words with several meanings; the first is the usual one.
AMBIGUOUS = MappingProxyType(
    {
        "n. a.": (UNKNOWN, NOT_APPLICABLE),
        "na": (UNKNOWN, NOT_APPLICABLE),
        "n. v.": (UNKNOWN, ZERO),
        "nv": (UNKNOWN, ZERO),
        "k. w.": (UNKNOWN, ZERO),
        "fehlt": (UNKNOWN, PENDING),
        "nicht gemeldet": (UNKNOWN, PENDING),
        "gesperrt": (CONFIDENTIAL, NOT_APPLICABLE),
    }
)
