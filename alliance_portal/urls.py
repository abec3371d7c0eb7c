"""Every address of the portal."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from alliance_portal.csp_reports import csp_report
from alliance_portal.views import not_found
from partners import urls as partners_urls
from partners.views import links, sessions
from partners.views.notices import languages
from reporting import urls as reporting_urls
from reporting.views.public.sitemaps import robots, sitemap

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
    # Accounts at a sign-in service are linked by signing in there, not on a page.
    re_path(r"^konto/(?:3rdparty|social)/", not_found),
    path("konto/", include("allauth.urls")),
    path("sprache/", languages.set_language, name="set_language"),
    path("verwaltung/", admin.site.urls),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    *i18n_patterns(path("", include(partners_urls.PUBLIC)), path("", include(reporting_urls.PUBLIC))),
    path("", include("partners.urls")),
    path("", include("measures.urls")),
    path("", include("reporting.urls")),
]
