"""Imports, edits, approvals and undoing in any order: the figures are what the versions tell, always."""

import random

import pytest

from measures.enums import ImportStepKind
from measures.models import ImportStep
from measures.selectors.imports.dependents import dependents_of
from measures.services.imports.errors import NothingToUndoError, StepHasDependentsError
from measures.workflow import SubmissionStatus
from tests.measures.imports.undoing import approve, correct, figures, replayed, state, type_in, undo
from tests.measures.spreadsheets import PLACES, QUALIFICATION, bring_in, person, workbook
from tests.measures.submissions import item_of, make_submission, send_back_submission, submit_submission

pytestmark = [pytest.mark.django_db, pytest.mark.long]

HEADER = ("Kammer", "Kennzahl", "Jahr", "KldB", "Beruf", "Wert")
CELLS = [(PLACES, "_T"), (PLACES, "26"), (PLACES, "29"), (QUALIFICATION, "_T"), (QUALIFICATION, "261")]
INDICATORS = ("additional_places", "training_placements")


def seeds(first: int, few: int, many: int) -> list:
    """A few courses for ``make test``; ``make test-long`` takes the others."""
    return [
        pytest.param(seed, marks=[] if seed < first + few else pytest.mark.long)
        for seed in range(first, first + many)
    ]


class Chance:
    """One random course of events on one submission."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311  # repeatable, not secret
        self.submission = make_submission()
        self.steward = person()

    def bring_in(self):
        cells = self.random.sample(CELLS, self.random.randint(1, len(CELLS)))
        rows = [
            ("IHK Köln", indicator, 2030, code, "", self.random.choice([3, 4, 5, "x", "*"]))
            for indicator, code in cells
        ]
        day = self.random.choice([(), [("Datenstand: 31.01.2031",)], [("Datenstand: 31.03.2031",)]])
        bring_in(workbook(rows, header=HEADER, above=day), self.steward, reason="Nachmeldung")

    def type_in(self):
        self._reopen()
        item = item_of(self.submission, self.random.choice(INDICATORS))
        type_in(item, self.random.choice([1, 2, None]), person("contributor", "IHK-142"))

    def approve(self):
        self._reopen()
        approve(self.submission, self.steward)

    def submit(self):
        self._reopen()
        submit_submission(submission_id=self.submission.pk, actor=self.steward, comment="stimmt")

    def undo(self):
        steps = list(ImportStep.objects.all())
        if not steps:
            return
        step = self.random.choice(steps)
        before, found = state(), dependents_of(step)
        try:
            undone = undo(step, self.steward, reason="Irrtum", only_independent=self.random.random() < 0.7)
        except (NothingToUndoError, StepHasDependentsError):
            assert state() == before
            return
        assert undone.figure_count == found.free
        if self.random.random() < 0.7 and not dependents_of(undone).blocked:
            undo(undone, self.steward, reason="Doch nicht")
            assert figures() == before[0]

    def _reopen(self):
        self.submission.refresh_from_db()
        if self.submission.status == SubmissionStatus.APPROVED:
            correct(self.submission, self.steward)
        elif not self.submission.is_editable:
            send_back_submission(submission_id=self.submission.pk, actor=self.steward, reason="Bitte prüfen")


@pytest.mark.parametrize("seed", seeds(0, few=6, many=40))
def test_any_course_of_events_leaves_the_figures_their_versions_tell(seed):
    chance = Chance(seed)
    for _ in range(14):
        act = chance.random.choice(
            [chance.bring_in, chance.bring_in, chance.type_in, chance.approve, chance.submit]
            + [chance.undo] * 5
        )
        act()
        assert figures() == replayed()


@pytest.mark.parametrize("seed", seeds(100, few=3, many=10))
def test_imports_undone_in_any_order_leave_what_was_there_before(seed):
    chance = Chance(seed)
    chance.type_in()
    before = state()
    for _ in range(4):
        chance.bring_in()

    for _ in range(4):
        steps = list(ImportStep.objects.filter(kind=ImportStepKind.APPLY))
        chance.random.shuffle(steps)
        for step in steps:
            try:
                undo(step, chance.steward, only_independent=True)
            except NothingToUndoError:
                continue

    assert state() == before
    assert figures() == replayed()
