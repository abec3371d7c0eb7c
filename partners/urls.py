from django.urls import path

from partners.enums import PublicPage
from partners.views import (
    choosing,
    factor_resets,
    impersonations,
    invitations,
    list_transfers,
    organisations,
    pages,
    second_factor,
    sessions,
)
from partners.views.notices import bounces, notices

PUBLIC = (
    [
        path("die-allianz/", pages.public_page, {"page": PublicPage.ABOUT}, name="about"),
        path("impressum/", pages.public_page, {"page": PublicPage.IMPRINT}, name="imprint"),
        path("datenschutz/", pages.public_page, {"page": PublicPage.PRIVACY}, name="privacy"),
        path(
            "barrierefreiheit/",
            pages.public_page,
            {"page": PublicPage.ACCESSIBILITY},
            name="accessibility",
        ),
        path("barrierefreiheit/melden/", pages.barrier_report, name="barrier_report"),
        path("leichte-sprache/", pages.public_page, {"page": PublicPage.EASY}, name="easy"),
    ],
    "pages",
)
"""The pages that everybody reads, below the language they are in."""

app_name = "partners"
urlpatterns = [
    path("seiten/", pages.page_text_list, name="page_text_list"),
    path("seiten/<slug:page>/<slug:language>/", pages.page_text_change, name="page_text_change"),
    path("listen/", list_transfers.list_transfers, name="list_transfers"),
    path("listen/<int:pk>/", list_transfers.list_transfer, name="list_transfer"),
    path("listen/<int:pk>/datei/", list_transfers.list_transfer_file, name="list_transfer_file"),
    path("listen/<int:pk>/uebernehmen/", list_transfers.list_transfer_confirm, name="list_transfer_confirm"),
    path("listen/<int:pk>/entfernen/", list_transfers.list_transfer_discard, name="list_transfer_discard"),
    path("organisation/waehlen/", choosing.organisation_choose, name="organisation_choose"),
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
    path("mitteilungen/", notices.notice_list, name="notice_list"),
    path("mitteilungen/alle-gelesen/", notices.notices_read, name="notices_read"),
    path("mitteilungen/einstellungen/", notices.notice_preferences, name="notice_preferences"),
    path("mitteilungen/unzustellbar/", bounces.bounce_list, name="bounce_list"),
    path("mitteilungen/unzustellbar/<int:pk>/entfernen/", bounces.bounce_forget, name="bounce_forget"),
    path("mitteilungen/abbestellen/<str:token>/", notices.notice_unsubscribe, name="notice_unsubscribe"),
    path("mitteilungen/<int:pk>/oeffnen/", notices.notice_open, name="notice_open"),
    path("abgemeldet/", sessions.signed_out, name="signed_out"),
    path("ansicht/beenden/", impersonations.impersonation_end, name="impersonation_end"),
    path("ansicht/<int:pk>/", impersonations.impersonation_begin, name="impersonation_begin"),
    path("sitzungen/andere-beenden/", sessions.sessions_end_others, name="sessions_end_others"),
    path("sitzungen/<int:pk>/beenden/", sessions.session_end, name="session_end"),
]
