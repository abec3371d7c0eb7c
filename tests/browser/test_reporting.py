"""The way from the overview to the cell of a spreadsheet, and from a request to the finished report."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reporting.models import ProgressReport
from reporting.services.reports import produce_report, request_report
from tests.factories import MembershipFactory
from tests.list_pages import cleared
from tests.reporting.stated import approve, state

KOELN, AACHEN = "IHK-142", "IHK-101"


@pytest.fixture
def reviewer(portal, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    reviewer = MembershipFactory(role="reviewer", organisation_code="BMAS").user
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    state(KOELN, "additional_places", 2016, 120, origin="form", entered_by=steward)
    state(AACHEN, "additional_places", 2016, 30, origin="form", entered_by=steward)
    state(AACHEN, "training_placements", 2016, "unknown", origin="form", entered_by=steward)
    state(KOELN, "additional_places", 2015, 1500, origin="form", entered_by=steward)
    approve(KOELN, AACHEN, year=2016)
    approve(KOELN, year=2015)
    return reviewer


def test_the_overview_leads_to_the_figure_and_its_origin(page, enter, reviewer, assert_accessible):
    enter(reviewer)
    page.goto(reverse("reporting:dashboard"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Stand der Allianz")
    page.get_by_text("Als Tabelle").click()
    assert_accessible()

    page.get_by_role("article").get_by_role("link", name="150", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zusätzlich angebotene Ausbildungsplätze 2016")
    assert_accessible()

    page.get_by_role("link", name="120", exact=True).click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Im Portal erfasst")
    page.get_by_text("1 Fassung").click()
    assert_accessible()


def test_the_filter_narrows_the_overview_to_a_land(page, enter, reviewer, assert_accessible):
    enter(reviewer)
    page.goto(reverse("reporting:dashboard"))

    page.get_by_role("combobox", name="Land", exact=True).select_option("Nordrhein-Westfalen")
    page.get_by_role("button", name="Anzeigen").click()

    expect(page).to_have_url(re.compile("region=05"))
    expect(page.get_by_role("article").first).to_contain_text("2 von 23 gemeldet")
    assert_accessible()


def test_the_overview_of_an_empty_year_says_what_is_missing(page, enter, reviewer, assert_accessible):
    enter(reviewer)
    page.goto("/?jahr=2018")

    expect(page.get_by_role("article").first).to_contain_text("nicht gemeldet")
    assert_accessible()


def test_a_reviewer_has_a_report_made_and_follows_a_number(page, enter, reviewer, assert_accessible):
    enter(reviewer)
    page.goto(reverse("reporting:report_list"))
    expect(page.get_by_text("Noch kein Bericht")).to_be_visible()
    assert_accessible()

    page.get_by_label("Berichtsjahr").select_option("2016")
    page.get_by_role("button", name="Erstellen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fortschrittsbericht 2016", timeout=30_000)
    page.get_by_role("link", name="150", exact=True).first.click()
    expect(page.get_by_role("heading", name="Die gedruckte Zahl")).to_be_visible()
    assert_accessible()

    page.goto(reverse("reporting:report_list"))
    expect(page.get_by_role("link", name="PDF, barrierefrei (Deutsch)")).to_be_visible()
    assert_accessible()


def test_the_report_page_is_accessible(page, enter, reviewer, assert_accessible):
    report = request_report(year=2016, actor=reviewer)
    produce_report(report_id=report.pk)
    enter(reviewer)

    page.goto(reverse("reporting:report_detail", args=[report.pk]))

    assert_accessible()


def test_another_reviewer_releases_the_report_by_keyboard(page, enter, reviewer, assert_accessible):
    report = request_report(year=2016, actor=reviewer)
    produce_report(report_id=report.pk)
    enter(MembershipFactory(role="reviewer", organisation_code="BMAS").user)
    page.goto(reverse("reporting:report_detail", args=[report.pk]))
    assert_accessible()

    page.get_by_role("link", name="Prüfliste und Freigabe").press("Enter")
    expect(page.get_by_role("heading", name="Prüfliste", exact=True)).to_be_visible()
    assert_accessible()

    cleared(ProgressReport.objects.get(pk=report.pk))
    page.reload()
    page.get_by_role("button", name="Bericht freigeben").press("Enter")

    expect(page.get_by_text("Der Bericht ist freigegeben")).to_be_visible()
    assert_accessible()


def test_the_waiting_page_becomes_the_report(page, enter, reviewer, assert_accessible):
    report = request_report(year=2016, actor=reviewer)
    enter(reviewer)
    page.goto(reverse("reporting:report_detail", args=[report.pk]))
    expect(page.get_by_text("Der Bericht wird erstellt.")).to_be_visible()
    assert_accessible()

    produce_report(report_id=report.pk)

    expect(page.get_by_role("link", name="PDF, barrierefrei, Deutsch")).to_be_visible(timeout=15_000)


def test_a_failed_report_says_so(page, enter, reviewer, assert_accessible):
    report = ProgressReport.objects.create(
        year=2016, requested_by=reviewer, status="failed", error="Kein Platz."
    )
    enter(reviewer)

    page.goto(reverse("reporting:report_detail", args=[report.pk]))

    expect(page.get_by_role("alert")).to_contain_text("Kein Platz.")
    assert_accessible()


def test_schedules_and_the_form_for_mails_are_accessible(page, enter, reviewer, assert_accessible):
    page.goto("/de/berichte/abonnieren/")
    expect(page.get_by_role("heading", level=1)).to_have_text("E-Mails zu Fortschrittsberichten")
    assert_accessible()

    enter(reviewer)
    page.goto(reverse("reporting:schedule_list"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible()
