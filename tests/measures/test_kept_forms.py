"""What was typed into the forms of recording and review outlives its session, for its sender alone."""

import re
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import reverse

from measures.models import Comment, Meeting, SubmissionEvent
from measures.selectors.recording import occupations
from partners.sign_in.devices import remember_device
from tests.factories import MembershipFactory, UserFactory
from tests.measures.checking import explained, jumping, names_of
from tests.measures.meetings.making import make_commitment
from tests.measures.reviewing import sent_back
from tests.measures.submissions import YEAR, make_submission, move, seen

pytestmark = pytest.mark.django_db

TYPED = "Neues Programm seit März, „mit Zitat“ & Zeichen"


def mark_on(page, action=""):
    """The mark of the form that is sent to this address, or of the only form of the page that has one."""
    text = page.content.decode()
    start = text.index(f'action="{action}"') if action else 0
    return unescape(re.search(r'name="kept_for" value="([^"]+)"', text[start:])[1])


def sent_without_session(client, address, data, *, page=None):
    """Send a form whose session has ended; returns where the sign-in leads."""
    shown = client.get(page or address)
    assert shown.status_code == 200
    mark = mark_on(shown, address if page else "")
    person = shown.wsgi_request.user
    client.logout()
    answer = client.post(address, data | {"kept_for": mark})
    assert answer.status_code == 302
    assert answer.url.endswith(f"next={page or address}")
    client.force_login(person)
    return client.get(page or address)


def discussion(submission):
    return reverse("measures:submission_discussion", args=[submission.pk])


def test_comment_is_on_its_page_again_and_not_sent(client, sign_in):
    sign_in("contributor", "IHK-142")
    page = sent_without_session(client, discussion(make_submission()), {"text": TYPED, "cell": ""})

    assert page.context["form"]["text"].value() == TYPED
    assert "Noch nicht gespeichert" in page.content.decode()
    assert not Comment.objects.exists()


def test_sending_it_again_lets_go_of_what_was_kept(client, sign_in):
    sign_in("contributor", "IHK-142")
    address = discussion(make_submission())
    sent_without_session(client, address, {"text": TYPED, "cell": ""})

    client.post(address, {"text": TYPED, "cell": ""})

    assert Comment.objects.get().text == TYPED
    assert client.get(address).context["form"]["text"].value() is None


def test_somebody_else_at_the_same_browser_sees_nothing_of_it(client, sign_in):
    sign_in("contributor", "IHK-142")
    address = discussion(make_submission())
    mark = mark_on(client.get(address))
    client.logout()
    client.post(address, {"text": TYPED, "kept_for": mark})

    sign_in("contributor", "IHK-142")

    assert TYPED not in unescape(client.get(address).content.decode())


def test_explanations_are_kept_where_they_are_given_and_where_one_submits(client, sign_in):
    sign_in("contributor", "IHK-142")
    submission = jumping()
    field = f"explanation-{names_of(submission)[0]}"
    for name in ("submission_explain", "submission_submit"):
        address = reverse(f"measures:{name}", args=[submission.pk])
        page = sent_without_session(client, address, {field: TYPED, "comment": "An die Prüfung"})
        assert TYPED in unescape(page.content.decode())
        client.session.flush()
        sign_in("contributor", "IHK-142")


def test_reason_for_sending_back_is_on_the_page_of_the_review_with_its_marks(client, sign_in):
    sign_in("reviewer", "BMAS")
    submission = move(make_submission(), "submitted")
    item = submission.items.first()
    cell = f"{item.pk}-{submission.organisation.region_id}-_T"
    review = reverse("measures:review_detail", args=[submission.pk])
    address = reverse("measures:submission_send_back", args=[submission.pk])

    page = sent_without_session(
        client,
        address,
        seen(submission) | {"reason": TYPED, "mark": [cell], f"remark-{cell}": "Bitte prüfen"},
        page=review,
    )

    assert page.context["form"]["reason"].value() == TYPED
    text = unescape(page.content.decode())
    assert 'id="submission_send_back"' in text
    assert "Bitte prüfen" in text
    assert not SubmissionEvent.objects.filter(submission=submission, action="send_back").exists()


def test_judgement_answer_and_correction_are_kept(client, sign_in):
    submission = jumping()
    explanation = explained(submission, UserFactory())
    move(submission, "submitted")
    marked = sent_back(move(make_submission("IHK-101"), "submitted"), "_T")[0]
    approved = move(make_submission("HWK-00032"), "submitted", "approved")
    asked = [
        ("reviewer", "BMAS", "explanation_judge", [submission.pk, explanation.pk], "refusal"),
        ("contributor", "IHK-101", "mark_answer", [marked.item.submission_id, marked.pk], "answer"),
        ("reviewer", "BMAS", "submission_correct", [approved.pk], "reason"),
    ]
    for role, organisation, name, args, field in asked:
        sign_in(role, organisation)
        page = sent_without_session(client, reverse(f"measures:{name}", args=args), {field: TYPED})
        assert page.context["form"][field].value() == TYPED, name


