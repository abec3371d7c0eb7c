"""Who owes what: the organisations due form an antichain of the tree as it stood on 31 December."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from measures.models import Indicator, Item, ReportingRound, Submission
from measures.services import rounds
from measures.services.rounds import open_round
from partners.enums import OrganisationKind
from partners.models import Affiliation, Organisation, Region

pytestmark = pytest.mark.django_db

DAY = dt.date(2016, 12, 31)


def codes_due(indicator, day=DAY):
    """Of the kinds asked, without those above another that is due."""
    found = _indicator(indicator)
    due = rounds._due(found, rounds._asked([found], day), Affiliation.objects.ancestors_by_member(day))
    return {organisation.code for organisation in due}


def codes_asked(indicator, year):
    items = Item.objects.filter(indicator__code=indicator, submission__round__year=year)
    return set(items.values_list("submission__organisation__code", flat=True))


def test_rounds_2015_to_2018_come_with_the_catalogue():
    assert list(ReportingRound.objects.order_by("year").values_list("year", "opens_on", "closes_on")) == [
        (year, dt.date(year, 10, 1), dt.date(year + 1, 1, 31)) for year in (2015, 2016, 2017, 2018)
    ]


def test_umbrellas_do_not_owe_what_their_chambers_owe():
    chambers = set(Organisation.objects.filter(kind="chamber").values_list("code", flat=True))

    assert len(chambers) == 132
    assert codes_due("additional_places") == chambers | {"BDA", "BDI", "BFB"}
    assert codes_asked("additional_places", 2016) == codes_due("additional_places")


def test_umbrella_owes_what_no_member_does():
    Indicator.objects.filter(code="week_events").update(asked_of=["trade_union"])

    assert codes_due("week_events") == {"ver.di", "IGM", "IGBCE"}

    Affiliation.objects.filter(umbrella__code="DGB").update(valid_until=dt.date(2016, 12, 30))

    assert codes_due("week_events") == {"DGB", "ver.di", "IGM", "IGBCE"}
    assert codes_due("week_events", dt.date(2016, 12, 30)) == {"ver.di", "IGM", "IGBCE"}


def test_each_indicator_is_asked_of_its_kinds():
    assert codes_due("assisted_starts") == {"BA"}
    assert codes_due("networks") == {"IntB"}
    assert len(codes_due("orientation_laender")) == 16


def test_chambers_speak_for_their_land_and_others_for_the_country():
    levels = dict(
        Item.objects.filter(submission__round__year=2016, indicator__code="additional_places").values_list(
            "submission__organisation__code", "region_level"
        )
    )

    assert levels["IHK-142"] == "land"
    assert levels["HWK-00032"] == "land"
    assert levels["BFB"] == "country"


def test_nothing_is_asked_of_a_measure_before_it_began():
    assert codes_asked("week_events", 2015) == set()
    assert codes_asked("week_events", 2016) == {"BA"}


def test_organisation_that_had_ended_owes_nothing():
    Organisation.objects.filter(code="IHK-142").update(valid_until=dt.date(2018, 6, 30))

    open_round(year=2019, opens_on=dt.date(2019, 10, 1), closes_on=dt.date(2020, 1, 31))

    assert "IHK-142" not in codes_asked("additional_places", 2019)
    assert "IHK-142" in codes_asked("additional_places", 2018)


def test_opening_again_keeps_the_round_and_adds_whoever_is_missing():
    items = Item.objects.filter(submission__round__year=2016).count()
    chamber = _chamber("IHK-999", umbrella="DIHK")

    opened = open_round(year=2016, opens_on=dt.date(2030, 1, 1), closes_on=dt.date(2030, 1, 2))

    assert opened.opens_on == dt.date(2016, 10, 1)
    added = Item.objects.filter(submission__round=opened, submission__organisation=chamber)
    assert added.count() == 17
    assert Item.objects.filter(submission__round=opened).count() == items + 17


def test_opening_again_makes_nobody_an_owner_above_or_below_one():
    """The BFB owns its item already; a member it gets afterwards is not asked as well."""
    _chamber("RAK-1", umbrella="BFB")

    open_round(year=2016, opens_on=dt.date(2016, 10, 1), closes_on=dt.date(2017, 1, 31))

    assert "RAK-1" not in codes_asked("additional_places", 2016)
    assert "RAK-1" in codes_asked("new_contracts", 2016)


@pytest.mark.parametrize("years", [1, 3])
def test_opening_a_round_takes_the_same_queries_whatever_is_due(django_assert_num_queries, years):
    for year in range(2030, 2030 + years):
        with django_assert_num_queries(13):
            open_round(year=year, opens_on=dt.date(year, 10, 1), closes_on=dt.date(year + 1, 1, 31))


def test_database_refuses_an_owner_above_another():
    """Kept by a trigger, for whoever writes past the service."""
    reporting_round = ReportingRound.objects.get(year=2016)
    umbrella = Submission.objects.create(
        round=reporting_round, organisation=Organisation.objects.get(code="DIHK")
    )

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Item.objects.create(submission=umbrella, indicator=_indicator("additional_places"))

    assert refused.value.__cause__.diag.constraint_name == "item_owners_are_an_antichain"


def test_database_lets_an_umbrella_own_what_its_members_do_not():
    reporting_round = ReportingRound.objects.get(year=2016)
    umbrella = Submission.objects.create(
        round=reporting_round, organisation=Organisation.objects.get(code="DIHK")
    )

    Item.objects.create(submission=umbrella, indicator=_indicator("networks"))

    assert codes_asked("networks", 2016) == {"IntB", "DIHK"}


def _indicator(code):
    return Indicator.objects.get(code=code)


def _chamber(code, *, umbrella):
    chamber = Organisation.objects.create(
        code=code,
        kind=OrganisationKind.CHAMBER,
        name_de=code,
        short_name=code,
        sort_key=code.lower(),
        region=Region.objects.get(code="05"),
    )
    Affiliation.objects.create(member=chamber, umbrella=Organisation.objects.get(code=umbrella))
    return chamber
