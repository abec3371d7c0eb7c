"""Who is due: the organisations due form an antichain of the tree as it stood on 31 December."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from measures.exceptions import ReasonMissingError, RoundChangedMeanwhileError, RoundRefusedError
from measures.models import Indicator, Item, ReportingRound, RoundIndicator, Submission
from measures.selectors.due import AskedIndicator, DueOutcome, compare, drift, shown
from measures.selectors.round_log import round_log
from measures.selectors.round_plans import catalogue_plan, next_plan, plan_of
from measures.services.rounds import (
    change_round,
    close_round,
    extend_submission,
    open_round,
    reopen_round,
)
from partners.enums import OrganisationKind
from partners.models import Affiliation, Organisation, Region
from tests.factories import UserFactory
from tests.measures.reviewing import commented
from tests.measures.submissions import item_of, make_submission, move, put, round_of

pytestmark = pytest.mark.django_db

DAY = dt.date(2016, 12, 31)


@pytest.fixture
def steward():
    return UserFactory(first_name="Dana", last_name="Daten")


def codes_due(indicator, *kinds, day=DAY):
    """Of the kinds asked, without those above another that is due."""
    found = _indicator(indicator)
    asked = [AskedIndicator(found.pk, kinds or tuple(found.asked_of))]
    due = {each.organisation_id for each in compare(day=day, asked=asked).obligations}
    return set(Organisation.objects.filter(pk__in=due).values_list("code", flat=True))


def codes_asked(indicator, year):
    items = Item.objects.filter(indicator__code=indicator, submission__round__year=year)
    return set(items.values_list("submission__organisation__code", flat=True))


def asked_again(year=2016, **changes):
    """Ask by the round's own plan again, or by one that is changed."""
    reporting_round = ReportingRound.objects.get(year=year)
    plan = replace(plan_of(reporting_round), **changes)
    return change_round(round_id=reporting_round.pk, plan=plan, actor=UserFactory())


def asking(plan, indicator, *kinds):
    """The plan with this indicator asked of these kinds alone; of none: not asked."""
    pk = _indicator(indicator).pk
    others = tuple(each for each in plan.asked if each.indicator_id != pk)
    return replace(plan, asked=(*others, AskedIndicator(pk, kinds)) if kinds else others)


def changed(year, indicator, *kinds, actor=None, **more):
    reporting_round = ReportingRound.objects.get(year=year)
    plan = asking(plan_of(reporting_round), indicator, *kinds)
    return change_round(round_id=reporting_round.pk, plan=plan, actor=actor or UserFactory(), **more)


def log_of(reporting_round):
    with translation.override("en"):
        return [(line.event.action, line.changes) for line in round_log(reporting_round)]


def test_rounds_2015_to_2018_come_with_the_catalogue():
    assert list(ReportingRound.objects.order_by("year").values_list("year", "opens_on", "closes_on")) == [
        (year, dt.date(year, 10, 1), dt.date(year + 1, 1, 31)) for year in (2015, 2016, 2017, 2018)
    ]


def test_umbrellas_are_not_due_for_what_their_chambers_are():
    chambers = set(Organisation.objects.filter(kind="chamber").values_list("code", flat=True))

    assert len(chambers) == 132
    assert codes_due("additional_places") == chambers | {"BDA", "BDI", "BFB"}
    assert codes_asked("additional_places", 2016) == codes_due("additional_places")


def test_umbrella_is_due_for_what_no_member_is():
    assert codes_due("week_events", "trade_union") == {"ver.di", "IGM", "IGBCE"}

    Affiliation.objects.filter(umbrella__code="DGB").update(valid_until=dt.date(2016, 12, 30))

    assert codes_due("week_events", "trade_union") == {"DGB", "ver.di", "IGM", "IGBCE"}
    assert codes_due("week_events", "trade_union", day=dt.date(2016, 12, 30)) == {"ver.di", "IGM", "IGBCE"}


def test_organisation_two_levels_above_one_that_is_due_is_not_due():
    chamber = _chamber("IHK-999", umbrella="IHK-142")

    due = codes_due("additional_places")

    assert chamber.code in due
    assert not due & {"IHK-142", "DIHK"}


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


def test_organisation_that_had_ended_is_not_due():
    Organisation.objects.filter(code="IHK-142").update(valid_until=dt.date(2018, 6, 30))

    open_round(plan=catalogue_plan(2019), actor=None)

    assert "IHK-142" not in codes_asked("additional_places", 2019)
    assert "IHK-142" in codes_asked("additional_places", 2018)


