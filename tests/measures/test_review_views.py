"""The review pages over HTTP."""

import re

import pytest
from django.urls import reverse

from measures.models import ApprovedFigure
from tests.factories import MembershipFactory, UserFactory
from tests.measures.reviewing import sent_back
from tests.measures.submissions import (
    NOTHING,
    NRW,
    YEAR,
    approve_submission,
    item_of,
    make_submission,
    move,
    number,
    put,
    save_figure,
    seen,
    start_correction,
    submit_submission,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    submission = make_submission()
    put(item_of(submission), 5)
    return move(submission, "submitted")


def address(name, submission):
    return reverse(f"measures:{name}", args=[submission.pk])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def listed(response):
    return [submission for submission, _may_approve, _is_own, _version in response.context["rows"]]


def test_list_shows_what_waits_for_review_by_umbrella(client, sign_in, submission):
    crafts = move(make_submission("HWK-00032"), "submitted", "endorsed")
    make_submission("IHK-112")
    sign_in("reviewer", "BMAS")

    response = client.get(reverse("measures:review_list"), {"year": YEAR})

    assert [(s, s.umbrella) for s in listed(response)] == [(submission, "DIHK"), (crafts, "ZDH")]


@pytest.mark.parametrize(
    ("status", "count"),
    [("all", 2), ("not_begun", 1), ("draft", 0), ("submitted", 1), ("waiting", 1)],
)
def test_list_filters_by_status(client, sign_in, submission, status, count):
    make_submission("IHK-112")
    sign_in("reviewer", "BMAS")

    response = client.get(reverse("measures:review_list"), {"year": YEAR, "status": status})

    assert len(listed(response)) == count


def test_list_of_a_coordinator_holds_the_members(client, sign_in, submission):
    move(make_submission("HWK-00032"), "submitted")
    sign_in("coordinator", "DIHK")

    response = client.get(reverse("measures:review_list"), {"year": YEAR})

    assert listed(response) == [submission]
    assert [step.action for step in response.context["bulk_steps"]] == ["endorse"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_constant_number_of_queries(client, sign_in, count, django_assert_num_queries):
    for code in ("IHK-142", "IHK-112", "HWK-00032")[:count]:
        move(make_submission(code), "submitted")
    sign_in("reviewer", "BMAS")

    with django_assert_num_queries(14):
        response = client.get(reverse("measures:review_list"), {"year": YEAR})

    assert len(listed(response)) == count


def test_detail_shows_last_year_change_and_checks(client, sign_in, submission):
    before = item_of(make_submission(year=YEAR - 1))
    put(before, 100)
    put(before, 30, target_group="J1")
    sign_in("reviewer", "BMAS")

    response = client.get(address("review_detail", submission))

    page = text_of(response)
    assert "Alle Zielgruppen 5 100 −95 Rückfrage: −95 % gegenüber 2029" in page
    assert "Junge Menschen mit akademischer Vorbildung nicht gemeldet 30 –" in page


def test_detail_shows_the_explanation_given_on_submitting(client, sign_in):
    put(item_of(make_submission(year=YEAR - 1)), 10)
    submission = make_submission()
    put(item_of(submission), 100)
    submit_submission(submission_id=submission.pk, actor=UserFactory(), comment="Neues Programm")
    sign_in("reviewer", "BMAS")

    response = client.get(address("review_detail", submission))

    assert "Erläuterung der Organisation Neues Programm" in text_of(response)


def test_detail_shows_what_changed_since_approval(client, sign_in, submission):
    sign_in("reviewer", "BMAS")
    client.post(address("submission_approve", submission), seen(submission))
    client.post(address("submission_correct", submission), seen(submission, reason="Doppelt gezählt"))
    submission.items.get(indicator__code="training_placements").figures.update(value=4)

    response = client.get(address("review_detail", submission))

    assert [(c.kind, c.before.text, c.after.text) for c in response.context["changes"]] == [
        ("changed", "5", "4")
    ]
    assert "Doppelt gezählt" in text_of(response)


def test_detail_shows_a_remark_changed_since_approval_beside_the_value(client, sign_in, submission):
    sign_in("reviewer", "BMAS")
    client.post(address("submission_approve", submission), seen(submission))
    client.post(address("submission_correct", submission), seen(submission, reason="Nachtrag"))
    figures = submission.items.get(indicator__code="training_placements").figures
    figures.update(note="ohne Köln-Porz", quality="preliminary")

    page = text_of(client.get(address("review_detail", submission)))

    assert "5 Qualität: endgültig Anmerkung: – 5 Qualität: vorläufig Anmerkung: ohne Köln-Porz" in page


def test_detail_shows_what_changed_since_it_was_sent_back_and_by_whom(client, sign_in, submission):
    [_mark] = sent_back(submission, "_T")
    clerk = UserFactory(first_name="Karin", last_name="Köln")
    item = item_of(submission)
    save_figure(item_id=item.pk, region=NRW, entry=number(6), seen=number(5), actor=clerk)
    submit_submission(submission_id=submission.pk, actor=clerk)
    sign_in("reviewer", "BMAS")

    response = client.get(address("review_detail", submission))

    [change] = response.context["changes_since_return"]
    assert (change.kind, change.before.text, change.after.text, change.by) == ("changed", "5", "6", clerk)
    assert "Alle Berufe 5 6 Karin Köln" in text_of(response)


def test_what_changed_since_it_was_sent_back_is_over_once_it_is_approved(client, sign_in, submission):
    sent_back(submission, "_T")
    clerk = UserFactory()
    item = item_of(submission)
    save_figure(item_id=item.pk, region=NRW, entry=number(6), seen=number(5), actor=clerk)
    submit_submission(submission_id=submission.pk, actor=clerk)
    approve_submission(submission_id=submission.pk, actor=UserFactory())
    sign_in("reviewer", "BMAS")

    response = client.get(address("review_detail", submission))

    assert response.context["changes_since_return"] == []


def test_detail_names_a_deletion_since_approval_with_who_cleared_it(client, sign_in, submission):
    approve_submission(submission_id=submission.pk, actor=UserFactory())
    start_correction(submission_id=submission.pk, actor=UserFactory(), reason="Nachtrag")
    clerk = UserFactory()
    item = item_of(submission)
    save_figure(item_id=item.pk, region=NRW, entry=NOTHING, seen=number(5), actor=clerk)
    sign_in("reviewer", "BMAS")

    [change] = client.get(address("review_detail", submission)).context["changes"]

    assert (change.kind, change.by) == ("deleted", clerk)


def test_detail_names_what_is_missing(client, sign_in):
    submission = make_submission()
    put(item_of(submission), 5)
    put(item_of(submission), None, absence="unknown", target_group="J1")
    move(submission, "submitted")
    sign_in("reviewer", "BMAS")

    response = client.get(address("review_detail", submission))

    missing = {each.item.indicator.code: each for each in response.context["grid"].missing_cells}
    groups = {cell.key.target_group for cell in missing["training_placements"].cells}
    assert missing["additional_places"].is_all
    assert not {"_T", "J1"} & groups  # a value, and a reason for none
    assert "J2" in groups
    assert "Nichts gemeldet: Zusätzlich angebotene Ausbildungsplätze" in text_of(response)


def test_sending_back_needs_a_reason(client, sign_in, submission):
    sign_in("reviewer", "BMAS")

    without = client.post(address("submission_send_back", submission), seen(submission, reason=""))
    given = client.post(
        address("submission_send_back", submission), seen(submission, reason="Bitte ergänzen")
    )

    submission.refresh_from_db()
    assert (without.status_code, given.status_code, submission.status) == (422, 302, "returned")
    assert "Geben Sie einen Grund an." in text_of(without)


def test_reviewer_is_told_where_the_umbrella_could_still_endorse(client, sign_in, submission):
    sign_in("reviewer", "BMAS")
    without = text_of(client.get(address("submission_approve", submission)))
    MembershipFactory(role="coordinator", organisation_code="DIHK")

    given = text_of(client.get(address("submission_approve", submission)))

    told = "Die Dachorganisation hat diese Meldung noch nicht mitgetragen"
    assert (told in without, told in given) == (False, True)


def test_approval_makes_the_figures_what_reports_read(client, sign_in, submission):
    sign_in("reviewer", "BMAS")

    client.post(address("submission_approve", submission), seen(submission))

    assert [int(row.value) for row in ApprovedFigure.objects.filter(item__submission=submission)] == [5]


@pytest.mark.parametrize("name", ["submission_approve", "submission_send_back"])
def test_step_that_has_become_impossible_is_said(client, sign_in, submission, name):
    move(submission, "approved")
    sign_in("reviewer", "BMAS")

    response = client.post(address(name, submission), seen(submission, reason="zu spät"))

    assert response.status_code == 409
    assert "Das ist nicht mehr möglich" in text_of(response)
    assert [event.to_status for event in submission.events.all()] == ["submitted", "approved"]


@pytest.mark.parametrize(
    ("role", "organisation", "answers"),
    [
        ("contributor", "IHK-142", [403, 403, 403, 403, 403]),
        ("coordinator", "DIHK", [200, 200, 403, 302, 302]),
        ("coordinator", "ZDH", [200, 404, 404, 404, 404]),
        ("reviewer", "BMAS", [200, 200, 302, 302, 403]),
        ("data_steward", "BMAS", [200, 200, 403, 403, 403]),
        ("auditor", "BMAS", [200, 200, 403, 403, 403]),
    ],
)
def test_page_and_step_are_open_to_their_roles(client, sign_in, role, organisation, answers):
    submitted = [move(make_submission(year=year), "submitted") for year in (YEAR, YEAR + 1, YEAR + 2)]
    sign_in(role, organisation)

    given = [
        client.get(reverse("measures:review_list")).status_code,
        client.get(address("review_detail", submitted[0])).status_code,
        client.post(address("submission_approve", submitted[0]), seen(submitted[0])).status_code,
        client.post(
            address("submission_send_back", submitted[1]), seen(submitted[1], reason="Bitte ergänzen")
        ).status_code,
        client.post(address("submission_endorse", submitted[2]), seen(submitted[2])).status_code,
    ]

    assert given == answers
