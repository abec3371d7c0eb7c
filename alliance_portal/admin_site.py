"""The Django admin, behind the portal's own sign-in."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "partners.admin_site.PortalAdminSite"