def test_next_round_is_last_years_with_its_dates_a_year_later():
    source = ReportingRound.objects.get(year=2018)
    changed(2018, "welcome_mentors")
    changed(2018, "networks", "commissioner", "agency")

    plan = next_plan(source, 2020)

    assert (plan.opens_on, plan.closes_on, plan.due_on) == (
        dt.date(2020, 10, 1),
        dt.date(2021, 1, 31),
        dt.date(2021, 1, 31),
    )
    asked = {each.indicator_id: set(each.kinds) for each in plan.asked}
    assert _indicator("welcome_mentors").pk not in asked
    assert asked[_indicator("networks").pk] == {"commissioner", "agency"}
    assert plan.reminder_days == (-28, -14, -7, 0, 7)


def test_next_round_asks_for_what_was_not_there_before_as_the_catalogue_does():
    """The week of events began in 2016, so that 2015 could not ask for it; an indicator is new since."""
    new = _indicator("networks")
    new.pk, new.code = None, "networks_again"
    new.save()

    plan = next_plan(ReportingRound.objects.get(year=2015), 2016)

    asked = {each.indicator_id: each.kinds for each in plan.asked}
    assert asked[_indicator("week_events").pk] == ("agency",)
    assert asked[new.pk] == ("commissioner",)


def test_last_day_of_february_is_the_last_day_of_a_shorter_one():
    source = open_round(
        plan=replace(catalogue_plan(2020), opens_on=dt.date(2020, 2, 29), due_on=dt.date(2020, 3, 1)),
        actor=None,
    )

    assert next_plan(source, 2021).opens_on == dt.date(2021, 2, 28)


def test_opening_is_logged_with_how_much_it_created(steward):
    opened = open_round(plan=catalogue_plan(2030), actor=steward)

    [line] = round_log(opened)
    items = Item.objects.filter(submission__round=opened).count()
    assert (line.event.actor, line.event.action) == (steward, "opened")
    assert line.event.details["added"]["items"] == items
    assert len(line.event.details["added"]["organisations"]) == opened.submissions.count()


def test_round_of_a_year_is_opened_once(steward):
    with pytest.raises(RoundRefusedError):
        open_round(plan=catalogue_plan(2016), actor=steward)


def test_round_is_opened_as_it_was_previewed_or_not_at_all(steward):
    plan = catalogue_plan(2030)
    seen = compare(day=plan.reference_date, asked=plan.asked).digest
    _chamber("IHK-999", umbrella="DIHK")

    with pytest.raises(RoundChangedMeanwhileError):
        open_round(plan=plan, actor=steward, seen=seen)

    assert not ReportingRound.objects.filter(year=2030).exists()
    again = compare(day=plan.reference_date, asked=plan.asked).digest
    assert open_round(plan=plan, actor=steward, seen=again).year == 2030


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"asked": ()}, "mindestens nach einer Kennzahl"),
        ({"due_on": dt.date(2032, 1, 1)}, "spätestens am letzten Tag"),
        ({"closes_on": dt.date(2030, 1, 1)}, "spätestens am letzten Tag"),
    ],
)
def test_plan_that_makes_no_sense_is_refused(steward, changes, why):
    with pytest.raises(RoundRefusedError) as refused:
        open_round(plan=replace(catalogue_plan(2030), **changes), actor=steward)

    assert why in str(refused.value)


def test_asking_again_adds_whoever_was_founded_since():
    items = Item.objects.filter(submission__round__year=2016).count()
    chamber = _chamber("IHK-999", umbrella="DIHK")

    again = asked_again()

    assert again.opens_on == dt.date(2016, 10, 1)
    added = Item.objects.filter(submission__round=again, submission__organisation=chamber)
    assert added.count() == 17
    assert Item.objects.filter(submission__round=again).count() == items + 17
    assert log_of(again)[0] == ("changed", ["Added: 1 organisation (IHK-999); indicators: 17"])


def test_new_member_takes_the_place_of_an_umbrella_that_has_recorded_nothing():
    _chamber("RAK-1", umbrella="BFB")

    asked_again()

    assert "BFB" not in codes_asked("additional_places", 2016)
    assert "RAK-1" in codes_asked("additional_places", 2016)


def test_new_member_is_not_asked_for_what_its_umbrella_has_recorded():
    put(_item("BFB", "additional_places"), 5, region="DE")
    _chamber("RAK-1", umbrella="BFB")

    again = asked_again()

    assert "BFB" in codes_asked("additional_places", 2016)
    assert "RAK-1" not in codes_asked("additional_places", 2016)
    assert "RAK-1" in codes_asked("new_contracts", 2016)
    kept, blocked = (line for line in log_of(again)[0][1] if line.startswith("Not "))
    assert kept == "Not due any more, kept since something is recorded: 1 organisation (BFB); indicators: 1"
    assert blocked.endswith("above or below has recorded: 1 organisation (RAK-1); indicators: 1")


