from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from partners.notices.kinds import register
from reporting.rules.notice_kinds import KINDS


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Dashboards and reports")

    def ready(self) -> None:
        register(KINDS)
        # Selectors need the models.
        own, all_there_is = (
            "reporting.selectors.history",
            "measures.selectors.history",
        )
        import_module(f"{all_there_is}.sources").register([import_module(f"{own}.reports").SOURCE])
        import_module(f"{all_there_is}.files.addresses").register(import_module(f"{own}.files").FILES)
