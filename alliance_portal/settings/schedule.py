"""What beat has done by the clock. Times are of the portal's own time zone."""

from celery.schedules import crontab

SCHEDULE = {
    "continue-pending-reports": {
        "task": "reporting.dispatch_pending_reports",
        "schedule": crontab(minute="*/5"),
    },
    "check-waiting-reports": {
        "task": "reporting.check_waiting_reports",
        "schedule": crontab(minute="*/5"),
    },
    "publish-due-reports": {
        "task": "reporting.publish_due_reports",
        "schedule": crontab(),  # to the minute; what subscribers have not heard of yet is written to them
    },
    "remove-unconfirmed-subscribers": {
        "task": "reporting.remove_unconfirmed_subscribers",
        "schedule": crontab(hour="3", minute="45"),
    },
    "run-report-schedules": {
        "task": "reporting.run_report_schedules",
        "schedule": crontab(),
    },
    "continue-pending-imports": {
        "task": "measures.dispatch_pending_imports",
        "schedule": crontab(),  # every minute: somebody sits and waits
    },
    "remove-old-security-events": {
        "task": "portal.remove_old_security_events",
        "schedule": crontab(hour="3", minute="50"),
    },
    "watch-certificates": {
        "task": "portal.watch_certificates",
        "schedule": crontab(hour="4", minute="0"),
    },
    "continue-list-transfers": {
        "task": "partners.continue_list_transfers",
        "schedule": crontab(),
    },
    "send-mails": {
        "task": "partners.send_mails",
        "schedule": crontab(),
    },
    "send-notices": {
        "task": "measures.send_notices",
        "schedule": crontab(minute="*/5"),
    },
    "remove-leftovers-of-accounts": {
        "task": "partners.remove_leftovers",
        "schedule": crontab(hour="3", minute="40"),
    },
    "send-saved-views": {
        "task": "reporting.send_saved_views",
        "schedule": crontab(hour="6,7,8", minute="30"),  # what a worker missed is sent by the next
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
