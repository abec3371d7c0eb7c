"""What a label of an occupation stands for: its code, its name, or both, which have to go together."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from measures.importing.columns.plan import BLANK, Label
from measures.importing.layout.grid import shown
from measures.importing.rows.labels import made_date, unknown_cell
from measures.importing.rows.occupations import tails
from measures.importing.text.dates import is_made_date
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.names import Unknown
from measures.importing.text.occupations.listed import go_together, occupation_named
from measures.importing.text.periods import PART, periods_in
from measures.importing.vocabulary import TOTAL, UNASSIGNED

if TYPE_CHECKING:
    from measures.importing.text.names import NameIndex

_CODE_AND_LABEL = re.compile(r"^(?:KldB\s*)?(\d{1,5})\b[\s.:–-]*(.*)$", re.IGNORECASE)
_OF_FORCES = re.compile(r"01(?:[1-4](?:0\d?)?)?")
"""The codes of the only main group that begins with a zero: 01, its groups 011 to 014, and those below."""
_CONTRADICTS = "?"
"""In the place of a code: what stands in its cells does not go together."""
_CHOOSING = re.compile(
    r"nur|davon|darunter|dar|dav|only|plan\w*|soll|ziel\w*|tsd|je|pro|anteil\w*|quote|hochgerechnet\w*|"
    r"(?:teilzeit|vollzeit|umschul|umschuel|verkuerzt|abiturient|altbewerber|vorjahr|geloest)\w*"
)
"""Words behind a label that say which of its contracts are counted, in folded form."""
_DASHES = re.compile(r"[-–—]{3,}")
_VALIDITY = re.compile(
    r"\s*\((?:(?:gültig|neu|alt)\s+)?(?:bis|ab|seit|vom|von)\s[^)]*\d[^)]*\)", re.IGNORECASE
)


class OccupationReader:
    """Reads the labels of occupations: a code, a name, or both, in one cell or two."""

    def __init__(self, names: NameIndex, codes: Counter[str], code_column: int, label_column: int) -> None:
        """``codes``: those of the column, as written, and how often they occur."""
        self.names = names
        lengths = Counter(map(len, codes.elements()))
        self.usual = lengths.most_common(1)[0][0] if codes else 0
        self.codes = frozenset(codes)
        self.code_column = code_column
        self.label_column = label_column

    def __call__(self, code: Any, label: Any) -> Label:
        text, name = tidy(shown(code)), tidy(shown(label))
        column = self.code_column if text or self.label_column < 0 else self.label_column
        if is_made_date(code if text else label):
            return made_date(text or name, column)
        whole, marks = split_marks(text or name)
        if _DASHES.fullmatch(whole):
            # The code of a row that adds others up; what it adds up is stated by its label, if at all.
            whole = (name if text else "") or TOTAL
            column = self.label_column if whole != TOTAL else column
        if not whole:
            return BLANK
        code, label = self._known(whole, name, is_coded=bool(text))
        if code == _CONTRADICTS:
            params = (("label", label),)
            return Label("", (), "occupation_contradicts", whole, params, column)
        if code:
            return Label(code, marks, found=whole, column=column, label=label)
        bare = _without_validity(whole)
        return unknown_cell("occupation", Unknown(whole, self.names.candidates("occupation", bare)), column)

    def _known(self, whole: str, name: str, *, is_coded: bool) -> tuple[str, str]:
        """Code and label; a person's word and the words for all and for none come first."""
        names = self.names
        words = [word for word in (whole, split_marks(name)[0], _without_validity(whole)) if word]
        given = next(filter(None, (names.answered("occupation", word) for word in words)), "")
        if given:
            return given, name or whole
        found = _CODE_AND_LABEL.match(whole)
        known = (names.exact("occupation", word) for word in words)
        general = next((code for code in known if code in (TOTAL, UNASSIGNED)), "")
        if general:
            is_code = found and found[1] in names.occupations and found[1].strip("0")
            code = _CONTRADICTS if is_code else general  # "24 | Insgesamt" is not the total of all
            return code, "" if code == TOTAL else name
        if found is None:
            named = names.exact("occupation", whole) or names.exact("occupation", _without_validity(whole))
            return named or "", name
        label = (name if is_coded else "") or found[2].strip()
        return self._coded(found[1], label), label

    def _coded(self, digits: str, label: str) -> str:
        """The code that stands beside a label, if both go together."""
        whole = self._with_leading_zero(digits, split_marks(label)[0])
        if whole == _CONTRADICTS:
            return whole
        if whole[:2] not in self.names.occupations:
            return ""
        is_together = go_together(self.names, whole, split_marks(label)[0])
        return whole if is_together and not self._is_narrowed(label, whole) else _CONTRADICTS

    def _is_narrowed(self, label: str, code: str) -> bool:
        """``24 | Metallbauberufe, nur Teilzeit``: words that no occupation is called by choose among it."""
        own = fold(self.names.label("occupation", code[:2]))
        others = [word for word in fold(label).split() if word not in own]
        is_chosen = any(
            _CHOOSING.fullmatch(word) or self.names.codes_named("target_group", word) - {TOTAL}
            for word in others
        )
        tail = tails.tail_of(self.names, code, _without_validity(label))
        is_chosen = is_chosen or tails.restricts(self.names, tail)
        return is_chosen or any(period.form == PART for period in periods_in(label))

    def _with_leading_zero(self, digits: str, label: str) -> str:
        """``1104`` among codes of five digits has lost its zero.

        ``1`` among codes of two digits may be the area above ``11`` and ``12`` as well. The label decides,
        or other codes of the column that are as short and never had a zero.
        """
        restored = f"0{digits}"
        if len(digits) != self.usual - 1 or not _OF_FORCES.fullmatch(restored):
            return digits
        if named := occupation_named(self.names, label):
            return restored if restored.startswith(named) else digits
        if digits not in self.names.occupations:
            return restored
        if any(len(code) == len(digits) and not _OF_FORCES.fullmatch(f"0{code}") for code in self.codes):
            return digits
        has_parts = any(code.startswith(digits) and code != digits for code in self.codes)
        return _CONTRADICTS if has_parts or label else restored


def _without_validity(label: str) -> str:
    """``Mechatroniker/in (bis 31.07.2021)`` is the occupation without the remark."""
    return _VALIDITY.sub("", label).strip()
