from django.urls import path

from partners.views import pages

app_name = "partners"
urlpatterns = [
    path("impressum/", pages.imprint, name="imprint"),
    path("datenschutz/", pages.privacy, name="privacy"),
    path("barrierefreiheit/", pages.accessibility, name="accessibility"),
]
