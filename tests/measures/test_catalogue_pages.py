"""The measures on the screen."""

import pytest
from django.urls import reverse

from measures.models import Measure, MeasureContribution, Objective

pytestmark = pytest.mark.django_db

LIST = reverse("measures:measure_list")


def _page(code):
    return reverse("measures:measure_detail", args=[code])


def test_measures_stand_under_each_objective_they_serve(client, sign_in):
    sign_in("contributor", "IHK-142")

    response = client.get(LIST)

    listed = {
        objective.code: [measure.code for measure in objective.measures.all()]
        for objective in response.context["objectives"]
    }
    assert listed["Z1"] == ["M01", "M02", "M08", "M12"]
    assert listed["Z7"] == []
    assert sum(len(codes) for codes in listed.values()) == 20
    assert response.content.decode().count(f'href="{_page("M12")}"') == 2


def test_list_takes_the_same_queries_however_many_measures_there_are(
    client, sign_in, django_assert_num_queries
):
    sign_in("contributor", "IHK-142")
    with django_assert_num_queries(12):
        client.get(LIST)

    for number in range(3):
        measure = Measure.objects.create(code=f"X{number}", kind="advisory", name_de="X", name_en="X")
        measure.objectives.set(Objective.objects.all())
        MeasureContribution.objects.create(measure=measure, role="lead", organisation_kind="land")

    with django_assert_num_queries(12):
        client.get(LIST)


@pytest.mark.parametrize("code", ["M01", "M06"])
def test_detail_takes_the_same_queries_however_many_indicators_there_are(
    client, sign_in, django_assert_num_queries, code
):
    """M01 has one indicator without a target, M06 fourteen of them."""
    sign_in("contributor", "IHK-142")
    expected = {"M01": 16, "M06": 17}[code]  # targets and who is responsible, where there are any

    with django_assert_num_queries(expected):
        client.get(_page(code))


def test_detail_shows_how_each_indicator_is_counted(client, sign_in):
    sign_in("contributor", "IHK-142")

    page = client.get(_page("M04")).content.decode()

    assert page.count('class="portal-card"') == 4
    assert "Plätze mehr als im Basisjahr der Zusage (2014)" in page
    assert "20.000" in page
    assert "BDA, BDI, BFB, DIHK, ZDH" in page


def test_detail_speaks_english(client, sign_in):
    sign_in("contributor", "IHK-142")

    page = client.get(_page("M08"), headers={"accept-language": "en"}).content.decode()

    assert "Young people starting assisted training" in page
    assert "Law on assisted training broadened" in page
    assert "10,000" in page


def test_unknown_measure_is_not_found(client, sign_in):
    sign_in("contributor", "IHK-142")

    assert client.get(_page("M99")).status_code == 404


@pytest.mark.parametrize("address", [LIST, _page("M04")])
def test_pages_ask_for_signing_in(client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={address}"
