"""What becomes of a pasted block: which value goes into which cell, and what each is read as."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from measures.exceptions import TypedValueError
from measures.forms.grid import LONGEST_TEXT, SentJSONField
from measures.forms.pasting.blocks import Block, BlockCell, BlockTooLargeError, read_block
from measures.forms.pasting.headings import DIMENSIONS, Headings, NamedLine, read_headings
from measures.forms.typed_entries import notation_in, read_entry
from measures.importing.text.names import NameIndex
from measures.selectors.recording.cells import EntryCell
from measures.services.recording import CellEntry, FigureKey
from measures.typed_values import AmbiguousNumberError, Entry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_CHARACTERS = 1_000_000


@dataclass(frozen=True)
class PlacedValue:
    """One value of the block: where it goes and what it is read as, or why it does not."""

    text: str
    cell: EntryCell | None = None
    entry: Entry | None = None
    message: "StrOrPromise" = ""
    is_asked: bool = False
    """Two readings are possible; the person chooses in the cell."""

    @property
    def is_ready(self) -> bool:
        return self.entry is not None and not self.message

    @property
    def as_cell_entry(self) -> CellEntry:
        assert self.cell is not None  # noqa: S101  # for the types: asked only of what is ready
        assert self.entry is not None  # noqa: S101  # as above
        return CellEntry(
            item_id=self.cell.item.pk,
            region=self.cell.key.region,
            target_group=self.cell.key.target_group,
            occupation=self.cell.occupation,
            entry=self.entry,
            seen=self.cell.entry,
        )

    @property
    def sent(self) -> dict[str, str]:
        """What the page sends for it once the person agrees: a value that could not be read goes as typed."""
        assert self.cell is not None  # noqa: S101  # for the types: asked only of what has a cell
        name = self.cell.name
        if self.entry is None:
            return {"name": name, "value": self.text, "text": self.text}
        return {"name": name, "token": self.entry.token, "text": self.entry.text}


@dataclass(frozen=True)
class PastePlan:
    values: Sequence[PlacedValue]
    has_headings: bool = False
    titles: Sequence[str] = ()
    """Lines above the headings that say nothing about where values go."""
    doubts: Sequence[str] = ()
    """Those of them that may say the values are of a part alone: a person confirms that they are not."""
    rows_beyond: int = 0
    """How many rows have no headings, and reach beyond the rows of the page."""

    @property
    def ready(self) -> list[PlacedValue]:
        return [value for value in self.values if value.is_ready]

    @property
    def held(self) -> list[PlacedValue]:
        """Values that have a cell but cannot be stored as they are."""
        return [value for value in self.values if value.cell is not None and not value.is_ready]

    @property
    def unplaced(self) -> list[PlacedValue]:
        return [value for value in self.values if value.cell is None]

    @property
    def is_plain(self) -> bool:
        """Whether every value simply goes where the block was pasted."""
        return not self.has_headings and len(self.ready) == len(self.values)

    @property
    def sent(self) -> list[dict[str, str]]:
        return [value.sent for value in self.values if value.cell is not None]

    def judged(self, refusals: Mapping[FigureKey, Any]) -> "PastePlan":
        """The same with what the database would refuse."""
        values = [
            replace(value, message=refusals[value.as_cell_entry.key])
            if value.is_ready and value.as_cell_entry.key in refusals
            else value
            for value in self.values
        ]
        return replace(self, values=values)


class PasteForm(forms.Form):
    """The clipboard as text and, where there is one, as a table; and the cells from the one pasted into.

    ``places``: rows of cell names, to the right and down from there, as the page shows them.
    """

    text = forms.CharField(required=False, strip=False, max_length=MOST_CHARACTERS)
    html = forms.CharField(required=False, strip=False, max_length=4 * MOST_CHARACTERS)
    places = SentJSONField()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        places = cleaned.get("places")
        if not isinstance(places, list) or not all(isinstance(row, list) for row in places):
            raise forms.ValidationError(_("This block cannot be read."))
        try:
            self.block = read_block(cleaned.get("text", ""), cleaned.get("html", ""))
        except BlockTooLargeError as error:
            raise forms.ValidationError(
                _("This block is too large to paste. Import the file instead.")
            ) from error
        if not self.block:
            raise forms.ValidationError(_("There is nothing to paste in this block."))
        return cleaned

    def headings(self, names: NameIndex) -> Headings:
        return read_headings(self.block, names)

    def plan(self, cells: Mapping[str, EntryCell], headings: Headings, year: int) -> PastePlan:
        places = self.cleaned_data["places"]
        placed = list(_Placing(cells, places, headings, year).values(self.block))
        beyond = {found.row for found in placed if found.cell is None and found.row >= len(places)}
        return PastePlan(
            _without_doubles(_read(placed, headings)),
            has_headings=headings.are_there,
            titles=[title.text for title in headings.titles],
            doubts=headings.doubts,
            rows_beyond=len(beyond) if headings.rows is None else 0,
        )


@dataclass(frozen=True)
class _Found:
    row: int
    column: int
    given: BlockCell
    cell: EntryCell | None
    message: "StrOrPromise" = ""


class _Placing:
    """Finds the cell of each value: by the headings, and by position in what they leave open."""

    def __init__(
        self, cells: Mapping[str, EntryCell], places: list[list[Any]], headings: Headings, year: int
    ) -> None:
        self.cells = cells
        self.places = places
        self.headings = headings
        self.year = str(year)
        self.by_indicator: dict[str, list[EntryCell]] = defaultdict(list)
        self.by_occupation: dict[tuple[str, str], list[EntryCell]] = defaultdict(list)
        for cell in cells.values():
            self.by_indicator[cell.item.indicator.code].append(cell)
            self.by_occupation[cell.item.indicator.code, cell.occupation].append(cell)

    def values(self, block: Block) -> Iterator[_Found]:
        for row, line in enumerate(block[self.headings.first_row :]):
            for column, given in enumerate(line[self.headings.first_column :]):
                if given.text:
                    yield _Found(row, column, given, *self._find(row, column))

    def _find(self, row: int, column: int) -> "tuple[EntryCell | None, StrOrPromise]":
        unclear = self.headings.unclear
        if unclear and row >= unclear[0]:
            return None, _("“%(heading)s” stands among the values. Paste what belongs to it by itself.") % {
                "heading": unclear[1]
            }
        lines = [
            each
            for each in (self._line(self.headings.rows, row), self._line(self.headings.columns, column))
            if each is not None
        ]
        for line in lines:
            if why_not := self._why_not(line):
                return None, why_not
        for title in self.headings.titles:
            if self._is_of_other_year(title):
                return None, _("“%(heading)s” does not name the whole year of this submission.") % {
                    "heading": title.text
                }
        if len(lines) > 1 and any(
            code != lines[1].meaning.get(kind, code) for kind, code in lines[0].meaning.items()
        ):
            return None, self._no_cell(lines)
        meaning = {kind: code for line in lines for kind, code in line.meaning.items()}
        base = self._at(
            0 if self.headings.rows is not None else row, 0 if self.headings.columns is not None else column
        )
        if not lines:
            return base, "" if base else _("The grid has no cell there.")
        found = self._named(meaning, base)
        return found, "" if found else self._no_cell(lines)

    @staticmethod
    def _no_cell(lines: Sequence[NamedLine]) -> str:
        return _("There is no cell for “%(headings)s”.") % {
            "headings": ", ".join(line.text for line in lines)
        }

    @staticmethod
    def _line(lines: Sequence[NamedLine] | None, at: int) -> NamedLine | None:
        return None if lines is None else lines[at]

    def _why_not(self, line: NamedLine) -> "StrOrPromise":
        if line.is_unread:
            return _(
                "The block has too many words beside its values to look all of them up. Paste a part of it, "
                "or import the file."
            )
        if line.is_left_out:
            return _("“%(heading)s” is not recorded here.") % {"heading": line.text}
        if not line.meaning:
            return (
                _("The heading “%(heading)s” is not known.") % {"heading": line.text}
                if line.text
                else _("There is no heading for this value.")
            )
        if self._is_of_other_year(line):
            return _("“%(heading)s” names another year.") % {"heading": line.text}
        return ""

    def _is_of_other_year(self, line: NamedLine) -> bool:
        return line.meaning.get("year", self.year) != self.year

    def _at(self, row: int, column: int) -> EntryCell | None:
        line = self.places[row] if row < len(self.places) else []
        name = line[column] if column < len(line) else None
        return self.cells.get(name) if isinstance(name, str) else None

    def _named(self, meaning: Mapping[str, str], base: EntryCell | None) -> EntryCell | None:
        """The one cell that the headings name, where several would do the one in the line pasted into."""
        code = meaning.get("indicator") or (base.item.indicator.code if base else "")
        possible = (
            self.by_occupation.get((code, meaning["occupation"]), ())
            if "occupation" in meaning
            else self.by_indicator.get(code, ())
        )
        fitting = [
            cell
            for cell in possible
            if all(meaning.get(kind, value) == value for kind, value in _key_of(cell).items())
        ]
        if len(fitting) > 1 and base:
            wanted = _key_of(base)
            open_kinds = [kind for kind in DIMENSIONS if kind not in meaning and kind != "indicator"]
            fitting = [
                cell for cell in fitting if all(_key_of(cell)[kind] == wanted[kind] for kind in open_kinds)
            ]
        return fitting[0] if len(fitting) == 1 else None


def _key_of(cell: EntryCell) -> dict[str, str]:
    return {
        "indicator": cell.item.indicator.code,
        "target_group": cell.key.target_group,
        "region": cell.key.region,
        "occupation": cell.occupation,
    }


def _read(placed: Sequence[_Found], headings: Headings) -> list[PlacedValue]:
    """Read each value in the notation that its column shows, or else the whole block.

    Where the rows name indicators, a row is what a column is elsewhere.
    """
    is_turned = any("indicator" in line.meaning for line in headings.rows or ())
    lines: dict[int, list[_Found]] = defaultdict(list)
    for found in placed:
        lines[found.row if is_turned else found.column].append(found)
    whole = _notation(placed)
    notations = {at: _notation(values) or whole for at, values in lines.items()}
    return [_read_one(found, notations[found.row if is_turned else found.column]) for found in placed]


def _notation(values: Sequence[_Found]) -> str:
    decimals = max((each.cell.item.indicator.decimals for each in values if each.cell), default=0)
    return notation_in([each.given.text for each in values if each.cell], decimals=decimals)


def _read_one(found: _Found, notation: str) -> PlacedValue:
    text = found.given.text[:LONGEST_TEXT]
    if found.cell is None:
        return PlacedValue(text, message=found.message)
    try:
        entry = read_entry(text, decimals=found.cell.item.indicator.decimals, notation=notation)
    except AmbiguousNumberError as error:
        exact = [reading for reading in error.readings if reading.value == found.given.exact]
        if len(exact) == 1:
            return PlacedValue(text, found.cell, exact[0])
        return PlacedValue(text, found.cell, message=str(error), is_asked=True)
    except TypedValueError as error:
        return PlacedValue(text, found.cell, message=str(error))
    return PlacedValue(text, found.cell, entry)


def _without_doubles(values: Sequence[PlacedValue]) -> list[PlacedValue]:
    """Two values for one cell: neither is stored."""
    counts = Counter(value.cell.name for value in values if value.cell)
    return [
        replace(
            value,
            cell=None,
            entry=None,
            message=_("More than one value of the block is for %(cell)s.") % {"cell": value.cell.label},
        )
        if value.cell and counts[value.cell.name] > 1
        else value
        for value in values
    ]
