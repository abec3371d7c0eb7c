"""A past day is shown as it was: figures, what was approved, what was in review, and who was due."""

import datetime as dt
from collections import defaultdict

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from measures.enums import UNASSIGNED, SumsOver
from measures.models import Figure, Indicator, Item, ReportingRound
from reporting.aggregates.participation import participation
from reporting.aggregates.statements import end_of
from reporting.aggregates.sums import sum_over_organisations, sum_over_regions
from reporting.aggregates.totals import (
    Totals,
    load_sums_by_occupation,
    load_totals,
    load_totals_by_occupation,
)
from reporting.checks.recomputation import RECOMPUTATIONS
from reporting.checks.running import run_checks
from reporting.dashboards.filters import Filters
from reporting.enums import Standing
from reporting.selectors.trail import stated_figures
from tests.days import happen_at, let_a_day_pass
from tests.factories import UserFactory
from tests.measures.imports.test_undo_sequences import INDICATORS, Chance, seeds
from tests.measures.submissions import NRW, YEAR, make_submission, start_correction
from tests.measures.totals import assert_totals_are_those_of_the_figures
from tests.reporting.stated import approve, state

pytestmark = pytest.mark.django_db

KOELN, AACHEN = "IHK-142", "IHK-101"
MENTORS = "welcome_mentors"


class Eventful(Chance):
    """A course of events that writes figures by plain SQL as well."""

    def write_in_bulk(self):
        self._reopen()
        item = self.submission.items.get(indicator__code=self.random.choice(INDICATORS))
        with connection.cursor() as cursor:
            cursor.execute(self.random.choice(BULK), {"item": item.pk, "region": NRW})


# Everything there is changes, a part goes, all of an item goes; many come, or take the place of others.
BULK = (
    "UPDATE measures_figure SET value = value + 1, quality = 'estimate' WHERE item_id = %(item)s",
    """UPDATE measures_figure SET value = NULL, absence = 'confidential'
        WHERE item_id = %(item)s AND value > 3""",
    "UPDATE measures_figure SET note = note || 'x' WHERE item_id = %(item)s",
    "DELETE FROM measures_figure WHERE item_id = %(item)s AND occupation_id <> '_T'",
    "DELETE FROM measures_figure WHERE item_id = %(item)s",
    """INSERT INTO measures_figure (item_id, region_id, occupation_id, target_group_id, value, is_uncertain)
        SELECT i.id, %(region)s, o.code, '_T', 7, o.code > '5'
        FROM measures_item i JOIN measures_occupation o ON o.level = i.occupation_level AND o.level > 0
        WHERE i.id = %(item)s
        ON CONFLICT (item_id, region_id, occupation_id, target_group_id) DO UPDATE
        SET value = coalesce(measures_figure.value, 0) + 2, absence = NULL""",
)


def added_up(by_occupation: dict[str, Totals], indicators: list[Indicator], region: str) -> dict:
    """What the database adds up by occupation, added up one organisation after the other."""
    found = defaultdict(dict)
    for indicator in indicators:
        places = defaultdict(lambda: defaultdict(list))
        for code, totals in by_occupation.items():
            for contribution, _amount in totals.contributions(indicator.code, YEAR):
                for part in contribution.parts:
                    for place in {code, code if code == UNASSIGNED else code[0]}:
                        if region in ("", part.region):
                            places[place][contribution.due.organisation_id].append(part.amount)
        for place, organisations in places.items():
            found[place][indicator.code] = sum_over_organisations(
                [sum_over_regions(parts) for parts in organisations.values()],
                may_be_summed=SumsOver.ORGANISATIONS in indicator.sums_over,
            )
    return found


