"""Every number of the documents leads to its origin, by the same link wherever it is printed."""

import io
import re

import openpyxl
import pikepdf
import pytest
from django.utils import translation

from reporting.frozen.links import figure_link
from reporting.renderers.html import render_html
from reporting.renderers.pdf import render_pdf
from reporting.renderers.workbook.xlsx import render_xlsx
from tests.reporting.renderers.pdf_standards import standard_problems
from tests.reporting.sample_snapshot import SHA256, make_snapshot

PORTAL = "https://portal.example.org"
TOTAL = figure_link(PORTAL, "de", SHA256, "additional_places", 2016)
LAND = figure_link(PORTAL, "de", SHA256, "additional_places", 2016, ("region", "05"))


@pytest.fixture(scope="module")
def snapshot():
    return make_snapshot(portal=PORTAL)


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


def test_page_links_numbers_of_alliance_and_laender(snapshot):
    page = render_html(snapshot, "de", sha256=SHA256).decode()

    assert f'href="{TOTAL}"' in page
    assert f'href="{LAND}"' in page


def test_workbook_links_numbers_and_keeps_them_numbers(snapshot):
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(snapshot, "de", sha256=SHA256)))
    linked = {
        cell.hyperlink.target: cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink and cell.hyperlink.target
    }

    assert linked[TOTAL] == 18118
    assert linked[LAND] == 3866
    data = book.worksheets[-1]
    texts = {cell.value for row in data.iter_rows() for cell in row}
    assert {TOTAL, LAND} <= texts


def test_pdf_links_numbers_and_keeps_to_the_standards(snapshot):
    content = render_pdf(snapshot, "de", sha256=SHA256)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        links = {
            str(note.A.URI)
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        }

    assert {TOTAL, LAND} <= links
    assert standard_problems(content) == []


def test_without_an_address_nothing_is_linked():
    page = render_html(make_snapshot(), "de", sha256=SHA256).decode()

    assert not re.search("/wert/", page)
