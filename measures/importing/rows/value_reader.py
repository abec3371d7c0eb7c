"""From a value cell to a value or a typed absence: one column's reading, remembered per distinct text."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.importing.formats.number_formats import InThousands, Percent, ThreeDecimals, WithText, WithWords
from measures.importing.formats.runs import StruckOut
from measures.importing.formats.workbook import ERROR_WORDS
from measures.importing.layout.grid import UNIT_OF_WORD, UNITS, shown
from measures.importing.text.dates import is_made_date
from measures.importing.text.factors import factor_in
from measures.importing.text.folding import fold, tidy
from measures.importing.text.numbers import (
    GERMAN,
    NumberText,
    from_float,
    is_maybe_glued,
    notation_of,
    take_apart,
)
from measures.importing.text.terms.answers import answer_in, is_answer, is_yes_or_no
from measures.importing.text.units import UNIT_COUNTED_AS
from measures.rules.values import DECIMALS_KEPT, NOT_NEGATIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from measures.importing.text.markers import Markers, Meaning
    from measures.importing.vocabulary import IndicatorTerm

_FORMULA = re.compile(r"=\s*[A-ZÄÖÜ$(+-]", re.IGNORECASE)
LARGEST = Decimal("99999999999999.9999")
"""What can be stored."""

_PERCENT = ("percent", "%")
_THREE = 3
_UNSAID = ("standard", "publisher")
"""Neither the file nor a person says what the marker means: a dash is told."""


class Read(NamedTuple):
    """``problem`` is a code; a row with an error or an open query is held."""

    value: Decimal | None = None
    absence: str = ""
    quality: str = ""
    below_half_unit: bool = False
    uncertain: bool = False
    marks: tuple[str, ...] = ()
    problem: str = ""
    params: tuple[tuple[str, str], ...] = ()
    ambiguous: bool = False

    @property
    def is_readable(self) -> bool:
        return self.value is not None or bool(self.absence)


class Plain(NamedTuple):
    """A cell about which there is nothing to say."""

    value: Decimal | None
    absence: str
    below_half_unit: bool
    uncertain: bool
    original: str


class ValueReader:
    """Reads the value cells of one column."""

    def __init__(self, markers: Markers, notation: str, factor: int = 1, given: str = "") -> None:
        """``given``: the notation a person named."""
        self.markers = markers
        self.notation = given or notation
        self.given = given
        self.factor = factor
        self.met: dict[str, Meaning] = {}
        """Cells that hold a marker, and what it was taken for."""
        self._cache: dict[tuple[type, object, str], Read] = {}

    @classmethod
    def for_column(
        cls, markers: Markers, texts: Iterable[tuple[str, bool]], given: str, factor: int
    ) -> ValueReader:
        """``texts``: the column's different texts, and whether only whole numbers are possible there."""
        every, whole = [], []
        for cell, is_whole in texts:
            text = tidy(cell)
            written = take_apart(text)
            if written is not None and not (is_whole and is_maybe_glued(text)):
                every.append(written)
                if is_whole and factor == 1:
                    whole.append(written)
        return cls(markers, notation_of(every, whole), factor, given)

    def read(self, value: Any, indicator: IndicatorTerm) -> Read:
        key = (value.__class__, value, indicator.code)
        known = self._cache.get(key)
        if known is None:
            known = self._cache[key] = self._judge(self._read(value, indicator), indicator)
        return known

    def plain(
        self, values: Sequence[Any], codes: Sequence[str], indicators: Mapping[str, IndicatorTerm]
    ) -> list[Plain | None]:
        """Read a column at once, each different value once; None: empty, or there is something to say."""
        pairs = list(zip(codes, values, strict=True))
        known = {
            (code, value): self._plain(value, indicators[code]) if code in indicators else None
            for code, value in set(pairs)
        }
        found = [known[pair] for pair in pairs]
        if bool in set(map(type, values)):  # True equals 1, but is none
            found = [
                None if value.__class__ is bool else read for value, read in zip(values, found, strict=True)
            ]
        return found

    def _plain(self, value: Any, indicator: IndicatorTerm) -> Plain | None:
        if value.__class__ is str and not value.strip():
            return None
        read = self.read(value, indicator)
        if read.problem or read.marks or read.quality or not read.is_readable:
            return None
        return Plain(read.value, read.absence, read.below_half_unit, read.uncertain, shown(value))

    def _read(self, value: Any, indicator: IndicatorTerm) -> Read:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self._real(value, indicator)
        if is_made_date(value):
            return Read(problem="date_not_number")
        if isinstance(value, str) and _has_several_numbers(value):
            return Read(problem="not_a_number")
        text = tidy(str(value))
        if is_yes_or_no(indicator) and is_answer(text):
            return Read(answer_in(text), problem="" if answer_in(text) is not None else "not_a_number")
        meaning = self.markers.meaning(text)
        if meaning is not None:
            self.met[value] = meaning
            return self._marker(text, meaning)
        return self._text(text, indicator)

    def _text(self, text: str, indicator: IndicatorTerm) -> Read:
        if text in ERROR_WORDS:
            return Read(problem="cell_error")
        if _FORMULA.match(text):
            return Read(problem="formula_without_value")
        written = take_apart(text)
        if written is None:
            return Read(problem="not_a_number")
        if not _unit_fits(written.unit, indicator.unit):
            return Read(problem="percent_not_count" if written.unit == "%" else "not_a_number")
        return self._number(written, indicator)

    def _real(self, value: float, indicator: IndicatorTerm) -> Read:
        """A number of the sheet itself; what its format shows counts where that is something else."""
        number = from_float(value)
        if number is None or (isinstance(value, WithWords) and value.words is not None):
            return Read(problem="not_a_number") if number is None else _shown_as_words(number)
        if isinstance(value, Percent):
            is_percent = indicator.unit in _PERCENT
            return Read(number * 100) if is_percent else Read(problem="percent_not_count")
        if isinstance(value, WithText):
            return self._with_text(value, number, indicator)
        if isinstance(value, InThousands):
            stated = (("value", f"{number:f}"),)
            return Read(number, problem="shown_shortened", params=stated)
        if isinstance(value, ThreeDecimals) and indicator.decimals < _THREE:
            written = take_apart(str(value))
            if written is not None and written.is_ambiguous:
                thousands = written.value(self.given)
                if thousands is None:
                    return Read(problem="not_a_number", ambiguous=True)
                number = thousands
        return _share_or_percent(Read(number * self.factor), indicator)

    def _with_text(self, value: WithText, number: Decimal, indicator: IndicatorTerm) -> Read:
        """A number with a text around it that only its format shows: read as a person sees it."""
        text = f"{value.before} {value.after}"
        named = factor_in(text)
        if named:
            is_factor = named == self.factor
            return Read(number * named) if is_factor else _unclear_unit(number, f"{number * named:f}")
        written = take_apart(str(value))
        if written is None:
            if any(sign.isdigit() for sign in text):
                return _unclear_unit(number, str(value))
            read = _share_or_percent(Read(number * self.factor), indicator)
            if read.problem or _names_unit(text, indicator):
                return read
            return _text_in_format(read, number)
        if written.unit == "%":
            return Read(number) if indicator.unit in _PERCENT else Read(problem="percent_not_count")
        read = self._number(written, indicator)
        if written.value(GERMAN) != number:
            read = _unclear_unit(number, str(value))
        elif not read.problem and not _unit_fits(written.unit, indicator.unit):
            read = _text_in_format(read, number)
        return read

    def _marker(self, text: str, meaning: Meaning) -> Read:
        read = Read(
            None if meaning.absence else Decimal(0),
            meaning.absence,
            below_half_unit=meaning.below_half_unit,
            uncertain=meaning.uncertain,
        )
        if meaning.confirm:
            return read._replace(problem="absence_to_confirm", params=(("absence", meaning.absence),))
        if meaning.is_plain_zero and self.markers.source(text) in _UNSAID:
            return read._replace(problem="dash_read_as_zero")
        return read

    def _number(self, written: NumberText, indicator: IndicatorTerm) -> Read:
        if self._is_sign_in_doubt(written, indicator):
            return Read(problem="sign_in_doubt")
        value = written.value(self.notation)
        if value is None and indicator.decimals == 0 and self.factor == 1:
            value = written.grouped
        if value is None:
            return Read(problem="not_a_number", ambiguous=True)
        read = Read(
            value * self.factor, "", written.quality, uncertain=written.in_parentheses, marks=written.marks
        )
        return read if written.unit else _share_or_percent(read, indicator)

    def _is_sign_in_doubt(self, written: NumberText, indicator: IndicatorTerm) -> bool:
        """A sign behind the number, or parentheses where accountants would mean a negative value by them."""
        if written.sign_after:
            return True
        may_be_negative = bool(indicator.code) and indicator.negative
        is_doubtful = written.in_parentheses and not written.sign and may_be_negative
        return is_doubtful and not self.markers.parentheses_are_explained

    def _judge(self, read: Read, indicator: IndicatorTerm) -> Read:
        value = read.value
        if value is None:
            return read
        if abs(value) > LARGEST:
            return read._replace(value=None, problem="too_large")
        if value == value.to_integral_value():
            read = read._replace(value=value.quantize(Decimal(1)))
        of_indicator = (indicator.decimals, indicator.negative)
        if DECIMALS_KEPT.is_broken(value, *of_indicator):
            if indicator.decimals == 0:
                return read._replace(problem="not_whole")
            return read._replace(problem=DECIMALS_KEPT.code, params=(("decimals", str(indicator.decimals)),))
        if NOT_NEGATIVE.is_broken(value, *of_indicator):
            return read._replace(problem=NOT_NEGATIVE.code)
        return read


