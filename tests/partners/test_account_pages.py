import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_attempts():
    cache.clear()


def test_wrong_password_answers_with_the_form_and_the_reason(client):
    user = UserFactory()

    response = client.post(reverse("account_login"), {"login": user.email, "password": "wrong"})

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        "Die E-Mail-Adresse und/oder das Passwort sind leider falsch."
    ]


def test_many_requests_for_a_new_password_are_paused(client):
    statuses = [
        client.post(reverse("account_reset_password"), {"email": f"p{attempt}@example.org"}).status_code
        for attempt in range(21)
    ]

    assert statuses == [302] * 20 + [429]


def test_new_password_is_sent_to_a_person_we_know(client, mailoutbox, django_capture_on_commit_callbacks):
    user = UserFactory()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": user.email})

    assert [mail.to for mail in mailoutbox] == [[user.email]]
    assert mailoutbox[0].subject == "[Allianz-Portal] E-Mail zum Zurücksetzen des Passworts"
    assert mailoutbox[0].body.splitlines()[0] == "Guten Tag,"


def test_new_password_is_not_sent_to_strangers(client, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("account_reset_password"), {"email": "stranger@example.org"})

    assert response.status_code == 302
    assert mailoutbox == []


def test_nobody_signs_up_without_an_invitation(client):
    response = client.get(reverse("account_signup"))

    assert "account/signup_closed.html" in [template.name for template in response.templates]


def test_operator_is_named_on_the_legal_notice(client, settings):
    settings.OPERATOR |= {"name": "Bundesministerium", "address": ["Straße 1", "10115 Berlin"]}

    html = client.get(reverse("pages:imprint")).content.decode()

    assert "Bundesministerium" in html
    assert "<br>10115 Berlin" in "".join(line.strip() for line in html.splitlines())


@pytest.mark.parametrize("language", ["de", "en"])
def test_language_is_kept_for_the_next_page(client, language):
    client.post(reverse("set_language"), {"language": language, "next": "/konto/login/"})

    assert f'<html lang="{language}">' in client.get(reverse("account_login")).content.decode()
