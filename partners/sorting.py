"""German alphabetical order without the database's help: the embedded PostgreSQL has no ICU collations."""

import unicodedata


def sort_key(name: str) -> str:
    """Fold a name for sorting as DIN 5007-1 does: ä like a, ß like ss, capitals like small letters."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).strip()


def organisation_sort_key(short_name: str) -> str:
    """Chambers stand together by kind: the two that call themselves "HK" among the IHKs."""
    folded = sort_key(short_name)
    return f"i{folded}" if folded.startswith("hk ") else folded
