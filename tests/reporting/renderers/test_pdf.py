import hashlib
import os
import subprocess
import sys
from io import BytesIO
from itertools import pairwise

import page
import pikepdf
import pytest
from django.conf import settings
from pypdf import PdfReader

from reporting.frozen.decoding import decode
from reporting.renderers.composition import compose
from reporting.renderers.pdf import render_pdf
from tests.reporting.sample_snapshot import SHA256, make_snapshot

RENDER_ELSEWHERE = """
import sys
import django
django.setup()
from reporting.frozen.decoding import decode
from reporting.renderers.pdf import render_pdf
sys.stdout.buffer.write(render_pdf(decode(sys.stdin.buffer.read()), "de", sha256=sys.argv[1]))
"""


@pytest.fixture(scope="module", params=["de", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def pdf(language) -> bytes:
    return render_pdf(make_snapshot(), language, sha256=SHA256)


def words_of(pdf: bytes) -> list[list[str]]:
    """Each page's words, without the reader's line breaks."""
    return [sheet.extract_text().replace("\u202f", " ").split() for sheet in PdfReader(BytesIO(pdf)).pages]


def test_the_pdf_passes_the_pdf_ua_checks(pdf):
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)

    assert (report.is_compliant, list(report.failures)) == (True, [])


def test_the_pdf_says_its_language_title_and_standards(pdf, language):
    heading = {
        "de": "Allianz für Aus- und Weiterbildung: Fortschrittsbericht 2016",
        "en": "Alliance for Initial and Further Training: Progress report 2016",
    }
    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == language
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo.Title) == heading[language]
        with document.open_metadata() as metadata:
            assert [metadata[key] for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")] == [
                "1",
                "2",
                "A",
            ]


def test_the_chart_is_told_in_words(pdf, language):
    with pikepdf.open(BytesIO(pdf)) as document:
        told = [
            str(item.Alt)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]

    report = compose(make_snapshot(), language, sha256=SHA256)
    assert told == [f"{report.chart_title}: {report.chart_text}"]


def test_only_our_own_font_is_used_and_embedded(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        fonts = [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        families = {str(font.FontName).split("+")[1].split("-")[0] for font in fonts}
        embedded = [any(key in font for key in ("/FontFile2", "/FontFile3")) for font in fonts]

    assert families == {"FiraSans"}
    assert all(embedded)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "de",
            [
                "2015 nicht gemeldet 500.000 je Jahr – 0 von 133",
                "2016 nicht gemeldet 500.000 je Jahr – 0 von 133",
                "2015 7.300 1) 20.000 36,5 % 133 von 133",
                "2016 18.118 2) 3) kein Zielwert – 133 von 133",
                "2015 19.020 4) 20.000 je Jahr 95,1 % 132 von 132",
                "2016 unvollständig (53 von 132 unbekannt) 4) 20.000 je Jahr – 0 von 132",
                "2015 5.000 bis zu 10.000 50 % ausgeschöpft 1 von 1",
                "2016 nicht gemeldet kein Zielwert – 0 von 1",
                "2015 nicht gemeldet kein Zielwert – 0 von 132",
                "2016 140 5) 150 je Jahr 93,3 % 132 von 132",
            ],
        ),
        (
            "en",
            [
                "2015 not reported 500,000 a year – 0 of 133",
                "2016 not reported 500,000 a year – 0 of 133",
                "2015 7,300 1) 20,000 36.5% 133 of 133",
                "2016 18,118 2) 3) no target – 133 of 133",
                "2015 19,020 4) 20,000 a year 95.1% 132 of 132",
                "2016 incomplete (53 of 132 unknown) 4) 20,000 a year – 0 of 132",
                "2015 5,000 up to 10,000 50% used 1 of 1",
                "2016 not reported no target – 0 of 1",
                "2015 not reported no target – 0 of 132",
                "2016 140 5) 150 a year 93.3% 132 of 132",
            ],
        ),
    ],
)
def test_the_published_figures_are_printed_with_their_targets(code, expected):
    overview = " ".join(words_of(render_pdf(make_snapshot(), code, sha256=SHA256))[3])

    places = [overview.find(row) for row in expected]
    assert -1 not in places
    assert all(before < after for before, after in pairwise(places))


def test_pages_are_numbered_after_the_title_page():
    title, *others = words_of(render_pdf(make_snapshot(), "de", sha256=SHA256))

    assert title[-4:] == [SHA256[start : start + 16] for start in (0, 16, 32, 48)]
    assert [" ".join(words[-4:]) for words in others] == [
        f"Seite {number} von {len(others)}" for number in range(1, len(others) + 1)
    ]


def test_the_same_snapshot_gives_the_same_bytes(pdf, language):
    assert render_pdf(decode(make_snapshot().to_json()), language, sha256=SHA256) == pdf


def test_another_process_in_another_time_zone_gives_the_same_bytes():
    snapshot = make_snapshot()
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}

    content = subprocess.run(
        [sys.executable, "-c", RENDER_ELSEWHERE, SHA256],
        input=snapshot.to_json(),
        env=os.environ | elsewhere,
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=True,
    ).stdout

    assert (
        hashlib.sha256(content).digest() == hashlib.sha256(render_pdf(snapshot, "de", sha256=SHA256)).digest()
    )


def test_a_report_without_any_figure_says_so():
    snapshot = make_snapshot()
    bare = make_snapshot(
        measures=(), objectives=(), participation=(), control_totals=(), statements=(), sources=()
    )

    pages = words_of(render_pdf(bare, "de", sha256=SHA256))

    assert "Für 2016 lassen sich 0 der 0 Leitzahlen angeben." in " ".join(pages[2])
    assert len(pages) < len(words_of(render_pdf(snapshot, "de", sha256=SHA256)))
