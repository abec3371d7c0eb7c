from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from partners.sign_in.required_roles import check_required_roles


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners and people")

    def ready(self) -> None:
        import_module("partners.sign_in.events").connect()  # its signals need the models
        import_module("partners.sign_in.one_time_codes").take_over()
        register(check_required_roles)
        register(import_module("partners.sign_in.openid.claims").check_role_mapping)
        register(import_module("partners.sign_in.stored_secrets").check_encryption_keys)
