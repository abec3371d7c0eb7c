from django.urls import path

from reporting.views import dashboard, reports, trail

app_name = "reporting"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("zielerreichung.svg", dashboard.attainment_svg, name="attainment_svg"),
    path("zielerreichung.csv", dashboard.attainment_csv, name="attainment_csv"),
    path("zahlen/<slug:indicator>/<int:year>/", trail.trail, name="trail"),
    path("zahlen/<slug:indicator>/<int:year>/<str:organisation>/", trail.figure, name="figure"),
    path("berichte/", reports.report_list, name="report_list"),
    path("berichte/anfordern/", reports.report_request, name="report_request"),
    path("berichte/<int:pk>/", reports.report_detail, name="report_detail"),
    path("berichte/<int:pk>/freigeben/", reports.report_release, name="report_release"),
    path("berichte/<int:pk>/fortschritt/", reports.report_progress, name="report_progress"),
    path(
        "berichte/<int:pk>/<str:language>.<str:document_format>", reports.document_download, name="document"
    ),
    path("berichte/<int:pk>/zahlen/<slug:indicator>/<int:year>/", reports.report_trail, name="report_trail"),
]
