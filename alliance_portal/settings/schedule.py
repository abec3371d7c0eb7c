"""What beat has done by the clock. Times are of the portal's own time zone."""

from celery.schedules import crontab

SCHEDULE = {
    "continue-pending-reports": {
        "task": "reporting.dispatch_pending_reports",
        "schedule": crontab(minute="*/5"),
    },
    "continue-pending-imports": {
        "task": "measures.dispatch_pending_imports",
        "schedule": crontab(),  # every minute: somebody sits and waits
    },
    "remove-old-security-events": {
        "task": "portal.remove_old_security_events",
        "schedule": crontab(hour="3", minute="50"),
    },
    "continue-list-transfers": {
        "task": "partners.continue_list_transfers",
        "schedule": crontab(),
    },
    "send-mails": {
        "task": "partners.send_mails",
        "schedule": crontab(),
    },
    "remove-leftovers-of-accounts": {
        "task": "partners.remove_leftovers",
        "schedule": crontab(hour="3", minute="40"),
    },
    "watch-queues": {
        "task": "reporting.watch_queues",
        "schedule": crontab(minute="*/5"),
    },
    "remove-leftovers-of-imports": {
        "task": "measures.remove_leftovers",
        "schedule": crontab(hour="3", minute="20"),
    },
    "report-orphans": {
        "task": "reporting.report_orphans",
        "schedule": crontab(hour="3", minute="50"),
    },
}
