from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from reporting.frozen.links import FigurePart
from reporting.frozen.schema import Text
from reporting.renderers.html import render_html
from tests.reporting.renderers.rendered import sample_documents
from tests.reporting.sample_contents import sample_narratives
from tests.reporting.sample_snapshot import SHA256, make_snapshot


class Page(HTMLParser):
    """What a test asks of a page: figures by id, headings, ids, tags, links."""

    def __init__(self, content: bytes):
        super().__init__()
        self.figures: dict[str, str] = {}
        self.headings: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.references: list[str] = []
        self.tags: list[tuple[str, dict]] = []
        self._open: list[tuple[str, dict]] = []
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        self._open.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if "href" in found:
            self.links.append(found["href"])
        self.references += found.get("aria-labelledby", "").split()
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append((tag, ""))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for tag, attributes in self._open:
            if attributes.get("class", "").startswith("report-figure") and "id" in attributes:
                key = attributes["id"]
                self.figures[key] = self.figures.get(key, "") + data.strip()
            if tag in {"h1", "h2", "h3", "h4"}:
                self.headings[-1] = (tag, self.headings[-1][1] + data.strip())


@pytest.fixture(params=["de", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture
def page(language) -> Page:
    return Page(render_html(make_snapshot(), language, sha256=SHA256))


def test_every_figure_has_its_own_id(page, language):
    expected = {
        "de": {
            "figure-internships-2016": "nicht gemeldet",
            "figure-additional_places-2015": "7.300",
            "figure-additional_places-2016": "18.118",
            "figure-training_placements-2015": "19.020",
            "figure-training_placements-2016": "unvollständig",
            "figure-assisted_starts-2015": "5.000",
            "figure-assisted_starts-2016": "nicht gemeldet",
            "figure-welcome_mentors-2015": "nicht gemeldet",
            "figure-welcome_mentors-2016": "140",
        },
        "en": {
            "figure-internships-2016": "not reported",
            "figure-additional_places-2015": "7,300",
            "figure-additional_places-2016": "18,118",
            "figure-training_placements-2015": "19,020",
            "figure-training_placements-2016": "incomplete",
            "figure-assisted_starts-2015": "5,000",
            "figure-assisted_starts-2016": "not reported",
            "figure-welcome_mentors-2015": "not reported",
            "figure-welcome_mentors-2016": "140",
        },
    }
    totals = {key: text for key, text in page.figures.items() if key.count("-") == 2}

    assert totals == expected[language]
    assert len(page.figures) - len(totals) == 32  # sixteen Länder, two years
    assert page.figures["figure-additional_places-2015-13"] == "−20"


def test_ids_are_unique_and_every_reference_finds_its_target(page):
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} - set(page.ids) == set()
    assert set(page.references) - set(page.ids) == set()


def test_headings_go_down_one_level_at_a_time(page):
    levels = [int(tag[1]) for tag, _text in page.headings]

    assert levels.count(1) == 1
    assert [after for before, after in pairwise(levels) if after > before + 1] == []


def test_the_page_says_its_language_and_needs_no_other_file(page, language):
    assert next(attributes for tag, attributes in page.tags if tag == "html")["lang"] == language
    assert [
        tag for tag, attributes in page.tags if tag in {"link", "script", "img"} or "src" in attributes
    ] == []
    assert [tag for tag, attributes in page.tags if "style" in attributes] == []


def test_numbers_lead_to_what_they_are_made_of():
    def trail(indicator: str, year: int, parts: Sequence[FigurePart]) -> str:
        return f"/herkunft/{indicator}/{year}/" + "".join(code for _by, code in parts)

    content = render_html(make_snapshot(), "de", sha256=SHA256, trail_url=trail)

    links = [link for link in Page(content).links if not link.startswith("#")]
    # With a target: value, target and who reported in the tile; these and the attainment in two tables; four
    # in words.
    assert links.count("/herkunft/welcome_mentors/2016/") == 3 + 2 * 4 + 4
    assert links.count("/herkunft/welcome_mentors/2015/") == 2
    # Without: value and who reported in the tile and in two tables, the Länder's total; value and change in
    # words.
    assert links.count("/herkunft/additional_places/2016/") == 2 + 2 * 2 + 1 + 2
    assert links.count("/herkunft/additional_places/2016/13") == 1


def test_the_same_snapshot_gives_the_same_bytes(language):
    assert render_html(make_snapshot(), language, sha256=SHA256) == render_html(
        make_snapshot(), language, sha256=SHA256
    )


def test_the_page_carries_the_hash_of_its_snapshot():
    snapshot = make_snapshot()

    assert render_html(snapshot, "de", sha256=SHA256).decode().count(SHA256) == 1


def test_what_people_typed_is_text_and_never_markup():
    sly = Text(de="<script>alert(1)</script>")

    content = render_html(make_snapshot(method_notes=(sly,)), "de", sha256=SHA256).decode()

    assert content.count("<script>") == 0
    assert content.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 1


def test_a_german_text_without_a_translation_says_its_language_in_an_english_report():
    data = make_snapshot(narratives=sample_narratives())
    [english, german] = [render_html(data, each, sha256=SHA256).decode() for each in ("en", "de")]

    marked = '<div class="report-text report-passages" lang="de">'
    assert (english.count(marked), german.count(marked)) == (1, 0)
    assert english.index(marked) < english.index("53 Kammern berieten Betriebe.")


def test_what_an_organisation_wrote_says_its_language_in_an_english_report():
    [english, german] = [sample_documents()[f"{each}.html"].decode() for each in ("en", "de")]

    for text in ("ohne zugelassene kommunale Träger", "Doppelzählung", "Der eigene Anteil wurde erreicht."):
        marked = f'<span lang="de">{text}</span>'
        assert (marked in english, marked in german, text in german) == (True, False, True)


def test_english_falls_back_to_the_german_name_where_there_is_no_other():
    assert (
        "Bundesvereinigung der Deutschen Arbeitgeberverbände"
        in render_html(make_snapshot(), "en", sha256=SHA256).decode()
    )
