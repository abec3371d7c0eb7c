"""The queue. Apps use ``shared_task``; only this module knows the application.

Celery's commands begin here (``celery -A alliance_portal``), so the settings are chosen here where nobody has
chosen any. Everywhere else Django loads this module when it is set up, with its settings.
"""

import os

from celery import Celery

from alliance_portal.logs import tasks as logs_of_tasks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance_portal.settings.dev")

app = Celery("alliance_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
logs_of_tasks.connect()
