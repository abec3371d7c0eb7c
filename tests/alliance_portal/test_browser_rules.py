"""What browsers hold for an installation: cookies for this host alone, a policy with every answer."""

import json

import pytest
from django.core import signing
from django.test import Client, override_settings
from django.urls import reverse

from tests.alliance_portal.test_settings import PRODUCTION, answer_of
from tests.factories import UserFactory

COOKIES = (
    "import json; from alliance_portal.settings import production as p;"
    "print(json.dumps({name: getattr(p, name) for name in dir(p) if '_COOKIE_' in name}))"
)
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def cookies_of_production() -> dict[str, object]:
    return json.loads(answer_of(COOKIES, **PRODUCTION))


@pytest.mark.long
@pytest.mark.django_db
def test_every_cookie_is_bound_to_this_host_and_to_https(cookies_of_production):
    person, browser = UserFactory(), Client()
    with override_settings(**cookies_of_production):
        browser.get(reverse("account_login"))
        browser.post(reverse("set_language"), {"language": "en"})
        browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    found = dict(browser.cookies)

    assert sorted(found) == [
        "__Host-csrftoken",
        "__Host-device",
        "__Host-language",
        "__Host-sessionid",
    ]
    for cookie in found.values():
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
        assert cookie["samesite"] == "Lax"
    assert [name for name, cookie in found.items() if not cookie["httponly"]] == ["__Host-csrftoken"]


@pytest.mark.django_db
def test_message_of_a_page_stays_on_the_server():
    browser = Client()
    person = UserFactory()
    browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    left = browser.post(reverse("account_logout"))

    assert sorted(left.cookies) == ["sessionid"]
    assert person.email not in str(left.cookies)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/konto/login/"),
        ("GET", "/static/portal/report.css"),
        ("GET", "/static/"),
        ("GET", "/nowhere/"),
        ("GET", "/partner/"),
        ("GET", "/partner/?q=%00"),
        ("PUT", "/partner/"),
        ("GET", "/healthz"),
    ],
)
def test_every_answer_has_the_policy(method, address):
    answer = Client().generic(method, address)
    answer.close()  # a file's

    rules = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    assert (rules["default-src"], rules["object-src"]) == ("'none'", "'none'")
    assert (rules["base-uri"], rules["frame-ancestors"]) == ("'none'", "'none'")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    kind = answer.headers.get("Content-Type", "")
    assert "charset" in kind if kind.startswith("text/") else True


@pytest.mark.django_db
@pytest.mark.parametrize("folder", ["/static/", "/static/portal", "/static/portal/"])
def test_folder_is_not_listed(folder):
    answer = Client().get(folder)

    assert answer.status_code == 404
    assert "recovery_codes.js" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_host(elsewhere):
    person, browser = UserFactory(), Client()
    language = browser.post(reverse("set_language"), {"language": "en", "next": elsewhere})
    sign_in = browser.post(
        reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": elsewhere}
    )
    sign_out = browser.post(reverse("account_logout"), {"next": elsewhere})

    assert {answer.url for answer in (language, sign_in, sign_out)} <= {"/", reverse("partners:signed_out")}


@pytest.mark.long
def test_what_a_former_secret_key_signed_is_accepted_while_it_is_named():
    code = "import django; django.setup(); from django.core import signing;print(signing.loads('SIGNED'))"
    with override_settings(SECRET_KEY="the key of before", SECRET_KEY_FALLBACKS=[]):
        code = code.replace("SIGNED", signing.dumps("kept"))

    settings = {"DJANGO_SETTINGS_MODULE": "alliance_portal.settings.production"}
    assert answer_of(code, **PRODUCTION, **settings, SECRET_KEY_FALLBACKS="the key of before") == "kept"


@pytest.mark.long
def test_secret_is_read_from_the_file_that_is_named(tmp_path):
    (tmp_path / "key").write_text("from a file\n")
    others = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    code = "from alliance_portal.settings import production; print(production.SECRET_KEY)"

    assert answer_of(code, **others, SECRET_KEY_FILE=str(tmp_path / "key")) == "from a file"
