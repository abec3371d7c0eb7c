"""Every address of the portal."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.i18n import set_language

from alliance_portal.csp_reports import csp_report
from partners.views import links, sessions

handler400 = "alliance_portal.views.bad_request"
handler429 = "alliance_portal.views.too_many_attempts"  # found by allauth
handler500 = "alliance_portal.views.server_error"

urlpatterns = [
    path("csp-bericht/", csp_report, name="csp_report"),
    # In place of allauth's: the first in the list is found.
    path("konto/logout/", sessions.sign_out, name="account_logout"),
    path("konto/sessions/", sessions.session_list, name="usersessions_list"),
    re_path(
        r"^konto/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        links.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("konto/", include("allauth.urls")),
    path("sprache/", login_not_required(set_language), name="set_language"),
    path("verwaltung/", admin.site.urls),
    path("", include("partners.urls")),
    path("", include("measures.urls")),
    path("", include("reporting.urls")),
]
