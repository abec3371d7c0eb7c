"""The overview and the pages below it: what they say, to whom, and in how many queries."""

import csv
import datetime as dt
import io
import re

import pghistory
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from measures.models import Indicator, Item, ReportingRound, Submission, Target
from tests.factories import MembershipFactory
from tests.measures.submissions import extended, make_submission, with_dates
from tests.reporting.stated import approve, state, submit

pytestmark = pytest.mark.django_db

OVERVIEW = "/uebersicht/"

KOELN, AACHEN, BERLIN = "IHK-142", "IHK-101", "HWK-00091"


def text_of(response) -> str:
    """The page's words, without markup."""
    html = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def told():
    state(KOELN, "additional_places", 2016, 120)
    state(BERLIN, "additional_places", 2016, 30)
    state(AACHEN, "additional_places", 2016, 7)
    state(KOELN, "training_placements", 2016, "unknown")
    state(KOELN, "additional_places", 2015, 1500)
    approve(KOELN, BERLIN, year=2016)
    approve(KOELN, year=2015)
    submit(AACHEN, year=2016)


def test_everybody_signs_in_first(client):
    assert client.get(reverse("reporting:dashboard")).status_code == 302


def test_an_empty_portal_says_not_reported_and_never_0(client, sign_in):
    sign_in("contributor", KOELN)

    page = text_of(client.get(OVERVIEW, {"jahr": "2016"}))

    assert page.count("nicht gemeldet") > 4
    assert "118" not in page


def test_tiles_show_values_gaps_and_the_year_before(client, sign_in, told):
    sign_in("reviewer", "BMAS")

    page = text_of(client.get(OVERVIEW))

    assert re.search(
        r"Zusätzlich angebotene Ausbildungsplätze 150 2 von 135 gemeldet [^:]* von 79 IHKs, "
        r"[^:]* weiteren 2015: 1\.500 · 7,5.% von 20\.000",
        page,
    )
    assert "unvollständig 1 von 132 unbekannt Zielwert 20.000 je Jahr" in page
    assert "unvollständig (1 von 132 unbekannt)" in page


def test_submitted_values_are_included_on_request(client, sign_in, told):
    sign_in("reviewer", "BMAS")

    page = text_of(client.get(OVERVIEW, {"stand": "with_submitted"}))

    assert "Zusätzlich angebotene Ausbildungsplätze 157 3 von 135 gemeldet" in page


def test_a_land_narrows_every_number_and_takes_the_targets_away(client, sign_in, told):
    sign_in("reviewer", "BMAS")

    page = text_of(client.get(OVERVIEW, {"land": "11"}))

    assert re.search(
        r"Zusätzlich angebotene Ausbildungsplätze 30 1 von 2 gemeldet "
        r"[^:]* 2015: nicht gemeldet Kalenderjahr",
        page,
    )
    assert "20.000" not in page


def test_a_filter_that_does_not_exist_is_named_and_falls_back(client, sign_in, told):
    sign_in("reviewer", "BMAS")

    response = client.get(OVERVIEW, {"jahr": "1999", "land": "99"})

    assert response.status_code == 200
    assert "Gültig ist nicht" not in text_of(response)
    assert response.context["form"].errors.keys() == {"year", "region"}
    assert response.context["year"] == "2016"


def test_umbrellas_show_who_has_reported(client, sign_in, told):
    sign_in("reviewer", "BMAS")

    response = client.get(OVERVIEW)
    groups = response.context["data"].parts["groups"]

    counts = {
        group.name: (group.due, group.not_begun, group.open, group.submitted, group.approved)
        for group in groups[:2]
    }
    assert counts == {"DIHK": (79, 77, 0, 1, 1), "ZDH": (53, 52, 0, 0, 1)}
    not_begun = response.context["data"].parts["states"][0].groups[0]
    assert (not_begun.name, len(not_begun.members)) == ("DIHK", 77)
    assert "IHK Köln" not in [member.name for member in not_begun.members]


def test_draft_is_counted_apart_from_what_nobody_has_begun(client, sign_in, told):
    state("IHK-111", "additional_places", 2016, 5)
    sign_in("reviewer", "BMAS")

    response = client.get(OVERVIEW, {"jahr": "2016"})

    dihk = response.context["data"].parts["groups"][0]
    assert (dihk.name, dihk.not_begun, dihk.open) == ("DIHK", 76, 1)
    assert "1 Meldung in Arbeit" in text_of(response)


def test_the_csv_has_plain_numbers_and_states(client, sign_in, told):
    sign_in("reviewer", "BMAS")

    response = client.get(reverse("reporting:attainment_csv"))

    rows = {
        (row["indicator"], row["year"]): row for row in csv.DictReader(io.StringIO(response.content.decode()))
    }
    assert rows["additional_places", "2015"]["value"] == "1500"
    assert rows["additional_places", "2015"]["attainment"] == "0.075000"
    assert rows["training_placements", "2016"]["value"] == ""
    assert rows["training_placements", "2016"]["state"] == "incomplete"


