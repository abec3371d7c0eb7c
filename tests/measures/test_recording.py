"""Saving figures as people type them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from measures.enums import Origin
from measures.exceptions import (
    FigureRefusedError,
    RoundClosedError,
    SubmissionNotEditableError,
)
from measures.models import Figure, FigureVersion, Submission
from measures.services.recording import CellEntry, FigureChangedMeanwhileError, SaveOutcome, save_figures
from measures.typed_values import NOTHING, Entry
from tests.factories import MembershipFactory, UserFactory
from tests.measures.submissions import (
    NRW,
    extended,
    item_of,
    make_submission,
    move,
    number,
    put,
    save_figure,
    with_dates,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return item_of(make_submission())


@pytest.fixture
def actor():
    return UserFactory()


def save(item, actor, entry, seen=NOTHING, **more):
    return save_figure(item_id=item.pk, region=NRW, entry=entry, seen=seen, actor=actor, **more)


def test_typed_value_is_stored_with_who_and_how(item, actor):
    result = save(item, actor, number(734))

    figure = Figure.objects.get()
    assert result.outcome == SaveOutcome.SAVED
    assert (figure.value, figure.absence) == (Decimal(734), None)
    assert (figure.item, figure.region_id, figure.occupation_id, figure.target_group_id) == (
        item,
        NRW,
        "_T",
        "_T",
    )
    assert (figure.origin, figure.entered_by) == (Origin.FORM, actor)


def test_changed_value_leaves_a_version_with_who_and_why(item, actor):
    save(item, actor, number(734))
    save(item, actor, number(740), seen=number(734), reason="Nachzählung")

    versions = FigureVersion.objects.order_by("pgh_id").select_related("pgh_context")
    assert [(v.pgh_label, v.value, v.pgh_context.metadata["reason"]) for v in versions] == [
        ("insert", Decimal(734), ""),
        ("update", Decimal(740), "Nachzählung"),
    ]
    assert {v.pgh_context.metadata["user"] for v in versions} == {actor.pk}


def test_cleared_cell_deletes_the_figure_with_a_version(item, actor):
    save(item, actor, number(734))

    result = save(item, actor, NOTHING, seen=number(734))

    assert result.outcome == SaveOutcome.CLEARED
    assert not Figure.objects.exists()
    last = FigureVersion.objects.latest("pgh_id")
    assert (last.pgh_label, last.value, last.pgh_context.metadata["user"]) == (
        "delete",
        Decimal(734),
        actor.pk,
    )


def test_zero_is_a_value_and_nothing_is_not(item, actor):
    save(item, actor, number(0))
    save(item, actor, NOTHING, target_group="J1")

    assert [(f.target_group_id, f.value) for f in Figure.objects.all()] == [("_T", Decimal(0))]


def test_absence_replaces_a_value(item, actor):
    put(item, 12)

    save(item, actor, Entry(absence="confidential"), seen=number(12))

    figure = Figure.objects.get()
    assert (figure.value, figure.absence) == (None, "confidential")


def test_same_value_again_leaves_no_version(item, actor):
    save(item, actor, number(734))

    result = save(item, actor, number("734.0000"), seen=NOTHING)

    assert result.outcome == SaveOutcome.UNCHANGED
    assert FigureVersion.objects.count() == 1


def test_cell_changed_by_somebody_else_is_not_overwritten(item, actor):
    put(item, 740)

    with pytest.raises(FigureChangedMeanwhileError) as caught:
        save(item, actor, number(750), seen=number(734))

    assert (caught.value.current, caught.value.entered) == (number(740), number(750))
    assert Figure.objects.get().value == Decimal(740)


def test_cell_filled_by_somebody_else_is_not_overwritten(item, actor):
    put(item, 740)

    with pytest.raises(FigureChangedMeanwhileError):
        save(item, actor, number(750), seen=NOTHING)


def test_cell_cleared_by_somebody_else_is_not_filled_again(item, actor):
    with pytest.raises(FigureChangedMeanwhileError) as caught:
        save(item, actor, number(750), seen=number(734))

    assert caught.value.current == NOTHING


def test_typed_value_is_a_fresh_statement(item, actor):
    put(item, 0)
    Figure.objects.update(quality="preliminary", is_below_half_unit=True, is_uncertain=True, note="Schätzung")

    save(item, actor, number(3), seen=number(0))

    figure = Figure.objects.get()
    assert (figure.quality, figure.is_below_half_unit, figure.is_uncertain, figure.note) == (
        "final",
        False,
        False,
        "",
    )


@pytest.mark.parametrize("status", ["submitted", "endorsed", "approved"])
def test_submission_in_review_takes_no_value(item, actor, status):
    steps = {
        "submitted": ["submitted"],
        "endorsed": ["submitted", "endorsed"],
        "approved": ["submitted", "approved"],
    }
    move(item.submission, *steps[status])

    with pytest.raises(SubmissionNotEditableError):
        save(item, actor, number(1))


def test_closed_round_takes_no_value_but_a_late_delivery(actor):
    item = item_of(make_submission(days_left=-1))

    with pytest.raises(RoundClosedError):
        save(item, actor, number(1))
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    assert save(item, steward, number(1), after_closing=True).outcome == SaveOutcome.SAVED


def test_database_refuses_figures_of_whom_the_window_binds(actor):
    """Kept by a trigger, for whoever writes past the service."""
    item = item_of(make_submission(days_left=-1))

    with pytest.raises(FigureRefusedError) as refused:
        save(item, actor, number(1), after_closing=True)

    assert "Die Berichtsrunde ist nicht offen." in str(refused.value)
    assert not item.figures.exists()


def test_database_refuses_to_clear_a_figure_outside_of_the_window(actor):
    item = item_of(make_submission(days_left=-1))
    put(item, 5)

    with pytest.raises(FigureRefusedError):
        save(item, actor, NOTHING, seen=number(5), after_closing=True)

    assert item.figures.count() == 1


@pytest.mark.parametrize(
    ("opens", "closes", "extension", "is_open"),
    [
        (-5, 5, None, True),
        (0, 0, None, True),
        (-5, -1, None, False),
        (1, 5, None, False),
        (-5, -1, 0, True),
        (-5, -3, -1, False),
        (-5, 5, -3, True),
        (1, 5, 9, False),
    ],
)
def test_page_list_and_database_know_the_same_window(actor, opens, closes, extension, is_open):
    today = timezone.localdate()
    submission = make_submission()
    with_dates(
        submission.round,
        opens_on=today + dt.timedelta(days=opens),
        closes_on=today + dt.timedelta(days=closes),
        due_on=today + dt.timedelta(days=closes),
    )
    if extension is not None:
        extended(submission, today + dt.timedelta(days=extension))

    found = {
        "page": submission.is_in_window,
        "list": Submission.objects.in_window().filter(pk=submission.pk).exists(),
        "database": _takes_values(item_of(submission), actor),
    }

    assert found == dict.fromkeys(found, is_open)


def _takes_values(item, actor):
    try:
        save(item, actor, number(1), after_closing=True)
    except FigureRefusedError:
        return False
    return True


def test_round_extended_for_one_organisation_takes_its_values(actor):
    item = item_of(make_submission(days_left=-1))
    extended(item.submission, item.submission.round.closes_on.replace(year=2099))

    assert save(item, actor, number(1)).outcome == SaveOutcome.SAVED


@pytest.mark.parametrize(
    ("indicator", "cell", "message"),
    [
        ("training_placements", {"entry": number(-1)}, "Diese Kennzahl kann nicht unter null liegen."),
        (
            "training_placements",
            {"entry": number("1.5")},
            "Dieser Wert hat mehr Nachkommastellen als die Kennzahl.",
        ),
        ("training_placements", {"region": "09999"}, "Diese Region wird hier nicht abgefragt."),
        ("training_placements", {"region": "DE"}, "Diese Region wird hier nicht abgefragt."),
        (
            "welcome_mentors",
            {"target_group": "J1"},
            "Diese Kennzahl wird nicht nach Zielgruppen aufgegliedert.",
        ),
        (
            "training_placements",
            {"target_group": "J99"},
            "Diese Zelle gehört nicht zur Meldung.",
        ),
    ],
)
def test_value_against_the_rules_of_its_indicator_is_refused(actor, indicator, cell, message):
    item = item_of(make_submission(indicators=(indicator,)), indicator)

    with pytest.raises(FigureRefusedError) as caught:
        save_figure(
            **{"item_id": item.pk, "region": NRW, "entry": number(1), "seen": NOTHING, "actor": actor} | cell
        )

    assert str(caught.value) == message
    assert not Figure.objects.exists()


def test_indicator_that_may_be_negative_takes_a_negative_value(actor):
    item = item_of(make_submission(), "additional_places")

    assert save(item, actor, number(-12)).outcome == SaveOutcome.SAVED


def test_cell_of_another_submission_is_refused(item, actor):
    other = item_of(
        make_submission("IHK-112" if item.submission.organisation.code != "IHK-112" else "IHK-101")
    )

    [result] = save_figures(
        submission_id=item.submission_id,
        cells=[CellEntry(other.pk, NRW, number(1), NOTHING)],
        actor=actor,
    )

    assert (result.outcome, str(result.message)) == (
        SaveOutcome.REFUSED,
        "Diese Zelle gehört nicht zur Meldung.",
    )


def test_form_stores_the_good_cells_and_says_what_became_of_each(item, actor):
    put(item, 5, target_group="J2")
    put(item, 7, target_group="J3")
    put(item, 9, target_group="J4")

    def cell(target_group, entry, seen=NOTHING):
        return CellEntry(item.pk, NRW, entry, seen, target_group=target_group)

    results = save_figures(
        submission_id=item.submission_id,
        cells=[
            cell("_T", number(100)),
            cell("J1", number(-1)),
            cell("J2", number(6), seen=number(4)),
            cell("J3", number(7), seen=number(7)),
            cell("J4", NOTHING, seen=number(9)),
        ],
        actor=actor,
    )

    assert [(r.cell.target_group, r.outcome, r.stored) for r in results] == [
        ("_T", "saved", number(100)),
        ("J1", "refused", NOTHING),
        ("J2", "conflict", number(5)),
        ("J3", "unchanged", number(7)),
        ("J4", "cleared", NOTHING),
    ]
    stored = Figure.objects.order_by("target_group_id").values_list("target_group", "value")
    assert list(stored) == [("J2", Decimal(5)), ("J3", Decimal(7)), ("_T", Decimal(100))]


@pytest.mark.parametrize("count", [1, 3])
def test_form_is_stored_in_a_constant_number_of_queries(item, actor, count, django_assert_num_queries):
    cells = [CellEntry(item.pk, NRW, number(n), NOTHING, target_group=f"J{n}") for n in range(1, count + 1)]

    with django_assert_num_queries(6):
        save_figures(submission_id=item.submission_id, cells=cells, actor=actor)
