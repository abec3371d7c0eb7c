"""What the reader proposes for a file's columns, names and markers, and what a person may choose instead."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from measures.absence_words import ZERO
from measures.enums import Absence
from measures.importing.columns.around.surroundings import LEAVE_OUT, NO_EFFECT, WORDING
from measures.importing.problems import MARKER, PROBLEMS, QUESTIONS
from measures.importing.text.folding import tidy
from measures.importing.vocabulary import Answers
from measures.models import ImportCause, ImportRun, Indicator, Occupation, ReportingRound, TargetGroup
from partners.models import Organisation, Region

NAMES_ASKED = 60

Choices = list[tuple[str, str]]

ANSWER_KINDS = {known.code: known.answer_kind for known in PROBLEMS.values() if known.answer_kind}
"""The problems that a choice on the mapping page settles, and what there is to choose from."""


Candidates = Sequence[tuple[str, str, int]]
"""Codes that a name resembles, with their label and how much in per cent, best first."""


@dataclass(frozen=True)
class Unclear:
    """A name or a sign of the file whose meaning a person may settle; ``kind`` empty for a sign.

    A sign comes with what it was read as, by whose word and how often; ``is_open``: its values are held.
    """

    kind: str
    found: str
    sheet: str = ""
    cell: str = ""
    candidates: Candidates = ()
    meaning: str = ""
    source: str = ""
    count: int = 0
    is_open: bool = True
    table: str = ""
    """The fingerprint of the table whose words these are; what is said of them holds for it alone."""


def choices(kinds: set[str]) -> dict[str, Choices]:
    """What there is to choose from, by kind; only the kinds asked for are looked up."""
    sources: dict[str, Any] = {
        "indicator": lambda: [
            (indicator.code, indicator.name) for indicator in Indicator.objects.filter(is_recorded=True)
        ],
        "year": lambda: [
            (str(year), str(year)) for year in ReportingRound.objects.values_list("year", flat=True)
        ],
        "target_group": lambda: [(group.code, group.name) for group in TargetGroup.objects.all()],
        "organisation": lambda: list(Organisation.objects.values_list("code", "short_name")),
        "region": lambda: [(region.code, region.name) for region in Region.objects.all()],
        "occupation": lambda: [
            (
                occupation.code,
                occupation.label if occupation.level == 0 else f"{occupation.code} {occupation}",
            )
            for occupation in Occupation.objects.order_by("level", "code")
        ],
        WORDING: lambda: [
            (NO_EFFECT, gettext("The values hold as they stand, for the whole year")),
            (LEAVE_OUT, gettext("Leave the table out")),
        ],
        MARKER: lambda: [(ZERO, "0"), *((str(value), str(label)) for value, label in Absence.choices)],
    }
    return {kind: sources[kind]() for kind in kinds}


def unclear(run: ImportRun, given: Answers, in_effect: Answers) -> list[Unclear]:
    """Unknown names and signs, each once, in the order of the file; then what else was answered.

    Words around a table are listed with whatever was ever said of them, ``in_effect``.
    """
    found: dict[tuple[str, ...], Unclear] = {}
    to_confirm: dict[str, ImportCause] = {}
    for cause in ImportCause.objects.filter(import_run=run, code__in=ANSWER_KINDS):
        kind = ANSWER_KINDS[cause.code]
        if kind == MARKER:
            to_confirm.setdefault(tidy(cause.found), cause)
            continue
        candidates = json.loads(dict(cause.message).get("candidate_codes") or "[]")
        entry = Unclear(kind, cause.found, cause.sheet, _first(cause), tuple(map(tuple, candidates)))
        found.setdefault((kind, cause.found), entry)
    for words in _words(run, in_effect):
        found.setdefault((WORDING, words.table, words.found), words)
    for sign in _signs(run, to_confirm):
        found.setdefault(("", sign.found), sign)
    for kind, names in given.names.items():
        for text in names:
            found.setdefault((kind, text), Unclear(kind, text))
    return list(found.values())[:NAMES_ASKED]


def _words(run: ImportRun, in_effect: Answers) -> Iterator[Unclear]:
    """Words around the tables that are asked about, then those that were settled."""
    for question in run.questions:
        if WORDING in QUESTIONS[question["code"]].answered_by and question["column"] < 0:
            text, sheet, cell = (question[name] for name in ("found", "sheet", "cell"))
            yield Unclear(WORDING, text, sheet, cell, table=question["table"])
    for table in run.tables:
        fingerprint = table["fingerprint"]
        for text in in_effect.tables[fingerprint].wording if fingerprint in in_effect.tables else ():
            yield Unclear(WORDING, text, table["sheet"], source="answer", is_open=False, table=fingerprint)


def _signs(run: ImportRun, to_confirm: dict[str, ImportCause]) -> Iterator[Unclear]:
    counts: Counter[str] = Counter()
    met: dict[str, dict[str, Any]] = {}
    for table in run.tables:
        for marker in table["markers"]:
            counts[marker["found"]] += marker["count"]
            met.setdefault(marker["found"], marker)
    for found, marker in met.items():
        cause = to_confirm.get(found)
        yield Unclear(
            "",
            found,
            cause.sheet if cause else "",
            _first(cause) if cause else "",
            (),
            marker["meaning"],
            marker["source"],
            counts[found],
            cause is not None,
        )


def _first(cause: ImportCause) -> str:
    return cause.first_cells[0] if cause.first_cells else ""


def meaning_of_sign(meaning: str) -> str:
    """What a sign was read as, in words."""
    if meaning == "below_half_unit":
        return gettext("less than half the unit")
    return gettext("zero") if meaning == ZERO else str(Absence(meaning).label)


def dimensions(run: ImportRun) -> set[str]:
    """The kinds of names that the file's columns hold."""
    return {
        role.removesuffix("_label") for table in run.tables for role in (c["role"] for c in table["columns"])
    }


def as_stored(answers: Answers) -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(answers.to_json())
    return stored
