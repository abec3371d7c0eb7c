"""The real broker in tests: messages go into a database of Valkey of their own, or nowhere."""

from collections.abc import Iterator
from contextlib import contextmanager

import redis
from celery import current_app
from django.conf import settings
from kombu import pools

DEAD = "redis://127.0.0.1:1/0"


class Messages:
    """What lies in the broker."""

    def __init__(self) -> None:
        self._valkey = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])

    def count(self, queue: str) -> int:
        return self._valkey.llen(queue)

    def forget_everything(self) -> None:
        self._valkey.flushdb()

    def close(self) -> None:
        self._valkey.flushdb()
        self._valkey.close()


@contextmanager
def sending_to(address: str) -> Iterator[None]:
    """Have tasks sent to this broker instead of being carried out at once."""
    conf = current_app.conf
    before = (conf.broker_url, conf.broker_write_url, conf.broker_read_url)
    conf.task_always_eager = False
    _connect(address, address, address)
    try:
        yield
    finally:
        conf.task_always_eager = True
        _connect(*before)


@contextmanager
def broker() -> Iterator[Messages]:
    messages = Messages()
    messages.forget_everything()
    try:
        with sending_to(settings.CACHES["default"]["LOCATION"]):
            yield messages
    finally:
        messages.close()


def _connect(address: str, to_write: str, to_read: str) -> None:
    conf = current_app.conf
    conf.broker_url, conf.broker_write_url, conf.broker_read_url = address, to_write, to_read
    pools.reset()
    current_app._pool = None
    current_app.amqp._producer_pool = None
