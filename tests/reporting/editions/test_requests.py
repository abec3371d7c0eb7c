"""Who may ask for which report, on the page and from a shell."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from partners.models import Organisation
from partners.permissions import access_for
from reporting.editions.types import REPORT_TYPES
from reporting.exceptions import ReportError
from reporting.models import ProgressReport
from reporting.selectors.editions import editions_for, scopes_of, title_of
from reporting.services.reports import request_report, request_reports
from tests.factories import MembershipFactory
from tests.reporting.stated import approve, state, state_cells

NRW = "05"


@pytest.fixture
def reviewer(db):
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


@pytest.fixture
def values_of_every_land(db):
    state_cells("BA", "unplaced_30sep", 2016, {(f"{land:02}", "_T"): 40 for land in range(1, 17)})
    approve("BA", year=2016)


def ask(client, edition, year="2016"):
    return client.post(reverse("reporting:report_request"), {"year": year, "edition": edition}, follow=True)


def works_for_the_land():
    land = Organisation.objects.get(kind="land", region_id=NRW)
    return MembershipFactory(role="contributor", organisation_code=land.code).user


def test_a_reviewer_may_ask_for_every_kind(reviewer):
    editions = editions_for(access_for(reviewer), 2016)

    by_type = {
        code: [each.scope for each in editions if each.report_type.code == code] for code in REPORT_TYPES
    }
    assert by_type["annual"] == by_type["interim"] == [""]
    assert len(by_type["land"]) == 16
    assert {"DIHK", "ZDH"} <= set(by_type["umbrella"])


@pytest.mark.usefixtures("db")
def test_who_works_for_a_land_or_umbrella_may_ask_for_its_report_alone():
    coordinator = MembershipFactory(role="coordinator", organisation_code="DIHK").user

    for person, expected in ((works_for_the_land(), ("land", NRW)), (coordinator, ("umbrella", "DIHK"))):
        editions = editions_for(access_for(person), 2016)
        assert [(each.report_type.code, each.scope) for each in editions] == [expected]


def test_whoever_may_ask_for_nothing_gets_no_form(client, db):
    client.force_login(MembershipFactory(role="contributor", organisation_code="IHK-142").user)

    assert client.get(reverse("reporting:report_list")).context["form"] is None
    assert ask(client, "annual:").status_code == 403


def test_what_is_not_offered_is_refused(client, db):
    client.force_login(works_for_the_land())

    assert ask(client, "land:09").status_code == 422
    assert ask(client, "annual:").status_code == 422
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize(
    ("report_type", "scope"), [("weekly", ""), ("land", ""), ("land", "99"), ("annual", NRW)]
)
def test_the_service_knows_no_other_reports(reviewer, report_type, scope):
    with pytest.raises(ReportError):
        request_report(year=2016, actor=reviewer, report_type=report_type, scope=scope)


def test_all_parts_with_values_are_asked_for_at_once_and_the_others_named(client, reviewer):
    state("IHK-142", "welcome_mentors", 2016, 7)
    approve("IHK-142", year=2016)
    state("IHK-111", "additional_places", 2016, 7)  # of another Land, and not approved
    client.force_login(reviewer)

    laender, umbrellas = (ask(client, f"{kind}:*").content.decode() for kind in ("land", "umbrella"))

    asked = ProgressReport.objects.order_by("report_type").values_list("report_type", "scope")
    assert list(asked) == [("land", NRW), ("umbrella", "DIHK")]
    assert "1 Bericht wird erstellt" in laender
    assert "kein Bericht erstellt: Schleswig-Holstein, Hamburg" in laender
    assert "Fortschrittsbericht 2016: Nordrhein-Westfalen" in laender
    assert "ZDH" in umbrellas.split("kein Bericht erstellt: ")[1].split(".")[0]


def test_part_without_values_has_no_report_and_form_and_shell_say_so(client, reviewer, tmp_path):
    client.force_login(reviewer)
    for scope, name in (("05", "Nordrhein-Westfalen"), ("*", "Schleswig-Holstein, Hamburg")):
        with pytest.raises(CommandError, match=f"Bis 2016 sind keine Werte von {name}"):
            _build(tmp_path, "land", "--scope", scope)

    page = ask(client, "umbrella:DGB")

    assert page.status_code == 422
    assert "Bis 2016 sind keine Werte von DGB freigegeben" in page.content.decode()
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize("count", [2, 16])
@pytest.mark.usefixtures("values_of_every_land")
def test_asking_for_many_takes_as_many_queries_as_for_few(reviewer, count, django_assert_num_queries):
    scopes = [code for code, _name in scopes_of(REPORT_TYPES["land"], 2016)][:count]
    there = request_report(year=2016, actor=reviewer, report_type="land", scope=scopes[-1])

    with django_assert_num_queries(10):
        asked = request_reports(year=2016, actor=reviewer, report_type="land", scopes=scopes)

    assert [report.scope for report in asked] == scopes
    assert asked[-1] == there


@pytest.mark.usefixtures("values_of_every_land")
def test_reports_of_different_kinds_are_in_work_at_once_and_each_once(reviewer):
    asked = {
        request_report(year=2016, actor=reviewer, report_type=report_type, scope=scope).pk
        for report_type, scope in (
            ("annual", ""),
            ("interim", ""),
            ("land", NRW),
            ("land", "09"),
            ("land", NRW),
        )
    }

    assert len(asked) == 4


@pytest.mark.usefixtures("values_of_every_land")
def test_who_asked_for_the_report_of_their_land_sees_it_before_its_release(client, reviewer):
    person = works_for_the_land()
    own = request_report(year=2016, actor=person, report_type="land", scope=NRW)
    others = request_report(year=2016, actor=reviewer, report_type="land", scope="09")
    client.force_login(person)

    assert client.get(reverse("reporting:report_detail", args=[own.pk])).status_code == 200
    assert client.get(reverse("reporting:report_detail", args=[others.pk])).status_code == 404
    person.memberships.update(organisation=Organisation.objects.get(code="IHK-142"))
    client.force_login(person)
    assert client.get(reverse("reporting:report_detail", args=[own.pk])).status_code == 404


def test_documents_are_called_after_kind_year_and_scope(reviewer):
    state("IHK-142", "welcome_mentors", 2016, 7)
    approve("IHK-142", year=2016)
    report = request_report(year=2016, actor=reviewer, report_type="umbrella", scope="DIHK")

    assert title_of(report) == "Fortschrittsbericht 2016: DIHK"
    assert report.type.file_stem("de") == "Verbandsbericht"


def test_build_report_writes_the_edition_asked_for(transactional_db, tmp_path):
    state("IHK-142", "welcome_mentors", 2016, 7)
    approve("IHK-142", year=2016)

    _build(tmp_path, "interim")

    written = {path.name for path in tmp_path.iterdir()}
    assert {
        "interim-report-2016-de.html",
        "interim-report-2016-de.pdf",
        "interim-report-2016-mul.csv",
    } <= written
    assert {name.partition(".")[0] for name in written} == {
        "interim-report-2016-de",
        "interim-report-2016-mul",
    }


@pytest.mark.parametrize(("code", "scope"), [("land", "NW"), ("land", ""), ("annual", "*")])
def test_build_report_names_the_parts_there_are(db, tmp_path, code, scope):
    with pytest.raises(CommandError, match="Es gibt") as caught:
        _build(tmp_path, code, "--scope", scope)

    assert caught.value.returncode == 2


def _build(folder, code, *more):
    call_command(
        "build_report", "--year", "2016", "--type", code, "--language", "de", "--out", str(folder), *more
    )
