"""The keys under which names of the catalogue, and names a person confirmed, are remembered and found."""

import re
from functools import lru_cache

from measures.importing.text.folding import fold, fold_without_digraphs, tidy

_CHAMBER = re.compile(
    r"^(?:(?P<ihk>industrie und handelskammer|handelskammer|ihk|hk)|(?P<hwk>handwerkskammer|hwk))"
    r"(?: (?:zu|fuer|fur|der|des|die|das|den|in|von|am|im))* (?P<rest>.+)$"
)
_CHAMBER_LAST = re.compile(r"^(?P<rest>.+) (?P<kind>ihk|hwk)$")
_SPECIALISED = re.compile(r"\b(?:FR\b|Fachr\.)")


def chamber_key(key: str) -> str:
    """``ihk koeln`` for every way to write it."""
    if last := _CHAMBER_LAST.match(key):
        return f"{last['kind']} {last['rest']}"
    found = _CHAMBER.match(key)
    return f"{'ihk' if found['ihk'] else 'hwk'} {found['rest']}" if found else key


@lru_cache(maxsize=20_000)
def keys_of(name: str, *, is_organisation: bool) -> frozenset[str]:
    """All a name of the catalogue is found by; worked out once a process, not for each file."""
    keys = {fold(name), fold_without_digraphs(name)}
    if is_organisation:
        keys |= set(map(chamber_key, keys))
    return frozenset(filter(None, keys))


def answer_keys(kind: str, text: str) -> tuple[str, ...]:
    """What a confirmed name is remembered and looked up by."""
    text = _SPECIALISED.sub("Fachrichtung", tidy(text)) if kind == "occupation" else tidy(text)
    key = fold(text) or text
    return (key, chamber_key(key)) if kind == "organisation" else (key,)
