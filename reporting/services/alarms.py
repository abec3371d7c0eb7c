"""Alarms for those who run the portal."""

import logging

from django.core.cache import cache
from django.core.mail import mail_admins
from redis.exceptions import RedisError

from reporting.selectors.backlog import Backlog, backlogs

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_MAILS = 3600


def watch_queues() -> list[Backlog]:
    """Log each queue that is too long or too old, and write to the administrators once an hour."""
    too_much = [each for each in backlogs() if each.is_too_much]
    for each in too_much:
        logger.error("Too much waits in the queue %s", each)
    if too_much and _is_first_in_a_while():
        body = "\n".join(map(str, too_much))
        mail_admins("Too much waits in the queues", body, fail_silently=True)
    return too_much


def _is_first_in_a_while() -> bool:
    """Rather a mail too many than none where the cache is out of reach."""
    try:
        return bool(cache.add("queue-alarm-sent", True, SECONDS_BETWEEN_MAILS))  # noqa: FBT003  # the value
    except RedisError:
        return True
