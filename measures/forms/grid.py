"""The cells of the grid as a page sends them: what was typed or chosen, and what the page showed before."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from measures.exceptions import TypedValueError
from measures.forms.typed_entries import read_entry
from measures.selectors.recording.cells import EntryCell
from measures.services.recording import CellEntry
from measures.typed_values import AmbiguousNumberError, Entry, entry_from_token

LONGEST_TEXT = 200
_LONGEST_TOKEN = 40
_VALUE, _TOKEN, _SEEN = "value-", "token-", "seen-"

CellFinder = Callable[[Collection[str]], Mapping[str, EntryCell]]
"""Given names, returns the cells there are of these names."""


def among(cells: Mapping[str, EntryCell]) -> CellFinder:
    """Find cells by their names where every cell is at hand."""
    return lambda names: {name: cells[name] for name in names if name in cells}


@dataclass(frozen=True)
class SentCell:
    """One cell as sent. ``token``, where it is given, is a choice and goes before what was typed."""

    name: str
    typed: str
    token: str | None
    seen: str


@dataclass(frozen=True)
class Unreadable:
    """What could not be read; ``readings`` are offered to choose from where there are two."""

    cell: EntryCell
    typed: str
    message: str
    readings: tuple[Entry, ...] = ()
    seen: Entry = field(default_factory=Entry)


class SentJSONField(forms.JSONField):
    """JSON from a script: what is too deep, has a number too long or holds half a sign is refused as well."""

    def to_python(self, value: Any) -> Any:
        try:
            sent = super().to_python(value)
            json.dumps(sent, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": ""}
            ) from error
        return sent


class GridForm(forms.Form):
    """The cells that were sent, of those the grid has.

    A form sends for each what was typed (``value-NAME``) and what the page showed before (``seen-NAME``); a
    button that stands for one of several readings sends it as ``token-NAME``. Scripts send a list of cells as
    JSON, and only those that were left, pasted or undone. A cell that cannot be read does not hold up the
    others, so it is no error of the form.
    """

    cells = SentJSONField(required=False)

    def __init__(self, data: Mapping[str, str], *, find_cells: CellFinder) -> None:
        super().__init__(data)
        self.find_cells = find_cells
        self.sent: dict[str, SentCell] = {}
        self.sent_cells: dict[str, EntryCell] = {}
        self.unreadable: list[Unreadable] = []
        self.entries: list[CellEntry] = []

    def clean(self) -> None:
        listed = self.cleaned_data.get("cells")
        sent = _from_list(listed) if listed is not None else _from_fields(self.data)
        by_name = {cell.name: cell for cell in sent}
        found = self.find_cells(by_name)
        self.sent = {name: cell for name, cell in by_name.items() if name in found}
        self.sent_cells = {name: found[name] for name in self.sent}
        for name, cell in self.sent_cells.items():
            sent_cell = self.sent[name]
            seen = Entry()
            try:
                seen = entry_from_token(sent_cell.seen)
                entry = self._entry(sent_cell, cell, seen)
            except TypedValueError as error:
                readings = error.readings if isinstance(error, AmbiguousNumberError) else ()
                self.unreadable.append(Unreadable(cell, sent_cell.typed, str(error), readings, seen))
                continue
            self.entries.append(
                CellEntry(
                    item_id=cell.item.pk,
                    region=cell.key.region,
                    target_group=cell.key.target_group,
                    occupation=cell.occupation,
                    entry=entry,
                    seen=seen,
                    is_meant=listed is not None,
                )
            )

    @staticmethod
    def _entry(sent: SentCell, cell: EntryCell, seen: Entry) -> Entry:
        if sent.token is not None:
            return entry_from_token(sent.token)
        return read_entry(sent.typed, decimals=cell.item.indicator.decimals, shown=seen)


def _from_fields(data: Mapping[str, str]) -> Iterator[SentCell]:
    prefixed = (field.partition("-") for field in data)
    names = dict.fromkeys(name for prefix, _dash, name in prefixed if f"{prefix}-" in (_VALUE, _TOKEN))
    for name in names:
        yield _sent(
            name, data.get(f"{_VALUE}{name}"), data.get(f"{_TOKEN}{name}"), data.get(f"{_SEEN}{name}")
        )


def _from_list(listed: Any) -> Iterator[SentCell]:
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and isinstance(name := each.get("name"), str):
            yield _sent(name, each.get("value"), each.get("token"), each.get("seen"))


def _sent(name: str, value: Any, token: Any, seen: Any) -> SentCell:
    """Whatever else than text is sent counts as nothing."""
    typed = value[:LONGEST_TEXT] if isinstance(value, str) else ""
    chosen = token[:_LONGEST_TOKEN] if isinstance(token, str) else None
    return SentCell(name, typed, chosen, seen[:_LONGEST_TOKEN] if isinstance(seen, str) else "")