def test_meeting_with_its_participants_and_a_report_on_a_commitment_are_kept(client, sign_in):
    sign_in("data_steward", "BMAS")
    commitment = make_commitment()
    organisation = commitment.organisation_id
    new = reverse("measures:meeting_create")
    count = Meeting.objects.count()

    page = sent_without_session(
        client,
        new,
        {"title_de": "Sondersitzung", "day": "2030-05-02", "agenda": TYPED, "organisations": [organisation]},
    )

    form = page.context["form"]
    assert (form["title_de"].value(), form["agenda"].value()) == ("Sondersitzung", TYPED)
    assert f'value="{organisation}" ' in str(form["organisations"])
    assert "checked" in str(form["organisations"])
    assert Meeting.objects.count() == count
    decide = reverse("measures:commitment_decide", args=[commitment.pk])
    detail = reverse("measures:commitment_detail", args=[commitment.pk])
    page = sent_without_session(client, decide, {"state": "kept", "reason": TYPED}, page=detail)
    assert page.context["decision_form"]["reason"].value() == TYPED


LANGUAGE_BUTTON = re.compile(r'name="form_language"\s+value="en"\s+formaction="([^"]+)"')


def in_english(client, address, data, *, action=""):
    """Press the form's button for English, as without scripts; returns the page that it leads to."""
    shown = client.get(address)
    text = shown.content.decode()
    start = text.index(f'action="{action}"') if action else 0
    button = LANGUAGE_BUTTON.search(text, start)
    answer = client.post(
        unescape(button[1]), data | {"kept_for": mark_on(shown, action), "form_language": "en"}, follow=True
    )
    assert answer.redirect_chain == [(address, 302)]
    assert answer.wsgi_request.LANGUAGE_CODE == "en"
    return answer


def test_another_language_takes_along_what_was_typed_without_scripts(client, sign_in):
    sign_in("contributor", "IHK-142")
    submission = make_submission()

    page = in_english(client, discussion(submission), {"text": TYPED, "cell": ""})

    assert page.context["form"]["text"].value() == TYPED
    assert "What you had typed before changing the language is here again" in page.content.decode()
    assert not Comment.objects.exists()


def test_another_language_takes_the_cells_of_the_grid_along(client, sign_in):
    sign_in("contributor", "IHK-142")
    submission = make_submission()
    item = submission.items.first()
    name = f"{item.pk}-{submission.organisation.region_id}-_T"
    address = reverse("measures:submission_detail", args=[submission.pk])

    page = in_english(client, address, {f"value-{name}": "1234", f"seen-{name}": ""})

    field = re.search(rf'<input[^>]*name="value-{name}"[^>]*>', page.content.decode())
    assert 'value="1234"' in field[0]
    assert not item.figures.exists()


def test_refused_form_goes_into_another_language_by_the_page_it_stands_on(client, sign_in):
    """The addresses of such forms take nothing but what they send, and show no page."""
    sign_in("data_steward", "BMAS")
    commitment = make_commitment()
    decide = reverse("measures:commitment_decide", args=[commitment.pk])
    here = reverse("measures:commitment_detail", args=[commitment.pk])

    refused = client.post(decide, {"state": "kept", "reason": ""})

    assert refused.status_code == 422
    assert f'name="next" value="{here}"' in refused.content.decode()
    assert "There is no page here" in client.get(decide, headers={"accept-language": "en"}).content.decode()
    assert client.get(decide, headers={"accept": "application/json"}).content == b""


def test_reminder_that_is_being_written_goes_into_another_language(client, sign_in):
    sign_in("data_steward", "BMAS")
    submission = make_submission()
    MembershipFactory(role="contributor", organisation_code="IHK-142")
    write = reverse("measures:review_remind")
    chosen = {"submissions": [submission.pk]}
    address = f"{write}?chosen={submission.pk}"
    shown = client.post(write, chosen)
    button = unescape(LANGUAGE_BUTTON.search(shown.content.decode())[1])

    page = client.post(
        button, chosen | {"text": TYPED, "kept_for": mark_on(shown), "form_language": "en"}, follow=True
    )

    assert page.redirect_chain == [(address, 302)]
    assert page.context["form"]["text"].value() == TYPED
    assert [row.submission for row in page.context["rows"]] == [submission]
    preview = client.post(write, chosen | {"text": TYPED, "step": "preview"})
    client.get(address)
    sent_along = chosen | {"text": TYPED, "kept_for": mark_on(preview), "form_language": "de"}
    again = client.post(reverse("set_language"), sent_along | {"next": address}, follow=True)
    assert again.context["form"]["text"].value() == TYPED


