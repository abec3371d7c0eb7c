"""The recording pages over HTTP."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from measures.models import Figure, FigureExplanation
from tests.factories import MembershipFactory
from tests.measures.checking import explanation_fields
from tests.measures.submissions import YEAR, item_of, make_submission, move, put, seen, with_dates

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return make_submission()


def address(name, submission):
    return reverse(f"measures:{name}", args=[submission.pk])


def cells(submission, shown: dict[str, str] | None = None, **values: str) -> dict[str, str]:
    """What the form sends for cells of the entry-level qualification, by target group."""
    item = item_of(submission)
    data = {}
    for group, value in values.items():
        code = "_T" if group == "total" else group
        data[f"value-{item.pk}-05-{code}"] = value
        data[f"seen-{item.pk}-05-{code}"] = (shown or {}).get(group, "")
    return data


def stored(submission) -> dict[str, int | str]:
    figures = Figure.objects.filter(item__submission=submission)
    return {f.target_group_id: f.absence or int(f.value) for f in figures}


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_list_shows_the_own_submissions_alone(client, sign_in, submission):
    make_submission("IHK-112")
    sign_in("contributor", "IHK-142")

    response = client.get(reverse("measures:submission_list"), {"year": YEAR})

    assert [row[0] for row in response.context["rows"]] == [submission]


def test_page_leads_to_the_review_only_whom_it_opens_for(client, sign_in, submission):
    person = sign_in("contributor", "IHK-142")
    MembershipFactory(user=person, role="coordinator", organisation_code="ZDH")

    client.force_login(person)
    without = client.get(address("submission_detail", submission))
    sign_in("coordinator", "DIHK")
    leading = client.get(address("submission_detail", submission)).content.decode()

    assert without.status_code == 200
    assert address("review_detail", submission) not in without.content.decode()
    assert address("review_detail", submission) in leading


def test_list_says_how_much_is_reported_and_until_when(client, sign_in, submission):
    put(item_of(submission), 5)
    sign_in("contributor", "IHK-142")

    response = client.get(reverse("measures:submission_list"), {"year": YEAR})

    closes = submission.round.closes_on.strftime("%d.%m.%Y")
    due = submission.due_on.strftime("%d.%m.%Y")
    assert f"Entwurf 1 von 2 offen bis {closes} fällig bis {due}" in text_of(response)
    move(submission, "submitted")
    assert "fällig bis" not in text_of(client.get(reverse("measures:submission_list"), {"year": YEAR}))


def test_list_filters_by_status(client, sign_in, submission):
    other = move(make_submission("IHK-112"), "submitted")
    sign_in("reviewer", "BMAS")

    response = client.get(reverse("measures:submission_list"), {"year": YEAR, "status": "submitted"})

    assert [row[0] for row in response.context["rows"]] == [other]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_constant_number_of_queries(client, sign_in, count, django_assert_num_queries):
    for code in ("IHK-142", "IHK-112", "IHK-101")[:count]:
        submission = make_submission(code)
        put(item_of(submission), 5, region=submission.organisation.region_id)
    sign_in("reviewer", "BMAS")

    with django_assert_num_queries(10):
        response = client.get(reverse("measures:submission_list"), {"year": YEAR})

    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_grid_takes_a_constant_number_of_queries(client, sign_in, count, django_assert_num_queries):
    indicators = ("training_placements", "internships", "new_contracts")[:count]
    submission = make_submission(indicators=indicators)
    for indicator in indicators:
        put(item_of(submission, indicator), 5)
    sign_in("contributor", "IHK-142")

    with django_assert_num_queries(19):
        response = client.get(address("submission_detail", submission))

    assert response.content.decode().count("data-cell=") == {1: 11, 3: 31}[count]


def test_grid_shows_the_values_and_last_year_in_german(client, sign_in, submission):
    put(item_of(make_submission(year=YEAR - 1)), 8190)
    put(item_of(submission), 7300)
    sign_in("contributor", "IHK-142")

    response = client.get(address("submission_detail", submission))

    page = response.content.decode()
    assert 'value="7.300"' in page
    assert f"8.190 ({YEAR - 1})" in text_of(response)
    assert 'aria-label="Betriebliche Plätze für Teilnehmende (Einstiegsqualifizierung), Frauen"' in page


def test_grid_speaks_english(client, sign_in, submission):
    put(item_of(submission), 7300)
    sign_in("contributor", "IHK-142")

    response = client.get(address("submission_detail", submission), headers={"accept-language": "en"})

    assert 'value="7,300"' in response.content.decode()


def test_grid_has_cells_only_where_a_breakdown_is_asked(client, sign_in):
    submission = make_submission(indicators=("welcome_mentors",))
    sign_in("contributor", "IHK-142")

    response = client.get(address("submission_detail", submission))

    grid = response.context["grid"]
    [group] = grid.groups
    assert (group.title, group.tables) == ("Willkommenslotsen in den Kammern", [])
    assert list(grid.cells) == [f"{item_of(submission, 'welcome_mentors').pk}-05-_T"]


def test_grid_of_a_country_wide_organisation_lists_the_laender_once_a_file_has_named_them(client, sign_in):
    submission = make_submission("BA", indicators=("assisted_starts",))
    item = item_of(submission, "assisted_starts")
    item.region_level = "land"
    item.save()
    sign_in("contributor", "BA")

    response = client.get(address("submission_detail", submission))

    [table] = response.context["grid"].groups[0].tables
    assert (table.corner, len(table.rows), table.rows[4].label) == ("Land", 17, "Nordrhein-Westfalen")


def test_figures_by_occupation_are_shown_as_their_sum(client, sign_in, submission):
    item = item_of(submission)
    item.occupation_level = 2
    item.save()
    put(item, 40, occupation="27")
    put(item, 60, occupation="43")
    sign_in("contributor", "IHK-142")

    grid = text_of(client.get(address("submission_detail", submission)))
    breakdown = client.get(address("submission_breakdown", submission))

    assert "Summe der Berufe: 100" in grid
    assert [figure.occupation_id for figure in breakdown.context["page"]] == ["27", "43"]


def test_cell_is_saved_and_the_answer_says_so(client, sign_in, submission):
    sign_in("contributor", "IHK-142")

    response = client.post(address("submission_cell", submission), cells(submission, total="7.300"))

    assert response.status_code == 200
    assert stored(submission) == {"_T": 7300}
    answer = response.content.decode()
    assert 'data-outcome="stored"' in answer
    assert 'data-text="7.300"' in answer
    assert "Gespeichert " in text_of(response)


def test_unreadable_cell_is_answered_with_422_and_what_to_write(client, sign_in, submission):
    sign_in("contributor", "IHK-142")

    response = client.post(address("submission_cell", submission), cells(submission, total="viele", J1="3"))

    assert response.status_code == 422
    assert stored(submission) == {"J1": 3}
    assert "„viele“ ist keine Zahl. Schreiben Sie zum Beispiel 7.300" in text_of(response)


def test_cell_changed_meanwhile_is_answered_with_409_and_both_values(client, sign_in, submission):
    put(item_of(submission), 740)
    sign_in("contributor", "IHK-142")

    response = client.post(
        address("submission_cell", submission), cells(submission, {"total": "734"}, total="750")
    )

    assert response.status_code == 409
    assert stored(submission) == {"_T": 740}
    assert "Gespeichert ist: 740" in text_of(response)
    assert "Ihre Eingabe: 750." in text_of(response)


def test_cell_nobody_touched_is_left_as_somebody_else_changed_it(client, sign_in, submission):
    put(item_of(submission), 740)
    sign_in("contributor", "IHK-142")

    response = client.post(
        address("submission_detail", submission),
        cells(submission, {"total": "734"}, total="734", J1="5"),
    )

    assert response.status_code == 302
    assert stored(submission) == {"_T": 740, "J1": 5}


def test_form_stores_everything_at_once_and_comes_back(client, sign_in, submission):
    put(item_of(submission), 9, target_group="J3")
    sign_in("contributor", "IHK-142")

    response = client.post(
        address("submission_detail", submission),
        cells(submission, {"J3": "9"}, total="7.300", J1="k. A.", J2="", J3=""),
        follow=True,
    )

    assert response.redirect_chain == [(address("submission_detail", submission), 302)]
    assert stored(submission) == {"_T": 7300, "J1": "unknown"}
    assert "Ihre Werte wurden gespeichert." in text_of(response)


def test_form_with_a_bad_cell_keeps_what_was_typed(client, sign_in, submission):
    sign_in("contributor", "IHK-142")

    response = client.post(
        address("submission_detail", submission), cells(submission, total="100", J1="12,5")
    )

    assert response.status_code == 422
    assert stored(submission) == {"_T": 100}
    assert 'value="12,5"' in response.content.decode()
    assert "„12,5“ ist keine ganze Zahl." in text_of(response)


@pytest.mark.parametrize(
    ("steps", "days_left", "why"),
    [
        (["submitted"], 30, "Diese Meldung wartet auf ihre Prüfung."),
        (["submitted", "endorsed"], 30, "Diese Meldung ist in Prüfung."),
        (["submitted", "approved"], 30, "Diese Meldung ist freigegeben."),
        ([], -1, "Die Berichtsrunde ist nicht offen."),
    ],
)
def test_page_that_cannot_be_changed_says_why_and_keeps_what_was_typed(
    client, sign_in, steps, days_left, why
):
    submission = move(make_submission(days_left=days_left), *steps)
    sign_in("contributor", "IHK-142")

    shown = client.get(address("submission_detail", submission))
    form = client.post(address("submission_detail", submission), cells(submission, total="734"))
    cell = client.post(address("submission_cell", submission), cells(submission, total="734"))

    assert (why in text_of(shown), "data-cell=" in shown.content.decode()) == (True, False)
    assert [form.status_code, cell.status_code] == [409, 409]
    assert "Nicht gespeichert: 734." in text_of(form)
    assert why in text_of(cell)
    assert stored(submission) == {}


def test_signed_out_reader_is_told_instead_of_being_shown_the_sign_in_page(client, submission):
    response = client.post(
        address("submission_cell", submission), cells(submission, total="5"), headers={"HX-Request": "true"}
    )

    assert response.status_code == 401
    assert stored(submission) == {}


def test_approved_page_offers_a_correction_only_to_whom_it_is_open(client, sign_in):
    submission = make_submission(days_left=-1)
    move(submission, "submitted")
    move(submission, "approved")
    sign_in("contributor", "IHK-142")

    page = text_of(client.get(address("submission_detail", submission)))

    assert "bitten Sie das Datenmanagement oder das Ministerium um eine Korrektur" in page
    assert "beginnen Sie eine Korrektur" not in page


def test_data_steward_records_a_late_delivery(client, sign_in):
    submission = make_submission(days_left=-1)
    sign_in("data_steward", "BMAS")

    response = client.post(address("submission_cell", submission), cells(submission, total="734"))

    assert response.status_code == 200
    assert stored(submission) == {"_T": 734}


def test_cell_of_another_submission_is_not_even_looked_at(client, sign_in, submission):
    other = make_submission("IHK-112")
    sign_in("contributor", "IHK-142")

    client.post(address("submission_cell", submission), cells(other, total="734"))

    assert stored(other) == {}


def test_submitting_needs_an_explanation_where_the_checks_ask(client, sign_in, submission):
    put(item_of(make_submission(year=YEAR - 1)), 10)
    put(item_of(submission), 100)
    sign_in("contributor", "IHK-142")

    without = client.post(address("submission_submit", submission), seen(submission, comment="stimmt"))
    explained = client.post(
        address("submission_submit", submission),
        seen(submission, comment="Bitte bald prüfen", **explanation_fields(submission, "Neues Programm")),
    )

    assert (without.status_code, explained.status_code) == (422, 302)
    assert [event.reason for event in submission.events.all()] == ["Bitte bald prüfen"]
    assert [each.text for each in FigureExplanation.objects.all()] == ["Neues Programm"]


def test_submitting_with_errors_is_refused(client, sign_in, submission):
    put(item_of(submission), 10)
    put(item_of(submission), 11, target_group="J1")
    sign_in("contributor", "IHK-142")

    response = client.post(address("submission_submit", submission), seen(submission, comment="trotzdem"))

    assert response.status_code == 422
    assert "11 ist mehr als die Gesamtzahl 10." in text_of(response)
    assert not submission.events.exists()


def test_submitting_what_somebody_else_has_submitted_says_so(client, sign_in, submission):
    move(submission, "submitted")
    sign_in("contributor", "IHK-142")

    response = client.post(address("submission_submit", submission), seen(submission), follow=True)

    assert "die Meldung hat inzwischen einen anderen Stand." in text_of(response).replace("Die M", "die M")


def test_submitting_after_the_round_has_closed_says_so(client, sign_in):
    submission = make_submission(days_left=-1)
    sign_in("contributor", "IHK-142")

    response = client.post(address("submission_submit", submission), seen(submission), follow=True)

    submission.refresh_from_db()
    assert submission.status == "draft"
    assert "Die Berichtsrunde ist nicht offen. Bitten Sie das Datenmanagement" in text_of(response)


def test_round_that_has_not_opened_says_when_it_does(client, sign_in, submission):
    opens = submission.round.closes_on - dt.timedelta(days=1)
    with_dates(submission.round, opens_on=opens)
    sign_in("contributor", "IHK-142")

    page = text_of(client.get(reverse("measures:submission_list"), {"year": YEAR}))

    assert f"Noch nicht begonnen 0 von 2 öffnet am {opens:%d.%m.%Y}" in page


def test_history_shows_every_version_with_who_when_and_why(client, sign_in, submission):
    user = sign_in("contributor", "IHK-142")
    client.post(address("submission_cell", submission), cells(submission, total="734"))
    client.post(address("submission_cell", submission), cells(submission, {"total": "734"}, total="740"))
    client.post(address("submission_cell", submission), cells(submission, {"total": "740"}, total=""))
    move(submission, "submitted")

    response = client.get(address("submission_history", submission))

    rows = [(version.pgh_label, int(version.value), author) for version, author in response.context["rows"]]
    assert rows == [("delete", 740, user), ("update", 740, user), ("insert", 734, user)]


def test_correction_needs_a_reason(client, sign_in, submission):
    move(submission, "submitted", "approved")
    sign_in("contributor", "IHK-142")

    without = client.post(address("submission_correct", submission), seen(submission, reason=" "))
    given = client.post(address("submission_correct", submission), seen(submission, reason="Doppelt gezählt"))

    submission.refresh_from_db()
    assert (without.status_code, given.status_code, submission.status) == (422, 302, "draft")


READ = ("submission_detail", "submission_history", "submission_breakdown")


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize(
    ("role", "organisation", "status"),
    [
        ("contributor", "IHK-142", 200),
        ("coordinator", "DIHK", 200),
        ("reviewer", "BMAS", 200),
        ("data_steward", "BMAS", 200),
        ("auditor", "BMAS", 200),
        ("contributor", "IHK-112", 404),
        ("coordinator", "ZDH", 404),
    ],
)
def test_page_is_shown_to_whom_it_concerns(client, sign_in, submission, name, role, organisation, status):  # noqa: PLR0913, PLR0917  # two tables
    sign_in(role, organisation)

    assert client.get(address(name, submission)).status_code == status


@pytest.mark.parametrize("name", [*READ, "submission_submit", "submission_correct"])
def test_page_asks_strangers_to_sign_in(client, submission, name):
    page = address(name, submission)

    response = client.get(page)

    assert (response.status_code, response.url) == (302, f"/konto/login/?next={page}")


@pytest.mark.parametrize(
    ("role", "organisation", "record", "submit", "correct"),
    [
        ("contributor", "IHK-142", 200, 302, 302),
        ("coordinator", "DIHK", 200, 403, 403),
        ("reviewer", "BMAS", 403, 403, 302),
        ("data_steward", "BMAS", 200, 302, 302),
        ("auditor", "BMAS", 403, 403, 403),
        ("contributor", "IHK-112", 404, 404, 404),
    ],
)
def test_action_is_open_to_its_roles(client, submission, role, organisation, record, submit, correct):  # noqa: PLR0913, PLR0917  # a table of roles and actions
    client.force_login(MembershipFactory(role=role, organisation_code=organisation).user)
    approved = move(make_submission(year=YEAR + 1), "submitted", "approved")

    answers = [
        client.post(address("submission_cell", submission), cells(submission, total="5")).status_code,
        client.post(address("submission_submit", submission), seen(submission)).status_code,
        client.post(address("submission_correct", approved), seen(approved, reason="Tippfehler")).status_code,
    ]

    assert answers == [record, submit, correct]