def shown(as_of: dt.date | None = None):
    """All that is shown of the year: statements one by one and what they add up to, in both readings."""
    indicators = list(Indicator.objects.filter(code__in=INDICATORS))
    found = []
    for standing in Standing:
        asked = {"indicators": indicators, "years": [YEAR], "standing": standing, "as_of": as_of}
        by_occupation = load_totals_by_occupation(**asked)
        asked_for_sums = {"indicators": indicators, "year": YEAR, "standing": standing, "as_of": as_of}
        for region in ("", NRW):
            sums = load_sums_by_occupation(**asked_for_sums, region=region)
            assert sums == added_up(by_occupation, indicators, region)
        for totals in (load_totals(**asked), *by_occupation.values()):
            for code in INDICATORS:
                stated = totals.contributions(code, YEAR)
                found += [
                    (
                        each.due.organisation_code,
                        each.due.status,
                        each.is_current,
                        sorted(each.parts, key=lambda part: part.region),
                    )
                    for each, _amount in stated
                ]
                found += [totals.total(code, YEAR), totals.total(code, YEAR, NRW)]
        found.append(sorted(by_occupation))
    return [*found, participation(ReportingRound.objects.get(year=YEAR), as_of)]


@pytest.mark.parametrize("seed", seeds(0, few=1, many=12))
def test_any_course_of_events_leaves_totals_exact_and_every_day_as_it_was_shown(seed):
    chance = Eventful(seed)
    exports = []
    for _day in range(6):
        for _act in range(2):
            act = chance.random.choice(
                [chance.bring_in, chance.type_in, chance.undo, chance.approve, chance.submit]
                + [chance.write_in_bulk] * 2
            )
            act()
            assert_totals_are_those_of_the_figures()
        exports.append(shown())
        assert shown(timezone.localdate()) == exports[-1]
        let_a_day_pass()

    today = timezone.localdate()
    for age, export in enumerate(reversed(exports), start=1):
        assert shown(today - dt.timedelta(days=age)) == export
    assert run_checks(RECOMPUTATIONS) == []


@pytest.mark.parametrize(
    ("day", "hours", "last"),
    [
        ("2026-01-31", 24, "2026-01-31T23:00+00:00"),
        ("2026-03-29", 23, "2026-03-29T22:00+00:00"),
        ("2026-10-25", 25, "2026-10-25T23:00+00:00"),
    ],
)
def test_a_day_ends_at_midnight_in_germany_be_it_long_or_short(day, hours, last):
    day = dt.date.fromisoformat(day)
    begins, ends = (end_of(each).astimezone(dt.UTC) for each in (day - dt.timedelta(days=1), day))

    assert ends == dt.datetime.fromisoformat(last)
    assert ends - begins == dt.timedelta(hours=hours)


def test_what_is_approved_at_midnight_belongs_to_the_new_day():
    state(KOELN, MENTORS, 2016, 3)
    approve(KOELN, year=2016)
    day = timezone.localdate() - dt.timedelta(days=100)
    indicators = list(Indicator.objects.filter(code=MENTORS))
    values = []
    for moment in (end_of(day) - dt.timedelta(microseconds=1), end_of(day)):
        happen_at(moment)
        found = load_totals(indicators=indicators, years=[2016], as_of=day)
        values.append(found.total(MENTORS, 2016).value)

    assert values == [3, None]


def test_an_approval_counts_from_its_day_on_and_a_correction_from_that_of_the_next():
    state(KOELN, MENTORS, 2016, 3)
    let_a_day_pass()
    approve(KOELN, year=2016)
    let_a_day_pass()
    state(AACHEN, MENTORS, 2016, 4)
    approve(AACHEN, year=2016)

    indicator, today = Indicator.objects.get(code=MENTORS), timezone.localdate()
    values = [
        load_totals(indicators=[indicator], years=[2016], as_of=today - dt.timedelta(days=age))
        .total(MENTORS, 2016)
        .value
        for age in (2, 1, 0)
    ]

    assert values == [None, 3, 7]


