"""Every number of the documents leads to its origin, by the same link wherever it is printed."""

import io
import re

import openpyxl
import pikepdf
import pytest
from django.utils.translation import override
from lxml import html

from reporting.editions.deriving import derive
from reporting.editions.types import PRACTICE, REPORT_TYPES
from reporting.frozen.links import figure_link
from reporting.renderers.html import render_html
from reporting.renderers.linked_text import linked
from tests.reporting.recorded_versions import PORTAL
from tests.reporting.renderers.rendered import sample, sample_documents
from tests.reporting.sample_snapshot import SHA256, make_snapshot

TOTAL = figure_link(PORTAL, "de", SHA256, "additional_places", 2016)
LAND = figure_link(PORTAL, "de", SHA256, "additional_places", 2016, ("region", "05"))

NOT_LINKED = {
    "the year that a sentence, a row or a column is of": r"\b20\d\d\b",
    "the day of the training market, in its name": r"\b30\. September\b",
    "what the ratios of the training market are stated per": r"\b100 (?=Personen|Menschen)|× 100\b",
    "a paragraph of a law": r"§ \d+",
    "how the report treats gaps": r"\bnie als 0\b",
}
"""Numbers that are no figures. Beside them: page numbers, dates, hashes, the axes of pictures (a table has
what they show), notes and small print of a number that is linked itself, and texts that people wrote."""
_NOT_LINKED = re.compile("|".join(NOT_LINKED.values()))

SECTIONS_IN_WORDS = ("glance", "market", "offers", "participation", "resolutions")
"""Those with sentences made of numbers; what other sections have in words, people wrote."""


def is_number(text: str) -> bool:
    return bool(re.search(r"\d", _NOT_LINKED.sub("", text)))


def links_of(page: html.HtmlElement) -> set[str]:
    return {link for link in page.xpath("//a/@href") if link.startswith(f"{PORTAL}/")}


def words_without_link(element: html.HtmlElement) -> str:
    return " ".join(element.xpath(".//text()[not(ancestor::a)]"))


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    return html.fromstring(sample_documents()["de.html"])


def test_page_links_every_number_of_its_tables_and_sentences(page):
    cells = page.xpath("//td[contains(@class, 'report-number')]/span[contains(@class, 'report-figure')]")
    tiles = page.xpath("//*[@class='report-tile']/p")
    numbers = [cell for cell in (*cells, *tiles) if re.search(r"\d", cell.text_content())]
    of_numbers = " or ".join(f"h2/@id='report-{name}'" for name in SECTIONS_IN_WORDS)
    written = page.xpath(f"//section[{of_numbers}]/*[self::p or self::ul][contains(@class, 'report-text')]")

    assert len(numbers) > 180
    assert [cell.text_content() for cell in numbers if is_number(words_without_link(cell))] == []
    assert [each.text_content() for each in written if is_number(words_without_link(each))] == []
    assert {TOTAL, LAND} <= links_of(page)


def test_practice_description_links_its_numbers():
    described = derive(sample(), REPORT_TYPES[PRACTICE], "")
    with override("de"):
        page = html.fromstring(render_html(described, "de", sha256=SHA256))
    lists = page.xpath("//section[h2/@id='practice-outputs']/ul[1] | //section[h2/@id='practice-sources']/ul")

    assert [each.text_content() for each in lists if is_number(words_without_link(each))] == []
    assert {TOTAL, figure_link(PORTAL, "de", SHA256, "files-used", 2016)} <= links_of(page)


def test_workbook_links_every_number_and_keeps_it_a_number(page):
    _contents, *tables, data = openpyxl.load_workbook(io.BytesIO(sample_documents()["de.xlsx"])).worksheets
    linked = {}
    for sheet in tables:
        head = [cell.value for cell in sheet[4]]
        for cell in (cell for row in sheet.iter_rows(min_row=5) for cell in row):
            if cell.hyperlink:
                linked[cell.hyperlink.target] = linked.get(cell.hyperlink.target, cell.value)
            elif head[cell.column - 1] != "Jahr":
                assert not isinstance(cell.value, int | float), f"{sheet.title} {cell.coordinate}"

    assert linked[TOTAL] == 18118
    assert linked[LAND] == 3866
    assert set(linked) <= links_of(page)
    rows = [row for row in data.iter_rows(min_row=5, values_only=True) if row[0]]
    assert all(row[-1].startswith(f"{PORTAL}/de/wert/") for row in rows)


def test_pdf_links_the_same_numbers_as_the_page_and_says_where_each_leads(page):
    with pikepdf.open(io.BytesIO(sample_documents()["de.pdf"])) as pdf:
        notes = [
            note for page in pdf.pages for note in page.get("/Annots", []) if "/URI" in note.get("/A", {})
        ]

        assert {str(note.A.URI) for note in notes if str(note.A.URI).startswith(PORTAL)} == links_of(page)
        assert all(str(note.Contents) for note in notes)


def test_without_an_address_or_words_nothing_is_linked():
    page = render_html(make_snapshot(), "de", sha256=SHA256).decode()

    assert not re.search("/wert/", page)
    assert linked("", TOTAL) == ""
