"""The project as an application of its own: once Django is set up, the apps' tasks have their queue."""

from django.apps import AppConfig
from django.conf import settings

from alliance_portal.celery import app
from alliance_portal.hardening.hidden_memory import hide_memory
from alliance_portal.hardening.outgoing import allow_only
from alliance_portal.log_filter import hide_tokens


class PortalConfig(AppConfig):
    name = "alliance_portal"

    def ready(self) -> None:
        hide_memory()  # web, worker, beat and commands all come by here
        app.set_default()  # in every thread, shared tasks belong to it
        hide_tokens()
        if settings.PEERS:
            allow_only(settings.PEERS)
