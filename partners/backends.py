"""Rights in the administration follow from the roles people hold, not from rights given one by one."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Model

from partners.models import User
from partners.permissions import Access, access_for

APPS = frozenset({"partners", "measures", "reporting"})
READING = "view_"


class RoleBackend(BaseBackend):
    """Data stewards may do with our models whatever their admin pages offer; auditors may look."""

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        app_label, _dot, action = perm.partition(".")
        if app_label not in APPS or not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        access = _access(user_obj)
        return access.manages_data or (access.audits and action.startswith(READING))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return self.has_perm(user_obj, f"{app_label}.{READING}")


def _access(user: User) -> Access:
    """One look-up for the many questions a page of the administration asks about the same person object."""
    known: Access | None = user.__dict__.get("_access_in_admin")
    if known is None:
        known = user.__dict__["_access_in_admin"] = access_for(user)
    return known
