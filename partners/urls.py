from django.urls import path

from partners.views import invitations, organisations, pages, security

app_name = "partners"
urlpatterns = [
    path("impressum/", pages.imprint, name="imprint"),
    path("datenschutz/", pages.privacy, name="privacy"),
    path("barrierefreiheit/", pages.accessibility, name="accessibility"),
    path("sicherheit/", security.security_event_list, name="security_event_list"),
    path("partner/", organisations.organisation_list, name="organisation_list"),
    path("partner/<str:code>/", organisations.organisation_detail, name="organisation_detail"),
    path("partner/<str:code>/einladen/", invitations.invitation_create, name="invitation_create"),
    path("einladung/<int:pk>/zurueckziehen/", invitations.invitation_revoke, name="invitation_revoke"),
    path("einladung/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
]