def test_language_chosen_with_the_token_of_a_former_sign_in_is_asked_for_again(client, sign_in):
    person = sign_in("contributor", "IHK-142")
    address = discussion(make_submission())
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    shown = strict.get(address)
    button = unescape(LANGUAGE_BUTTON.search(shown.content.decode())[1])
    form = {"text": TYPED, "kept_for": mark_on(shown), "form_language": "en", "csrfmiddlewaretoken": "x" * 64}

    page = strict.post(button, form, follow=True)

    assert page.redirect_chain == [(address, 302)]
    assert page.context["form"]["text"].value() == TYPED
    assert "Bitte wählen Sie sie noch einmal" in page.content.decode()
    elsewhere = strict.post(reverse("set_language"), {"language": "en", "next": "https://example.org/"})
    assert elsewhere.url == "/"
    strict.logout()
    assert strict.post(reverse("set_language"), {"language": "en"}).status_code == 403
    assert not strict.cookies.get("sessionid")


def test_what_was_pressed_without_a_session_leads_back_to_its_page(client):
    def press():
        page = {"referer": "http://testserver/review/?year=2030"}
        return client.post(reverse("measures:review_selection"), {}, headers=page)

    answer = press()
    assert Session.objects.count() == 0, "a stranger makes the portal keep something"
    remember_device(RequestFactory().get("/"), answer, "ada@example.org")
    client.cookies.update(answer.cookies)

    assert press().url == f"{reverse('account_login')}?next=/review/%3Fyear%3D2030"
    assert "Ihre Sitzung war beendet" in client.get(answer.url).content.decode()


def test_another_language_says_so_if_it_cannot_take_along_what_was_typed(client, sign_in):
    sign_in("contributor", "IHK-142")
    address = discussion(make_submission())

    page = in_english(client, address, {"text": "x" * 500_001})

    assert "What you had typed could not be taken along." in page.content.decode()
    assert page.context["form"]["text"].value() is None


def test_another_language_after_the_session_has_ended_keeps_the_form_for_its_sender(client, sign_in):
    person = sign_in("contributor", "IHK-142")
    address = discussion(make_submission())
    shown = client.get(address)
    button = unescape(LANGUAGE_BUTTON.search(shown.content.decode())[1])
    form = {"text": TYPED, "kept_for": mark_on(shown), "form_language": "en"}
    client.logout()

    assert client.post(button, form).url == address
    client.force_login(person)
    page = client.get(address)
    assert (page.context["form"]["text"].value(), page.context["form"].is_carried) == (TYPED, False)

    client.logout()
    sign_in("contributor", "IHK-142")  # somebody else
    page = client.post(button, form, follow=True)
    assert "What you had typed could not be taken along." in page.content.decode()
    assert page.context["form"]["text"].value() is None


def test_refused_page_of_a_list_goes_into_another_language_as_that_page(client, sign_in, monkeypatch):
    monkeypatch.setattr(occupations, "CELLS_OF_A_PAGE", 20)
    sign_in("contributor", "IHK-142")
    item = make_submission().items.first()
    address = reverse("measures:submission_occupations", args=[item.submission_id, item.pk]) + "?page=2"
    shown = client.get(address)
    name = re.search(r'name="(value-[^"]+)"', shown.content.decode())[1]
    form = {name: "viele", "kept_for": mark_on(shown)}

    refused = client.post(address, form)
    button = unescape(LANGUAGE_BUTTON.search(refused.content.decode())[1])
    page = client.post(button, form | {"form_language": "en"}, follow=True)

    assert page.redirect_chain == [(address, 302)]
    assert 'value="viele"' in page.content.decode()


@pytest.mark.parametrize(
    ("route", "args", "field"),
    [
        ("measures:round_close", [YEAR], "reason"),
        ("measures:round_change", [YEAR], "reason"),
        ("measures:submission_extend", ["submission"], "reason"),
        ("partners:invitation_create", ["IHK-142"], "email"),
        ("partners:page_text_change", ["about", "de"], "body"),
        ("partners:notice_preferences", [], "language"),
    ],
)
def test_forms_of_the_administration_go_into_another_language_as_well(client, sign_in, route, args, field):
    sign_in("data_steward", "BMAS")
    submission = make_submission()
    address = reverse(route, args=[submission.pk if each == "submission" else each for each in args])

    page = in_english(client, address, {field: "ada@example.org"})

    assert page.context["form"][field].value() == "ada@example.org"
    assert page.context["form"].is_carried
