"""Words and signs beside a number that multiply it: Tsd., T€, Mio., k, three zeros."""

from __future__ import annotations

import re

FACTOR = r"(?:tsd\b\.?|tausend|1[. ]?000|t€|teur|mio\b\.?|millionen)"
"""How titles and headings write a factor, whatever the case; ``factor_named`` says which it is."""
COUNTED = r"(?:euro?|€|personen|pl(?:ä|ae)tzen?)"
"""What may stand behind it."""

_FACTORS = (
    (
        1_000,
        re.compile(r"(?<!\w)(?:tsd|tausend|thsd|thousands?|[tk]\s?(?:€|eur|euro)?)(?!\w)", re.IGNORECASE),
    ),
    (
        1_000_000,
        re.compile(r"(?<!\w)(?:(?i:mio|mill|million(?:en|s)?|mn)|M(?:\s?(?:€|EUR|Euro))?)(?!\w)"),
    ),
    (1_000_000_000, re.compile(r"(?<!\w)(?:mrd|milliarden?|bn|billions?)(?!\w)", re.IGNORECASE)),
    (100, re.compile(r"(?<!\w)(?:hundert|hundred)(?!\w)", re.IGNORECASE)),
)


def factor_named(text: str) -> int:
    """The factor that a text found as ``FACTOR`` names; ``1.000`` names itself."""
    return factor_in(text) or 1_000


def factor_in(text: str) -> int | None:
    """The factor that a text beside a number names."""
    return next((factor for factor, pattern in _FACTORS if pattern.search(text)), None)