def test_merged_organisation_is_dropped_unless_it_has_recorded():
    put(_item("IHK-142", "additional_places"), 5)
    Organisation.objects.filter(code__in=["IHK-142", "IHK-101"]).update(valid_until=dt.date(2016, 11, 30))

    asked_again()

    assert not Submission.objects.filter(round__year=2016, organisation__code="IHK-101").exists()
    kept = Item.objects.filter(submission__round__year=2016, submission__organisation__code="IHK-142")
    assert list(kept.values_list("indicator__code", flat=True)) == ["additional_places"]


def test_submission_that_has_been_handed_over_keeps_all_its_items():
    submission = Submission.objects.get(round__year=2016, organisation__code="IHK-101")
    asked = submission.items.count()
    move(submission, "submitted")
    Organisation.objects.filter(code="IHK-101").update(valid_until=dt.date(2016, 11, 30))

    with pytest.raises(RoundRefusedError):
        asked_again()

    assert submission.items.count() == asked


def test_figure_that_was_recorded_and_cleared_keeps_its_item():
    put(_item("IHK-142", "additional_places"), 5).delete()

    changed(2016, "additional_places")

    assert codes_asked("additional_places", 2016) == {"IHK-142"}


def test_what_was_commented_on_stays():
    item = _item("IHK-142", "additional_places")
    commented(item.submission, cell=(item.pk, "05", "_T"))
    spoken_of = Submission.objects.get(round__year=2016, organisation__code="IHK-101")
    commented(spoken_of, with_file=False)
    Organisation.objects.filter(code__in=["IHK-142", "IHK-101", "IHK-111"]).update(
        valid_until=dt.date(2016, 11, 30)
    )
    reporting_round = ReportingRound.objects.get(year=2016)
    foreseen = shown(drift(reporting_round), reporting_round.pk)

    asked_again()

    assert list(item.submission.items.all()) == [item]
    assert not spoken_of.items.exists()
    assert spoken_of.comments.count() == 1
    assert not Submission.objects.filter(round__year=2016, organisation__code="IHK-111").exists()
    assert foreseen.gone == 1


def test_kind_that_is_not_asked_any_more_is_dropped_and_one_added_is_asked(steward):
    put(_item("BDA", "additional_places"), 5, region="DE")

    again = changed(2016, "additional_places", "chamber", "trade_union", actor=steward, reason="Beschluss")

    asked = codes_asked("additional_places", 2016)
    assert "BDA" in asked
    assert not asked & {"BDI", "BFB"}
    assert asked >= {"ver.di", "IGM", "IGBCE"}
    event = again.events.last()
    assert (event.actor, event.reason) == (steward, "Beschluss")
    assert event.details["kept"]["organisations"] == [_organisation("BDA").pk]


def test_database_keeps_an_item_with_figures():
    """Kept by a trigger, for whoever deletes past the service."""
    item = _item("IHK-142", "additional_places")
    put(item, 5).delete()

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        item.delete()

    assert refused.value.__cause__.diag.constraint_name == "item_with_figures_stays"


def test_change_is_made_as_it_was_previewed_or_not_at_all(steward):
    reporting_round = ReportingRound.objects.get(year=2016)
    plan = asking(plan_of(reporting_round), "additional_places")
    seen = compare(day=DAY, asked=plan.asked, round_id=reporting_round.pk).digest
    put(_item("IHK-142", "additional_places"), 5)

    with pytest.raises(RoundChangedMeanwhileError):
        change_round(round_id=reporting_round.pk, plan=plan, actor=steward, seen=seen)

    assert len(codes_asked("additional_places", 2016)) > 1


def test_dates_and_reminders_are_moved_and_logged(steward):
    reporting_round = ReportingRound.objects.get(year=2018)
    plan = replace(plan_of(reporting_round), closes_on=dt.date(2019, 3, 31), reminder_days=(-7, 7))

    change_round(round_id=reporting_round.pk, plan=plan, actor=steward, reason="Viele fehlen noch")

    reporting_round.refresh_from_db()
    assert (reporting_round.closes_on, reporting_round.due_on) == (dt.date(2019, 3, 31), dt.date(2019, 1, 31))
    assert log_of(reporting_round)[0] == (
        "changed",
        [
            "Last day: 31 Jan 2019 → 31 Mar 2019",
            "Reminders, in days from the due date: -28, -14, -7, 0, 7 → -7, 7",
        ],
    )


