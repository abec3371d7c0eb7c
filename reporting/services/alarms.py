"""Alarms for those who run the portal."""

import logging

from django.core.cache import cache
from redis.exceptions import RedisError

from reporting.selectors.backlog import Backlog, backlogs

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_ERRORS = 3600
"""Errors are mailed; what comes sooner is a warning."""


def watch_queues() -> list[Backlog]:
    """Log each queue that is too long or too old, as an error once an hour."""
    too_much = [each for each in backlogs() if each.is_too_much]
    for each in too_much:
        level = logging.ERROR if _is_first_in_a_while(each.queue) else logging.WARNING
        logger.log(level, "Too much waits in the queue %s", each)
    return too_much


def _is_first_in_a_while(queue: str) -> bool:
    """Rather an error too many than none where the cache is out of reach."""
    try:
        return bool(cache.add(f"queue-alarm-{queue}", True, SECONDS_BETWEEN_ERRORS))  # noqa: FBT003  # the value
    except RedisError:
        return True
