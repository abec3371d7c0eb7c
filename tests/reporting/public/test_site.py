"""The public site: to be read by everybody, in two languages, without cookies or scripts."""

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from reporting.models import Document, ProgressReport
from reporting.selectors import stored_pages
from reporting.selectors.public.addresses import document_address, report_address
from tests.queries import exactly_queries
from tests.reporting.public.making import PORTAL, make_ready, protected_data, publish, withdraw
from tests.reporting.sample_contents import sample_market

pytestmark = pytest.mark.django_db

REPORT = "berichte/annual/2016/1/"
PAGES = (
    "",
    "die-allianz/",
    "impressum/",
    "datenschutz/",
    "barrierefreiheit/",
    "leichte-sprache/",
    "berichte/",
    "berichte/annual/2016/",
    REPORT,
    "daten/",
    "daten/additional_places/",
    "suche/",
    "suche/?q=places",
    "pruefen/",
)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture(autouse=True)
def portal(settings):
    settings.PORTAL_ADDRESS = PORTAL
    settings.OPERATOR = settings.OPERATOR | {"accessibility_email": "barrierefrei@example.org"}


@pytest.fixture
def released():
    return publish()


def statuses(client: Client, paths: Iterable[str]) -> set[int]:
    answers = [client.get(path) for path in paths]
    for answer in answers:
        if answer.streaming:
            b"".join(answer.streaming_content)
    return {answer.status_code for answer in answers}


