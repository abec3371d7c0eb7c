"""The public pages whose text is written in the portal, and the form to report a barrier."""

import re

import pytest
from django.core.cache import cache
from django.core.signing import TimestampSigner
from django.db import DatabaseError, transaction
from django.urls import reverse

from partners.models import OutgoingMail, PageText
from partners.selectors.page_texts import as_html
from partners.services.page_texts import write_text
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

IMPRINT = "/de/impressum/"
FORM = "/de/barrierefreiheit/melden/"
CHANGE = "/seiten/imprint/de/"


@pytest.fixture(autouse=True)
def operator(settings):
    settings.OPERATOR = settings.OPERATOR | {"accessibility_email": "barrierefrei@example.org"}
    cache.clear()  # reports are counted


def page(client, address=IMPRINT):
    return client.get(address).content.decode()


def test_former_addresses_lead_to_the_page_in_the_reader_s_language(client):
    assert client.get("/impressum/").url == IMPRINT
    assert client.get("/impressum/", headers={"accept-language": "en"}).url == "/en/impressum/"


def test_text_written_in_the_portal_takes_the_place_of_its_own(client, sign_in):
    own = page(client)
    sign_in("data_steward", "BMAS")
    answer = client.post(CHANGE, {"body": "## Verantwortlich\n\nDas **Ministerium**.", "seen": 0})
    client.logout()

    assert answer.url == reverse("partners:page_text_list")
    assert "Verantwortlich</h2>" in page(client)
    assert "<strong>Ministerium</strong>" in page(client)
    assert page(client, "/en/impressum/") != page(client)

    write_text(page="imprint", language="de", body="", seen=1, actor=UserFactory())
    assert page(client) == own


def test_text_is_shown_before_it_is_published(client, sign_in):
    sign_in("data_steward", "BMAS")
    answer = client.post(CHANGE, {"body": "*Vorschau*", "seen": 0, "preview": "1"})

    assert "<em>Vorschau</em>" in answer.content.decode()
    assert not PageText.objects.exists()


def test_of_two_who_write_at_once_the_second_sees_the_first_text_and_decides_again(client, sign_in):
    sign_in("data_steward", "BMAS")
    write_text(page="imprint", language="de", body="der erste Text", seen=0, actor=UserFactory())
    answer = client.post(CHANGE, {"body": "der zweite Text", "seen": 0})

    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "der erste Text" in shown
    assert "der zweite Text" in shown
    assert 'name="seen" value="1"' in shown
    assert client.post(CHANGE, {"body": "der zweite Text", "seen": 1}).status_code == 302


@pytest.mark.parametrize("role", ["reviewer", "auditor"])
def test_others_than_the_data_management_write_no_text(client, sign_in, role):
    sign_in(role, "BMAS")

    assert client.post(CHANGE, {"body": "x", "seen": 0}).status_code == 403
    assert client.get(reverse("partners:page_text_list")).status_code == 403
    assert "/seiten/" not in page(client)


def test_versions_are_never_changed(client):
    write_text(page="imprint", language="de", body="x", seen=0, actor=UserFactory())

    with pytest.raises(DatabaseError), transaction.atomic():
        PageText.objects.update(body="y")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("![x](https://example.org/x.png)", "![x]"),
        ("# Titel", '<h2 class="kern-heading-small">Titel</h2>'),
        ("[Ziel](https://example.org)", 'class="kern-link"'),
    ],
)
def test_text_carries_no_code_and_loads_nothing(text, shown):
    html = as_html(text)

    assert shown in html or shown.replace("![x]", "!<a") in html
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_report_of_a_barrier_goes_out_as_a_mail_and_leaves_no_cookie(client):
    opened = client.get(f"{FORM}?seite=/de/daten/").context["opened"]
    answer = client.post(
        FORM, {"message": "Kein Fokus", "page": "/de/daten/", "reply_to": "a@example.org", "opened": opened}
    )

    assert answer.status_code == 200
    assert not client.cookies
    sent = OutgoingMail.objects.get()
    assert sent.recipient == "barrierefrei@example.org"
    assert sent.headers["Reply-To"] == "a@example.org"
    assert "Kein Fokus" in sent.body
    assert "/de/daten/" in sent.body


@pytest.mark.parametrize(
    "sent",
    [
        {"message": "x", "opened": "forged"},
        {"message": "", "opened": TimestampSigner(salt="barrier").sign("form")},
        {"message": "x", "reply_to": "a@b\nBcc: c@d", "opened": TimestampSigner(salt="barrier").sign("form")},
    ],
)
def test_form_that_was_not_opened_or_is_wrong_sends_nothing(client, sent):
    assert client.post(FORM, sent).status_code == 422
    assert not OutgoingMail.objects.exists()


def test_report_that_is_being_written_goes_into_another_language(client):
    shown = client.get(FORM).content.decode()
    [button] = re.findall(r'<button[^>]*formaction="([^"]+)"[^>]*>English', shown)

    page = client.post(button, {"message": "Kein Fokus", "reply_to": "keine Adresse", "language": "en"})

    assert 'form="barrier-form"' in shown
    assert (page.status_code, page.wsgi_request.LANGUAGE_CODE) == (200, "en")
    assert page.context["form"]["message"].value() == "Kein Fokus"
    assert not page.context["form"].errors
    assert not client.cookies
    assert not OutgoingMail.objects.exists()


def test_from_one_place_only_so_many_barriers_are_reported(client):
    sent = {"message": "Kein Fokus", "opened": TimestampSigner(salt="barrier").sign("form")}

    answers = [client.post(FORM, sent) for _number in range(21)]

    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert OutgoingMail.objects.count() == 20
    assert "Kein Fokus" in answers[-1].content.decode()


def test_without_an_address_there_is_no_form(client, settings):
    settings.OPERATOR = settings.OPERATOR | {"accessibility_email": "", "email": ""}

    assert client.get(FORM).status_code == 404
    assert FORM not in page(client, "/de/barrierefreiheit/")
