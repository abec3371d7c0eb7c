"""The notes below a table: which of them could restrict its figures, and which cells their marks stand at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.addresses import address
from measures.importing.columns.around.named_years import names_kind_of_year
from measures.importing.columns.around.sources import with_keys_joined
from measures.importing.columns.constants import parts_read_before
from measures.importing.layout.blocks import lines_of
from measures.importing.layout.grid import is_date, shown
from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.footnotes import footnote_in
from measures.importing.text.letters import choosing
from measures.importing.text.markers import is_legend, legend_in, speaks_of_colours
from measures.importing.text.neutral.counted_by import with_counted_by
from measures.importing.text.neutral.places import with_neutral_words
from measures.importing.text.neutral.stretches import with_asides
from measures.importing.text.numbers import take_apart
from measures.importing.text.quality import declared_base
from measures.importing.text.terms.asked import is_about_filling_in
from measures.importing.text.terms.restrictions import names_some

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.wording import Part

_MOST_NOTES = 1_000
"""Different notes that are read word by word; further ones are not understood."""

_SIGNED = re.compile(r"[^\W\d][^\d,]*,\s*(?:den\s+)?\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d]+)\s?\d{2,4}")
"""Place and day of a letter: ``Köln, den 12.01.2017``."""

_FETCHED = re.compile(r"\s*(?:daten)?stand\b.*\d{1,2}:\d{2}:\d{2}", re.IGNORECASE)
_LEGEND = re.compile(r"(?:zeichen(?:erklärung)?|legende)\s*:", re.IGNORECASE)
_OF_EMPTY = re.compile(
    r"(?:leere?|leere\s+(?:felder|zellen)|leerfeld(?:er)?)\s*[:=–-]\s*"
    r"(?:keine?\s+(?:meldung(?:en)?|angaben?|daten|rückmeldung)|nicht\s+gemeldet|k\.\s?a\.)\.?",
    re.IGNORECASE,
)
"""``leer = keine Meldung``: as an empty cell is read."""
_ROUNDING = re.compile(r"\b(?:ab|auf)?(?:ge)?ro?und", re.IGNORECASE)


_BEFORE_SIGNATURE = re.compile(
    r"(?:im auftrag|in vertretung|i\.\s?a\.|i\.\s?v\.|gez\.|"
    r"(?:mit\s+)?(?:freundliche|beste|viele|herzliche)[nm]? gr[uü](?:ß|ss)en?)\s*[,.]?$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:Dr\.\s|Prof\.\s|gez\.\s)*(?:[A-ZÄÖÜ]\.\s?)?[A-ZÄÖÜ][a-zäöüß]+(?:[ -][A-ZÄÖÜ][a-zäöüß]+){0,2}"
)
"""Below the end of a letter: ``Petersen``."""


_BARE_MARK = re.compile(r"(\d|[a-z])\s+(?=\S)")
"""A sign before a note that is a mark only if it also stands at a cell: ``1 ohne Zweigstelle``."""


class Note(NamedTuple):
    """A text below a table, and where."""

    text: str
    cell: str
    parts: list[Part]
    is_of_cells: bool = False
    """Its mark, or a colour, stands at some cells, and at nothing that stands for the whole table."""
    is_status: bool = False
    """It says of what quality figures are, and nothing else."""
    mark: str = ""
    """The mark before it, where only the cells show that it is one; ``statement`` is what follows."""
    statement: str = ""
    left: str = ""
    """What of the text is not settled by the kind of its clauses."""

    @property
    def is_partly_status(self) -> bool:
        """It says of what quality some figures are, without a mark at them."""
        return not self.is_of_cells and any(part.kind == wording.STATUS for part in self.parts)

    def open_parts(self) -> list[Part]:
        """Words that could restrict the figures.

        What a marked note leaves out (``1) ohne Messekontakte``), or words of it that nobody knows, go with
        the figures it marks, as their remark; that they are something else has to be asked.
        """
        found = wording.open_parts(self.parts)
        if not self.is_of_cells:
            return found
        return [part for part in found if part.kind == wording.NARROWING and not _leaves_out(part)]


def notes_of(plan: Plan, grid: SheetGrid, known: frozenset[str]) -> Iterator[Note]:
    """Every different note that is not known to say nothing. ``known``: more words that say nothing."""
    yield from _notes(dict(_texts(plan, grid)), plan, grid, known)


def notes_of_covers(
    plan: Plan, grid: SheetGrid, lines: Iterable[str], known: frozenset[str]
) -> Iterator[Note]:
    """The lines of a cover, or of a sheet of remarks, that say something on figures, as a title could.

    What their other words say is not gone into: names, addresses, explanations of the subject.
    """
    texts = dict.fromkeys(map(tidy, lines), "")
    kinds = [text for text in texts if len(text.split()) == 1 and choosing.names_kind_of_training(text)]
    for note in _notes(texts, plan, grid, known):
        is_listed = note.text in kinds and len(kinds) > 1  # one of the kinds of training there are
        groups = {code for part in note.parts if part.kind == wording.TARGET_GROUP for code in part.codes}
        if len(groups) <= 1 and not is_listed and names_some(note.statement, grid.names):
            yield note
            continue
        parts = wording.parts_of_cover(note.statement, note.parts)
        if [note.text] == kinds:  # "Teilzeit", and no list of kinds of training
            parts = [part._replace(kind=wording.NARROWING) for part in note.parts]
        is_on_figures = note.is_status or any(part.kind != wording.SILENT for part in parts)
        if is_on_figures or names_kind_of_year(note.statement):
            yield note._replace(parts=parts)


def _notes(texts: dict[str, str], plan: Plan, grid: SheetGrid, known: frozenset[str]) -> Iterator[Note]:
    marks: set[str] = set()
    usual = lexicon.words("note_words")
    known = known | usual
    for number, (text, cell) in enumerate(texts.items()):
        if number >= _MOST_NOTES:
            yield Note(text, cell, [wording.Part(wording.UNKNOWN, text, 0, len(text))])
            continue
        mark, statement = footnote_in(text) or ("", text)
        bare = None if mark else _BARE_MARK.match(text)
        if bare:
            marks = marks or _marks_at_cells(plan, grid)
            if bare[1] in marks:
                mark, statement = bare[1], text[bare.end() :]
        if not mark and _is_harmless(text):
            continue
        if mark:
            marks = marks or _marks_at_cells(plan, grid)
            if _is_harmless(statement) or legend_in([f"{mark} = {statement}"]):
                continue
        kinds = {
            part.kind
            for part in parts_read_before(statement, grid.names, usual)
            if part.kind != wording.PERIOD or not _dates(statement, part)
        }
        yield Note(
            text,
            cell,
            with_counted_by(
                statement,
                with_neutral_words(
                    statement, with_asides(statement, parts_read_before(statement, grid.names, known))
                ),
            ),
            is_of_cells=(bool(mark) and mark in marks) or speaks_of_colours(text),
            is_status=wording.STATUS in kinds and kinds <= {wording.STATUS, wording.SILENT},
            mark=mark if bare else "",
            statement=statement,
        )


def _texts(plan: Plan, grid: SheetGrid) -> Iterator[tuple[str, str]]:
    """Each cell's text with its place; cells side by side as one, where they explain a sign or a mark."""
    window = grid.window(plan.block.left, plan.block.right)
    is_signed = False
    for row in plan.block.note_rows:
        cells = [(column, tidy(shown(value))) for column, value in window.filled(row) if value is not None]
        if len(cells) > 1:
            (joined, *_) = lines_of(window, [row])
            if legend_in([joined]):
                continue
            if footnote_in(joined):
                yield joined, address(row, cells[0][0])
                continue
        if is_signed and len(cells) == 1 and _SIGNATURE.fullmatch(cells[0][1]):
            continue
        for column, text in with_keys_joined(cells):
            is_signed |= _BEFORE_SIGNATURE.match(text) is not None
            yield text, address(row, column)
    yield from ((line, "") for line in grid.sheet.boxes if not is_about_filling_in(line))