def html(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("language", ["de", "en"])
def test_visitors_get_every_page_without_cookie_and_script(client, released, language):
    for page in (*PAGES, "barrierefreiheit/melden/", "berichte/abonnieren/"):
        answer = client.get(f"/{language}/{page}")
        text = answer.content.decode()
        assert answer.status_code == 200, page
        assert not answer.cookies, page
        assert not client.cookies, page
        assert f'<html lang="{language}">' in text, page
        assert text.count("<script") == (1 if page == "pruefen/" else 0), page


def test_page_names_itself_and_its_translation_under_one_address_each(client, released):
    page = html(client, f"/en/{REPORT}?utm=1")

    assert f'<link rel="canonical" href="{PORTAL}/en/{REPORT}">' in page
    assert f'<link rel="alternate" hreflang="de" href="{PORTAL}/de/{REPORT}">' in page
    assert f'<link rel="alternate" hreflang="x-default" href="{PORTAL}/de/{REPORT}">' in page


@pytest.mark.parametrize("path", ["/de/gibt-es-nicht/", "/de/berichte/annual/2016/9/", "/sitemap.xml", "/"])
def test_visitor_gets_no_cookie_for_a_page_that_is_not_there_either(client, path):
    assert client.get(path).status_code in {200, 302, 404}
    assert not client.cookies


def test_front_door_leads_visitors_to_the_site_in_their_language(client):
    assert client.get("/", headers={"accept-language": "en"}).url == "/en/"
    assert client.get("/").url == "/de/"


def test_whoever_is_signed_in_keeps_the_portal_s_header_and_no_cache_keeps_their_page(
    client, sign_in, released
):
    sign_in("contributor", "IHK-142")
    answer = client.get("/de/")

    assert 'name="portal-session"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_caches_keep_a_page_for_a_minute_and_a_refusal_not_at_all(client, released):
    assert client.get(f"/de/{REPORT}")["Cache-Control"] == "public, max-age=60"
    missing = client.get("/de/berichte/annual/2016/2/")
    assert missing.status_code == 404
    assert "no-store" in missing["Cache-Control"]


def everything(client: Client) -> str:
    paths = (
        "/de/",
        "/de/berichte/",
        "/de/berichte/atom.xml",
        "/de/daten/",
        "/de/suche/?q=2016",
        "/sitemap.xml",
    )
    return "".join(html(client, path) for path in paths)


def private_paths(report: ProgressReport) -> tuple[str, ...]:
    data = report.snapshot.sha256[:16]
    return (
        "/de/berichte/annual/2016/",
        "/de/berichte/annual/2016/1/",
        "/de/berichte/annual/2016/1/manifest.json",
        "/de/berichte/annual/2016/1/manifest.sig",
        "/de/berichte/annual/2016/1/Fortschrittsbericht-2016.pdf",
        "/de/daten/additional_places/",
        "/de/daten/additional_places/additional_places.csv",
        f"/de/wert/{data}/additional_places/2016/",
    )


def test_nothing_leaks_before_the_release_and_all_is_there_after_it(client):
    report = make_ready()
    before = everything(client)
    assert 'href="/de/daten/katalog.jsonld"' not in before
    assert statuses(client, private_paths(report)) == {404}
    document = report.documents.get(language="de")
    assert "Not a released document" in html(client, f"/en/pruefen/?sha256={document.sha256}")

    publish(report)

    assert statuses(client, private_paths(report)) == {200}
    assert everything(client) != before
    assert "2016" not in before.replace("?q=2016", "").replace('value="2016"', "")


def test_what_was_released_before_there_was_protection_stays_inside(client, released):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE reporting_releasemanifest SET is_public = false")
        cursor.execute("SET LOCAL session_replication_role = origin")

    assert statuses(client, private_paths(released)) == {404}
    assert "Not a released document" in html(
        client, f"/en/pruefen/?sha256={released.documents.get(language='de').sha256}"
    )


def test_withdrawn_release_stays_under_its_address_and_is_marked(client, released):
    withdraw(released)
    page = html(client, f"/en/{REPORT}")

    assert "This release was withdrawn." in page
    assert "A value was wrong." in page
    assert 'name="robots" content="noindex"' in page
    assert "A value was wrong." in html(client, "/en/berichte/")
    assert client.get("/en/daten/additional_places/").status_code == 404


def test_edition_leads_to_the_release_that_stands_though_a_later_one_was_withdrawn(client, released):
    withdraw(publish(make_ready(protected_data(method_notes=()), content=b"another")))
    of_edition, every = html(client, "/en/berichte/annual/2016/"), html(client, "/en/berichte/")

    assert f'href="/en/{REPORT}manifest.json"' in of_edition
    assert "This release was withdrawn." not in of_edition
    standing, others = every.split("Other releases")
    assert "A value was wrong." not in standing
    assert "A value was wrong." in others


def test_corrected_release_leads_to_the_later_one(client, released):
    publish(make_ready(protected_data(method_notes=()), content=b"another"))

    first, latest = html(client, f"/en/{REPORT}"), html(client, "/en/berichte/annual/2016/")
    assert "A later release replaces this one." in first
    assert "A later release replaces this one." not in latest
    assert "Release 2" in latest


def test_report_page_shows_what_its_document_has_unless_that_was_changed(client):
    report = make_ready()
    styles = b".report { color: #000; }"
    content = (
        b"<style>" + styles + b'</style><main><article class="report" lang="en">As released.</article></main>'
    )
    document = Document.objects.create(
        report=report,
        language="en",
        format="html",
        file=ContentFile(content, name="report.html"),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
    publish(report)

    assert '<article class="report" lang="en">As released.</article>' in html(client, f"/en/{REPORT}")
    file = client.get(f"/en/{REPORT}{document.file_name}")
    assert b"".join(file.streaming_content) == content
    policy = file["Content-Security-Policy"]
    known = base64.b64encode(hashlib.sha256(styles).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{known}';")
    assert not {"script", "unsafe"} & set(re.findall("[a-z]+", policy))

    Path(document.file.path).write_bytes(content.replace(b"released", b"changed"))
    stored_pages.stored_body.cache_clear()
    page = html(client, f"/en/{REPORT}")
    assert "As changed." not in page
    assert 'id="report-contents"' in page


def test_report_page_has_a_permanent_place_for_each_table_and_figure(client, released):
    page = html(client, f"/de/{REPORT}")

    places = re.findall("<figure[^>]*>", page)
    assert places
    assert all(' id="' in place for place in places)
    assert 'id="figure-additional_places-2016"' in page
    assert f'href="{PORTAL}/de/wert/{released.snapshot.sha256[:16]}/additional_places/2016/"' in page


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_file_of_a_release_is_there_beside_its_catalogue_entry_in_either_language(
    client, released, language
):
    page = report_address(released, language)
    names = {document.file_name for document in released.documents.all()}

    assert statuses(client, [f"{page}{name}" for name in names]) == {200}
    assert {"Fortschrittsbericht-2016.pdf", "Progress-report-2016.pdf"} <= names


def test_a_file_that_is_missing_is_not_found_and_in_the_log(client, released, caplog):
    document = released.documents.get(language="de", format="pdf")
    document.file.storage.delete(document.file.name)

    answer = client.get(document_address(released, document))

    assert answer.status_code == 404
    assert f"The file of document {document.pk} is missing" in caplog.text


def test_feed_names_releases_and_withdrawals_the_last_first(client, released):
    publish(make_ready(protected_data(year=2017)))
    withdraw(released, "A value\x0bwas wrong.")  # a line break as Word pastes it
    feed = ET.fromstring(client.get("/en/berichte/atom.xml").content)  # noqa: S314  # our own

    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert titles == ["Progress report 2017, release 1", "Withdrawn: Progress report 2016, release 1"]
    assert feed.findtext("a:entry/a:id", namespaces=ATOM) == f"{PORTAL}/en/berichte/annual/2017/1/"
    notes = [entry.findtext("a:summary", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    with override("en"):
        day = date_format(timezone.localdate(), "DATE_FORMAT")
    assert notes == [f"Published on {day}.", "A value was wrong."]


def test_catalogue_lists_the_entries_of_the_releases_that_stand(client):
    entry = b'{"@graph": [{"@id": "./", "dcat:distribution": [{"@id": "mul.csv"}]}]}'
    reports = [make_ready(), make_ready(protected_data(year=2017))]
    for report in reports:
        Document.objects.create(
            report=report,
            language="mul",
            format="dcat.jsonld",
            file=ContentFile(entry, name=f"{report.pk}.jsonld"),
            sha256=hashlib.sha256(entry).hexdigest(),
            size=len(entry),
        )
        publish(report)

    def listed() -> list[str]:
        answer = client.get("/de/daten/katalog.jsonld")
        assert answer.headers["Content-Type"] == "application/ld+json"
        (described, *datasets) = answer.json()["@graph"]
        assert [each["@id"] for each in described["dcat:dataset"]] == [each["@id"] for each in datasets]
        assert all(each["dcat:distribution"][0]["@id"] == f"{each['@id']}mul.csv" for each in datasets)
        return [each["@id"] for each in datasets]

    addresses = [f"{PORTAL}/de/berichte/annual/{year}/1/" for year in (2017, 2016)]
    assert listed() == addresses
    withdraw(reports[0])
    assert listed() == addresses[:1]


def test_sitemap_lists_public_pages_in_both_languages(client, released):
    tree = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  # our own
    urls = {url.findtext("s:loc", namespaces=SITEMAP): url for url in tree.findall("s:url", SITEMAP)}

    assert {f"{PORTAL}/{language}/{REPORT}" for language in ("de", "en")} <= urls.keys()
    links = urls[f"{PORTAL}/en/{REPORT}"].findall("x:link", SITEMAP)
    alternates = {link.get("hreflang"): link.get("href") for link in links}
    german, english = (f"{PORTAL}/{language}/{REPORT}" for language in ("de", "en"))
    assert alternates == {"de": german, "en": english, "x-default": german}
    assert f"Sitemap: {PORTAL}/sitemap.xml" in html(client, "/robots.txt")
    assert {client.get(url.removeprefix(PORTAL)).status_code for url in urls} == {200}


def test_search_finds_releases_and_definitions_whatever_the_umlauts(client):
    publish(make_ready(protected_data(market=sample_market())))

    found = html(client, "/de/suche/?q=fortschrittsbericht+2016")
    assert f'href="/de/{REPORT}">Fortschrittsbericht 2016, Ausgabe 1</a>' in found
    terms = f"/de/{REPORT}#section-market-terms"
    assert f'href="{terms}">Angebots-Nachfrage-Relation (ANR)</a>' in html(client, "/de/suche/?q=ANR")
    assert 'id="section-market-terms"' in html(client, f"/de/{REPORT}")
    assert 'href="/de/daten/additional_places/"' in html(client, "/de/suche/?q=zusaetzlich+PLAETZE")
    assert "0 hits" in html(client, "/en/suche/?q=nowhere")


def test_tile_says_below_its_number_how_certain_it_is(client, released):
    tile = re.search(r"<strong>18,118</strong>(.*?)</li>", html(client, "/en/"), re.DOTALL)

    assert "contains preliminary values" in tile[1]


@pytest.mark.parametrize("page", ["berichte/", ""])
def test_lists_ask_the_database_as_often_for_three_releases_as_for_one(client, page):
    for count in (1, 3):
        while ProgressReport.objects.count() < count:
            publish(make_ready(protected_data(year=2016 + ProgressReport.objects.count())))
        client.get(f"/de/{page}")
        with exactly_queries({"berichte/": 5, "": 13}[page]):
            client.get(f"/de/{page}")