@pytest.mark.parametrize("asked", ["land=99", "jahr=1999", "as_of=2999-01-01", "measure=M04"])
def test_no_file_is_made_of_what_is_not_understood(client, sign_in, told, asked):
    sign_in("reviewer", "BMAS")

    for name in ("attainment_csv", "attainment_svg"):
        assert client.get(f"{reverse(f'reporting:{name}')}?{asked}").status_code == 404


def test_the_chart_is_an_svg_of_its_own(client, sign_in, told):
    sign_in("reviewer", "BMAS")

    response = client.get(reverse("reporting:attainment_svg"))

    assert response["Content-Type"] == "image/svg+xml"
    assert "1.500 von 20.000" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_dashboard_takes_the_same_queries_however_much_is_reported(
    client, sign_in, django_assert_num_queries, count
):
    organisations = [KOELN, AACHEN, BERLIN][:count]
    for organisation in organisations:
        state(organisation, "additional_places", 2016, 5)
    approve(*organisations, year=2016)
    sign_in("reviewer", "BMAS")
    cache.clear()

    with django_assert_num_queries(25):
        client.get(OVERVIEW, {"jahr": "2016"})


@pytest.mark.parametrize("count", [1, 3])
def test_the_trail_takes_the_same_queries_however_many_report(
    client, sign_in, django_assert_num_queries, count
):
    organisations = [KOELN, AACHEN, BERLIN][:count]
    for organisation in organisations:
        state(organisation, "additional_places", 2016, 5)
    approve(*organisations, year=2016)
    sign_in("reviewer", "BMAS")

    with django_assert_num_queries(18):
        response = client.get(reverse("reporting:trail", args=["additional_places", 2016]))

    assert len(response.context["rows"]) == 135


def test_the_trail_shows_a_contributor_the_others_as_one_line(client, sign_in, told):
    sign_in("contributor", KOELN)

    page = text_of(client.get(reverse("reporting:trail", args=["additional_places", 2016])))

    assert "IHK Köln Nordrhein-Westfalen 120" in page
    assert "134 weitere Organisationen 30" in page
    assert "Berlin" not in page.split("Woraus")[-1]


def test_what_may_not_be_added_up_is_not_added_up_for_the_others_either(client, sign_in, told):
    Indicator.objects.filter(code="additional_places").update(sums_over=[])
    state(AACHEN, "additional_places", 2015, 7)
    state(BERLIN, "additional_places", 2015, 9)
    approve(AACHEN, BERLIN, year=2015)
    sign_in("contributor", KOELN)

    context = client.get(reverse("reporting:trail", args=["additional_places", 2015])).context

    assert (context["total"].text, context["hidden_total"].text) == ("nicht summierbar", "nicht summierbar")


def test_share_promised_opens_its_numerator_and_from_there_its_denominator(client, sign_in):
    Target.objects.filter(indicator__code="post_offered_3", year=2016).update(
        denominator=Indicator.objects.get(code="post_invited")
    )
    state(KOELN, "post_offered_3", 2016, 30)
    state(KOELN, "post_invited", 2016, 120)
    approve(KOELN, year=2016)
    sign_in("reviewer", "BMAS")

    context = client.get(reverse("reporting:trail", args=["post_offered_3", 2016])).context

    [share] = context["shares"]
    assert (share.text, share.target) == ("25,0\u202f%", "100\u202f%")
    assert share.denominator.url == reverse("reporting:trail", args=["post_invited", 2016])
    assert share.denominator.text == "120"


def test_share_of_what_one_chamber_and_the_agency_state_is_not_formed(client, sign_in):
    state(KOELN, "post_offered_3", 2016, 30)
    state("BA", "unplaced_30sep", 2016, 120)
    approve(KOELN, "BA", year=2016)
    sign_in("reviewer", "BMAS")

    context = client.get(reverse("reporting:trail", args=["post_offered_3", 2016])).context

    [share] = context["shares"]
    assert share.text == (
        "nicht vergleichbar (die beiden Zahlen sind von unterschiedlich vielen Organisationen gemeldet)"
    )
    assert share.denominator.text == "120"


def test_a_coordinator_sees_the_members(client, sign_in, told):
    sign_in("coordinator", "DIHK")

    context = client.get(reverse("reporting:trail", args=["additional_places", 2016])).context

    assert len(context["rows"]) == 79
    assert context["hidden_count"] == 56