def test_what_left_a_round_was_due_until_then(client, sign_in):
    submission = make_submission(KOELN, INDICATORS)
    let_a_day_pass()
    submission.items.all().delete()
    submission.delete()
    indicators = list(Indicator.objects.filter(code__in=INDICATORS))
    today = timezone.localdate()

    due = [
        load_totals(indicators=indicators, years=[YEAR], as_of=day).total(INDICATORS[0], YEAR).due
        for day in (today - dt.timedelta(days=2), today - dt.timedelta(days=1), today)
    ]

    assert due == [0, 1, 0]

    listed = [
        [
            (each.code, each.status, each.submission_id)
            for group in participation(ReportingRound.objects.get(year=YEAR), day)
            for each in group.participants
        ]
        for day in (today - dt.timedelta(days=1), today)
    ]
    assert listed == [[(KOELN, "not_begun", None)], []]

    sign_in("reviewer", "BMAS")
    asked = {"year": YEAR, "as_of": today - dt.timedelta(days=1)}
    for view in ("overview", "reported"):
        assert "IHK Köln" in client.get(reverse("reporting:view", args=[view]), asked).content.decode()


def test_a_draft_whose_figures_were_all_deleted_again_is_not_begun():
    state(KOELN, MENTORS, 2016, 3)
    let_a_day_pass()
    Figure.objects.all().delete()
    round_ = ReportingRound.objects.get(year=2016)
    today = timezone.localdate()

    listed = [
        next(p.status for group in participation(round_, day) for p in group.participants if p.code == KOELN)
        for day in (today - dt.timedelta(days=1), today, None)
    ]

    assert listed == ["draft", "not_begun", "not_begun"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_past_day_takes_two_queries(django_assert_num_queries, count):
    indicators = list(Indicator.objects.filter(is_recorded=True)[:count])
    assert Item.objects.exists()

    with django_assert_num_queries(2):
        load_totals(indicators=indicators, years=range(2015, 2015 + count), as_of=timezone.localdate())


def test_trail_of_a_past_day_shows_the_versions_of_that_day(client, sign_in):
    sign_in("reviewer", "BMAS")
    state(KOELN, MENTORS, 2016, 3, note="first")
    [submission] = approve(KOELN, year=2016)
    let_a_day_pass()
    start_correction(submission_id=submission, actor=UserFactory(), reason="Irrtum")
    Figure.objects.update(value=8)
    approve(KOELN, year=2016)
    asked = {"as_of": timezone.localdate() - dt.timedelta(days=1)}

    trails = [client.get(reverse("reporting:trail", args=[MENTORS, 2016]), day) for day in (asked, {})]
    figures = [
        client.get(reverse("reporting:figure", args=[MENTORS, 2016, KOELN]), day) for day in (asked, {})
    ]

    assert [page.context["total"].text for page in trails] == ["3", "8"]
    assert [
        [(line.version.text, len(line.history)) for line in page.context["figures"]] for page in figures
    ] == [[("3", 1)], [("8", 2)]]


@pytest.mark.parametrize("standing", Standing)
def test_trail_of_every_day_is_what_the_total_was_made_of(standing):
    """The versions that the trail names, and the totals kept of that day, are the same numbers."""
    chance = Eventful(3)
    for act in (chance.bring_in, chance.approve, chance.write_in_bulk, chance.submit, chance.type_in):
        act()
        let_a_day_pass()
    indicators = list(Indicator.objects.filter(code__in=INDICATORS))
    compared = 0
    for age in range(6):
        day = timezone.localdate() - dt.timedelta(days=age)
        filters = Filters(year=YEAR, standing=standing, as_of=day)
        totals = load_totals(indicators=indicators, years=[YEAR], standing=standing, as_of=day)
        for item in Item.objects.filter(submission=chance.submission).select_related("submission"):
            [(_contribution, amount)] = totals.contributions(item.indicator.code, YEAR)
            item.listed_status = item.submission.status
            versions = stated_figures(item, filters).versions
            assert total_of(versions) == amount.value
            compared += amount.value is not None

    assert compared


def total_of(versions):
    """Of figures of one region: the total stated, or the sum of the occupations."""
    stated = {version.occupation_id: version.value for version in versions}
    if "_T" in stated:
        return stated["_T"]
    values = [value for value in stated.values() if value is not None]
    return sum(values) if values else None
