"""What the grid answers to cells: choices, tokens, conflicts; and forms whose session has ended."""

import datetime as dt
import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import Figure, Indicator
from measures.selectors.submission_versions import last_saved_at
from partners.models import User
from tests.factories import MembershipFactory
from tests.measures.submissions import item_of, make_submission, move, put
from tests.measures.test_recording_views import cells, stored, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def person(sign_in) -> User:
    return sign_in("contributor", "IHK-142")


def detail(submission) -> str:
    return reverse("measures:submission_detail", args=[submission.pk])


def cell(submission) -> str:
    return reverse("measures:submission_cell", args=[submission.pk])


def name(submission, group: str = "_T") -> str:
    return f"{item_of(submission).pk}-05-{group}"


def listed(submission, *sent: dict[str, object], **more: str) -> dict[str, str]:
    """Cells as scripts send them: a list, each with the group in place of its name."""
    named = [{**each, "name": name(submission, str(each["group"]))} for each in sent]
    return {"cells": json.dumps(named), **more}


def mark_on(page) -> str:
    return str(page.context["kept_mark"])


def test_cells_come_as_a_list(client, person, submission):
    put(item_of(submission), 9, target_group="J3")

    answer = client.post(
        cell(submission),
        listed(
            submission,
            {"group": "_T", "value": "7.300", "seen": ""},
            {"group": "J1", "token": "unknown", "seen": ""},
            {"group": "J3", "token": "", "seen": "9"},
        ),
    )

    assert answer.status_code == 200
    assert stored(submission) == {"_T": 7300, "J1": "unknown"}
    assert answer.content.decode().count('data-outcome="stored"') == 3


@pytest.mark.parametrize(
    "sent",
    [
        *(
            "nonsense",
            "7",
            "{}",
            "[7, null]",
            '[{"name": 7}]',
            '[{"name": "x", "value": "1"}]',
            "[[]]",
            "null",
        ),
        *("[" * 100_000, "9" * 5_000),
    ],
)
def test_damaged_list_stores_nothing(client, person, submission, sent):
    answer = client.post(cell(submission), {"cells": sent})

    assert answer.status_code in (200, 422)
    assert stored(submission) == {}


@pytest.mark.parametrize(
    "given", [{"value": 7}, {"value": None}, {"token": ["7"]}, {"seen": {}}, {"value": "\ud800"}]
)
def test_what_is_no_text_in_the_list_counts_as_nothing(client, person, submission, given):
    client.post(cell(submission), listed(submission, {"group": "_T", "value": "", **given}))

    assert stored(submission) == {}


def test_number_with_two_readings_is_held_with_a_button_for_each(client, person, submission):
    Indicator.objects.filter(code="training_placements").update(decimals=2)

    asked = client.post(cell(submission), cells(submission, total="1.300"))
    page = client.post(detail(submission), cells(submission, total="1.300"))

    assert (asked.status_code, page.status_code) == (422, 422)
    assert "„1.300“ kann zweierlei heißen: 1300 oder 1,3." in text_of(asked)
    for answer in (asked, page):
        assert [(c.token, c.label) for c in answer.context["unsaved"][0].choices] == [
            ("1300", "1.300 = 1300"),
            ("1.3", "1.300 = 1,3"),
        ]
        assert f'name="token-{name(submission)}"' in answer.content.decode()
    assert not Figure.objects.exists()

    chosen = cells(submission, total="1.300") | {f"token-{name(submission)}": "1.3"}
    client.post(detail(submission), chosen)

    assert str(Figure.objects.get().value) == "1.3000"


def test_stored_number_that_looks_like_two_is_not_asked_again(client, person, submission):
    Indicator.objects.filter(code="training_placements").update(decimals=2)
    put(item_of(submission), 1300)

    answer = client.post(detail(submission), cells(submission, {"total": "1300"}, total="1.300", J1="5"))

    assert answer.status_code == 302
    assert stored(submission) == {"_T": 1300, "J1": 5}


def test_conflict_can_be_decided_without_scripts(client, person, submission):
    put(item_of(submission), 740)
    page = client.post(detail(submission), cells(submission, {"total": "734"}, total="750"))
    assert page.status_code == 409
    assert [choice.token for choice in page.context["unsaved"][0].choices] == ["750", "740"]
    shown = cells(submission, {"total": "740"}, total="750")

    kept = client.post(detail(submission), shown | {f"token-{name(submission)}": "740"})
    assert (kept.status_code, stored(submission)) == (302, {"_T": 740})
    mine = client.post(detail(submission), shown | {f"token-{name(submission)}": "750"})
    assert (mine.status_code, stored(submission)) == (302, {"_T": 750})


