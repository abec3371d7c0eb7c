"""Notes below a table, and what covers say: of what quality figures are, what explains, what restricts."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.columns.around.clauses import words
from measures.importing.columns.around.clauses.forms import states_who_did
from measures.importing.columns.around.clauses.kinds import ClauseKinds
from measures.importing.columns.around.clauses.other_bodies import spans_leaving_others_out
from measures.importing.columns.around.facts import chambers_contradicted, spoken_for
from measures.importing.columns.around.label_columns import CALLED
from measures.importing.columns.around.named_years import year_of_other_kind
from measures.importing.columns.around.notes import notes_of, notes_of_covers
from measures.importing.columns.around.own_words import OwnWords
from measures.importing.columns.around.sources import Source
from measures.importing.layout.grid import shown
from measures.importing.problems import Problem
from measures.importing.text import wording
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.footnotes import footnote_in
from measures.importing.text.terms.explanations import is_plain_sentence, with_explanations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measures.importing.columns.around.notes import Note
    from measures.importing.columns.plan import Surroundings
    from measures.importing.text.wording import Part

_JOINT = re.compile(r"[,;:]|\s(?:und|sowie|and)\s|\s[–—-]\s")
_KIND_OF_YEAR = re.compile(
    r"\((?:im\s+|je\s+|pro\s+|jeweils\s+)?(?P<kind>Kalenderjahr|ganzes Jahr|Schuljahr|Berichtsjahr|"
    r"Vermittlungsjahr|calendar year|school year)\)",
    re.IGNORECASE,
)


class NoteSeen(NamedTuple):
    """A note with those of its parts that are open; ``is_asked``: it could restrict the figures."""

    source: Source
    asked: list[Part]
    is_asked: bool


class WordsBelow(ClauseKinds):
    """What the notes below a table say of its figures."""

    around: Surroundings

    def notes_seen(self) -> Iterator[NoteSeen]:
        """Each note once; what it says of the quality of figures, or its mark, goes into the plan."""
        covers = notes_of_covers(self.plan, self.grid, self.around.covers, self.known)
        for note in map(self._explained, chain(notes_of(self.plan, self.grid, self.known), covers)):
            source = Source(note.text, note.cell, note.parts)
            open_parts = [part for part in note.open_parts() if not self.is_understood(part, note.parts)]
            if note.cell and not (wording.is_aside(note.text) or states_who_did(note.text)):
                open_parts += chambers_contradicted(note.parts, self.plan, self.grid, self.facts)
            open_parts += spoken_for(note.text, note.parts, self.plan, self.names, self.facts)
            open_parts += self.words_against(note.text)
            if note.mark:
                self.plan.footnotes.setdefault(note.mark, note.statement)
            if note.is_status and not note.is_of_cells:
                self.plan.status_notes.append(note.text)
                yield NoteSeen(source, open_parts, is_asked=False)
            elif self._could_restrict(note, open_parts):
                yield from self._doubted(note, open_parts, source)
            else:
                yield NoteSeen(source, open_parts, is_asked=False)

    def _could_restrict(self, note: Note, open_parts: list[Part]) -> bool:
        return bool(
            open_parts
            or note.is_partly_status
            or year_of_other_kind(note.left, self.kinds)
            or self._names_other(note)
        )

    def _names_other(self, note: Note) -> bool:
        """Whether a note names what the table is not about; without the mark before it."""
        stated = Source(note.statement, note.cell, note.parts)
        return any(self.is_unexpected(part, stated) for part in note.parts)

    def _doubted(self, note: Note, open_parts: list[Part], source: Source) -> Iterator[NoteSeen]:
        """Take the quality of single indicators; report a plain sentence, ask about any other note."""
        if self._names_quality(note, open_parts):
            yield NoteSeen(source, [], is_asked=False)
        elif self._is_plain(note, open_parts):
            table = self.plan.table
            self.plan.problems.append(Problem("note_not_understood", table.sheet, note.cell, note.text))
        else:
            yield NoteSeen(source, note.parts, is_asked=True)

    def _names_quality(self, note: Note, open_parts: list[Part]) -> bool:
        """``Praktikumsplätze: geschätzt``: the figures of the indicators that are named, and nothing else."""
        named = {code for part in note.parts if part.kind == wording.INDICATOR for code in part.codes}
        qualities = {code for part in note.parts if part.kind == wording.STATUS for code in part.codes}
        kinds = {part.kind for part in note.parts if part not in open_parts}
        if (
            open_parts
            or note.is_of_cells
            or not named
            or len(qualities) != 1
            or not kinds <= {wording.INDICATOR, wording.STATUS, wording.SILENT}
            or self._names_other(note)
        ):
            return False
        quality = qualities.pop()
        self.plan.status_of_figures.update({(code, 0): quality for code in named})
        return True

    def _is_plain(self, note: Note, open_parts: list[Part]) -> bool:
        """Whether a note is a sentence of which only some words are not known, and that restricts nothing."""
        return (
            not note.is_partly_status
            and not year_of_other_kind(note.left, self.kinds)
            and all(part.kind == wording.UNKNOWN for part in open_parts)
            and not self._names_other(note)
            and is_plain_sentence(note.statement, note.parts)
        )

    def settled_title(self, source: Source, parts: list[Part]) -> tuple[list[Part], str]:
        """A title's parts without what clauses of known kinds say, and its text without these."""
        if not source.cell:
            return parts, words.without(source.text, self._own_kinds_of_year(source.text))
        settled = self.settled_clauses(source.text, self.explained_parts(source.text, parts), is_note=False)
        return settled.parts, words.without(settled.left, self._own_kinds_of_year(source.text))

    def _own_kinds_of_year(self, text: str) -> Iterator[tuple[int, int]]:
        """Where brackets say of the indicator before them what kind of year it has: ``EQ (Kalenderjahr)``."""
        for found in _KIND_OF_YEAR.finditer(text):
            before = _JOINT.split(text[: found.start()])[-1]
            named = self.meant_by_all(before)
            kinds = {self.names.indicators[code].period for code in named}
            if kinds and named <= self.own_codes() and kinds <= CALLED[fold(found["kind"])]:
                yield found.span()

    def _own_words_at(self, note: Note) -> OwnWords | None:
        """What the catalogue says of the indicators at which the mark of a note stands."""
        mark = note.mark or (footnote_in(note.text) or ("", ""))[0]
        plan, constant = self.plan, self.plan.constants.get("indicator", "")
        codes = {
            value.heading.meaning.get("indicator", constant)
            for value in plan.values
            if mark and mark in value.heading.marks
        }
        if mark and not codes and "indicator" in plan.roles:
            column = plan.roles["indicator"]
            labels = [split_marks(tidy(shown(self.grid.rows[row][column]))) for row in plan.block.data]
            codes = {self.names.exact("indicator", label) or "" for label, marks in labels if mark in marks}
        if not codes or not codes <= self.names.indicators.keys():
            return None
        return OwnWords([self.names.indicators[code] for code in sorted(codes)], self.own.measures)

    def _of_marked(self, note: Note) -> Note:
        """``1) gegenüber 2014`` at additional places: what the catalogue says of these says nothing new."""
        own = self._own_words_at(note)
        if own is None:
            return note
        silent = {
            place
            for place, part in enumerate(note.parts)
            if part.kind in (wording.NARROWING, wording.UNKNOWN)
            and (own.are_compared_with_base(part, note.parts) or own.is_repeated(part, note.parts))
        }
        parts = [
            part._replace(kind=wording.SILENT) if place in silent else part
            for place, part in enumerate(note.parts)
        ]
        return note._replace(parts=parts)

    def _explained(self, note: Note) -> Note:
        """The note, with what only explains, and clauses of a known kind, taken as saying nothing."""
        note = self._of_marked(note)
        parts = self.explained_parts(note.statement, note.parts)
        if note.is_of_cells or note.is_status:
            return note._replace(parts=parts, left=note.text)
        settled = self.settled_clauses(note.statement, parts, is_note=True)
        return note._replace(parts=settled.parts, left=settled.left)

    def explained_parts(self, text: str, parts: list[Part]) -> list[Part]:
        for start, end in spans_leaving_others_out(text, self.plan, self.names, self.facts):
            parts = [
                part._replace(kind=wording.SILENT, codes=(), period=None)
                if start <= part.start < end
                else part
                for part in parts
            ]
        return with_explanations(
            text,
            parts,
            self.facts.target_groups,
            count_several_times=self.own.count_several_times,
            units={term.unit for term in self.own.terms},
        )
