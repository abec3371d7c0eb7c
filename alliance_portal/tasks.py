"""What the project as a whole does by the clock."""

import logging

from celery import shared_task

from alliance_portal.installation import expiry
from partners.services.security_events import remove_old_events

logger = logging.getLogger(__name__)


@shared_task(name="portal.watch_certificates", ignore_result=True)
def watch_certificates() -> None:
    """Warn in the log, and so by mail or the error service, of certificates that end soon."""
    for each in expiry.ending():
        logger.error("The certificate %s in %s ends on %s", each.name, each.path, each.ends.date())


@shared_task(name="portal.remove_old_security_events", ignore_result=True)
def remove_old_security_events() -> None:
    remove_old_events()
