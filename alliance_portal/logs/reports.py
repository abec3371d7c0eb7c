"""Errors on their way to somebody: by mail, or to a service that speaks Sentry's protocol."""

import logging
from importlib import import_module
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import mail_admins
from django.utils.log import AdminEmailHandler
from kombu.exceptions import OperationalError as QueueError

from alliance_portal.logs import context
from alliance_portal.logs.formatters import JsonFormatter, without_contents

MAIL_ERROR = "portal.mail_error"


@shared_task(name=MAIL_ERROR, ignore_result=True)
def mail_error(subject: str, message: str) -> None:
    mail_admins(subject, message, fail_silently=True)


class ErrorMailHandler(AdminEmailHandler):
    """Mails the line as it stands in the log: Django's own mail would carry what people sent.

    The worker that sends mails does so, for nobody else has the password of the mail server, and nobody else
    has to wait for it. While the queue is out of reach, the error is in the log alone.
    """

    def emit(self, record: logging.LogRecord) -> None:
        fields = getattr(record, "context", {})
        if not settings.ADMINS or fields.get("task") == MAIL_ERROR:  # an error of mailing is not mailed
            return
        cause = fields.get("request_id") or fields.get("task_id") or ""
        subject = self.format_subject(f"{record.levelname}: {record.name} {cause}")
        try:
            mail_error.delay(subject, JsonFormatter().format(record))
        except QueueError:
            return


def scrubbed(event: dict[str, Any], hint: dict[str, Any] | None = None) -> dict[str, Any]:
    """The error without what people sent or records hold: what failed, where, and its ids in the logs."""
    for name in ("request", "user", "breadcrumbs", "extra", "server_name"):
        event.pop(name, None)
    for exception in (event.get("exception") or {}).get("values") or []:
        exception["value"] = without_contents(str(exception.get("value") or ""))
        for frame in (exception.get("stacktrace") or {}).get("frames") or []:
            frame.pop("vars", None)
    if "logentry" in event:
        event["logentry"] = {"message": without_contents(str(event["logentry"].get("message") or ""))}
    event["tags"] = {name: str(value) for name, value in context.current().items()}
    return event


def report_errors_to(dsn: str) -> None:
    """Send errors to the service at ``dsn``; needs the optional package ``sentry-sdk``."""
    sentry_sdk = import_module("sentry_sdk")
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        before_send=scrubbed,
    )