def _is_harmless(text: str) -> bool:
    is_dated = is_date(text) or _FETCHED.match(text) is not None or _SIGNED.fullmatch(text) is not None
    is_explained = (
        bool(legend_in([text])) or _OF_EMPTY.fullmatch(text) is not None or declared_base([text]) != 1
    )
    return is_dated or is_explained or wording.is_silent(text) or _is_about_rounding(text)


def is_legend_or_rounding(text: str) -> bool:
    """Whether a title calls itself the explanation of signs, or says only how figures are rounded."""
    is_called = _LEGEND.match(text) is not None and bool(legend_in([text]))
    return is_called or is_legend(text) or _is_about_rounding(text)


def _dates(text: str, part: Part) -> bool:
    """``Stand: Januar 2019, vorläufige Zahlen``: the day or month as of which they are."""
    return fold(text[: part.start]) in lexicon.words("dated")


def _is_about_rounding(text: str) -> bool:
    """``Abweichungen durch Rundung möglich``: sums may differ, the figures are what they are."""
    if _ROUNDING.search(text) is None:
        return False
    silent, beginnings = lexicon.words("silent"), lexicon.beginnings("about_rounding")
    known = lexicon.words("about_rounding")
    return all(word in silent or word in known or word.startswith(beginnings) for word in fold(text).split())


def _leaves_out(part: Part) -> bool:
    return any(word in lexicon.words("leaving_out") for word in fold(part.text).split())


def _marks_at_cells(plan: Plan, grid: SheetGrid) -> set[str]:
    """Marks at values, labels and headings of values, and at nothing that stands for the whole table."""
    block, labels = plan.block, set(plan.roles.values())
    values = {value.index for value in plan.values}
    found = {mark for value in plan.values for mark in value.heading.marks}
    for column in {*labels, *values}:
        for value in {grid.rows[row][column] for row in block.data}:
            if not isinstance(value, str):
                continue
            written = take_apart(tidy(value)) if column in values else None
            found.update(written.marks if written else split_marks(tidy(value))[1])
    whole = [grid.sheet.name, *block.titles, *(shown(value) for _, value in block.sections)]
    whole += [shown(grid.rows[row][column]) for row in block.header for column in labels]
    return found - {mark for text in whole for mark in split_marks(tidy(text))[1]}
