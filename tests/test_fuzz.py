"""Whatever anybody sends, with whatever rights, is answered; nothing is an error of the portal's own."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from measures.models import ImportRun
from partners.models import OutgoingMail, PasswordResetRequest
from tests.fuzzing import LEFT_OUT, NASTY, ROLES, Portal
from tests.properties import share

pytestmark = pytest.mark.django_db

nasty = st.sampled_from(NASTY) | st.text(max_size=20) | st.integers().map(str) | st.dates().map(str)
NULS = ["/partner/%00/", "/?jahr=%00", "/partner/?q=a%00b", "/verwaltung/partners/region/%00/delete/"]


@pytest.fixture
def portal() -> Portal:
    return Portal()


@share(3)
@given(data=st.data())
def test_no_request_is_an_error_of_the_portals_own(portal, data):
    route = data.draw(
        st.sampled_from([route for route in portal.routes if route.name not in LEFT_OUT]), "route"
    )
    role = data.draw(st.sampled_from(["nobody", "administrator", *ROLES]), "role")
    method = data.draw(st.sampled_from(["get", "post", "file", "put"]), "method")
    values = portal.values(route)
    for name in data.draw(
        st.sets(st.sampled_from(route.arguments)) if route.arguments else st.just(()), "bad"
    ):
        values[name] = data.draw(nasty, name)
    known = sorted(portal.fields_of(route)) or portal.common
    fields = data.draw(
        st.dictionaries(st.sampled_from(known) | st.sampled_from(portal.common), nasty), "fields"
    )

    response = portal.send(role, method, route.path(values), fields)

    assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, getattr(response, "exc_info", response)


@pytest.fixture
def visitor(client, sign_in) -> Client:
    sign_in("data_steward", "BMAS")
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("address", NULS)
def test_address_with_nul_is_a_bad_request(visitor, address):
    response = visitor.get(address)

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "ist nicht lesbar" in response.content.decode()


@pytest.mark.parametrize("sent", [{"year": "2016\0"}, {"ye\0ar": "2016"}])
def test_field_with_nul_is_a_bad_request(visitor, sent):
    assert visitor.post(reverse("reporting:report_request"), sent).status_code == HTTPStatus.BAD_REQUEST


def test_file_named_with_nul_is_taken_under_the_rest_of_its_name(visitor):
    file = SimpleUploadedFile("a.csv", b"a;b")
    file.name = "a\0.csv"

    assert visitor.post(reverse("measures:import_list"), {"file": file}).status_code == HTTPStatus.FOUND
    assert ImportRun.objects.latest("pk").file_name == "a.csv"


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 25, "-1"])
def test_number_that_no_record_can_have_is_not_found(visitor, number):
    assert visitor.get(f"/import/{number}/").status_code == HTTPStatus.NOT_FOUND


WITH_AN_ADDRESS = {
    "/partner/IHK-142/einladen/": {"email": "", "role": "contributor"},
    "/de/berichte/abonnieren/": {"email": ""},
    "/de/barrierefreiheit/melden/": {"message": "x", "reply_to": ""},
    "/konto/password/reset/": {"email": ""},
}
"""Forms with an address in the empty field, by where they stand."""


@pytest.mark.parametrize("address", [f"a@{'b.' * 130}org", "a@xn--\u00e4.org"])
@pytest.mark.parametrize("page", WITH_AN_ADDRESS)
def test_address_that_takes_no_mail_is_refused(visitor, settings, page, address):
    settings.OPERATOR = settings.OPERATOR | {"email": "ministry@example.org"}
    sent = {name: value or address for name, value in WITH_AN_ADDRESS[page].items()}

    answer = visitor.post(page, sent | {"opened": TimestampSigner(salt="barrier").sign("form")})

    assert answer.context["form"].errors
    assert not OutgoingMail.objects.exists()
    assert not PasswordResetRequest.objects.exists()


def test_no_address_leads_to_any_record_by_its_kind(visitor):
    assert visitor.get("/verwaltung/r/1/1/").status_code == HTTPStatus.NOT_FOUND


def test_list_to_be_exported_by_a_field_there_is_none_of_is_a_bad_request(visitor):
    address = reverse("admin:partners_organisation_export")

    assert visitor.get(address, {"nothing": "9"}).status_code == HTTPStatus.BAD_REQUEST
