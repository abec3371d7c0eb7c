import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from pypdf import PdfReader

from reporting.editions.deriving import derive
from reporting.editions.types import REPORT_TYPES
from reporting.frozen.decoding import decode
from reporting.renderers.composition import compose
from reporting.renderers.pdf import render_pdf, unbroken
from tests.reporting.recorded_versions import full_snapshot
from tests.reporting.renderers.pdf_standards import standard_problems, streams_have_their_length
from tests.reporting.renderers.reading import pictures_of
from tests.reporting.renderers.rendered import sample_documents
from tests.reporting.sample_snapshot import SHA256, make_snapshot


@pytest.fixture(scope="module", params=["de", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def pdf(language) -> bytes:
    return render_pdf(make_snapshot(), language, sha256=SHA256)


def words_of(pdf: bytes) -> list[list[str]]:
    """Each page's words, without the reader's line breaks."""
    return [sheet.extract_text().replace("\u202f", " ").split() for sheet in PdfReader(BytesIO(pdf)).pages]


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """The same document after ``change``, written anew."""
    content = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        change(document)
        document.save(content)
    return content.getvalue()


def untag(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot
    del document.Root.MarkInfo


def remove_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang


def test_the_pdf_keeps_to_pdf_ua_1_and_pdf_a_2a(pdf):
    assert standard_problems(pdf) == []
    assert standard_problems(changed(pdf, bool)) == []


SCOPES = {"land": "11", "umbrella": "BA"}
MANY_PAGES = {"annual", "interim"}


@pytest.mark.parametrize("code", ["de", "en"])
@pytest.mark.parametrize(
    "report_type",
    [
        pytest.param(each, id=each.code, marks=pytest.mark.long if each.code in MANY_PAGES else ())
        for each in REPORT_TYPES.values()
    ],
)
def test_every_type_of_report_with_all_its_sections_keeps_to_both_standards(report_type, code):
    snapshot = replace(full_snapshot(), scope=None)

    pdf = render_pdf(derive(snapshot, report_type, SCOPES.get(report_type.code, "")), code, sha256=SHA256)

    assert standard_problems(pdf) == []


@pytest.mark.parametrize(
    ("break_it", "rules"),
    [
        (untag, {"PDFUA1-TAGGED-DOCUMENT-001", "PDFA2A-TAGGED-DOCUMENT-001"}),
        (remove_language, {"PDFUA1-TEXT-LANGUAGE-001"}),
    ],
    ids=["untagged", "without a language"],
)
def test_a_pdf_that_breaks_a_standard_is_noticed(pdf, break_it, rules):
    found = {problem.partition(":")[0] for problem in standard_problems(changed(pdf, break_it))}

    assert rules <= found


def test_a_stream_of_another_length_is_noticed(pdf):
    broken = re.sub(
        rb"/Length (\d+)/Type/Metadata", lambda found: b"/Length %d/Type/Metadata" % (int(found[1]) - 1), pdf
    )

    assert not streams_have_their_length(broken)
    assert "PDFA2A-STREAM-LENGTH-001" in {each.partition(":")[0] for each in standard_problems(broken)}


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


@pytest.mark.parametrize(("document", "marked"), [("en.pdf", True), ("de.pdf", False)])
def test_what_an_organisation_wrote_says_its_language_in_an_english_report(document, marked):
    with pikepdf.open(BytesIO(sample_documents()[document])) as pdf:
        cells = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each]

        german = [each for each in cells if str(each.Lang) == "de" and each.get("/S") == "/TD"]
    assert bool(german) is marked


def test_every_chart_has_its_text(pdf, language):
    with pikepdf.open(BytesIO(pdf)) as document:
        told = [
            str(item.Alt)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]

    pictures = pictures_of(compose(make_snapshot(), language, sha256=SHA256))
    assert told == [f"{picture.title}: {picture.alternative}" for picture in pictures]
    assert len(pictures) == 1


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
                "2015 nicht gemeldet 500.000 1) – 0 von 133",
                "2016 nicht gemeldet 500.000 1) – 0 von 133",
                "2015 7.300 20.000 2) 36,5 % 133 von 133",
                "2016 18.118 3) – – 133 von 133",
                "2015 19.020 20.000 4) 95,1 % 132 von 132",
                "2016 unvollständig 5) 20.000 4) – 0 von 132",
                "2015 5.000 höchstens 10.000 50,0 % der Obergrenze 1 von 1",
                "2016 140 150 6) 93,3 % 132 von 132",
            ],
        ),
        (
            "en",
            [
                "2015 not reported 500,000 1) – 0 of 133",
                "2016 not reported 500,000 1) – 0 of 133",
                "2015 7,300 20,000 2) 36.5% 133 of 133",
                "2016 18,118 3) – – 133 of 133",
                "2015 19,020 20,000 4) 95.1% 132 of 132",
                "2016 incomplete 5) 20,000 4) – 0 of 132",
                "2015 5,000 at most 10,000 50.0% of the ceiling 1 of 1",
                "2016 140 150 6) 93.3% 132 of 132",
            ],
        ),
    ],
)
def test_the_published_figures_are_printed_with_their_targets(code, expected):
    sheets = words_of(render_pdf(make_snapshot(), code, sha256=SHA256))
    overview = " ".join(word for words in sheets[3:6] for word in words)

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


def test_two_narrow_tables_stand_side_by_side():
    data = make_snapshot()
    lands = next(each.lands for each in data.indicators if each.code == "additional_places")
    measures = tuple(
        replace(
            measure,
            indicators=tuple(
                replace(each, lands=lands) if each.code == "training_placements" else each
                for each in measure.indicators
            ),
        )
        for measure in data.measures
    )

    pdf = render_pdf(replace(data, measures=measures), "de", sha256=SHA256)

    assert standard_problems(pdf) == []
    heads = []
    for sheet in PdfReader(BytesIO(pdf)).pages:
        sheet.extract_text(
            visitor_text=lambda text, place, *_more: heads.append(place[4:]) if text == "Land" else None
        )
    (left, top), (right, same_top) = heads
    assert left < right
    assert top == same_top


def test_a_report_without_any_figure_says_so():
    snapshot = make_snapshot()
    bare = make_snapshot(
        measures=(), objectives=(), participation=(), control_totals=(), statements=(), sources=()
    )

    pages = words_of(render_pdf(bare, "de", sha256=SHA256))

    assert "Leitzahl" not in " ".join(pages[2])
    assert [section.anchor for section in compose(bare, "de", sha256=SHA256).sections] == [
        "report-glance",
        "report-methods",
    ]
    assert len(pages) < len(words_of(render_pdf(snapshot, "de", sha256=SHA256)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("am 30. September 2016", "am 30.\u00a0September 2016"),
        ("on 1 May 2017", "on 1\u00a0May 2017"),
        ("§ 86 BBiG", "§\u00a086 BBiG"),
        ("3 Maifeiern, Satz 1. Dann", "3 Maifeiern, Satz 1. Dann"),
    ],
)
def test_no_line_ends_within_a_day_or_a_paragraph_of_a_law(text, expected):
    assert unbroken(text) == expected
