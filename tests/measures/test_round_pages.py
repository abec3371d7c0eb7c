"""The pages on which a data steward opens, changes, closes and extends rounds."""

import datetime as dt
import re
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.models import Item, ReportingRound, RoundIndicator, Submission
from measures.selectors.submission_versions import version_of
from partners.models import Organisation
from tests.measures.submissions import (
    YEAR,
    ask,
    extended,
    item_of,
    make_submission,
    move,
    put,
    with_dates,
)

pytestmark = pytest.mark.django_db

CREATE = "/runden/neu/"


@pytest.fixture
def steward(sign_in):
    return sign_in("data_steward", "BMAS")


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sent(response, **changes):
    """What the form on a page sends as it is shown, with some of it changed; None: not sent."""
    form = response.context["form"]
    data = {field.html_name: field.value() if field.value() is not None else "" for field in form.main_fields}
    for row in form.rows():
        for tick in (*row.kinds, *filter(None, row.breakdowns)):
            if tick.is_ticked:
                data.setdefault(tick.name, []).append(tick.value)
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def previewed(response):
    """What the page of the preview sends when its button is pressed."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    data = {"step": "apply"}
    for name, value in found:
        if name != "csrfmiddlewaretoken":
            data.setdefault(name, []).append(value)
    return data


def test_new_round_is_filled_in_as_last_years(client, steward):
    response = client.get(CREATE)

    form = response.context["form"]
    assert form["year"].value() == 2019
    assert form["opens_on"].value() == dt.date(2019, 10, 1)
    assert form["remind_before"].value() == "28, 14, 7, 0"
    ticked = {tick.label for row in form.rows() for tick in row.kinds if tick.is_ticked}
    assert "Willkommenslotsen: Kammer" in ticked
    assert "Ausgefüllt wie in der Runde von 2018" in text_of(response)


def test_another_round_can_be_copied(client, steward):
    RoundIndicator.objects.filter(round__year=2016, indicator__code="welcome_mentors").delete()

    form = client.get(CREATE, {"copy": "2016"}).context["form"]

    ticked = {tick.label for row in form.rows() for tick in row.kinds if tick.is_ticked}
    assert "Willkommenslotsen: Kammer" not in ticked
    assert form["opens_on"].value() == dt.date(2019, 10, 1)


def test_round_is_previewed_before_it_is_opened(client, steward):
    data = sent(client.get(CREATE)) | {"step": "preview"}

    preview = client.post(CREATE, data)

    assert not ReportingRound.objects.filter(year=2019).exists()
    due = Submission.objects.filter(round__year=2018).count()
    assert f"{due} Meldungen würden angelegt." in text_of(preview)
    assert "28 Tage vor dem Fälligkeitstag" in text_of(preview)

    response = client.post(CREATE, previewed(preview), follow=True)

    opened = ReportingRound.objects.get(year=2019)
    assert opened.submissions.count() == due
    assert opened.reminders == [-28, -14, -7, 0, 7]
    assert response.redirect_chain == [("/runden/2019/", HTTPStatus.FOUND)]
    assert "Die Runde wurde eröffnet." in text_of(response)


def test_what_the_form_leaves_out_is_not_asked(client, steward):
    form = client.get(CREATE)
    mentors = next(row for row in form.context["form"].rows() if row.indicator.code == "welcome_mentors")
    places = next(row for row in form.context["form"].rows() if row.indicator.code == "additional_places")
    less = {
        mentors.kinds[0].name: None,
        places.kinds[0].name: ["chamber"],
        f"breakdown-{places.indicator.pk}": ["target_group"],
    }

    preview = client.post(CREATE, sent(form, **less) | {"step": "preview"})
    client.post(CREATE, previewed(preview))

    items = Item.objects.filter(submission__round__year=2019)
    assert not items.filter(indicator__code="welcome_mentors").exists()
    kinds = items.filter(indicator__code="additional_places").values_list("submission__organisation__kind")
    assert set(kinds) == {("chamber",)}
    asked = RoundIndicator.objects.get(round__year=2019, indicator__code="additional_places")
    assert asked.breakdown == ["target_group"]


def test_preview_goes_back_to_the_form_with_what_was_typed(client, steward):
    data = sent(client.get(CREATE), due_on="2019-12-24") | {"step": "preview"}
    back = previewed(client.post(CREATE, data)) | {"step": "edit"}

    response = client.post(CREATE, back)

    assert response.status_code == HTTPStatus.OK
    assert response.context["form"]["due_on"].value() == "2019-12-24"
    assert not ReportingRound.objects.filter(year=2019).exists()


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"year": "2018"}, "year", "Für dieses Jahr gibt es schon eine Runde."),
        ({"closes_on": "2019-01-01"}, "closes_on", "Eine Runde kann nicht schließen, bevor sie öffnet."),
        ({"due_on": "2021-01-01"}, "due_on", "zwischen dem ersten und dem letzten Tag"),
        ({"opens_on": ""}, "opens_on", "Bitte füllen Sie dieses Feld aus."),
        ({"remind_before": "bald"}, "remind_before", "ganze Zahlen von Tagen"),
        ({"remind_after": "400"}, "remind_after", "ganze Zahlen von Tagen"),
        ({"remind_before": "1 2 3 4 5 6 7 8 9 10 11"}, "remind_before", "höchstens zehn"),
    ],
)
def test_what_makes_no_sense_is_named_on_the_form(client, steward, changes, field, why):
    response = client.post(CREATE, sent(client.get(CREATE), **changes) | {"step": "preview"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert why in " ".join(response.context["form"].errors[field])


def test_round_that_asks_for_nothing_is_not_opened(client, steward):
    form = client.get(CREATE)
    nothing = {row.kinds[0].name: None for row in form.context["form"].rows()}

    response = client.post(CREATE, sent(form, **nothing) | {"step": "apply"})

    assert "mindestens eine Kennzahl" in text_of(response)
    assert not ReportingRound.objects.filter(year=2019).exists()


def test_opening_without_having_seen_the_preview_shows_it(client, steward):
    response = client.post(CREATE, sent(client.get(CREATE)) | {"step": "apply"})

    assert response.status_code == HTTPStatus.CONFLICT
    assert "Nicht ausgeführt" in text_of(response)
    assert not ReportingRound.objects.filter(year=2019).exists()


def test_change_of_a_running_round_shows_what_stays_before_it_is_made(client, steward):
    address = "/runden/2018/aendern/"
    koeln = Item.objects.get(
        submission__round__year=2018,
        submission__organisation__code="IHK-142",
        indicator__code="welcome_mentors",
    )
    put(koeln, 3)
    form = client.get(address)
    name = f"asked-{koeln.indicator_id}"

    preview = client.post(address, sent(form, **{name: None}, reason="Entfällt") | {"step": "preview"})

    result = preview.context["result"].outcomes
    assert (result["dropped"].organisations, result["kept"].organisations) == (131, 1)
    assert "Bleibt, da etwas erfasst ist" in text_of(preview)

    log = client.post(address, previewed(preview), follow=True).context["log"]

    left = Item.objects.filter(submission__round__year=2018, indicator__code="welcome_mentors")
    assert list(left) == [koeln]
    assert (log[0].event.actor, log[0].event.reason) == (steward, "Entfällt")
    assert "Nicht mehr abgefragt: Willkommenslotsen" in log[0].changes


def test_round_shows_that_the_tree_has_changed_and_how_to_follow(client, steward):
    Organisation.objects.filter(code="IHK-142").update(valid_until=dt.date(2018, 11, 30))

    page = text_of(client.get("/runden/2018/"))

    assert "würden 0 nach mehr und 1 nach weniger gefragt" in page
    preview = client.post(
        "/runden/2018/aendern/", sent(client.get("/runden/2018/aendern/")) | {"step": "preview"}
    )
    client.post("/runden/2018/aendern/", previewed(preview))
    assert not Submission.objects.filter(round__year=2018, organisation__code="IHK-142").exists()
    assert "nach weniger gefragt" not in text_of(client.get("/runden/2018/"))


def test_round_shows_window_completeness_and_approval_apart(client, steward):
    submission = make_submission()
    for item in submission.items.all():
        put(item, 5)
    move(submission, "submitted", "approved")
    with_dates(submission.round, closes_on=timezone.localdate() - dt.timedelta(days=1))

    page = text_of(client.get(f"/runden/{YEAR}/"))

    assert "geschlossen" in page
    assert "1 von 1 Meldungen sind vollständig" in page
    assert "1 von 1 Meldungen sind freigegeben" in page


def test_submission_shows_window_completeness_and_approval_apart(client, sign_in):
    submission = make_submission()
    put(item_of(submission), 5)
    move(submission, "submitted", "approved")
    sign_in("contributor", "IHK-142")

    page = text_of(client.get(reverse("measures:submission_detail", args=[submission.pk])))

    assert f"Zeitraum offen bis {submission.round.closes_on:%d.%m.%Y}" in page
    assert "Vollständigkeit 1 von 2 Kennzahlen gemeldet" in page
    assert "Freigabe zuletzt freigegeben am" in page


def test_round_is_closed_early_and_reopened_with_a_reason(client, steward):
    make_submission()

    refused = client.post(f"/runden/{YEAR}/schliessen/", {"reason": " "})
    client.post(f"/runden/{YEAR}/schliessen/", {"reason": "Alle haben gemeldet"})

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert ReportingRound.objects.get(year=YEAR).is_closed
    again = f"/runden/{YEAR}/wieder-oeffnen/"
    today = timezone.localdate()
    past = client.post(again, {"closes_on": today - dt.timedelta(days=1), "reason": "Doch nicht"})
    assert past.context["form"].errors.keys() == {"closes_on"}

    page = client.post(again, {"closes_on": today, "reason": "Doch nicht"}, follow=True)

    assert ReportingRound.objects.get(year=YEAR).is_open
    assert [line.event.action for line in page.context["log"]] == ["reopened", "closed"]


@pytest.mark.parametrize(("address", "year"), [("schliessen", 2018), ("wieder-oeffnen", YEAR)])
def test_page_that_comes_too_late_says_so(client, steward, address, year):
    make_submission()

    response = client.get(f"/runden/{year}/{address}/", follow=True)

    assert response.redirect_chain == [(f"/runden/{year}/", HTTPStatus.FOUND)]
    assert "Diese Runde ist nicht" in text_of(response)


def test_partner_reads_until_when_and_why_the_window_is_extended(client, steward, sign_in):
    submission = make_submission(days_left=-1)
    until = timezone.localdate() + dt.timedelta(days=7)
    address = reverse("measures:submission_extend", args=[submission.pk])

    client.post(address, {"until": until, "reason": "Umzug des Rechenzentrums"})
    sign_in("contributor", "IHK-142")

    for page in (
        reverse("measures:submission_list") + f"?year={YEAR}",
        reverse("measures:submission_detail", args=[submission.pk]),
    ):
        expected = f"verlängert bis {until:%d.%m.%Y}, weil: Umzug des Rechenzentrums"
        assert expected in text_of(client.get(page))


def test_extension_that_is_none_is_refused_and_one_can_be_withdrawn(client, steward):
    submission = make_submission()
    address = reverse("measures:submission_extend", args=[submission.pk])

    early = client.post(address, {"until": timezone.localdate(), "reason": "Umzug"})
    extended(submission, submission.round.closes_on + dt.timedelta(days=1))
    client.post(address, {"until": "", "reason": "Erledigt"})

    assert early.context["form"].errors.keys() == {"until"}
    submission.refresh_from_db()
    assert submission.extended_until is None


def test_auditor_reads_rounds_and_is_offered_no_change(client, sign_in):
    make_submission()
    sign_in("auditor", "BMAS")

    pages = "".join(
        client.get(address).content.decode() for address in ("/runden/", "/runden/2018/", f"/runden/{YEAR}/")
    )

    assert not any(address in pages for address in ("aendern", "neu/", "schliessen", "wieder-oeffnen"))


@pytest.mark.parametrize("page", ["submission_list", "review_list"])
def test_list_opens_with_the_round_that_is_running(client, sign_in, page):
    running = make_submission(year=2029)
    ended = make_submission(year=2031, days_left=-1)
    for each in (running, ended):
        move(each, "submitted")
    sign_in("reviewer", "BMAS")

    def years(**asked):
        rows = client.get(reverse(f"measures:{page}"), asked).context["rows"]
        return {row[0].round.year for row in rows}

    assert years() == {2029}
    assert years(year="2031") == {2031}
    assert years(year="all") >= {2029, 2031}
    assert years(year="nonsense") == {2029}


def test_list_counts_states_within_what_is_searched_for(client, sign_in):
    move(make_submission("IHK-101"), "submitted")
    put(item_of(make_submission("IHK-111")), 5)
    make_submission("HWK-00032")
    make_submission("IHK-142")
    sign_in("reviewer", "BMAS")

    response = client.get(reverse("measures:submission_list"), {"year": YEAR, "q": "ihk", "status": "draft"})

    counts = {chip.status: chip.count for chip in response.context["chips"]}
    assert counts == {
        "all": 3,
        "not_begun": 1,
        "draft": 1,
        "submitted": 1,
        "endorsed": 0,
        "approved": 0,
        "returned": 0,
    }
    assert [row[0].organisation.code for row in response.context["rows"]] == ["IHK-111"]
    page = response.content.decode()
    assert f"?year={YEAR}&amp;q=ihk&amp;status=submitted" in page
    assert '<input type="hidden" name="status" value="draft"' in page


@pytest.mark.parametrize("words", ["Köln IHK", "ihk-142", "142", "zu köln"])
def test_list_is_searched_by_name_and_code(client, sign_in, words):
    make_submission("IHK-101")
    koeln = make_submission("IHK-142")
    sign_in("reviewer", "BMAS")

    response = client.get(reverse("measures:submission_list"), {"year": YEAR, "q": words})

    assert [row[0] for row in response.context["rows"]] == [koeln]


def test_approving_several_comes_back_to_the_same_list(client, sign_in):
    make_submission()
    sign_in("reviewer", "BMAS")
    address = reverse("measures:review_list") + f"?year={YEAR}&q=ihk"

    page = client.get(address)
    response = client.post(reverse("measures:review_selection") + f"?year={YEAR}&q=ihk")

    assert page.status_code == HTTPStatus.OK
    assert response.headers["Location"] == address


def test_page_of_what_would_happen_leads_back_to_the_same_list(client, sign_in):
    submission = move(make_submission(), "submitted")
    sign_in("reviewer", "BMAS")
    choice = f"?year={YEAR}&amp;q=ihk"

    page = client.get(reverse("measures:review_list") + f"?year={YEAR}&q=ihk&page=1").content.decode()
    chosen = client.post(
        reverse("measures:review_selection") + f"?year={YEAR}&q=ihk",
        {
            "action": "approve",
            "submissions": [submission.pk],
            f"seen-{submission.pk}": str(version_of(submission.pk)),
        },
    ).content.decode()

    assert f'action="{reverse("measures:review_selection")}{choice}"' in page
    assert f'action="{reverse("measures:review_batch_create")}{choice}"' in chosen
    assert f'href="{reverse("measures:review_list")}{choice}"' in chosen


def test_grid_and_workbook_ask_for_what_the_round_asks(client, sign_in):
    submission = make_submission(indicators=("training_placements",))
    ask(submission.round, "training_placements")
    RoundIndicator.objects.filter(round=submission.round).update(breakdown=[])
    sign_in("contributor", "IHK-142")
    address = reverse("measures:submission_detail", args=[submission.pk])

    item = item_of(submission)
    assert list(client.get(address).context["grid"].cells) == [f"{item.pk}-05-_T"]

    put(item, 5, target_group="J1")

    assert len(client.get(address).context["grid"].cells) > 1
