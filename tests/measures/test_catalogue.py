"""What an installation begins with, and what loading it again does."""

import datetime as dt
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from measures.enums import ContributionRole, IndicatorType, PeriodKind, SumsOver, Unit
from measures.models import (
    Indicator,
    IndicatorAlias,
    Item,
    Lesson,
    Measure,
    MeasureContribution,
    MeasureFunding,
    Objective,
    Occupation,
    Outcome,
    Phase,
    Product,
    ReportingRound,
    Submission,
    Target,
    TargetGroup,
)
from measures.services.catalogue import load_catalogue
from partners.models import Organisation

pytestmark = pytest.mark.django_db


def test_catalogue_is_there_in_full():
    models = [Phase, Objective, TargetGroup, Measure, Indicator, Target, Product, Outcome, Lesson, Occupation]

    counts = {model.__name__: model.objects.count() for model in models}

    assert counts == {
        "Phase": 1,
        "Objective": 7,
        "TargetGroup": 11,
        "Measure": 12,
        "Indicator": 31,
        "Target": 17,
        "Product": 1,
        "Outcome": 3,
        "Lesson": 7,
        "Occupation": 49,
    }


def test_every_name_is_given_in_both_languages():
    for model in [Objective, TargetGroup, Measure, Indicator, Product, Outcome, Lesson]:
        assert not model.objects.filter(name_de="").exists()
        assert not model.objects.filter(name_en="").exists()
    assert not Occupation.objects.filter(label_en="").exists()


def test_indicators_carry_what_the_figures_are_judged_by():
    places = Indicator.objects.get(code="additional_places")
    mentors = Indicator.objects.get(code="welcome_mentors")
    contracts = Indicator.objects.get(code="new_contracts")

    assert (places.unit, places.type, places.period) == (
        Unit.PLACES,
        IndicatorType.FLOW,
        PeriodKind.CALENDAR_YEAR,
    )
    assert places.sums_over == [SumsOver.ORGANISATIONS]
    assert places.may_be_negative
    assert places.asked_of == ["chamber", "employer_organisation"]
    assert (mentors.type, mentors.period) == (IndicatorType.STOCK, PeriodKind.REFERENCE_31DEC)
    assert contracts.period == PeriodKind.MARKET_YEAR
    assert list(
        IndicatorAlias.objects.filter(indicator=contracts).order_by("name").values_list("name", flat=True)
    ) == ["Neu abgeschlossene Ausbildungsverträge", "Neuverträge"]


def test_indicators_are_asked_by_the_groups_that_make_sense_for_them():
    asked = {each.code: each.target_groups for each in Indicator.objects.exclude(target_groups=[])}

    assert asked["companies_advised"] == ["B1", "B2", "B3"]
    assert asked["assisted_starts"] == ["J2", "J3", "J4", "J5", "J6", "W"]
    assert asked["additional_places"] == ["B1", "B2", "B3", "J1", "J2", "J3", "J4", "J5", "J6", "W"]
    assert not any("J6" in asked[code] for code in ("new_contracts", "unplaced_30sep"))
    by_group = Indicator.objects.filter(breakdown__contains=["target_group"])
    assert asked.keys() == set(by_group.values_list("code", flat=True))


def test_expenditure_is_recorded_with_the_funding_and_not_as_a_figure():
    expenditure = Indicator.objects.get(code="expenditure")

    assert expenditure.measure is None
    assert not expenditure.is_recorded
    assert not Item.objects.filter(indicator=expenditure).exists()


def test_targets_are_one_row_for_each_year():
    placements = Target.objects.filter(indicator__code="training_placements").order_by("year")
    offers = Target.objects.get(indicator__code="post_offered_3", year=2016)
    starts = Target.objects.get(indicator__code="assisted_starts")
    additional = Target.objects.get(indicator__code="additional_places")

    assert [(target.year, target.value) for target in placements] == [
        (year, Decimal(20000)) for year in (2015, 2016, 2017, 2018)
    ]
    assert offers.denominator is not None
    assert (offers.denominator.code, offers.value) == ("unplaced_30sep", Decimal(1))
    assert starts.is_ceiling
    assert (additional.baseline_year, additional.baseline) == (2014, Decimal(0))
    assert sorted(additional.responsible.values_list("code", flat=True)) == [
        "BDA",
        "BDI",
        "BFB",
        "DIHK",
        "ZDH",
    ]


def test_measures_name_who_leads_and_who_takes_part_and_since_when():
    internships = Measure.objects.get(code="M02")
    week = MeasureContribution.objects.get(measure__code="M12")

    parts = sorted(
        (part.role, part.organisation.code if part.organisation else part.organisation_kind)
        for part in internships.contributions.select_related("organisation")
    )

    assert parts == [("lead", "DIHK"), ("with", "DGB"), ("with", "land")]
    assert (week.role, week.valid_from) == (ContributionRole.LEAD, dt.date(2016, 1, 1))
    assert list(MeasureFunding.objects.order_by("source").values_list("measure__code", "source__code")) == [
        ("M07", "F1"),
        ("M07", "F2"),
    ]


def test_loading_twice_changes_nothing():
    before = _everything()

    written = load_catalogue()

    assert set(written.values()) == {0}
    assert _everything() == before


