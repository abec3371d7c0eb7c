"""The partners as a dated tree, and their names."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from partners.models import Affiliation, Organisation, OrganisationAlias, Region
from partners.services.catalogue import load_partners
from partners.sorting import organisation_sort_key, sort_key

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("umbrella", "prefix", "count"), [("DIHK", "IHK-", 79), ("ZDH", "HWK-", 53), ("DGB", "", 3)]
)
def test_members_stand_below_their_umbrella(umbrella, prefix, count):
    members = Affiliation.objects.filter(umbrella__code=umbrella).values_list("member__code", flat=True)

    assert len(members) == count
    assert all(code.startswith(prefix) for code in members)


def test_every_land_is_a_partner_and_a_region():
    laender = Organisation.objects.filter(kind="land", is_partner=True).values_list("code", "region__code")

    assert len(laender) == 16
    assert all(code == f"LAND-{region}" for code, region in laender)
    assert Region.objects.filter(level="land").count() == 16
    assert Region.objects.filter(is_east=True).count() == 6
    assert set(Region.objects.exclude(level="land").values_list("code", "level")) == {
        ("DE", "country"),
        ("_U", "unassigned"),
    }


def test_every_chamber_has_its_land():
    assert set(Organisation.objects.filter(kind="chamber").values_list("region__level", flat=True)) == {
        "land"
    }
    assert Organisation.objects.get(code="IHK-142").region.code == "05"


def test_chambers_are_known_by_short_and_long_names():
    names = OrganisationAlias.objects.filter(organisation__code="IHK-142").values_list("name", flat=True)

    assert set(names) == {
        "IHK Köln",
        "IHK zu Köln",
        "Industrie- und Handelskammer Köln",
        "Industrie- und Handelskammer zu Köln",
    }
    for prefix in ("IHK", "HWK"):
        chambers = Organisation.objects.filter(code__startswith=f"{prefix}-")
        named = chambers.filter(aliases__name__startswith=f"{prefix} ").distinct()
        assert named.count() == chambers.count()


def test_tree_is_read_as_it_stood_on_a_day():
    Affiliation.objects.filter(member__code="IHK-142").update(valid_until=dt.date(2016, 6, 30))
    umbrella = Organisation.objects.filter(code="DIHK")

    before = umbrella.with_descendants(dt.date(2016, 6, 30))
    after = umbrella.with_descendants(dt.date(2016, 7, 1))
    ancestors = Affiliation.objects.ancestors_by_member(dt.date(2016, 7, 1))

    assert (before.count(), after.count()) == (80, 79)
    assert Organisation.objects.get(code="IHK-142").pk not in ancestors
    assert ancestors[Organisation.objects.get(code="IHK-101").pk] == {umbrella.get().pk}


def test_loading_again_leaves_a_moved_chamber_where_it_was_put():
    Affiliation.objects.filter(member__code="IHK-142").update(valid_until=dt.date(2016, 6, 30))

    assert set(load_partners().values()) == {0}

    assert Affiliation.objects.get(member__code="IHK-142").valid_until == dt.date(2016, 6, 30)


def test_a_missing_organisation_comes_back_with_its_names_and_umbrella():
    organisation = Organisation.objects.create(
        code="X", kind="chamber", name_de="X", short_name="X", sort_key="x", region_id="05"
    )
    Organisation.objects.filter(code="IGM").update(code="IGM-OLD")
    OrganisationAlias.objects.filter(organisation__code="IGM-OLD").delete()

    assert load_partners()["organisations"] == 1

    restored = Organisation.objects.get(code="IGM")
    assert sorted(restored.aliases.values_list("name", flat=True)) == ["IGM", "Industriegewerkschaft Metall"]
    assert Affiliation.objects.get(member=restored).umbrella.code == "DGB"
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def _overlap():
    chamber = Organisation.objects.get(code="IHK-142")
    Affiliation.objects.create(
        member=chamber, umbrella=Organisation.objects.get(code="ZDH"), valid_from=dt.date(2020, 1, 1)
    )


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        (_overlap, "affiliation_one_umbrella_at_a_time"),
        (
            lambda: Affiliation.objects.filter(member__code="IGM").update(
                member=Organisation.objects.get(code="DGB")
            ),
            "affiliation_not_with_itself",
        ),
        (
            lambda: Affiliation.objects.update(valid_until=dt.date(2000, 1, 1)),
            "affiliation_ends_after_it_begins",
        ),
        (
            lambda: Organisation.objects.update(valid_until=dt.date(2000, 1, 1)),
            "organisation_ends_after_it_begins",
        ),
        (lambda: Organisation.objects.update(kind="club"), "organisation_kind_known"),
        (
            lambda: Organisation.objects.filter(code="BA").update(code="BMAS"),
            "organisation_unique_code",
        ),
    ],
)
def test_database_refuses_what_must_not_be(change, constraint):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        change()

    assert refused.value.__cause__.diag.constraint_name == constraint


def test_names_sort_as_in_a_german_list():
    names = ["Zürich", "öl", "Ofen", "Straßen", "Äpfel", "Apfel", "Strasse"]

    assert sorted(names, key=sort_key) == ["Äpfel", "Apfel", "Ofen", "öl", "Strasse", "Straßen", "Zürich"]
    assert organisation_sort_key("HK Bremen") == "ihk bremen"
    assert organisation_sort_key("HWK Köln") == "hwk koln"
