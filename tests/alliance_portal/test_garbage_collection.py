import gc
import weakref

import pytest
from django.core.signals import request_started

from alliance_portal.garbage_collection import collect, collect_between_requests

pytestmark = pytest.mark.django_db  # a request that begins looks at the connection, if there is one by then


class _Page:
    """Refers to itself, as requests and forms do."""

    def __init__(self) -> None:
        self.page = self


@pytest.fixture
def thresholds():
    before = gc.get_threshold()
    collect_between_requests()
    yield gc.get_threshold()
    request_started.disconnect(collect)
    gc.set_threshold(*before)


def test_what_a_request_leaves_goes_when_the_next_begins(thresholds):
    young = weakref.ref(_Page())
    page = _Page()
    gc.collect(0)  # from here on it is no longer young
    old = weakref.ref(page)
    del page
    request_started.send(sender=None)
    assert young() is None
    assert old() is not None
    for _ in range(thresholds[1]):
        request_started.send(sender=None)
    assert old() is None
