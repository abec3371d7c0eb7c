from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from partners.notices.kinds import register
from reporting.rules.notice_kinds import KINDS


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Dashboards and reports")

    def ready(self) -> None:
        register(KINDS)
