from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from measures.rules.notice_kinds import KINDS
from partners.notices.kinds import register


class MeasuresConfig(AppConfig):
    name = "measures"
    verbose_name = _("Measures and figures")

    def ready(self) -> None:
        register(KINDS)
