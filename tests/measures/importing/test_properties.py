"""What must hold for any figures in any guise, and for any bytes at all."""

import io
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.importing import Limits, read_file, read_guarded
from tests.measures.importing.grids import (
    CHAMBERS,
    FORMATS,
    INDICATORS,
    LAYOUTS,
    MARKERS,
    NOTATIONS,
    VOCABULARY,
    YEARS,
    Key,
    as_read,
    long,
    plain,
)
from tests.properties import share

SMALL = Limits(unpacked_bytes=20 * 2**20, cells=200_000, rows=20_000, columns=2_000)

like_something_else = st.sampled_from([0, 1, 2, 3, 1990, 2015, 2016, 2100, 42369, 42735, 43738])
whole = st.one_of(st.integers(-10_000_000, 10_000_000), like_something_else).map(Decimal)
amounts = st.decimals(-10_000_000, 10_000_000, places=2, allow_nan=False, allow_infinity=False)
cells = st.one_of(
    st.sampled_from(
        [
            "Kammer",
            "Kennzahl",
            "Jahr",
            "Wert",
            "KldB",
            "Zielgruppe",
            *CHAMBERS.values(),
            *INDICATORS.values(),
            "Summe",
        ]
    ),
    st.sampled_from(["in Tsd.", "%", "davon", "1)", "1) vorläufig", "-", "x", "20161)", "Quelle: BIBB", ""]),
    st.integers(-5, 3000),
    st.floats(),
    st.text(max_size=8),
)
absent = st.one_of(st.none(), st.sampled_from(sorted(MARKERS)))


@st.composite
def figures(draw):
    """A full grid of figures with at least one number for each indicator."""
    chambers = draw(st.lists(st.sampled_from(sorted(CHAMBERS)), min_size=1, max_size=3, unique=True))
    indicators = draw(st.lists(st.sampled_from(sorted(INDICATORS)), min_size=1, max_size=3, unique=True))
    years = draw(st.lists(st.sampled_from(YEARS), min_size=1, max_size=3, unique=True))
    made = {}
    for indicator in indicators:
        numbers = amounts if indicator == "expenditure" else whole
        for chamber in chambers:
            for year in years:
                made[Key(chamber, indicator, year)] = draw(st.one_of(numbers, numbers, absent))
        made[Key(chambers[0], indicator, years[0])] = draw(numbers)
    return made


def read(content, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"meldung{suffix}"
        path.write_bytes(content)
        return read_file(path, name=path.name, vocabulary=VOCABULARY, limits=SMALL)


def found(reading):
    return {
        Key(row.organisation, row.indicator, row.year): (row.value, row.absence)
        for row in reading.rows
        if not row.held
    }


@pytest.mark.parametrize("format_", FORMATS)
@share(0.4)
@given(figures=figures(), layout=st.sampled_from(LAYOUTS), notation=st.sampled_from(sorted(NOTATIONS)))
def test_figures_are_read_back_as_they_were_written(format_, figures, layout, notation):
    suffix, write = FORMATS[format_]
    content = write(list(layout(figures, NOTATIONS[notation])))

    reading = read(content, suffix)

    assert (reading.status, reading.reason) == ("ready", "")
    assert found(reading) == as_read(figures)
    assert len(reading.rows) == len(as_read(figures))


SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt", ".pdf", "")
BEGINNINGS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"sep=",
    b"<?xml ",
)
FIGURES = {
    Key(chamber, indicator, year): Decimal(1_000 * number + year)
    for number, chamber in enumerate(CHAMBERS)
    for indicator in ("training_placements", "internships")
    for year in (2015, 2016)
}
VALID = {format_: (suffix, write(list(long(FIGURES, plain)))) for format_, (suffix, write) in FORMATS.items()}
ARCHIVES = ("xlsx", "xlsb", "ods")

edits = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 6), st.binary(max_size=6)),
    min_size=1,
    max_size=8,
)


def damaged(content, edits):
    """Bytes overwritten, put in, cut out; the end cut off."""
    for place, kind, put in edits:
        at = int(place * len(content))
        if kind == 0:
            content = content[:at]
        elif kind == 1:
            content = content[:at] + put + content[at:]
        elif kind == 2:
            content = content[:at] + content[at + len(put) :]
        else:
            content = content[:at] + put + content[at + len(put) :]
    return content


def damaged_within(content, part, edits):
    """An archive in good order whose part is not."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        infos = source.infolist()
        chosen = infos[int(part * len(infos))]
        for info in infos:
            inside = source.read(info)
            target.writestr(info.filename, damaged(inside, edits) if info is chosen else inside)
    return made.getvalue()


def answers_something(reading):
    """A reading, a question, or a refusal with a sentence; problems that can be told.

    What is ready may still have a question about a column nothing was taken from.
    """
    assert reading.status in ("ready", "needs_answers", "refused")
    assert bool(reading.reason) == (reading.status == "refused" or bool(reading.questions))
    assert bool(reading.questions) or reading.status != "needs_answers"
    assert all(problem.message for problem in reading.problems)


@share(2.5)
@given(
    beginning=st.sampled_from(BEGINNINGS), content=st.binary(max_size=400), suffix=st.sampled_from(SUFFIXES)
)
def test_any_bytes_are_answered(beginning, content, suffix):
    answers_something(read(beginning + content, suffix))


@share(1.6)
@given(
    content=st.text(st.characters(codec="utf-8"), max_size=300),
    encoding=st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-8-sig"]),
)
def test_any_text_is_answered(content, encoding):
    answers_something(read(content.encode(encoding), ".csv"))


@share(1.6)
@given(rows=st.lists(st.lists(cells, max_size=5), max_size=8))
def test_any_cells_are_answered(rows):
    """A heading may be missing, doubled or in the wrong place; a cell may hold anything."""
    answers_something(read(FORMATS["UTF-8;"][1](rows), ".csv"))


@pytest.mark.parametrize("format_", [*ARCHIVES, "UTF-8;", "UTF-16 tab"])
@share(0.6)
@given(edits=edits)
def test_any_damage_to_a_file_is_answered(format_, edits):
    suffix, content = VALID[format_]

    answers_something(read(damaged(content, edits), suffix))


@pytest.mark.parametrize("format_", ARCHIVES)
@given(part=st.floats(0, 1, exclude_max=True), edits=edits)
def test_any_damage_within_an_archive_is_answered(format_, part, edits):
    suffix, content = VALID[format_]

    answers_something(read(damaged_within(content, part, edits), suffix))


@share(0.1)
@given(edits=edits)
def test_damaged_old_workbook_never_takes_the_portal_with_it(edits):
    """Its parser may ask for more memory than there is, which ends the process: only the guarded one."""
    suffix, content = VALID["xls"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / f"meldung{suffix}"
        path.write_bytes(damaged(content, edits))

        outline = read_guarded(path, folder=folder, name=path.name, vocabulary=VOCABULARY, limits=Limits())

    assert outline.status in ("ready", "needs_answers", "refused")
    assert bool(outline.reason_code) == (outline.status == "refused")
