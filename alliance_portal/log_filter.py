"""Keeps the tokens of invitations and of links in mails out of the logs.

Used by Django's logging, by the web server's access log and for the log of security events; it needs neither
settings nor the apps.
"""

import logging
import re
from collections.abc import Mapping
from typing import Any

TOKEN_ADDRESSES = re.compile(
    r"(/einladung/|/konto/password/reset/key/|/kalender/\w+/|/mitteilungen/abbestellen/"
    r"|/berichte/(?:abonnieren|abbestellen|vorab)/)(?!annehmen/|done/|\d+/)[^/\s?\"']+"
)
HIDDEN = r"\1…"
LOGGERS = ("django.request", "django.server", "django.security.csrf", "granian.access")


def without_tokens(value: Any) -> Any:
    """The value with every token in an address left out; what is no text stays as it is."""
    return TOKEN_ADDRESSES.sub(HIDDEN, value) if isinstance(value, str) else value


class WithoutTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_tokens(record.msg)
        if isinstance(record.args, Mapping):
            record.args = {key: without_tokens(value) for key, value in record.args.items()}
        elif record.args:
            record.args = tuple(without_tokens(value) for value in record.args)
        return True


def hide_tokens() -> None:
    """Filter every logger that writes addresses, whatever configures its handlers."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, WithoutTokens) for known in logger.filters):
            logger.addFilter(WithoutTokens())
