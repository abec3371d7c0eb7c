"""What stands in the way of a release: errors block it, warnings need somebody who accepts them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from reporting.exceptions import ChecklistError, ReportError
from reporting.frozen.contents import MoneyRow, NarrativeData, Passage, Span
from reporting.frozen.schema import (
    AbsenceCount,
    AmountState,
    CommitmentData,
    MeasureData,
    ResolutionData,
    Text,
)
from reporting.models import FigureVerification, ProgressReport, WarningAcknowledgement
from reporting.selectors.checklist import checklist
from reporting.selectors.disclosure import valid_audit
from reporting.selectors.report_versions import version_of
from reporting.services.release import accept_warning, release_report
from reporting.services.releases import audits, verification
from reporting.services.reports import request_report
from tests.factories import UserFactory
from tests.list_pages import another_report, cleared, released, report_of
from tests.reporting.narratives import asked, decided, written
from tests.reporting.sample_contents import sample_practice
from tests.reporting.stated import approve
from tests.reporting.test_release import waiting_with


def line(report, title):
    return next(each for each in checklist(report) if str(each.title) == title)


def replace_file(document, content):
    """Put something else in the place of a document, or nothing."""
    document.file.storage.delete(document.file.name)
    if content is not None:
        document.file.storage.save(document.file.name, ContentFile(content))


def with_data(report, **changes):
    """The report with other data; what is stored stays as it is."""
    report.__dict__["data"] = replace(report.data, **changes)
    return report


def test_a_report_with_everything_accepted_is_released(report, reviewer):
    cleared(report)

    assert release_report(report_id=report.pk, actor=reviewer, seen=version_of(report)).release == 1


def test_open_submissions_beyond_the_agreed_share_block_the_release(report, settings):
    group = report.data.participation[0]
    with_data(report, participation=(replace(group, due=100, approved=79),))

    settings.REPORT_MISSING_PERCENT = 20
    too_many = line(report, "Genügend Meldungen sind freigegeben")
    settings.REPORT_MISSING_PERCENT = 21
    allowed = line(report, "Genügend Meldungen sind freigegeben")

    assert "21 von 100 Meldungen" in too_many.text
    assert (too_many.is_error, allowed.is_error, allowed.is_open_warning) == (True, False, True)


def test_an_interim_report_lacks_submissions_without_an_error(report):
    report.report_type = "interim"
    group = report.data.participation[0]
    with_data(report, participation=(replace(group, due=100, approved=0),))

    assert line(report, "Genügend Meldungen sind freigegeben").is_open_warning


def test_a_report_without_participants_is_judged_by_the_values_due_in_it(report, settings):
    settings.REPORT_MISSING_PERCENT = 20
    measure = next(each for each in report.data.measures if each.indicators)
    indicator = measure.indicators[0]
    told = (AbsenceCount(state=AmountState.PENDING, count=1),)
    amount = replace(indicator.years[-1].amount, due=10, reported=6, absences=told)
    figure = replace(indicator.years[-1], amount=amount)
    measure = replace(measure, indicators=(replace(indicator, years=(figure,)),))
    with_data(report, participation=(), measures=(measure,))

    found = line(report, "Genügend Meldungen sind freigegeben")

    assert found.is_error
    assert "3 von 10 fälligen Werten" in found.text


@pytest.mark.parametrize("report_type", ["annual", "interim"])
def test_control_totals_that_differ_block_the_release(report, report_type):
    total = replace(report.data.control_totals[0], sum=Decimal(1), ok=False)
    report.snapshot.__dict__["frozen"] = replace(report.data, control_totals=(total,))
    report.report_type = report_type  # an interim report does not print them

    found = line(report, "Summen in Dateien stimmen mit ihren Teilen überein")

    assert found.is_error
    assert total.cell in found.text


@pytest.mark.parametrize("part", ["objectives", "statements"])
def test_a_missing_translation_blocks_the_release(report, part):
    first, *others = getattr(report.data, part)
    field = "name" if part == "objectives" else "text"
    with_data(report, **{part: (replace(first, **{field: Text(de="Nur deutsch")}), *others)})

    found = line(report, "Alles liegt in beiden Sprachen vor")

    assert found.is_error
    assert "Nur deutsch" in found.text


def narrative(**parts) -> NarrativeData:
    return NarrativeData(**{"report_type": "annual", "section": "foreword", "de": (), "en": ()} | parts)


def resolution(title: Text, **parts) -> ResolutionData:
    return ResolutionData(
        title=title,
        meeting=Text(de="Sitzung", en="Meeting"),
        resolved_on=dt.date(2016, 5, 1),
        state="open",
        **{"commitments": (CommitmentData(organisation=Text(de="DIHK"), state="open"),)} | parts,
    )


def measure(**parts) -> MeasureData:
    return MeasureData(
        code="M1", name=Text(de="Maßnahme", en="Measure"), kind="measure", indicators=(), **parts
    )


TEXT = (Passage(kind="paragraph", lines=((Span(text="x"),),)),)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"narratives": (narrative(de=TEXT),)}, "Vorwort"),
        ({"narratives": (narrative(en=TEXT, organisation=Text(de="DIHK")),)}, "Vorwort (DIHK)"),
        ({"method_notes": (Text(de="Hinweis"),)}, "Hinweis"),
        ({"method_notes": (Text(de="", en="Note"),)}, "Note"),
        ({"measures": (measure(funding=(Text(de="ESF"),)),)}, "ESF"),
        ({"resolutions": (resolution(title=Text(de="Beschluss")),)}, "Beschluss"),
        ({"money": (MoneyRow(measure="M1", source=Text(de="Bund"), amounts=()),)}, "Bund"),
    ],
)
def test_what_is_there_in_one_language_alone_blocks_the_release(report, changes, named):
    with_data(report, **changes)

    found = line(report, "Alles liegt in beiden Sprachen vor")

    assert found.is_error
    assert found.text.endswith(f": {named}")


def test_names_of_organisations_and_what_is_not_printed_need_no_english(report):
    whose = Text(de="DIHK")
    with_data(
        report,
        narratives=(narrative(de=TEXT, en=TEXT, organisation=whose),),
        resolutions=(resolution(title=Text(de="Beschluss", en="Resolution")),),
        practice=replace(sample_practice(), title=Text(de="Nur in Praxisbeschreibungen")),
    )

    assert line(report, "Alles liegt in beiden Sprachen vor").text == ""


def test_what_organisations_wrote_in_one_language_is_a_warning_that_names_it(report):
    kept = CommitmentData(organisation=Text(de="DIHK"), state="kept", reason="Zugesagt und gehalten")
    decided = resolution(Text(de="Beschluss", en="Resolution"), commitments=(kept,))
    with_data(report, resolutions=(decided,))

    found = line(report, "Alles liegt in beiden Sprachen vor")

    assert found.is_open_warning
    assert found.text.endswith(": DIHK: Zugesagt und gehalten")


def test_texts_asked_for_and_not_accepted_when_the_data_were_frozen_are_a_warning(report, reviewer):
    title, writer = "Alle angeforderten Texte sind angenommen", UserFactory()
    asked(None, "foreword", report_type="interim")
    narrative = asked("DIHK")
    unwritten = line(report, title)
    for language in ("de", "en"):
        decided(written(narrative, "Text", writer, language), reviewer)
    report.snapshot.taken_at = timezone.now()
    accepted = line(report, title)
    written(narrative, "Ein neuer Entwurf", writer)
    rewritten = line(report, title)
    report.snapshot.taken_at -= dt.timedelta(seconds=5)
    accepted_too_late = line(report, title)

    assert unwritten.is_open_warning
    assert unwritten.text.endswith(": Beitrag eines Partners (DIHK), fällig am 01.02.2017")
    assert (accepted.text, rewritten.text, accepted_too_late) == ("", "", unwritten)


def test_a_document_that_is_missing_blocks_the_release(report):
    report.productions.update(status="failed", error="x")

    assert line(report, "Alle Dokumente sind da").is_error


@pytest.mark.parametrize("content", [None, b"another page"])
def test_a_document_that_is_no_longer_what_was_made_blocks_the_release(report, reviewer, content):
    cleared(report)
    document = report.documents.get()
    replace_file(document, content)

    found = line(report, "Alle Dokumente sind da")
    with pytest.raises(ChecklistError):
        release_report(report_id=report.pk, actor=reviewer, seen=version_of(report))

    assert found.is_error
    assert document.file_name in found.text


def test_figures_that_were_not_checked_since_or_are_off_block_the_release(report):
    title = "Die gespeicherten Werte halten ihre Regeln ein"
    unchecked = line(report, title)
    before = report.finished_at - dt.timedelta(seconds=1)
    FigureVerification.objects.create(began_at=before)
    checked_before = line(report, title)
    FigureVerification.objects.create(began_at=report.finished_at, problems=["sums_are_stored: IHK Köln"])
    off = line(report, title)
    FigureVerification.objects.create(began_at=timezone.now())

    assert (unchecked.is_error, checked_before.is_error, off.is_error) == (True, True, True)
    assert "sums_are_stored: IHK Köln" in off.text
    assert line(report, title).text == ""


def test_one_check_of_the_figures_serves_all_reports_and_waits_for_those_in_work(report, monkeypatch):
    made = []
    monkeypatch.setattr(verification, "verify_figures", lambda: made.append(1))
    other = another_report(report)
    request_report(year=2016, actor=report.requested_by)

    verification.verify_waiting()
    assert made == []
    ProgressReport.objects.filter(status="queued").update(status="failed", error="x")
    verification.verify_waiting()
    assert made == [1]
    FigureVerification.objects.create(began_at=max(report.finished_at, other.finished_at))
    verification.verify_waiting()
    assert made == [1]


def test_an_audit_holds_until_something_else_is_released(report, monkeypatch):
    title = "Kleine Personenzahlen sind geschützt"
    assert line(report, title).is_error
    audits.audit_waiting()
    assert line(report, title).text == ""

    monkeypatch.setattr(audits, "audit_snapshot", lambda _snapshot: 1 // 0)
    audits.audit_waiting()  # nothing to do
    later = waiting_with(another_report(report), replace(report.snapshot.frozen, data_as_of=None))
    monkeypatch.undo()
    released(later)

    assert line(report, title).is_error
    audits.audit_waiting()
    assert line(report, title).text == ""


def test_an_audit_by_another_version_of_the_program_does_not_hold(report, settings):
    audits.audit(snapshot_id=report.snapshot_id)
    assert valid_audit(report.snapshot)

    settings.SOFTWARE_VERSION = "another"
    assert valid_audit(report.snapshot) is None


def test_a_snapshot_that_cannot_be_audited_holds_up_no_other(report, monkeypatch, caplog):
    other = report_of(0, UserFactory(), year=2015, data=replace(report.snapshot.frozen, year=2015))
    real = audits.audit_snapshot

    def audit_unless_broken(snapshot):
        return 1 // 0 if snapshot == report.snapshot else real(snapshot)

    monkeypatch.setattr(audits, "audit_snapshot", audit_unless_broken)
    audits.audit_waiting()

    assert (valid_audit(report.snapshot), bool(valid_audit(other.snapshot))) == (None, True)
    assert "could not be audited" in caplog.text


def test_an_approval_after_the_data_were_frozen_is_a_warning(report):
    assert line(report, "Seit dem Datenstand wurde nichts freigegeben").text == ""

    approve("IHK-101", year=2016)

    found = line(report, "Seit dem Datenstand wurde nichts freigegeben")
    assert found.is_open_warning
    assert "1 Meldung" in found.text


def test_a_second_release_that_does_not_say_what_it_corrects_is_a_warning(report):
    other = another_report(report)
    released(report)

    assert "Ausgabe 1" in line(other, "Es ist die erste Ausgabe, oder sie nennt, was sie berichtigt").text


def test_nothing_is_released_with_a_warning_that_nobody_accepted(client, report, reviewer):
    cleared(report)
    approve("IHK-101", year=2016)
    client.force_login(reviewer)
    address = reverse("reporting:report_release", args=[report.pk])

    with pytest.raises(ChecklistError):
        release_report(report_id=report.pk, actor=reviewer, seen=version_of(report))
    answer = client.post(address, {"seen": version_of(report)})
    assert answer.status_code == 409
    assert "die niemand akzeptiert hat" in answer.content.decode()

    open_warning = next(each for each in checklist(report) if each.is_open_warning)
    accepted = client.post(
        reverse("reporting:warning_accept", args=[report.pk]),
        {"finding": open_warning.finding, "reason": "Kommt in die nächste Ausgabe."},
        follow=True,
    )
    assert "Kommt in die nächste Ausgabe." in accepted.content.decode()
    assert release_report(report_id=report.pk, actor=reviewer, seen=version_of(report)).is_released


def test_a_warning_is_accepted_with_a_reason_or_not_at_all(client, report, reviewer):
    finding = next(each.finding for each in checklist(report) if each.is_open_warning)
    client.force_login(reviewer)

    answer = client.post(reverse("reporting:warning_accept", args=[report.pk]), {"finding": finding})

    assert answer.status_code == 422
    assert not WarningAcknowledgement.objects.exists()


def test_an_error_is_not_accepted(report, reviewer):
    error = line(report, "Die gespeicherten Werte halten ihre Regeln ein")

    with pytest.raises(ReportError):
        accept_warning(report_id=report.pk, finding=error.finding, reason="x", actor=reviewer)


def test_what_a_warning_finds_anew_is_accepted_anew(report, reviewer):
    title = "Genügend Meldungen sind freigegeben"
    before = line(report, title)
    accept_warning(report_id=report.pk, finding=before.finding, reason="x", actor=reviewer)
    assert not line(report, title).blocks

    (group, *others) = report.data.participation
    with_data(report, participation=(replace(group, approved=group.approved - 1), *others))

    assert line(report, title).blocks


def test_why_a_warning_was_accepted_stays(report, reviewer):
    cleared(report)

    with pytest.raises(DatabaseError), transaction.atomic():
        WarningAcknowledgement.objects.update(reason="")
