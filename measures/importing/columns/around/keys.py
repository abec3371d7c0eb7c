"""Headings of labels that say which part of each is counted, and columns that only say labels again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.layout.grid import FACTORS, UNIT_OF_WORD, shown
from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold, tidy
from measures.importing.text.letters import choosing
from measures.importing.text.periods import periods_in
from measures.importing.text.terms.restrictions import is_of_some
from measures.importing.text.units import OF_UNITS, UNIT_COUNTED_AS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.wording import Part

_OF_TOPICS = frozenset(
    ("thema", "themen", "themenfeld", "themenbereich", "handlungsfeld", "kategorie", "rubrik", "oberbegriff",
     "bereich", "abschnitt", "topic", "category", "area", "section", "field of action")
)  # fmt: skip
_NAMED_BY_LABELS = ("organisation", "region", "indicator", "target_group")
_BEHIND_A_WORD = re.compile(r"(?!(?:[IVX]{1,4}|[A-Z]|\d{1,2})[.)]\s*$)[^\W_]+[^\w]")
"""Behind a word, and not behind the number of a section: ``II. Übergang``."""
_ANYTHING = frozenset(("anzahl", "anz", "zahl", "number", "count", "absolut"))
_OF_OCCUPATIONS = ("berufe", "berufsgruppen", "berufsfelder", "occupations")
_OF_DISTRICTS = re.compile(r"regierungsbezirke?|reg\.-?\s?bez\.?|landesteile?|großregion", re.IGNORECASE)
_KEY = re.compile(r"(?=.*\d)(?=.*[^\W\d_])[\w./-]{4,20}")
_FEWEST_KEYS = 3
_WITH_LETTERS = re.compile(r"([^\W\d_]*)[^\w]*(\d*)[a-z]?(?:[./-]\d+)*")
_OF_AGES = frozenset(("u", "ü", "ue", "ab", "bis"))
"""``U25``: whoever is younger than 25."""
_OF_SEXES = frozenset("mwdfx")
_FIRST_LETTER = "a"
_SHORT_UNIT = re.compile(r"[^\W\d_]{2,4}\.?")
_MULTIPLYING = re.compile(r"t|tsd|th|ts|mio|mrd|mill|ht|hd|dz|dtz|proz|pct|vh|eur", re.IGNORECASE)


def is_of_units(heading: str) -> bool:
    """``Einheit``: what is not understood below it may multiply the values."""
    return fold(heading) in OF_UNITS


def is_key_of_rows(plan: Plan, grid: SheetGrid, column: int) -> bool:
    """``K001``, or ``ST`` below ``Einheit``, beside ``Neuverträge``: the indicator's name says it as well.

    Topics (``Beratung`` below ``Thema``) must stand beside the same indicators throughout and not restrict.
    """
    at = plan.roles.get("indicator", plan.roles.get("target_group", -1))
    if at < 0:
        return False
    pairs = {
        (tidy(shown(grid.rows[row][column])), tidy(shown(grid.rows[row][at]))) for row in plan.block.data
    }
    texts, labels = {text for text, _ in pairs}, {label for _, label in pairs}
    head = [grid.rows[row][column] for row in plan.block.header if grid.rows[row][column] != ""]
    heading = tidy(shown(head[-1])) if head else ""
    if len(labels) < 2 or len(pairs) > len(labels):  # noqa: PLR2004  it says more than the indicator does
        return False
    if is_of_units(heading):
        return all(_is_unit_of(text, label, grid) for text, label in pairs)
    if all(any(map(str.isdigit, text)) and len(text.split()) == 1 for text in texts):
        return len(texts) == len(labels)
    return (
        fold(heading) in _OF_TOPICS
        and len(texts) > 1
        and not any(_may_restrict(text, grid) for text in texts)
    )


def are_numbers_of_paper(texts: Iterable[str]) -> bool:
    """Whether codes only count the rows, or name them by one scheme: ``4711``, ``K-12`` and ``K-13``, A to D.

    Codes that differ in their letters (``REHA1`` and ``SGB22``, ``M`` and ``W``), or are short for an age
    (``U25``), may say which part of a figure a row has.
    """
    texts = list(texts)
    found = [_WITH_LETTERS.fullmatch(text.lower()) for text in texts]
    if None in found:
        return False
    schemes = {match[1] for match in found if match}
    if schemes <= {""}:
        return True
    if len(schemes) == 1:
        (scheme,) = schemes
        is_of_form = len(scheme) == 1 and scheme not in _OF_SEXES  # the same field of a form in all rows
        return scheme not in _OF_AGES and (len(set(texts)) > 1 or is_of_form)
    letters = sorted(schemes)
    return letters == [chr(ord(_FIRST_LETTER) + place) for place in range(len(letters))]


def is_key_of_owners(plan: Plan, grid: SheetGrid, column: int) -> bool:
    """``WL-01607`` beside the chambers, another one at each: a number of the paper, whatever it is called."""
    at = plan.roles.get("organisation", -1)
    if at < 0:
        return False
    pairs = {
        (tidy(shown(grid.rows[row][column])), tidy(shown(grid.rows[row][at]))) for row in plan.block.data
    }
    pairs = {(text, owner) for text, owner in pairs if text}
    texts, owners = {text for text, _ in pairs}, {owner for _, owner in pairs}
    return (
        len(pairs) >= _FEWEST_KEYS
        and len(texts) == len(owners) == len(pairs)
        and all(_KEY.fullmatch(text) and not periods_in(text) for text in texts)
        and are_numbers_of_paper(texts)
    )


def is_district_of_owners(plan: Plan, grid: SheetGrid, column: int, heading: str) -> bool:
    """``Regierungsbezirk`` beside chambers: where each lies, and none of them in two."""
    at = plan.roles.get("organisation", -1)
    if at < 0 or _OF_DISTRICTS.fullmatch(heading.strip()) is None:
        return False
    pairs = {
        (tidy(shown(grid.rows[row][column])), code)
        for row in plan.block.data
        if (code := grid.names.exact("organisation", tidy(shown(grid.rows[row][at]))))
    }
    owners = {code for _, code in pairs}
    return len(owners) > 1 and len(pairs) == len(owners)


def _is_unit_of(text: str, label: str, grid: SheetGrid) -> bool:
    """Whether a cell says what the indicator of its row counts, in a word or an abbreviation of one."""
    term = grid.names.indicators.get(grid.names.exact("indicator", label) or "")
    if not text or term is None or fold(text) in _ANYTHING:
        return True  # a row that is no figure of ours is held anyway
    if unit := UNIT_OF_WORD.get(fold(text)):
        return unit in (term.unit, UNIT_COUNTED_AS.get(term.unit))
    return is_short_unit(text)


def is_short_unit(text: str) -> bool:
    """An abbreviation of what is counted; not one of thousands, per cent or money."""
    is_short = _SHORT_UNIT.fullmatch(text) is not None and not _MULTIPLYING.match(text)
    return is_short and fold(text) not in FACTORS


def _may_restrict(text: str, grid: SheetGrid) -> bool:
    parts = wording.parts_of(text, grid.names)
    kinds = (wording.NARROWING, wording.TARGET_GROUP, wording.FACTOR)
    return any(part.kind in kinds or part.period is not None for part in parts)


def groups_occupations(text: str, parts: list[Part], plan: Plan) -> bool:
    """``Kaufmännische Berufe`` above rows that each name their occupation: only which of them follow."""
    return (
        bool({"occupation", "occupation_label"} & plan.roles.keys())
        and fold(text).endswith(_OF_OCCUPATIONS)
        and all(part.kind == wording.UNKNOWN for part in parts)
    )


def divides_rows(plan: Plan, grid: SheetGrid, column: int) -> bool:
    """Whether rows of the same labels differ in a column (``Geschäftsstelle``): each value is of a part."""
    labels = [""] * len(plan.roles)
    texts: dict[tuple[str, ...], str] = {}
    for row in plan.block.data:
        cells = grid.rows[row]
        given = [tidy(shown(cells[place])) for place in plan.roles.values()]
        labels = [new or old for new, old in zip(given, labels, strict=True)]
        if any(labels) and (text := tidy(shown(cells[column]))) != texts.setdefault(tuple(labels), text):
            return True
    return False


def qualifies_labels(role: str, part: Part, heading: str) -> bool:
    """``Kammer (kaufmännische Berufe)``: behind the word for the labels, which part of each is counted.

    So does a word there by itself that says it anywhere (``Teilzeit``).

    Occupations are called by words that nobody lists; of theirs only kinds of training count. A field of a
    program (``2_variable_label``) is one name.
    """
    if part.kind != wording.UNKNOWN:
        return False
    if role in _NAMED_BY_LABELS and is_of_some(part):
        return True
    if not _BEHIND_A_WORD.search(heading[: part.start]):
        return False
    if role in ("occupation", "occupation_label"):
        return choosing.names_kind_of_training(part.text)
    key = fold(part.text)
    return role in _NAMED_BY_LABELS and len(key) > 1 and key not in lexicon.words("label_words")
