"""Requests that only read cannot write: PostgreSQL refuses it, whatever the view does."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.db import InternalError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.test import override_settings
from django.urls import path, resolve, reverse

from alliance_portal import urls
from partners import middleware
from partners.middleware import (
    OUTSIDE_OF_TRANSACTIONS,
    CallbackInReadingRequestError,
    read_only_transaction,
)
from partners.models import Region, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def rename() -> int:
    return Region.objects.filter(code="DE").update(name_en="renamed")


def is_read_only() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return cursor.fetchone()[0] == "on"


@login_not_required
def write(request):
    return HttpResponse(str(rename()))


@login_not_required
def write_late(request):
    """The template is rendered after the view has returned, and then it writes."""
    template = engines["django"].from_string("{{ rename }}")
    return TemplateResponse(request, template, {"rename": rename})


@login_not_required
def write_afterwards(request):
    transaction.on_commit(rename)
    return HttpResponse("later")


@login_not_required
def stream(request):
    return StreamingHttpResponse(str(is_read_only()) for _ in range(3))


@login_not_required
def stream_and_write(request):
    def pieces() -> Iterator[str]:
        yield "first"
        yield str(rename())

    return StreamingHttpResponse(pieces())


@login_not_required
def remember(request):
    request.session["remembered"] = "yes"
    return HttpResponse(str(is_read_only()))


urlpatterns = [
    path("write", write),
    path("write-late", write_late),
    path("write-afterwards", write_afterwards),
    path("stream", stream),
    path("stream-and-write", stream_and_write),
    path("remember", remember),
    *urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def _addresses_of_these_tests():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def name_of_germany() -> str:
    return Region.objects.get(code="DE").name_en


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("address", ["/write", "/write-late"])
def test_write_in_a_reading_request_is_refused(client, method, address):
    before = name_of_germany()

    with pytest.raises(InternalError, match="read-only transaction"):
        getattr(client, method)(address)

    assert name_of_germany() == before


def test_write_put_off_until_after_a_reading_request_is_refused(client):
    before = name_of_germany()

    with pytest.raises(CallbackInReadingRequestError):
        client.get("/write-afterwards")

    assert name_of_germany() == before


def test_write_put_off_until_after_a_post_takes_place(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/write-afterwards").content == b"later"

    assert name_of_germany() == "renamed"


def test_refused_write_is_answered_with_an_error_and_logged(client, caplog):
    client.raise_request_exception = False

    assert client.get("/write").status_code == 500
    assert "cannot execute UPDATE in a read-only transaction" in caplog.text


def test_post_writes_as_before(client):
    assert client.post("/write").content == b"1"
    assert name_of_germany() == "renamed"


def test_what_is_written_after_a_reading_request_is_kept(client):
    client.get("/remember")

    assert rename() == 1
    assert name_of_germany() == "renamed"


def test_session_is_saved_though_the_view_may_not_write(client):
    assert client.get("/remember").content == b"True"

    assert client.session["remembered"] == "yes"


def test_session_of_a_changed_password_is_deleted_while_reading(client):
    user = UserFactory()
    client.force_login(user)
    person = User.objects.get(pk=user.pk)
    person.set_password("another correct horse battery")
    person.save()

    assert client.get("/").status_code == 302
    assert Session.objects.count() == 0


def test_stream_is_read_only_from_the_first_piece_to_the_last(client):
    response = client.get("/stream")

    assert b"".join(response.streaming_content) == b"TrueTrueTrue"
    assert not is_read_only()


def test_stream_that_writes_fails_at_that_piece(client):
    before = name_of_germany()
    pieces = client.get("/stream-and-write").streaming_content

    assert next(pieces) == b"first"
    with pytest.raises(InternalError, match="read-only transaction"):
        next(pieces)
    assert name_of_germany() == before


def test_stream_given_up_by_its_reader_ends_its_transaction(client):
    response = client.get("/stream")
    next(response.streaming_content)

    response._iterator.close()  # what the server does with a reader gone

    assert not is_read_only()
    assert rename() == 1


def test_error_of_the_database_leaves_the_connection_usable(client):
    client.raise_request_exception = False
    client.get("/write")

    assert client.post("/write").content == b"1"


def test_views_outside_of_the_transaction_are_known_by_name():
    assert set(OUTSIDE_OF_TRANSACTIONS) == {"account_email", "openid_connect_callback"}
    addresses = [reverse("account_email"), reverse("openid_connect_callback", args=["dienst"])]
    assert [resolve(address).view_name for address in addresses] == [*OUTSIDE_OF_TRANSACTIONS]


def test_page_of_ones_addresses_lists_an_address_not_yet_known(client):
    user = UserFactory()
    client.force_login(user)

    assert client.get(reverse("account_email")).status_code == 200
    assert EmailAddress.objects.get(user=user).email == user.email


def test_part_of_a_transaction_is_read_only_and_the_rest_is_not():
    with read_only_transaction(), pytest.raises(InternalError), read_only_transaction():
        rename()

    assert rename() == 1


def test_view_is_looked_up_once_for_all_that_surround_it(client, sign_in, monkeypatch):
    sign_in("contributor", "IHK-112")
    asked = []
    monkeypatch.setattr(middleware, "resolve", lambda path: asked.append(path) or resolve(path))

    client.get("/")

    assert asked == ["/"]
