"""Publication at a moment: nothing leaks before, once after; withdrawal and correction leave all readable."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from partners.models import Notice, OutgoingMail
from partners.notices.kinds import kind_of
from reporting.editions import types
from reporting.exceptions import ReportError
from reporting.models import Document, ProgressReport, Subscriber
from reporting.selectors import editions
from reporting.selectors.disclosure import valid_audit
from reporting.selectors.public import releases
from reporting.selectors.public.addresses import edition_address, report_address
from reporting.selectors.report_versions import version_of
from reporting.services import release
from reporting.services.release import (
    cancel_publication,
    publish_due,
    release_report,
    withdraw_report,
)
from reporting.services.releases.announcements import write_announcements
from reporting.services.reports import Correction, request_report
from tests.factories import UserFactory
from tests.list_pages import another_report, cleared, released
from tests.reporting.test_release import add_document, waiting_with, wrote_in_a_text

MOMENT = timezone.now().replace(microsecond=0) + dt.timedelta(days=3)
NOTE = {"german": "Köln war doppelt gezählt.", "english": "Cologne was counted twice."}


def page_of(report):
    return reverse("reporting:report_detail", args=[report.pk])


def addresses_of(report):
    """Every address under which something of a report can be read."""
    return [
        page_of(report),
        reverse("reporting:report_progress", args=[report.pk]),
        reverse("reporting:report_trail", args=[report.pk, "additional_places", 2016]),
        *(
            reverse("reporting:document", args=[report.pk, each.language, each.format])
            for each in report.documents.all()
        ),
    ]


def status_of(client, address) -> int:
    response = client.get(address)
    response.getvalue()
    return response.status_code


@pytest.fixture
def decided(report, reviewer):
    cleared(report)
    return release_report(report_id=report.pk, actor=reviewer, seen=version_of(report), publish_at=MOMENT)


@pytest.fixture
def subscriber(db):
    return Subscriber.objects.create(email="leserin@example.org", confirmed_at=timezone.now())


def test_nothing_leaks_before_the_moment(client, decided, contributor, subscriber):
    client.force_login(contributor)

    assert publish_due(MOMENT - dt.timedelta(microseconds=1)) == 0

    assert {status_of(client, address) for address in addresses_of(decided)} == {404}
    assert list(client.get(reverse("reporting:report_list")).context["reports"]) == []
    assert "Fortschrittsbericht 2016" not in client.get(reverse("reporting:start")).content.decode()
    assert not OutgoingMail.objects.exists()
    decided.refresh_from_db()
    assert (decided.release, decided.released_at) == (None, None)


def test_at_the_moment_all_read_it_and_subscribers_get_a_link(client, decided, contributor, subscriber):
    client.force_login(contributor)

    assert publish_due(MOMENT) == 1

    assert {status_of(client, address) for address in addresses_of(decided)} == {200}
    decided.refresh_from_db()
    assert (decided.status, decided.release) == ("released", 1)
    write_announcements()
    written = OutgoingMail.objects.get()
    assert written.recipient == subscriber.email
    assert report_address(decided, "de") in written.body
    assert Client().get(report_address(decided, "de")).status_code == 200


def test_a_release_on_the_page_has_subscribers_told_and_others_audited_anew(
    client, report, reviewer, subscriber, django_capture_on_commit_callbacks
):
    other = waiting_with(another_report(report), replace(report.snapshot.frozen, data_as_of=None))
    cleared(other)
    cleared(report)
    client.force_login(reviewer)
    address = reverse("reporting:report_release", args=[report.pk])

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"seen": version_of(report)})

    assert [each.to for each in mail.outbox] == [[subscriber.email]]
    assert valid_audit(other.snapshot).earlier == [report.snapshot.sha256]


def test_two_clocks_publish_and_announce_once(decided, subscriber):
    assert [publish_due(MOMENT), publish_due(MOMENT)] == [1, 0]
    assert [write_announcements(), write_announcements()] == [1, 0]
    assert OutgoingMail.objects.count() == 1


def test_a_report_that_cannot_be_published_says_why_and_holds_up_no_other(
    client, decided, reviewer, monkeypatch, caplog
):
    other = cleared(another_report(decided))
    release_report(report_id=other.pk, actor=reviewer, seen=version_of(other), publish_at=MOMENT)
    sign = release.sign_release

    def sign_unless_broken(report):
        if report.pk == decided.pk:
            raise ZeroDivisionError
        return sign(report)

    monkeypatch.setattr(release, "sign_release", sign_unless_broken)
    assert [publish_due(MOMENT), publish_due(MOMENT)] == [1, 0]

    assert [each.levelname for each in caplog.records if f"Report {decided.pk} was due" in each.message] == [
        "ERROR",
        "WARNING",
    ]
    told = Notice.objects.filter(kind="report_publication_failed")
    assert {each.person for each in told} == {reviewer, decided.requested_by}
    assert {each.address for each in told} == {reverse("reporting:report_release", args=[decided.pk])}
    sentence = kind_of("report_publication_failed").sentence(told[0].facts)
    assert "Fortschrittsbericht 2016" in sentence
    assert "ZeroDivisionError" in sentence
    client.force_login(reviewer)
    for page in ("report_release", "report_list"):
        shown = client.get(reverse(f"reporting:{page}", args=[decided.pk] * (page == "report_release")))
        assert "ZeroDivisionError" in shown.content.decode()
    monkeypatch.undo()
    assert publish_due(MOMENT) == 1
    decided.refresh_from_db()
    assert (decided.status, decided.error) == ("released", "")


def test_who_turns_out_to_have_prepared_a_report_holds_up_no_other_either(decided, reviewer):
    """The database refuses the release, and takes the reason why the report is not published."""
    other = cleared(another_report(decided))
    release_report(report_id=other.pk, actor=UserFactory(), seen=version_of(other), publish_at=MOMENT)
    wrote_in_a_text(decided, reviewer)

    assert publish_due(MOMENT) == 1

    decided.refresh_from_db()
    assert decided.status == "scheduled"
    assert "Jemand anderes muss diesen Bericht freigeben" in decided.error


def test_a_report_whose_document_is_gone_by_then_is_not_published(decided):
    document = decided.documents.first()
    document.file.storage.delete(document.file.name)

    assert publish_due(MOMENT) == 0

    decided.refresh_from_db()
    assert decided.status == "scheduled"
    assert document.file_name in decided.error


def test_a_decision_can_be_taken_back_before_its_moment(decided):
    cancel_publication(report_id=decided.pk)

    assert publish_due(MOMENT) == 0
    decided.refresh_from_db()
    assert (decided.status, decided.released_by, decided.publish_at) == ("ready", None, None)
    with pytest.raises(ReportError):
        cancel_publication(report_id=decided.pk)


def test_what_was_decided_on_is_what_is_published(decided):
    for change in (lambda: add_document(decided), lambda: Document.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_database_keeps_what_was_decided_on(decided):
    for change in (
        {"year": 2015},
        {"report_type": "interim"},
        {"scope": "05"},
        {"snapshot": None},
        {"publish_at": MOMENT + dt.timedelta(days=1)},
        {"status": "released", "released_at": MOMENT, "release": 1, "year": 2015},
        {"status": "ready", "released_by": None, "publish_at": None, "year": 2015},
    ):
        with pytest.raises(DatabaseError, match="report_stays_as_decided_on"), transaction.atomic():
            ProgressReport.objects.update(**change)


def test_a_moment_in_the_past_is_refused(report, reviewer):
    cleared(report)

    with pytest.raises(ReportError):
        release_report(
            report_id=report.pk, actor=reviewer, seen=version_of(report), publish_at=timezone.now()
        )


def test_the_moment_is_given_by_the_clocks_in_germany(client, report, reviewer):
    cleared(report)
    client.force_login(reviewer)
    address = reverse("reporting:report_release", args=[report.pk])

    half = client.post(address, {"seen": version_of(report), "day": "2100-07-01"})
    client.post(address, {"seen": version_of(report), "day": "2100-07-01", "time": "09:30"})

    assert half.status_code == 422
    report.refresh_from_db()
    assert report.publish_at == dt.datetime(2100, 7, 1, 7, 30, tzinfo=dt.UTC)
    assert (
        "01.07.2100 09:30" in client.get(address).content.decode()
        or "1. Juli 2100" in client.get(address).content.decode()
    )
    client.post(reverse("reporting:publication_cancel", args=[report.pk]))
    report.refresh_from_db()
    assert report.status == "ready"


def test_releases_of_an_edition_are_numbered(report):
    first, second = released(report), released(another_report(report))
    other_kind = another_report(report)
    ProgressReport.objects.filter(pk=other_kind.pk).update(report_type="interim")
    other_kind.refresh_from_db()

    assert (first.release, second.release, released(other_kind).release) == (1, 2, 1)


def test_a_report_of_a_kind_that_there_is_no_longer_is_still_listed(client, report, reviewer):
    ProgressReport.objects.filter(pk=report.pk).update(report_type="weekly")
    client.force_login(reviewer)
    report_list = reverse("reporting:report_list")

    assert "weekly 2016" in client.get(report_list).content.decode()
    detail = client.get(page_of(report), follow=True)
    assert detail.redirect_chain[-1][0] == report_list
    assert "gibt es nicht mehr" in detail.content.decode()
    checklist_page = client.get(reverse("reporting:report_release", args=[report.pk]))
    assert "gibt es nicht mehr" in checklist_page.content.decode()
    trail = reverse("reporting:report_trail", args=[report.pk, "additional_places", 2016])
    assert client.get(trail, follow=True).redirect_chain[-1][0] == report_list


def test_everybody_still_finds_a_release_of_a_kind_that_there_is_no_longer(client, report, monkeypatch):
    address = report_address(released(report), "de")
    for module in (types, editions):
        monkeypatch.setattr(module, "REPORT_TYPES", {})
    releases._shown.cache_clear()
    releases._rendered.cache_clear()

    page = client.get(address, follow=True)

    assert page.status_code == 200
    assert "annual 2016" in page.content.decode()


def test_the_newest_release_of_a_land_is_found_by_the_lands_code(client, report):
    ProgressReport.objects.filter(pk=report.pk).update(report_type="land", scope="05")
    report.refresh_from_db()
    released(report)

    found = resolve(edition_address(report, "de"))

    assert (found.url_name, found.kwargs["scope"], found.kwargs["year"]) == ("report_latest", "05", 2016)
    assert client.get(edition_address(report, "de")).status_code == 200


def test_a_withdrawn_release_stays_readable_and_is_marked(client, report, reviewer, contributor, subscriber):
    released(report)
    client.force_login(reviewer)
    address = reverse("reporting:report_withdraw", args=[report.pk])

    without_reason = client.post(address, {"withdrawal-german": "Falsch."})
    client.post(address, {f"withdrawal-{name}": text for name, text in NOTE.items()})

    assert without_reason.status_code == 422
    client.force_login(contributor)
    page = client.get(page_of(report)).content.decode()
    assert "zurückgezogen" in page
    assert NOTE["german"] in page
    assert {status_of(client, each) for each in addresses_of(report)} == {200}
    write_announcements()
    assert NOTE["german"] in OutgoingMail.objects.order_by("-pk").first().body
    with pytest.raises(ReportError):
        withdraw_report(report_id=report.pk, actor=reviewer, reason_de="x", reason_en="x")


def test_a_withdrawal_changes_nothing_else_and_is_for_good(report, reviewer):
    released(report)
    with pytest.raises(DatabaseError, match="released_for_good"), transaction.atomic():
        ProgressReport.objects.update(
            status="withdrawn",
            withdrawn_by=reviewer,
            withdrawn_at=timezone.now(),
            withdrawal_de="x",
            withdrawal_en="x",
            year=2015,
        )
    withdraw_report(report_id=report.pk, actor=reviewer, reason_de="x", reason_en="x")
    with pytest.raises(DatabaseError, match="released_for_good"), transaction.atomic():
        ProgressReport.objects.update(withdrawal_de="y")


def test_a_correction_is_the_next_release_and_says_what_it_corrects(client, report, reviewer, contributor):
    released(report)
    correction = Correction(release=report, note_de=NOTE["german"], note_en=NOTE["english"])
    asked = request_report(year=2016, actor=UserFactory(), correction=correction)
    ProgressReport.objects.filter(pk=asked.pk).update(status="producing", snapshot=report.snapshot)
    ProgressReport.objects.filter(pk=asked.pk).update(status="ready", finished_at=timezone.now())
    add_document(asked)
    asked.refresh_from_db()
    client.force_login(reviewer)
    decision = client.get(reverse("reporting:report_release", args=[asked.pk])).content.decode()
    assert all(note in decision for note in NOTE.values())
    assert "berichtigt Ausgabe 1" in client.get(reverse("reporting:report_list")).content.decode()
    assert released(asked).release == 2

    client.force_login(contributor)
    new, old = (client.get(page_of(each)).content.decode() for each in (asked, report))
    assert NOTE["german"] in new
    assert "Dies berichtigt die Ausgabe 1" in new
    assert "Es gibt eine neuere Ausgabe: Nummer 2" in old
    assert page_of(asked) in old


def test_a_correction_is_asked_for_on_the_page(client, report, reviewer):
    released(report)
    client.force_login(reviewer)
    address = reverse("reporting:report_correct", args=[report.pk])

    assert client.post(address, {}).status_code == 422
    client.post(address, {f"correction-{name}": text for name, text in NOTE.items()})

    asked = ProgressReport.objects.get(corrects=report)
    assert (asked.correction_de, asked.correction_en) == (NOTE["german"], NOTE["english"])


@pytest.mark.parametrize("status", ["producing", "failed"])
def test_what_has_not_been_finished_cannot_be_released_and_the_page_says_so(client, reviewer, status):
    report = ProgressReport.objects.create(
        year=2016, requested_by=UserFactory(), status=status, error="why" if status == "failed" else ""
    )
    client.force_login(reviewer)

    page = client.get(reverse("reporting:report_release", args=[report.pk]), follow=True)

    assert page.redirect_chain == [(reverse("reporting:report_detail", args=[report.pk]), 302)]
    assert "Hier lässt sich nichts freigeben" in page.content.decode()
