"""Partners on the screen: the tree, the search, and who sees the people."""

import datetime as dt

import pytest
from django.urls import reverse

from partners.models import Affiliation, Organisation
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

LIST = reverse("partners:organisation_list")


def _page(code):
    return reverse("partners:organisation_detail", args=[code])


def _tree(response):
    return {
        branch.organisation.code: [member.organisation.code for member in branch.members]
        for group in response.context["groups"]
        for branch in group.branches
    }


def test_tree_shows_umbrellas_with_their_members(client, sign_in):
    sign_in("contributor", "IHK-142")

    response = client.get(LIST)

    tree = _tree(response)
    assert response.context["count"] == 162
    assert len(tree) == 11 + 16
    assert (len(tree["DIHK"]), len(tree["ZDH"])) == (79, 53)
    assert tree["DGB"] == ["IGBCE", "IGM", "ver.di"]
    assert [group.kind.value for group in response.context["groups"]] == [
        "federal_ministry",
        "commissioner",
        "agency",
        "employer_organisation",
        "trade_union",
        "land",
    ]


def test_tree_is_that_of_today(client, sign_in):
    sign_in("contributor", "IHK-142")
    Affiliation.objects.filter(member__code="IGM").update(valid_until=dt.date(2020, 1, 1))
    Organisation.objects.filter(code="IGBCE").update(valid_until=dt.date(2020, 1, 1))

    tree = _tree(client.get(LIST))

    assert tree["DGB"] == ["ver.di"]
    assert tree["IGM"] == []
    assert "IGBCE" not in tree


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("köln", ["HWK-00032", "IHK-142"]),
        ("KOLN", ["HWK-00032", "IHK-142"]),
        ("IHK-142", ["IHK-142"]),
        ("Heidenheim", ["IHK-135"]),
        ("Bundesarbeitsministerium", ["BMAS"]),
        ("Employment Agency", ["BA"]),
        ("Atlantis", []),
    ],
)
def test_search_finds_names_places_and_codes(client, sign_in, wanted, found):
    sign_in("auditor", "BMAS")

    response = client.get(LIST, {"q": wanted})

    assert [organisation.code for organisation in response.context["found"]] == found


def test_search_too_long_to_be_a_name_shows_the_form_again(client, sign_in):
    sign_in("auditor", "BMAS")

    response = client.get(LIST, {"q": "x" * 101})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["q"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_however_many_there_are(
    client, sign_in, django_assert_num_queries, count
):
    sign_in("contributor", "IHK-142")
    for number in range(count):
        Organisation.objects.create(
            code=f"X{number}", kind="land", name_de="X", short_name="X", sort_key="x", region_id="DE"
        )

    with django_assert_num_queries(8):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_detail_takes_the_same_queries_however_many_people_there_are(
    client, sign_in, django_assert_num_queries, count
):
    sign_in("auditor", "BMAS")
    MembershipFactory.create_batch(count, organisation_code="DIHK")

    with django_assert_num_queries(14):
        response = client.get(_page("DIHK"))

    assert len(response.context["memberships"]) == count


@pytest.mark.parametrize(
    ("role", "organisation", "sees"),
    [
        ("contributor", "IHK-142", True),
        ("contributor", "IHK-101", False),
        ("contributor", "HWK-00032", False),
        ("coordinator", "DIHK", True),
        ("coordinator", "ZDH", False),
        ("reviewer", "BMWi", True),
        ("auditor", "BMAS", True),
        ("data_steward", "BMAS", True),
    ],
)
def test_people_are_shown_to_those_who_may_see_them(client, sign_in, role, organisation, sees):
    member = MembershipFactory()
    sign_in(role, organisation)

    response = client.get(_page("IHK-142"))

    assert response.status_code == 200
    assert (member.user.email in response.content.decode()) is sees


def test_unknown_organisation_is_not_found(client, sign_in):
    sign_in("data_steward", "BMAS")

    assert client.get(_page("IHK-1")).status_code == 404


@pytest.mark.parametrize("address", [LIST, _page("IHK-142"), _page("ver.di")])
def test_pages_ask_for_signing_in(client, address):
    response = client.get(address)

    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={address}"
