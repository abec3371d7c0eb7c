from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from measures.rules.notice_kinds import KINDS
from partners.notices.kinds import register


class MeasuresConfig(AppConfig):
    name = "measures"
    verbose_name = _("Measures and figures")

    def ready(self) -> None:
        register(KINDS)
        history = "measures.selectors.history"  # its selectors need the models
        import_module(f"{history}.sources").register(import_module(f"{history}.own").SOURCES)
        import_module(f"{history}.files.addresses").register(import_module(f"{history}.files.records").FILES)
