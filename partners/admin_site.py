from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: TID251  # the admin is part of the web layer
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.permissions import access_for
from partners.views.sessions import sign_out


class PortalAdminSite(AdminSite):
    """Open by role: data stewards edit, auditors look."""

    site_title = _("Alliance portal")
    site_header = _("Data management")
    index_title = _("Catalogue, organisations and people")

    def get_urls(self) -> list[Any]:
        """Without Django's address that leads to any record by its kind: it knows none of the portal's."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    def has_permission(self, request: HttpRequest) -> bool:
        return access_for(request.user).administers

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        """Refuse somebody who is signed in without the right, instead of asking them to sign in again."""
        inner = super().admin_view(view, cacheable)

        def refuse_or_show(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return update_wrapper(refuse_or_show, inner)

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Use the portal's own sign-in with its second factor and its limits."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.path)

    def logout(  # type: ignore[override]  # a redirect instead of Django's own page
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Sign out as everywhere in the portal."""
        return sign_out(request)

    def password_change(  # type: ignore[override]  # a redirect instead of Django's own page
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))
