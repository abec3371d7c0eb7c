"""What names and signs of a file stand for, as a person settles it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from measures.importing.columns.around.surroundings import WORDING
from measures.importing.vocabulary import Answers, TableAnswers
from measures.models import ImportRun
from measures.selectors.imports import mapping
from measures.selectors.imports.scope import scope_of
from measures.services.imports.profiles import profiles

KINDS = {
    "organisation": gettext_lazy("Organisation"),
    "region": gettext_lazy("Land"),
    "indicator": gettext_lazy("Indicator"),
    "target_group": gettext_lazy("Target group"),
    "occupation": gettext_lazy("Occupation"),
    WORDING: gettext_lazy("Words around a table"),
    "": gettext_lazy("Sign"),
}
SOURCES = {
    "answer": gettext_lazy("as confirmed"),
    "legend": gettext_lazy("by the file’s own legend"),
    "publisher": gettext_lazy("as its publisher uses it"),
    "standard": gettext_lazy("by custom"),
}
TEXTS = 300
"""From so many choices on, a code is typed with suggestions instead of chosen from a list."""


@dataclass(frozen=True)
class NameFields:
    unclear: mapping.Unclear
    label: str
    field: forms.BoundField

    @property
    def source(self) -> str:
        return str(SOURCES.get(self.unclear.source, ""))


@dataclass(frozen=True)
class WrongFields:
    """A name that was taken for something it is not: as written, and what it stands for."""

    label: str
    found: forms.BoundField
    code: forms.BoundField


class CodeField(forms.ChoiceField):
    """A code typed with suggestions: a list of all occupations for every name is too much for a page."""

    widget = forms.TextInput

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["list"] = f"codes-{kind}"

    def clean(self, value: Any) -> str:
        """Take the label behind the code, as a suggestion shows it, for the code."""
        return str(super().clean(str(value or "").strip().partition(" ")[0]))


class NamesForm(forms.Form):
    """Names nobody knows with what they resemble, signs with how they were read, names read wrongly."""

    def __init__(self, *args: Any, run: ImportRun, kinds: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        self.own = profiles.own_answers(run) or Answers()
        self.given = profiles.answers_in_effect(run, scope_of(run)) or Answers()
        self.unclear = mapping.unclear(run, self.own, self.given)
        self.wrong = [kind for kind in KINDS if kind and kind in mapping.dimensions(run)]
        self.choices = mapping.choices(
            kinds | {item.kind or "marker" for item in self.unclear} | set(self.wrong)
        )
        for index, item in enumerate(self.unclear):
            self.fields[f"name-{index}"] = self._name_field(item)
        for kind in self.wrong:
            self.fields[f"wrong-{kind}-found"] = forms.CharField(
                max_length=200, required=False, label=gettext("%(kind)s as written") % {"kind": KINDS[kind]}
            )
            self.fields[f"wrong-{kind}-code"] = self._code_field(
                kind,
                empty=gettext("please choose"),
                label=gettext("%(kind)s it stands for") % {"kind": KINDS[kind]},
            )

    @property
    def has_wrong_errors(self) -> bool:
        return any(name.startswith("wrong-") for name in self.errors)

    def names(self) -> list[NameFields]:
        return [
            NameFields(item, str(KINDS[item.kind]), self[f"name-{index}"])
            for index, item in enumerate(self.unclear)
        ]

    def wrong_names(self) -> list[WrongFields]:
        return [
            WrongFields(str(KINDS[kind]), self[f"wrong-{kind}-found"], self[f"wrong-{kind}-code"])
            for kind in self.wrong
        ]

    def suggestions(self) -> Iterator[tuple[str, mapping.Choices]]:
        """The lists behind the fields that take a code."""
        lists = {field.widget.attrs.get("list") for field in self.fields.values()}
        for kind, labels in self.choices.items():
            if f"codes-{kind}" in lists:
                yield f"codes-{kind}", labels

    def clean(self) -> dict[str, Any]:
        """A wrong name needs both: how it is written and what it stands for."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for kind in self.wrong:
            found, code = (cleaned.get(f"wrong-{kind}-{part}", "") for part in ("found", "code"))
            if bool(found) != bool(code):
                missing = f"wrong-{kind}-{'found' if code else 'code'}"
                self.add_error(missing, gettext("Give both: how it is written and what it stands for."))
        return cleaned

    def add_names(self, given: Answers) -> None:
        for index, item in enumerate(self.unclear):
            chosen = self.cleaned_data[f"name-{index}"]
            if chosen or item.found in self._settled(item):
                _meanings(given, item)[item.found] = chosen
        for kind in self.wrong:
            if found := self.cleaned_data[f"wrong-{kind}-found"]:
                given.names.setdefault(kind, {})[found] = self.cleaned_data[f"wrong-{kind}-code"]

    def _name_field(self, item: mapping.Unclear) -> forms.Field:
        return self._code_field(
            item.kind or "marker",
            empty=_as_read(item),
            label=gettext("What “%(found)s” stands for") % {"found": item.found},
            initial=self._settled(item).get(item.found, ""),
            similar=item.candidates,
        )

    def _code_field(
        self, kind: str, *, empty: str, label: str, initial: str = "", similar: mapping.Candidates = ()
    ) -> forms.ChoiceField:
        labels = self.choices[kind]
        if len(labels) >= TEXTS:
            return CodeField(
                kind=kind, choices=[("", ""), *labels], label=label, initial=initial, required=False
            )
        choices: list[Any] = [("", empty), *labels]
        if similar:
            known = dict(labels)
            alike = [
                (code, gettext("%(name)s (%(score)s %% alike)") % {"name": known[code], "score": score})
                for code, _name, score in similar
                if code in known
            ]
            others = [(code, name) for code, name in labels if code not in dict(alike)]
            choices = [("", empty), (gettext("Similar names"), alike), (gettext("All others"), others)]
        return forms.ChoiceField(choices=choices, label=label, initial=initial, required=False)

    def _settled(self, item: mapping.Unclear) -> dict[str, str]:
        """What names of this kind, signs, or words around this table are already known to stand for."""
        if item.table:
            return self.given.tables.get(item.table, TableAnswers()).wording
        return self.given.names.get(item.kind, {}) if item.kind else self.given.markers


def _meanings(answers: Answers, item: mapping.Unclear) -> dict[str, str]:
    """Where answers keep what a text like this stands for."""
    if item.table:
        return answers.tables.setdefault(item.table, TableAnswers()).wording
    return answers.names.setdefault(item.kind, {}) if item.kind else answers.markers


def _as_read(item: mapping.Unclear) -> str:
    if item.table:
        return str(_("not settled: nothing is taken from the table"))
    if item.meaning and not item.is_open:
        return gettext("as read: %(meaning)s") % {"meaning": mapping.meaning_of_sign(item.meaning)}
    return str(_("not settled: do not apply these values"))