def test_value_shown_before_and_sent_again_does_not_pass_for_stored(client, person, submission):
    """A script sends only what is meant; the whole form also sends what nobody touched."""
    put(item_of(submission), 560)

    answer = client.post(cell(submission), listed(submission, {"group": "_T", "value": "540", "seen": "540"}))
    page = client.post(detail(submission), cells(submission, {"total": "540"}, total="540", J1="5"))

    assert (answer.status_code, page.status_code) == (409, 302)
    assert [choice.token for choice in answer.context["unsaved"][0].choices] == ["540", "560"]
    assert stored(submission) == {"_T": 560, "J1": 5}


def test_conflict_with_a_cleared_cell_names_who_cleared_it(client, person, submission):
    client.post(cell(submission), cells(submission, total="740"))
    colleague = MembershipFactory(role="contributor", organisation_code="IHK-142").user
    other = Client()
    other.force_login(colleague)
    other.post(cell(submission), cells(submission, {"total": "740"}, total=""))

    answer = client.post(cell(submission), cells(submission, {"total": "740"}, total="750"))

    assert answer.status_code == 409
    assert f"Gespeichert ist: nichts; die Zelle wurde geleert ({colleague}, " in text_of(answer)


def test_time_of_saving_is_that_of_the_last_change_even_if_it_cleared(client, person, submission):
    figure = put(item_of(submission), 740)
    Figure.objects.filter(pk=figure.pk).update(entered_at=timezone.now() - dt.timedelta(days=3))

    client.post(cell(submission), cells(submission, {"total": "740"}, total=""))

    assert "Gespeichert " in text_of(client.get(detail(submission)))
    assert "Noch nichts gespeichert" not in text_of(client.get(detail(submission)))


def test_page_with_a_refused_value_leads_to_its_cell_and_does_not_say_saved(client, person, submission):
    answer = client.post(detail(submission), cells(submission, total="12", J1="viele"))

    page = answer.content.decode()
    assert f'href="#value-{name(submission, "J1")}"' in page
    assert 'tabindex="-1" autofocus' in page
    assert re.search(r'<span id="saved"\s+role="status"\s+hidden>', page)
    assert "Noch nicht gespeichert: 1" in text_of(answer)


def test_finding_leads_to_its_cell(client, person, submission):
    put(item_of(submission), 10)
    put(item_of(submission), 11, target_group="J1")

    recording = client.get(detail(submission)).content.decode()
    submitting = client.get(reverse("measures:submission_submit", args=[submission.pk])).content.decode()

    assert f'href="#value-{name(submission, "J1")}"' in recording
    assert f'href="{detail(submission)}#cell-{name(submission, "J1")}"' in submitting


def test_findings_are_counted_at_the_top_and_counted_anew_with_each_cell(client, person, submission):
    def counted(page) -> str:
        found = re.search(r'<span id="found".*?</span>', page.content.decode(), re.DOTALL)[0]
        return " ".join(re.sub("<[^>]*>", "", found).split())

    put(item_of(submission), 10)
    put(item_of(submission), 11, target_group="J1")
    academic = name(submission, "J1")

    before = counted(client.get(detail(submission)))
    after = counted(client.post(cell(submission), {f"value-{academic}": "9", f"seen-{academic}": "11"}))

    assert (before, after) == ("1 Fehler", "")


@pytest.mark.parametrize("count", [1, 3])
def test_saving_takes_a_constant_number_of_queries(
    client, person, submission, django_assert_num_queries, count
):
    groups = ("_T", "J1", "J2")[:count]
    client.get(detail(submission))
    sent = listed(submission, *({"group": group, "value": "7", "seen": ""} for group in groups))

    with django_assert_num_queries(18):
        answer = client.post(cell(submission), sent)

    assert answer.status_code == 200
    assert len(stored(submission)) == count
    assert answer.context["saved_at"] == last_saved_at(submission)


def end_session(client: Client) -> None:
    Session.objects.all().delete()


