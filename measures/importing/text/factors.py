"""Words and signs beside a number that multiply it: Tsd., T€, Mio., k, three zeros."""

from __future__ import annotations

import re

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


def factor_in(text: str) -> int | None:
    """The factor that a text beside a number names."""
    return next((factor for factor, pattern in _FACTORS if pattern.search(text)), None)
