"""How often Python looks for garbage: rarely in processes that answer requests or migrate a database."""

import gc

ALLOCATIONS = 50_000  # 700 unless set
YOUNG_ROUNDS, MIDDLE_ROUNDS = 20, 100


def collect_rarely() -> None:
    """Leave out of account what is loaded by now, and look for garbage less often from here on.

    Each migration builds models by the hundred, and Python's collector walks through all of them again for
    every few. Looking rarely saved a tenth of the time of migrating an empty database, measured once. A web
    process held a request up for some 200 ms whenever the collector walked through all that is loaded.
    """
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, YOUNG_ROUNDS, MIDDLE_ROUNDS)