def test_form_whose_session_has_ended_is_there_again_for_its_sender(client, person, submission):
    mark = mark_on(client.get(detail(submission)))
    end_session(client)

    sent = client.post(detail(submission), cells(submission, total="7.300", J1="viele") | {"kept_for": mark})
    assert sent.url == f"/konto/login/?next={detail(submission)}"
    client.force_login(person)
    page = client.get(detail(submission))

    assert page.context["is_kept"]
    assert {each.name: each.typed for each in page.context["unsaved"]} == {
        name(submission): "7.300",
        name(submission, "J1"): "viele",
    }
    assert stored(submission) == {}
    client.post(detail(submission), cells(submission, total="7.300"))
    assert stored(submission) == {"_T": 7300}
    assert not client.get(detail(submission)).context["is_kept"]


def test_kept_form_shows_what_somebody_has_stored_since(client, person, submission):
    mark = mark_on(client.get(detail(submission)))
    end_session(client)
    client.post(detail(submission), cells(submission, total="750", J1="3") | {"kept_for": mark})
    put(item_of(submission), 740)
    put(item_of(submission), 3, target_group="J1")

    client.force_login(person)
    page = client.get(detail(submission))

    [conflict] = page.context["unsaved"]
    assert (conflict.outcome, conflict.typed, conflict.entry.token) == ("conflict", "750", "740")


def test_kept_form_is_shown_to_nobody_else_and_nowhere_else(client, person, submission):
    other = make_submission(indicators=("training_placements",), year=submission.round.year + 1)
    mark = mark_on(client.get(detail(submission)))
    for somebody, page in (
        (MembershipFactory(role="contributor", organisation_code="IHK-142").user, detail(submission)),
        (person, detail(other)),
    ):
        end_session(client)
        client.post(detail(submission), cells(submission, total="5") | {"kept_for": mark})
        client.force_login(somebody)

        shown = client.get(page)

        assert not shown.context["is_kept"]
        assert 'value="5"' not in shown.content.decode()


def test_kept_form_can_be_discarded(client, person, submission):
    mark = mark_on(client.get(detail(submission)))
    end_session(client)
    client.post(detail(submission), cells(submission, total="5") | {"kept_for": mark})
    client.force_login(person)

    client.post(detail(submission), cells(submission, total="5") | {"discard": "1"})

    assert not client.get(detail(submission)).context["is_kept"]
    assert stored(submission) == {}


def test_kept_form_of_what_is_handed_over_is_not_offered(client, person, submission):
    mark = mark_on(client.get(detail(submission)))
    end_session(client)
    client.post(detail(submission), cells(submission, total="5") | {"kept_for": mark})
    move(submission, "submitted")
    client.force_login(person)

    assert not client.get(detail(submission)).context["is_kept"]


def test_nothing_is_kept_without_a_mark_of_the_portal(client, person, submission):
    other = make_submission("IHK-112")
    marks = (
        "",
        "forged",
        signing.dumps([person.pk, detail(submission)], salt="another"),
        signing.dumps([person.pk, detail(other)], salt="partners.kept_forms"),
    )
    for mark in marks:
        end_session(client)
        client.cookies.clear()

        client.post(detail(submission), cells(submission, total="5") | {"kept_for": mark})

        assert not Session.objects.exists()


def test_form_too_large_to_be_typed_is_not_kept(client, person, submission):
    mark = mark_on(client.get(detail(submission)))
    end_session(client)

    client.post(detail(submission), {"kept_for": mark, "x": "y" * 500_001})

    assert not Session.objects.exists()


def test_form_with_the_token_of_a_former_session_is_kept_and_not_carried_out(submission):
    strict = Client(enforce_csrf_checks=True)
    person = MembershipFactory(role="contributor", organisation_code="IHK-142").user
    strict.force_login(person)
    mark = mark_on(strict.get(detail(submission)))

    sent = strict.post(detail(submission), cells(submission, total="5") | {"kept_for": mark})
    without = strict.post(detail(submission), cells(submission, total="5"))

    assert (sent.status_code, sent.url) == (302, detail(submission))
    assert stored(submission) == {}
    assert strict.get(detail(submission)).context["is_kept"]
    assert without.status_code == 403


def test_cell_of_a_page_shown_to_somebody_else_is_not_saved(client, person, submission):
    mark = mark_on(client.get(detail(submission)))
    client.force_login(MembershipFactory(role="contributor", organisation_code="IHK-142").user)

    saved = client.post(cell(submission), cells(submission, total="5") | {"kept_for": mark})
    pasted = client.post(
        reverse("measures:submission_paste", args=[submission.pk]),
        {"text": "1\n2", "places": "[]", "kept_for": mark},
    )

    assert (saved.status_code, pasted.status_code) == (401, 401)
    assert stored(submission) == {}
