"""The public site as a visitor's browser shows it."""

import hashlib

import pytest
from playwright.sync_api import expect

from tests.reporting.public.making import make_ready, protected_data, publish, withdraw

REPORT = "/de/berichte/annual/2016/1/"


@pytest.fixture
def released(portal, settings):
    settings.PORTAL_ADDRESS = portal.url
    first = publish(make_ready(protected_data(year=2015)))
    withdraw(first)
    return publish()


def test_every_public_page_is_accessible_and_leaves_no_cookie(page, released, assert_accessible):
    data = released.snapshot.sha256[:16]
    for address in (
        "/de/",
        "/de/die-allianz/",
        "/de/leichte-sprache/",
        "/de/barrierefreiheit/melden/",
        "/de/berichte/",
        REPORT,
        "/de/berichte/annual/2015/1/",
        "/de/daten/",
        "/de/daten/additional_places/",
        f"/de/wert/{data}/additional_places/2016/",
        "/de/suche/?q=Ausbildung",
        "/de/pruefen/",
    ):
        page.goto(address)
        assert_accessible()
    assert page.context.cookies() == []


def test_browser_computes_the_fingerprint_and_keeps_the_file(page, released):
    with released.documents.get(language="de").file.open() as file:
        content = file.read()
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto("/de/pruefen/")

    page.get_by_label("Datei auswählen oder hier ablegen").set_input_files(
        {"name": "bericht.pdf", "mimeType": "application/pdf", "buffer": content}
    )

    expect(page.get_by_text("Ein echtes Dokument, unverändert seit der Freigabe")).to_be_visible()
    assert hashlib.sha256(content).hexdigest() in page.url
    assert "POST" not in sent
