"""What the project as a whole does by the clock."""

from celery import shared_task

from partners.services.security_events import remove_old_events


@shared_task(name="portal.remove_old_security_events", ignore_result=True)
def remove_old_security_events() -> None:
    remove_old_events()