def test_change_that_changes_nothing_is_not_logged():
    with pytest.raises(RoundRefusedError):
        asked_again()


def test_database_refuses_a_change_of_dates_that_is_not_logged():
    """Kept by a trigger, for whoever writes past the service."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        _write_past_the_log(ReportingRound.objects.filter(year=2018), closes_on=dt.date(2019, 3, 31))

    assert refused.value.__cause__.diag.constraint_name == "round_change_is_logged"


def test_database_refuses_an_extension_that_is_not_logged():
    koeln = Submission.objects.filter(round__year=2018, organisation__code="IHK-142")

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        _write_past_the_log(koeln, extended_until=dt.date(2019, 3, 31), extension_reason="Umzug")

    assert refused.value.__cause__.diag.constraint_name == "round_change_is_logged"


def test_tree_that_has_changed_shows_what_it_would_change():
    reporting_round = ReportingRound.objects.get(year=2018)
    assert not drift(reporting_round).is_change

    chamber = _chamber("IHK-999", umbrella="DIHK")

    added = drift(reporting_round).having(DueOutcome.ADDED)
    assert {each.organisation_id for each in added} == {chamber.pk}
    assert not Submission.objects.filter(organisation=chamber).exists()


@pytest.mark.parametrize("years", [1, 3])
def test_opening_a_round_takes_the_same_queries_whatever_is_due(django_assert_num_queries, years):
    for year in range(2030, 2030 + years):
        plan = catalogue_plan(year)
        with django_assert_num_queries(13):
            open_round(plan=plan, actor=None)


@pytest.mark.parametrize("chambers", [1, 3])
def test_changing_a_round_takes_the_same_queries_whatever_it_adds_and_drops(
    django_assert_num_queries, chambers
):
    for number in range(chambers):
        _chamber(f"IHK-99{number}", umbrella="DIHK")
    gone = ("IHK-142", "IHK-101", "IHK-111")[:chambers]
    Organisation.objects.filter(code__in=gone).update(valid_until=dt.date(2016, 11, 30))
    reporting_round = ReportingRound.objects.get(year=2016)
    plan = plan_of(reporting_round)

    with django_assert_num_queries(31):
        change_round(round_id=reporting_round.pk, plan=plan, actor=None)


def test_round_that_is_closed_early_takes_no_more_values_and_can_be_reopened(steward):
    submission = make_submission()
    today = timezone.localdate()

    close_round(round_id=submission.round_id, actor=steward, reason="Alle haben gemeldet")

    submission.round.refresh_from_db()
    assert (submission.is_in_window, submission.round.closes_on) == (False, today - dt.timedelta(days=1))

    reopen_round(round_id=submission.round_id, closes_on=today, actor=steward, reason="Doch nicht")

    submission.round.refresh_from_db()
    assert submission.is_in_window
    assert [(event.action, event.reason) for event in submission.round.events.all()] == [
        ("closed", "Alle haben gemeldet"),
        ("reopened", "Doch nicht"),
    ]


def test_extension_outlasts_an_early_close(steward):
    submission = make_submission()
    until = submission.round.closes_on + dt.timedelta(days=1)
    extend_submission(submission_id=submission.pk, until=until, actor=steward, reason="Umzug")

    close_round(round_id=submission.round_id, actor=steward, reason="Die anderen sind fertig")

    submission = Submission.objects.select_related("round").get(pk=submission.pk)
    assert (submission.is_in_window, submission.closes_on, submission.due_on) == (True, until, until)


def test_extension_is_given_and_withdrawn_with_a_reason(steward):
    submission = make_submission(days_left=-1)
    until = timezone.localdate()

    extend_submission(submission_id=submission.pk, until=until, actor=steward, reason="Umzug")

    submission.refresh_from_db()
    assert (submission.is_in_window, submission.extension_reason) == (True, "Umzug")

    extend_submission(submission_id=submission.pk, until=None, actor=steward, reason="Erledigt")

    submission.refresh_from_db()
    assert (submission.is_in_window, submission.extension_reason) == (False, "")
    assert [(each.action, each.extended_until) for each in submission.round_events.all()] == [
        ("extended", until),
        ("withdrawn", None),
    ]


def test_what_cannot_be_is_refused_in_words(steward):
    is_open, is_closed = make_submission(), make_submission(year=2031, days_left=-1)
    today, more = timezone.localdate(), {"actor": steward, "reason": "Weil"}
    refused = [
        lambda: close_round(round_id=is_closed.round_id, **more),
        lambda: reopen_round(round_id=is_open.round_id, closes_on=today, **more),
        lambda: reopen_round(round_id=is_closed.round_id, closes_on=today - dt.timedelta(days=1), **more),
        lambda: extend_submission(submission_id=is_open.pk, until=None, **more),
        lambda: extend_submission(submission_id=is_open.pk, until=today, **more),
    ]

    for attempt in refused:
        with pytest.raises(RoundRefusedError):
            attempt()


def test_round_that_opened_today_is_moved_rather_than_closed(steward):
    today = timezone.localdate()
    opened = open_round(
        plan=replace(catalogue_plan(2030), opens_on=today, closes_on=today, due_on=today), actor=steward
    )

    with pytest.raises(RoundRefusedError):
        close_round(round_id=opened.pk, actor=steward, reason="Zu früh")


def test_nothing_is_closed_reopened_or_extended_without_a_reason(steward):
    is_open, is_closed = make_submission(), make_submission(year=2031, days_left=-1)
    until = is_open.round.closes_on + dt.timedelta(days=1)

    with pytest.raises(ReasonMissingError):
        close_round(round_id=is_open.round_id, actor=steward, reason=" ")
    with pytest.raises(ReasonMissingError):
        reopen_round(round_id=is_closed.round_id, closes_on=until, actor=steward, reason=" ")
    with pytest.raises(ReasonMissingError):
        extend_submission(submission_id=is_open.pk, until=until, actor=steward, reason=" ")


@pytest.mark.parametrize(
    ("record", "steps", "listed"),
    [
        (False, (), "not_begun"),
        (True, (), "draft"),
        (False, ("submitted",), "submitted"),
        (False, ("submitted", "returned"), "returned"),
    ],
)
def test_draft_without_anything_recorded_has_not_been_begun(record, steps, listed):
    submission = make_submission()
    if record:
        put(item_of(submission), None, absence="unknown")
    move(submission, *steps)

    found = Submission.objects.with_listed_status().get(pk=submission.pk)

    assert found.shown_status == listed


def test_rounds_count_what_has_begun_and_what_is_complete():
    whole, part = make_submission("IHK-101"), make_submission("IHK-111")
    make_submission("IHK-142")
    for item in (*whole.items.all(), item_of(part)):
        put(item, 5)
    move(whole, "submitted", "approved")

    found = ReportingRound.objects.with_counts().get(pk=round_of().pk)

    assert (found.due_count, found.begun_count, found.complete_count, found.approved_count) == (3, 2, 1, 1)


def test_database_refuses_an_owner_above_another():
    """Kept by a trigger, for whoever writes past the service."""
    reporting_round = ReportingRound.objects.get(year=2016)
    umbrella = Submission.objects.create(round=reporting_round, organisation=_organisation("DIHK"))

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Item.objects.create(submission=umbrella, indicator=_indicator("additional_places"))

    assert refused.value.__cause__.diag.constraint_name == "item_owners_are_an_antichain"


def test_database_lets_an_umbrella_own_what_its_members_do_not():
    reporting_round = ReportingRound.objects.get(year=2016)
    umbrella = Submission.objects.create(round=reporting_round, organisation=_organisation("DIHK"))

    Item.objects.create(submission=umbrella, indicator=_indicator("networks"))

    assert codes_asked("networks", 2016) == {"IntB", "DIHK"}


def test_database_refuses_to_ask_nobody():
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        RoundIndicator.objects.filter(round__year=2016).update(asked_of=[])

    assert refused.value.__cause__.diag.constraint_name == "round_indicator_is_asked_of_known_kinds"


def _write_past_the_log(rows, **values):
    """Update and have checked at once what is checked when a transaction ends."""
    rows.update(**values)
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _indicator(code):
    return Indicator.objects.get(code=code)


def _organisation(code):
    return Organisation.objects.get(code=code)


def _item(organisation, indicator):
    return Item.objects.get(
        submission__round__year=2016,
        submission__organisation__code=organisation,
        indicator__code=indicator,
    )


def _chamber(code, *, umbrella):
    chamber = Organisation.objects.create(
        code=code,
        kind=OrganisationKind.CHAMBER,
        name_de=code,
        short_name=code,
        sort_key=code.lower(),
        region=Region.objects.get(code="05"),
    )
    Affiliation.objects.create(member=chamber, umbrella=_organisation(umbrella))
    return chamber