def test_another_organisations_figures_are_not_found(client, sign_in, told):
    sign_in("contributor", KOELN)

    assert client.get(reverse("reporting:figure", args=["additional_places", 2016, KOELN])).status_code == 200
    assert (
        client.get(reverse("reporting:figure", args=["additional_places", 2016, BERLIN])).status_code == 404
    )


@pytest.mark.parametrize(
    "address",
    ["/zahlen/nothing/2016/", "/zahlen/additional_places/1999/", "/zahlen/additional_places/2016/IHK-999/"],
)
def test_an_unknown_number_is_not_found(client, sign_in, address):
    sign_in("reviewer", "BMAS")

    assert client.get(address).status_code == 404


def test_a_figure_shows_its_versions_with_who_and_when(client, sign_in, told):
    sign_in("reviewer", "BMAS")
    person = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    item = Item.objects.get(
        submission__organisation__code=AACHEN,
        submission__round__year=2015,
        indicator__code="additional_places",
    )
    with pghistory.context(user=person.pk):
        figure_item = state(AACHEN, "additional_places", 2015, 1, origin="form", entered_by=person)
        figure_item.figures.update(value=2, entered_at=timezone.now())
    approve(AACHEN, year=2015)

    context = client.get(reverse("reporting:figure", args=["additional_places", 2015, AACHEN])).context

    assert item == figure_item
    [figure] = context["figures"]
    assert (figure.version.text, figure.version.who) == ("2", str(person))
    assert [(each.text, each.action) for each in figure.history] == [("2", "update"), ("1", "insert")]


def test_a_submitted_figure_shows_only_where_submitted_values_are_asked_for(client, sign_in, told):
    sign_in("reviewer", "BMAS")
    address = reverse("reporting:figure", args=["additional_places", 2016, AACHEN])

    assert client.get(address).context["figures"] == []
    assert [
        each.version.text for each in client.get(address, {"stand": "with_submitted"}).context["figures"]
    ] == ["7"]


def test_a_figure_not_asked_by_target_group_is_not_called_missing(client, sign_in, told):
    sign_in("reviewer", "BMAS")

    context = client.get(OVERVIEW, {"zielgruppe": "J5"}).context["data"].parts

    assert [tile.name for tile in context["tiles"] if not tile.is_asked] == ["Willkommenslotsen"]
    assert "Willkommenslotsen" not in {gap.name for gap in context["without_column"]}
    assert "Willkommenslotsen" not in {row.name for row in context["rows"]}


def test_group_that_makes_no_sense_for_an_indicator_is_not_called_missing(client, sign_in, told):
    """Who starts assisted training is a person: no company is asked for."""
    sign_in("reviewer", "BMAS")

    response = client.get(OVERVIEW, {"zielgruppe": "B1"})

    tiles = response.context["data"].parts["tiles"]
    assert {tile.name for tile in tiles if not tile.is_asked} == {
        "Eintritte in Assistierte Ausbildung",
        "Willkommenslotsen",
    }
    assert "für diese Zielgruppe nicht abgefragt" in text_of(response)


def test_overview_opens_with_the_last_closed_round_not_with_the_first_approval_of_the_running_one(
    client, sign_in, told
):
    in_a_month = timezone.localdate() + dt.timedelta(days=30)
    with_dates(ReportingRound.objects.get(year=2018), closes_on=in_a_month, due_on=in_a_month)
    state(KOELN, "additional_places", 2018, 5)
    approve(KOELN, year=2018)
    sign_in("reviewer", "BMAS")

    assert client.get(OVERVIEW).context["year"] == "2016"
    assert client.get(OVERVIEW, {"jahr": "2018"}).context["year"] == "2018"


def test_closed_round_without_approved_figures_gives_way_to_one_that_has_some(client, sign_in, told):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    for each in ReportingRound.objects.all():
        with_dates(each, closes_on=yesterday, due_on=yesterday)
    sign_in("reviewer", "BMAS")

    assert client.get(OVERVIEW).context["year"] == "2016"


def test_extension_of_one_organisation_keeps_its_submission_to_be_recorded(client, sign_in):
    submission = extended(make_submission(KOELN, days_left=-1), timezone.localdate())
    sign_in("contributor", KOELN)

    assert reverse("measures:submission_detail", args=[submission.pk]) in client.get("/").content.decode()


def test_counts_of_submissions_name_the_organisations_behind_them(client, sign_in, told):
    sign_in("coordinator", "DIHK")

    approved = client.get(OVERVIEW, {"jahr": "2016"}).context["data"].parts["states"][-1]

    assert approved.label == "2 freigegebene Meldungen"
    koeln = Submission.objects.get(organisation__code=KOELN, round__year=2016)
    assert [(group.name, [member.url for member in group.members]) for group in approved.groups] == [
        ("DIHK", [reverse("measures:submission_detail", args=[koeln.pk])]),
        ("ZDH", [""]),
    ]
