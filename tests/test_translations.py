"""The German interface is complete, and both languages are served."""

import pytest
from django.test import Client
from django.urls import reverse

from alliance_portal import translations


def test_german_catalogue_is_complete():
    assert list(translations.problems()) == []


def test_a_message_is_found_in_code_and_templates():
    assert set(translations.messages_of_python('x = _("One")\ny = ngettext("a", "b", 2)')) == {
        translations.Message(None, "One", None),
        translations.Message(None, "a", "b"),
    }
    template = """
        {% load i18n %}{% translate "Two" %}{% blocktranslate with n=x %}Three {{ n }}{% endblocktranslate %}
    """
    assert set(translations.messages_of_template(template)) == {
        translations.Message(None, "Two", None),
        translations.Message(None, "Three %(n)s", None),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("de", "Anmelden"), ("en", "Sign in")])
def test_sign_in_page_speaks_the_browsers_language(client: Client, language: str, heading: str):
    response = client.get(reverse("account_login"), headers={"accept-language": language})

    assert heading in response.content.decode()
    assert response.headers["content-language"] == language