def test_loading_again_leaves_edited_rows_alone_and_adds_missing_ones():
    Measure.objects.filter(code="M01").update(name_de="Umbenannt")
    Objective.objects.filter(code="Z1").update(name_en="Renamed")
    Product.objects.all().delete()
    IndicatorAlias.objects.filter(name="EQ").delete()

    written = load_catalogue()

    assert {name: count for name, count in written.items() if count} == {"products": 1}
    assert Measure.objects.get(code="M01").name_de == "Umbenannt"
    assert Objective.objects.get(code="Z1").name_en == "Renamed"
    assert not IndicatorAlias.objects.filter(name="EQ").exists()


def test_overwriting_resets_rows_and_keeps_what_people_added():
    before = _everything()
    Measure.objects.filter(code="M01").update(name_de="Umbenannt")
    MeasureContribution.objects.filter(measure__code="M01").delete()
    Target.objects.filter(indicator__code="internships", year=2016).update(value=1)
    IndicatorAlias.objects.create(indicator=Indicator.objects.get(code="consultations"), name="Gespräche")

    out = StringIO()
    call_command("load_catalogue", "--overwrite", stdout=out)

    assert "organisations: 162" in out.getvalue().splitlines()
    assert Measure.objects.get(code="M01").name_de == "Konzept zur Berufsorientierung"
    assert MeasureContribution.objects.get(measure__code="M01").organisation == Organisation.objects.get(
        code="BMBF"
    )
    assert Target.objects.get(indicator__code="internships", year=2016).value == Decimal(500000)
    assert IndicatorAlias.objects.filter(name="Gespräche").delete()[0] == 1
    assert _everything() == before


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        (
            lambda: Indicator.objects.filter(type="stock").update(sums_over=["years"]),
            "indicator_stock_not_over_years",
        ),
        (lambda: Indicator.objects.update(unit="bananas"), "indicator_unit_known"),
        (
            lambda: Indicator.objects.filter(code="internships").update(target_groups=[]),
            "indicator_by_target_group_names_them",
        ),
        (
            lambda: Indicator.objects.filter(code="internships").update(target_groups=["W", "nobody"]),
            "indicator_target_groups_are_known",
        ),
        (
            lambda: Indicator.objects.filter(code="internships").update(target_groups=["_T", "W"]),
            "indicator_target_groups_are_known",
        ),
        (
            lambda: TargetGroup.objects.filter(code="W").update(code="F"),
            "indicator_target_groups_are_known",
        ),
        (
            # Without a measure that is for it, only the indicators keep it.
            lambda: TargetGroup.objects.filter(code="W").delete(),
            "indicator_target_groups_are_known",
        ),
        (lambda: Measure.objects.update(kind="wish"), "measure_kind_known"),
        (
            lambda: Target.objects.filter(baseline=None).update(baseline_year=2014),
            "target_baseline_has_its_year",
        ),
        (lambda: Occupation.objects.filter(code="11").update(level=0), "occupation_level_is_its_digits"),
        (lambda: MeasureFunding.objects.update(amount=5), "funding_amount_has_its_year"),
        (
            lambda: MeasureContribution.objects.update(organisation_kind="land"),
            "contribution_by_one_or_by_a_kind",
        ),
        (
            lambda: ReportingRound.objects.update(closes_on=dt.date(2000, 1, 1)),
            "round_closes_after_it_opens",
        ),
    ],
)
def test_database_refuses_what_must_not_be(change, constraint):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        change()

    assert refused.value.__cause__.diag.constraint_name == constraint


def test_two_targets_of_one_indicator_and_year_are_refused_in_words():
    target = Target.objects.get(indicator__code="internships", year=2016)
    target.pk = None

    with translation.override("en"), pytest.raises(ValidationError) as refused:
        target.validate_constraints()

    assert refused.value.messages == ["This indicator already has a target for this year."]


def _everything():
    """The catalogue as plain values, without the numbers rows happen to have."""
    return {
        "indicators": list(Indicator.objects.order_by("code").values_list("code", "measure__code", "unit")),
        "aliases": sorted(IndicatorAlias.objects.values_list("indicator__code", "name")),
        "targets": sorted(Target.objects.values_list("indicator__code", "year", "value")),
        "responsible": sorted(Target.objects.values_list("indicator__code", "year", "responsible__code")),
        "objectives": sorted(Measure.objects.values_list("code", "name_de", "objectives__code")),
        "groups": sorted(Measure.objects.values_list("code", "target_groups__code"), key=str),
        "contributions": sorted(
            MeasureContribution.objects.values_list("measure__code", "role", "organisation__code"), key=str
        ),
        "rounds": list(ReportingRound.objects.values_list("year", "opens_on", "closes_on")),
        "submissions": Submission.objects.count(),
        "items": Item.objects.count(),
    }


@pytest.mark.parametrize(
    ("indicator_type", "period", "german"),
    [
        ("flow", "calendar_year", "Zugänge im Kalenderjahr"),
        ("stock", "reference_30sep", "Bestand am 30. September"),
        ("flow", "reference_30sep", "Zugänge im Zeitraum; Am 30. September"),
    ],
)
def test_what_is_counted_and_when_is_one_phrase(indicator_type: str, period: str, german: str):
    with translation.override("de"):
        assert Indicator(type=indicator_type, period=period).counted == german
