"""What a file's columns, names and signs mean, as a person confirms or corrects it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from measures.forms.imports.names import NamesForm
from measures.importing.addresses import column_letters, place_of
from measures.importing.problems import QUESTIONS
from measures.importing.vocabulary import TableAnswers
from measures.models import ImportRun
from measures.selectors.imports import mapping
from measures.services.imports.confirming import sheets

FIELDS_ASKED, FIELDS_OF_A_COLUMN = 800, 5
"""A file of very many columns or tables shows the first ones; the others stay as proposed."""

VALUE, IGNORE = "value", "ignore"
NOT_SETTLED = ("", _("not settled: nothing is taken from the column"))
"""What the choice of a column stands on while a question is open about it: nothing was answered yet."""
ROLES = (
    (VALUE, _("Values")),
    ("organisation", _("Organisation")),
    ("region", _("Land")),
    ("indicator", _("Indicator")),
    ("year", _("Year")),
    ("target_group", _("Target group")),
    ("occupation", _("Occupation (KldB code)")),
    ("occupation_label", _("Occupation (label)")),
    ("quality", _("Quality")),
    ("key", _("Key of the file’s own")),
    ("note", _("Note")),
    (IGNORE, _("Do not read")),
)
MEANINGS = {
    "indicator": gettext_lazy("Indicator"),
    "year": gettext_lazy("Year"),
    "target_group": gettext_lazy("Target group"),
}
CONSTANTS = {
    "indicator": gettext_lazy("Indicator of the whole table"),
    "year": gettext_lazy("Year of the whole table"),
    "organisation": gettext_lazy("Organisation of the whole table"),
    "region": gettext_lazy("Land of the whole table"),
    "target_group": gettext_lazy("Target group of the whole table"),
}
NOTATIONS = (
    ("", gettext_lazy("as it follows from the column")),
    ("de", gettext_lazy("German: 1.234,5")),
    ("en", gettext_lazy("English: 1,234.5")),
)


class MappingField(forms.ChoiceField):
    """A choice in a table: the column gives most of its label, ``short_label`` is the rest of it.

    What the file itself says can be confirmed even where it is not offered, as a year without a round.
    """

    def __init__(
        self, *, choices: Iterable[tuple[str, Any]], initial: str, short_label: Any = "", **kwargs: Any
    ) -> None:
        self.labels = dict(choices)
        self.labels.setdefault(initial, initial)
        super().__init__(choices=list(self.labels.items()), initial=initial, **kwargs)
        self.short_label = short_label


@dataclass(frozen=True)
class ColumnFields:
    column: dict[str, Any]
    role: forms.BoundField
    meanings: list[forms.BoundField]

    @property
    def from_heading(self) -> str:
        """What the values are by their heading, in a few words."""
        labels = [
            cast("MappingField", field.field).labels[field.initial]
            for field in self.meanings
            if field.initial
        ]
        return ", ".join(map(str, labels))

    @property
    def role_label(self) -> str:
        return str(cast("MappingField", self.role.field).labels.get(self.column["role"], ""))

    @property
    def factor(self) -> int:
        return int(self.column["factor"])

    @property
    def is_open(self) -> bool:
        return any(field.errors for field in self.meanings)


@dataclass(frozen=True)
class TableFields:
    table: dict[str, Any]
    columns: list[ColumnFields]
    constants: list[forms.BoundField]
    unasked: int

    @property
    def as_of(self) -> dt.date | None:
        return dt.date.fromisoformat(self.table["as_of"]) if self.table["as_of"] else None

    @property
    def has_constants(self) -> bool:
        return any(field.initial or field.errors for field in self.constants)


class MappingForm(NamesForm):
    """The mapping the reader proposes, preselected; ``answers`` keeps what a person chose instead."""

    correction = forms.RegexField(r"^\d{1,3}:\d{0,7}:[a-z_]{1,12}$", required=False)

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, run=run, kinds={*MEANINGS, *CONSTANTS}, **kwargs)
        self.asked_notation = {
            (question["table"], question["column"])
            for question in run.questions
            if "notation" in QUESTIONS[question["code"]].answered_by
        }
        self.asked_columns = {
            (question["table"], question["column"])
            for question in run.questions
            if "roles" in QUESTIONS[question["code"]].answered_by and question["column"] >= 0
        }
        self.asked_letters = {
            (question["table"], column_letters(place_of(question["cell"])[1]))
            for question in run.questions
            if question["cell"]
        }
        self.asked = _asked(run.tables)
        for index, (table, columns) in enumerate(self.asked):
            self._add_table(index, table, columns)

    @property
    def is_correction(self) -> bool:
        """Whether a row or a sheet was pointed at, and the file is to be shown again as read by that."""
        return bool(self.cleaned_data["correction"])

    def tables(self) -> Iterator[TableFields]:
        for index, (table, columns) in enumerate(self.asked):
            yield TableFields(
                table=table,
                columns=[
                    ColumnFields(
                        column=column,
                        role=self[_role(index, column)],
                        meanings=[
                            self[name]
                            for kind in (*MEANINGS, "notation")
                            if (name := _meaning(index, column, kind)) in self.fields
                        ],
                    )
                    for column in columns
                ],
                constants=[self[_constant(index, kind)] for kind in CONSTANTS],
                unasked=len(table["columns"]) - len(columns),
            )

    def answers(self) -> dict[str, Any]:
        """A person's answers about this file so far; what was not asked this time stays as it was."""
        given = deepcopy(self.own)
        for index, (table, columns) in enumerate(self.asked):
            given.tables[table["fingerprint"]] = self._table_answers(index, table, columns)
        self.add_names(given)
        if self.is_correction:
            sheets.add_correction(given, self.given, self.run.sheets, self.cleaned_data["correction"])
        return mapping.as_stored(given)

    def _add_table(self, index: int, table: dict[str, Any], columns: list[dict[str, Any]]) -> None:
        for column in columns:
            name = column["header"] or column["letter"]
            is_open = self._is_open(table, column)
            self.fields[_role(index, column)] = MappingField(
                choices=[NOT_SETTLED, *ROLES] if is_open else ROLES,
                initial="" if is_open else column["role"],
                required=not is_open,
                label=gettext("What column %(name)s contains") % {"name": name},
            )
            for kind, label in MEANINGS.items():
                self.fields[_meaning(index, column, kind)] = MappingField(
                    choices=[("", gettext("as the row or the table says")), *self.choices[kind]],
                    initial=column["meaning"].get(kind, ""),
                    required=False,
                    short_label=label,
                    label=gettext("%(kind)s of the values in column %(name)s")
                    % {"kind": label, "name": name},
                )
            if (table["fingerprint"], column["index"]) in self.asked_notation or self._notation(
                table, column
            ):
                self.fields[_meaning(index, column, "notation")] = MappingField(
                    choices=NOTATIONS,
                    initial=self._notation(table, column),
                    required=False,
                    short_label=gettext("Notation"),
                    label=gettext("How numbers in column %(name)s are written") % {"name": name},
                )
        for kind, label in CONSTANTS.items():
            self.fields[_constant(index, kind)] = MappingField(
                choices=[("", gettext("as the rows or columns say")), *self.choices[kind]],
                initial=table["constants"].get(kind, ""),
                required=False,
                label=label,
            )

    def _before(self, table: dict[str, Any]) -> TableAnswers:
        return self.given.tables.get(table["fingerprint"], TableAnswers())

    def _notation(self, table: dict[str, Any], column: dict[str, Any]) -> str:
        return self._before(table).notation.get(column["index"], "")

    def _is_open(self, table: dict[str, Any], column: dict[str, Any]) -> bool:
        """Whether it is asked what the column contains, and nobody answered yet."""
        before, offset = self._before(table), column["index"]
        is_answered = offset in before.roles or offset in before.columns
        return (table["fingerprint"], offset) in self.asked_columns and not is_answered

    def _is_confirmed(self, table: dict[str, Any], column: dict[str, Any], role: str) -> bool:
        """Whether the role is a person's word: chosen, or confirmed as shown where nothing is asked."""
        if self._is_open(table, column):
            return bool(role)
        if role != column["role"] or column["index"] in self._before(table).roles:
            return True
        is_asked = (table["fingerprint"], column["letter"]) in self.asked_letters
        return not (self.is_correction or is_asked)

    def _table_answers(
        self, index: int, table: dict[str, Any], columns: list[dict[str, Any]]
    ) -> TableAnswers:
        """Every role as confirmed; the rest, and of a file still being corrected all, where it differs.

        What nobody answered about a column stays open: its role as proposed is not kept.
        """
        answers = TableAnswers()
        before = self._before(table)
        for column in columns:
            offset = column["index"]
            role = self.cleaned_data[_role(index, column)]
            if self._is_confirmed(table, column, role):
                answers.roles[offset] = role
            meaning = {
                kind: chosen
                for kind in MEANINGS
                if (chosen := self.cleaned_data[_meaning(index, column, kind)]) or kind in column["meaning"]
            }
            proposed = {kind: text for kind, text in column["meaning"].items() if kind in MEANINGS}
            if (role or column["role"]) == VALUE and (meaning != proposed or offset in before.columns):
                answers.columns[offset] = meaning
            if notation := self.cleaned_data.get(_meaning(index, column, "notation")):
                answers.notation[offset] = notation
        for kind in CONSTANTS:
            chosen = self.cleaned_data[_constant(index, kind)]
            if chosen != table["constants"].get(kind, "") or kind in before.constants:
                answers.constants[kind] = chosen
        return answers


def _asked(tables: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The tables a person is asked about, each with the columns shown, as far as one form can carry them."""
    left = FIELDS_ASKED
    asked = []
    for table in tables:
        left -= len(CONSTANTS)
        if table.get("template_version") or left < FIELDS_OF_A_COLUMN:
            continue
        columns = table["columns"][: left // FIELDS_OF_A_COLUMN]
        left -= len(columns) * FIELDS_OF_A_COLUMN
        asked.append((table, columns))
    return asked


def _role(index: int, column: dict[str, Any]) -> str:
    return f"table-{index}-column-{column['index']}-role"


def _meaning(index: int, column: dict[str, Any], kind: str) -> str:
    return f"table-{index}-column-{column['index']}-{kind}"


def _constant(index: int, kind: str) -> str:
    return f"table-{index}-{kind}"
