"""What stands in the way of a release: errors block it, warnings need somebody who accepts them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from reporting.exceptions import ChecklistError, ReportError
from reporting.frozen.schema import Text
from reporting.models import ReportVerification, WarningAcknowledgement
from reporting.selectors.checklist import checklist
from reporting.selectors.report_versions import version_of
from reporting.services.release import accept_warning, release_report
from tests.list_pages import another_report, cleared, released
from tests.reporting.stated import approve


def line(report, title):
    return next(each for each in checklist(report) if str(each.title) == title)


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


def test_control_totals_that_differ_block_the_release(report):
    total = replace(report.data.control_totals[0], sum=Decimal(1), ok=False)
    with_data(report, control_totals=(total,))

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


def test_a_document_that_is_missing_blocks_the_release(report):
    report.productions.update(status="failed", error="x")

    assert line(report, "Alle Dokumente sind da").is_error


def test_figures_that_were_not_checked_or_are_off_block_the_release(report, reviewer):
    title = "Die gespeicherten Werte halten ihre Regeln ein"
    unchecked = line(report, title)
    ReportVerification.objects.create(report=report, problems=["sums_are_stored: IHK Köln"])
    off = line(report, title)
    ReportVerification.objects.update(problems=[])

    assert (unchecked.is_error, off.is_error, line(report, title).text) == (True, True, "")
    assert "sums_are_stored: IHK Köln" in off.text


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
