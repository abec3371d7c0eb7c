from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from partners.enums import Role

SUPERUSER = "superuser"
"""What ``MFA_REQUIRED_ROLES`` calls those who run the installation; it is no role in an organisation."""
EVERYBODY = "everybody"
"""What stands there for every account, those without any role included."""


def check_required_roles(**kwargs: Any) -> list[CheckMessage]:
    """A misspelt role would be one for which nothing is required."""
    unknown = set(settings.MFA_REQUIRED_ROLES) - {*Role.values, SUPERUSER, EVERYBODY}
    if not unknown:
        return []
    return [
        Error(f"MFA_REQUIRED_ROLES names unknown roles: {', '.join(sorted(unknown))}.", id="partners.E001")
    ]
