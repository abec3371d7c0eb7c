from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from reporting.dashboards.overview.view import VIEW as OVERVIEW
from reporting.views import (
    attainment,
    dashboards,
    market,
    narratives,
    reports,
    saved_views,
    schedules,
    start,
    trail,
)
from reporting.views.public import data, feed, figures, home, releases, search, verification
from reporting.views.releases import deciding, previews, subscriptions


class ReportTypeConverter(StringConverter):
    """The code of a type of report, though there may be none any more: addresses of releases are for good."""

    regex = "[a-z_]+"


class YearConverter(IntConverter):
    """Four digits: the code of a Land is none."""

    regex = "[0-9]{4}"


register_converter(ReportTypeConverter, "report_type")
register_converter(YearConverter, "year")

EDITIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("<report_type:report_type>", {"scope": ""}),
    ("<report_type:report_type>/<str:scope>", {}),
)
"""The beginning of an edition's address: of the whole Alliance, or of a part of it."""

PUBLIC = (
    [
        path("", home.home, name="home"),
        path("berichte/", releases.report_list, name="reports"),
        path("berichte/atom.xml", feed.feed, name="feed"),
        path("berichte/abonnieren/", subscriptions.subscription, name="subscription"),
        path(
            "berichte/abonnieren/<str:token>/",
            subscriptions.subscription_confirm,
            name="subscription_confirm",
        ),
        path("berichte/abbestellen/<str:token>/", subscriptions.subscription_end, name="subscription_end"),
        *(
            each
            for edition, scope in EDITIONS
            for each in (
                path(f"berichte/{edition}/<year:year>/", releases.latest, scope, name="report_latest"),
                path(f"berichte/{edition}/<year:year>/<int:release>/", releases.report, scope, name="report"),
                path(
                    f"berichte/{edition}/<year:year>/<int:release>/manifest.json",
                    releases.manifest,
                    scope,
                    name="manifest",
                ),
                path(
                    f"berichte/{edition}/<year:year>/<int:release>/manifest.sig",
                    releases.signature,
                    scope,
                    name="signature",
                ),
                path(
                    f"berichte/{edition}/<year:year>/<int:release>/<str:name>",
                    releases.document,
                    scope,
                    name="document",
                ),
            )
        ),
        path("wert/<slug:snapshot>/<slug:indicator>/<int:year>/", figures.figure, name="figure"),
        path(
            "wert/<slug:snapshot>/<slug:indicator>/<int:year>/<slug:by>/<str:code>/",
            figures.figure,
            name="figure_of_part",
        ),
        path(
            "wert/<slug:snapshot>/<slug:indicator>/<int:year>/<slug:by>/<str:code>/<slug:also_by>/<str:also_code>/",
            figures.figure,
            name="figure_of_two_parts",
        ),
        path("daten/", data.data_list, name="data"),
        path("daten/katalog.jsonld", data.catalogue, name="catalogue"),
        path("daten/<slug:indicator>/", data.data_set, name="data_set"),
        path("daten/<slug:indicator>/<slug:name>.csv", data.data_csv, name="data_csv"),
        path("suche/", search.search, name="search"),
        path("pruefen/", verification.verify, name="verify"),
        path("pruefen/schluessel.json", verification.keys, name="keys"),
    ],
    "public",
)
"""What everybody reads without signing in, below its language. Addresses of releases are for good."""

app_name = "reporting"
urlpatterns = [
    path("", start.start, name="start"),
    path("uebersicht/", dashboards.view, {"code": OVERVIEW.code}, name="dashboard"),
    path("auswertungen/", dashboards.view_list, name="view_list"),
    path("auswertungen/gespeichert/", saved_views.saved_view_list, name="saved_view_list"),
    path("auswertungen/gespeichert/<int:pk>/", saved_views.saved_view_change, name="saved_view_change"),
    path(
        "auswertungen/gespeichert/<int:pk>/loeschen/", saved_views.saved_view_delete, name="saved_view_delete"
    ),
    path("auswertungen/<slug:code>/", dashboards.view, name="view"),
    path("auswertungen/<slug:code>/speichern/", saved_views.saved_view_create, name="saved_view_create"),
    path("zielerreichung.svg", attainment.attainment_svg, name="attainment_svg"),
    path("zielerreichung.csv", attainment.attainment_csv, name="attainment_csv"),
    path(
        "zahlen/ausbildungsmarkt/<slug:quantity>/<int:year>/", market.market_quantity, name="market_quantity"
    ),
    path("zahlen/<slug:indicator>/<int:year>/", trail.trail, name="trail"),
    path("zahlen/<slug:indicator>/<int:year>/<str:organisation>/", trail.figure, name="figure"),
    path("berichte/", reports.report_list, name="report_list"),
    path("berichte/anfordern/", reports.report_request, name="report_request"),
    path("berichte/texte/", narratives.narrative_list, name="narrative_list"),
    path("berichte/texte/neu/", narratives.narrative_ask, name="narrative_ask"),
    path("berichte/texte/<int:pk>/", narratives.narrative_detail, name="narrative_detail"),
    path(
        "berichte/texte/<int:pk>/<str:language>/speichern/",
        narratives.narrative_write,
        name="narrative_write",
    ),
    path(
        "berichte/texte/<int:pk>/<str:language>/entscheiden/",
        narratives.narrative_decide,
        name="narrative_decide",
    ),
    path("berichte/zeitplaene/", schedules.schedule_list, name="schedule_list"),
    path("berichte/zeitplaene/<int:pk>/beenden/", schedules.schedule_stop, name="schedule_stop"),
    path("berichte/<int:pk>/", reports.report_detail, name="report_detail"),
    path("berichte/<int:pk>/freigeben/", deciding.report_release, name="report_release"),
    path("berichte/<int:pk>/freigeben/warnung/", deciding.warning_accept, name="warning_accept"),
    path("berichte/<int:pk>/freigeben/absagen/", deciding.publication_cancel, name="publication_cancel"),
    path("berichte/<int:pk>/freigeben/pruefen/", deciding.report_verify, name="report_verify"),
    path("berichte/<int:pk>/zurueckziehen/", deciding.report_withdraw, name="report_withdraw"),
    path("berichte/<int:pk>/berichtigen/", deciding.report_correct, name="report_correct"),
    path("berichte/<int:pk>/vorab/", deciding.preview_invite, name="preview_invite"),
    path("berichte/<int:pk>/vorab/<int:preview>/sperren/", deciding.preview_revoke, name="preview_revoke"),
    path("berichte/vorab/<str:token>/", previews.preview, name="preview"),
    path("berichte/vorab/<str:token>/lesen/", previews.preview_read, name="preview_read"),
    path(
        "berichte/vorab/<str:token>/<slug:language>.<str:document_format>",
        previews.preview_document,
        name="preview_document",
    ),
    path(
        "berichte/<int:pk>/dokumente/<int:production>/wiederholen/",
        reports.document_repeat,
        name="document_repeat",
    ),
    path("berichte/<int:pk>/fortschritt/", reports.report_progress, name="report_progress"),
    path(
        "berichte/<int:pk>/<slug:language>.<str:document_format>", reports.document_download, name="document"
    ),
    path("berichte/<int:pk>/zahlen/<slug:indicator>/<int:year>/", reports.report_trail, name="report_trail"),
]
