from django.urls import path

from partners.views import (
    factor_resets,
    invitations,
    list_transfers,
    organisations,
    pages,
    second_factor,
    security,
    sessions,
)

app_name = "partners"
urlpatterns = [
    path("impressum/", pages.imprint, name="imprint"),
    path("datenschutz/", pages.privacy, name="privacy"),
    path("barrierefreiheit/", pages.accessibility, name="accessibility"),
    path("sicherheit/", security.security_event_list, name="security_event_list"),
    path("listen/", list_transfers.list_transfers, name="list_transfers"),
    path("listen/<int:pk>/", list_transfers.list_transfer, name="list_transfer"),
    path("listen/<int:pk>/datei/", list_transfers.list_transfer_file, name="list_transfer_file"),
    path("listen/<int:pk>/uebernehmen/", list_transfers.list_transfer_confirm, name="list_transfer_confirm"),
    path("listen/<int:pk>/entfernen/", list_transfers.list_transfer_discard, name="list_transfer_discard"),
    path("partner/", organisations.organisation_list, name="organisation_list"),
    path("partner/<str:code>/", organisations.organisation_detail, name="organisation_detail"),
    path("partner/<str:code>/einladen/", invitations.invitation_create, name="invitation_create"),
    path("einladung/<int:pk>/zurueckziehen/", invitations.invitation_revoke, name="invitation_revoke"),
    path("einladung/annehmen/", invitations.invitation_accept, name="invitation_accept"),
    path("einladung/<str:token>/", invitations.invitation_open, name="invitation_open"),
    path("zweiter-faktor/", second_factor.second_factor, name="second_factor"),
    path("zweiter-faktor/verloren/", factor_resets.factor_reset_list, name="factor_reset_list"),
    path("zweiter-faktor/verloren/neu/", factor_resets.factor_reset_request, name="factor_reset_request"),
    path(
        "zweiter-faktor/verloren/<int:pk>/bestaetigen/",
        factor_resets.factor_reset_confirm,
        name="factor_reset_confirm",
    ),
    path(
        "zweiter-faktor/verloren/<int:pk>/zurueckziehen/",
        factor_resets.factor_reset_withdraw,
        name="factor_reset_withdraw",
    ),
    path("abgemeldet/", sessions.signed_out, name="signed_out"),
    path("sitzungen/andere-beenden/", sessions.sessions_end_others, name="sessions_end_others"),
    path("sitzungen/<int:pk>/beenden/", sessions.session_end, name="session_end"),
]
