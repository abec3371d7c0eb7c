"""How often Python looks for garbage: rarely while a process is at work, and between requests."""

import gc
from typing import Any

from django.core.signals import request_started

ALLOCATIONS = 50_000  # 700 unless set
YOUNG_ROUNDS, MIDDLE_ROUNDS = 20, 100
MIDDLE_ROUNDS_OF_REQUESTS = 1_000  # after 20,000 requests Python looks through all that they have loaded


def collect_rarely() -> None:
    """Leave out of account what is loaded by now, and look for garbage less often from here on.

    Each migration builds models by the hundred, and Python's collector walks through all of them again for
    every few. Looking rarely saved a tenth of the time of migrating an empty database, measured once. A web
    process held a request up for some 200 ms whenever the collector walked through all that is loaded.
    """
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, YOUNG_ROUNDS, MIDDLE_ROUNDS)


def collect_between_requests() -> None:
    """Collect rarely, but what a request has left as soon as the next one begins.

    A request, its forms and its answer refer to each other and are never free by themselves: a thousand
    objects, which take 0.3 ms to collect. Left to gather, they held up one request in 35 by some 50 ms.
    As a request ends is too early: whoever called the view still holds its answer.
    """
    collect_rarely()
    gc.set_threshold(ALLOCATIONS, YOUNG_ROUNDS, MIDDLE_ROUNDS_OF_REQUESTS)
    request_started.connect(collect)


def collect(**_signal: Any) -> None:
    """Collect what is young, and what is older whenever Python would."""
    counted = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(counted) if count > most]
    gc.collect(max(due, default=0))
