"""Another clock for a process of its own: whatever Python code asks for the time is given another day.

``set_clock`` comes before every import that could keep a function of ``time``.
"""

import ctypes
import datetime as dt
import gc
import time

_time, _localtime, _gmtime, _strftime = time.time, time.localtime, time.gmtime, time.strftime


def set_clock(day: str) -> None:
    """Let it be that day, an ISO date, at the present time of day."""
    ahead = (dt.date.fromisoformat(day) - dt.datetime.now(dt.UTC).date()).days * 86_400
    time.time = lambda: _time() + ahead
    time.time_ns = lambda: int(time.time() * 1_000_000_000)
    time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
    time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
    time.strftime = lambda form, moment=None: _strftime(form, time.localtime() if moment is None else moment)
    _replace(dt.datetime, "now", lambda cls, tz=None: cls.fromtimestamp(time.time(), tz))
    _replace(dt.datetime, "utcnow", lambda cls: cls.fromtimestamp(time.time(), dt.UTC).replace(tzinfo=None))
    for each in (dt.datetime, dt.date):
        _replace(each, "today", lambda cls: cls.fromtimestamp(time.time()))


def _replace(kind: type, name: str, function) -> None:
    """Types written in C take no assignment, but their namespace is a dictionary."""
    (namespace,) = gc.get_referents(kind.__dict__)
    namespace[name] = classmethod(function)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))
