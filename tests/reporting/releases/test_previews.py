"""Named readers before a release: a link for each, until it ends, is blocked or the report is published."""

import datetime as dt
import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.models import Membership, OutgoingMail, User
from reporting.exceptions import ReportError
from reporting.models import Document, ReportPreview
from reporting.services.releases.previews import invite_reader, revoke_preview
from tests.list_pages import released
from tests.reporting.public.making import data_with_every_section, make_ready

READER = {"name": "Kim Leser", "email": "kim@example.org", "language": "de", "days": 14}


@pytest.fixture
def invited(report, reviewer):
    return invite_reader(report_id=report.pk, actor=reviewer, **READER)


def link() -> str:
    """The path in the mail that the reader got."""
    return re.search(r"https?://[^/]+(/berichte/vorab/\S+)", OutgoingMail.objects.last().body).group(1)


def opened(client) -> str:
    client.post(link())
    return f"{link()}lesen/"


def test_a_reader_without_an_account_reads_the_report_by_the_link_alone(client, invited, report):
    first = client.get(link())
    page = client.get(opened(client))

    assert "Kim Leser" in first.content.decode()
    assert "Noch nicht freigegeben" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    invited.refresh_from_db()
    assert invited.opened_at is not None
    document = report.documents.get()
    address = f"{link()}{document.language}.{document.format}"
    answer = client.get(address)
    assert (answer.getvalue(), answer["Content-Type"]) == (b"1", "text/html")
    dictionary = ContentFile(b"2", name="d.json")
    Document.objects.create(
        report=report, language="mul", format="csv-metadata.json", file=dictionary, sha256="0" * 64, size=1
    )
    answer = client.get(f"{link()}mul.csv-metadata.json")
    assert (answer.getvalue(), answer["Content-Type"]) == (b"2", "application/csvm+json")
    assert client.get(reverse("reporting:report_detail", args=[report.pk])).status_code == 302


def test_of_two_links_for_one_reader_the_latest_works(client, invited, report, reviewer):
    former = link()
    invite_reader(report_id=report.pk, actor=reviewer, **READER)

    assert client.get(former).status_code == 404
    assert client.get(link()).status_code == 200


def numbers_of(client, reviewer, **edition) -> tuple[ReportPreview, list[str]]:
    """Somebody is invited to read a report; and the links of its numbers on the page that they read."""
    report = make_ready(data_with_every_section(), **edition)
    preview = invite_reader(report_id=report.pk, actor=reviewer, **READER)
    page = client.get(opened(client)).content.decode()
    return preview, sorted(set(re.findall(r'href="[^"]*(/de/wert/[^"]+)"', page)))


def test_numbers_lead_the_reader_to_what_they_are_and_nobody_else(client, reviewer):
    preview, links = numbers_of(client, reviewer)
    (places,) = (link for link in links if link.endswith("/additional_places/2016/"))
    path = places.split("additional_places")[0]
    page = client.get(places)

    assert {client.get(link).status_code for link in links} == {200}
    assert "18.118" in page.content.decode()
    assert "Noch nicht freigegeben" in page.content.decode()
    assert f"/berichte/{preview.report_id}/" not in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert client.get(places.replace("/de/", "/en/")).status_code == 200
    cookies = (each for name, each in client.cookies.items() if name.startswith("preview-"))
    given = {(each["path"], each["httponly"], each["samesite"]) for each in cookies}
    assert given == {(path, True, "Lax"), (path.replace("/de/", "/en/"), True, "Lax")}
    assert client.get(places.replace(preview.report.snapshot.sha256[:16], "0" * 16)).status_code == 404
    assert Client().get(places).status_code == 404
    revoke_preview(preview_id=preview.pk)
    assert client.get(places).status_code == 404


def test_cookies_of_readers_go_over_https_alone(client, reviewer, settings):
    settings.SESSION_COOKIE_SECURE = True
    _preview, (first, *_others) = numbers_of(client, reviewer)

    assert client.get(first, secure=True).status_code == 200
    given = {name: each["secure"] for name, each in client.cookies.items() if "preview-" in name}
    assert len(given) == 2
    assert all(name.startswith("__Secure-") and secure for name, secure in given.items())


def test_a_reader_of_a_lands_report_is_led_to_no_number_of_the_alliance(client, reviewer):
    _preview, links = numbers_of(client, reviewer, report_type="land", scope="05")

    assert {client.get(link).status_code for link in links} == {200}
    (places,) = (link for link in links if link.endswith("/additional_places/2016/region/05/"))
    assert client.get(places.replace("region/05/", "")).status_code == 404


def test_opening_is_recorded_before_anything_is_shown(client, invited):
    assert client.get(f"{link()}lesen/").status_code == 302
    assert client.get(f"{link()}de.html").status_code == 302


def _ends(preview):
    ReportPreview.objects.update(
        invited_at=timezone.now() - dt.timedelta(days=2), expires_at=timezone.now() - dt.timedelta(days=1)
    )


def _is_blocked(preview):
    revoke_preview(preview_id=preview.pk)


def _is_published(preview):
    released(preview.report)


def _is_of_somebody_who_left(preview):
    Membership.objects.filter(user=preview.invited_by).delete()


def _is_of_somebody_deactivated(preview):
    User.objects.filter(pk=preview.invited_by_id).update(is_active=False)


@pytest.mark.parametrize(
    "what", [_ends, _is_blocked, _is_published, _is_of_somebody_who_left, _is_of_somebody_deactivated]
)
def test_the_link_no_longer_works_when_it(client, invited, what):
    read = opened(client)
    what(invited)

    for address in (link(), read, f"{link()}de.html"):
        assert client.get(address).status_code == 404


def test_the_token_is_in_the_mail_and_nowhere_else(invited):
    token = link().split("/")[3]

    assert token not in str(ReportPreview.objects.values())
    assert ReportPreview.objects.get().token_hash != token


def test_nobody_is_invited_to_what_everybody_reads(report, reviewer):
    released(report)

    with pytest.raises(ReportError):
        invite_reader(report_id=report.pk, actor=reviewer, **READER)


def test_readers_are_invited_and_blocked_on_the_page(client, report, reviewer):
    client.force_login(reviewer)

    page = client.post(
        reverse("reporting:preview_invite", args=[report.pk]), READER, follow=True
    ).content.decode()

    assert "kim@example.org" in page
    preview = ReportPreview.objects.get()
    client.post(reverse("reporting:preview_revoke", args=[report.pk, preview.pk]))
    preview.refresh_from_db()
    assert preview.revoked_at is not None
    for wrong in ({"days": "400"}, {"email": f"{'k' * 243}@example.org"}):
        answer = client.post(reverse("reporting:preview_invite", args=[report.pk]), READER | wrong)
        assert answer.status_code == 422


def test_an_unknown_link_is_not_found(client, db):
    assert client.get(reverse("reporting:preview", args=["unknown"])).status_code == 404
