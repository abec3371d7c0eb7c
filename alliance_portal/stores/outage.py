"""Whether the database is known to be out of reach, so that pages say so at once and need not find out.

A request that gets nothing from the database asks here. As long as the database is out of reach, a thread
looks for it twice a second, and the first answer ends the outage.
"""

import threading
import time

from alliance_portal.stores.probe import Address, answers

PAUSE = 0.5

_lock = threading.Lock()
_known = threading.Event()


def is_known() -> bool:
    return _known.is_set()


def confirm(address: Address) -> bool:
    """Look whether the database answers; if not, every page says so from now on until it does."""
    if _known.is_set():
        return True
    if answers(address):
        return False
    with _lock:
        if not _known.is_set():
            _known.set()
            threading.Thread(target=_await_end, args=[address], name="outage", daemon=True).start()
    return True


def _await_end(address: Address) -> None:
    while not answers(address):
        time.sleep(PAUSE)
    _known.clear()