def markers_met(readers: Iterable[tuple[ValueReader, Iterable[Any]]]) -> list[dict[str, Any]]:
    """Signs that stood in place of numbers, for the preview. A reader comes with its column's cells."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for reader, cells in readers:
        if not reader.met:
            continue
        for text, count in Counter(cell for cell in cells if cell in reader.met).items():
            found = tidy(text)
            counts[found, reader.met[text].name, reader.markers.source(found)] += count
    return [
        {"found": found, "meaning": meaning, "source": source, "count": count}
        for (found, meaning, source), count in sorted(counts.items())
    ]


def _share_or_percent(read: Read, indicator: IndicatorTerm) -> Read:
    """Below one per cent, in a cell that shows no percent sign: perhaps a share, wrong by a hundred."""
    if indicator.unit in _PERCENT and read.value is not None and 0 < abs(read.value) < 1:
        return read._replace(problem="share_or_percent")
    return read


def _has_several_numbers(value: str) -> bool:
    """Whether a cell holds a number on each of several lines; on one line they would be groups of digits."""
    return "\n" in value and sum(take_apart(tidy(line)) is not None for line in value.splitlines()) > 1


def _shown_as_words(number: Decimal) -> Read:
    return Read(problem="words_in_format", params=(("value", f"{number:f}"),))


def _unclear_unit(number: Decimal, scaled: str) -> Read:
    return Read(problem="unit_in_format", params=(("value", f"{number:f}"), ("scaled", scaled)))


def _text_in_format(read: Read, number: Decimal) -> Read:
    return read._replace(problem="text_in_format", params=(("value", f"{number:f}"),))


def _names_unit(text: str, indicator: IndicatorTerm) -> bool:
    """Whether a text beside a number only names what is counted, and not something else (``Betriebe``)."""
    named = fold(text)
    unit = UNIT_OF_WORD.get(named, "")
    if unit and indicator.unit:
        return unit in (indicator.unit, UNIT_COUNTED_AS.get(indicator.unit))
    return named in UNITS or any(named == fold(name) for name in indicator.names)


def _unit_fits(unit: str, of_indicator: str) -> bool:
    if not unit:
        return True
    return (unit == "%") == (of_indicator in _PERCENT) and (unit == "%" or of_indicator == "EUR")


def state_read(state: str) -> Read:
    if isinstance(state, StruckOut):
        return Read(problem="struck_out")
    return Read(problem="formula_without_value" if state.startswith("=") else "cell_error")
