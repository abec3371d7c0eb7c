import gc
import weakref

import pytest
from django.core.signals import request_finished

from alliance_portal.garbage_collection import collect, collect_after_requests


class _Page:
    """Refers to itself, as requests and forms do."""

    def __init__(self) -> None:
        self.page = self


@pytest.fixture
def thresholds():
    before = gc.get_threshold()
    collect_after_requests()
    yield gc.get_threshold()
    request_finished.disconnect(collect)
    gc.set_threshold(*before)


def test_what_a_request_leaves_goes_when_it_is_answered(thresholds):
    young = weakref.ref(_Page())
    page = _Page()
    gc.collect(0)  # from here on it is no longer young
    old = weakref.ref(page)
    del page
    request_finished.send(sender=None)
    assert young() is None
    assert old() is not None
    for _ in range(thresholds[1]):
        request_finished.send(sender=None)
    assert old() is None
