"""Steps and what undid them, and undid that: which of them are in force."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from measures.models import ImportRun, ImportStep


@dataclass(frozen=True)
class ShownStep:
    """A step of an import in words; ``action``: what a person may do about it, if anything."""

    step: ImportStep
    label: str
    standing: int
    action: str


class Chains:
    """The trees that steps form by ``undoes``: an apply at the root, its undoing below, and so on."""

    def __init__(self, steps: Iterable[ImportStep]) -> None:
        self.steps = {step.pk: step for step in sorted(steps, key=lambda step: step.pk)}
        self.children: dict[int, list[ImportStep]] = defaultdict(list)
        self.depth: dict[int, int] = {}
        self.root: dict[int, int] = {}
        for pk, step in self.steps.items():  # a step is always newer than what it undoes
            above = step.undoes_id
            self.depth[pk] = 0 if above is None else self.depth[above] + 1
            self.root[pk] = pk if above is None else self.root[above]
            if above is not None:
                self.children[above].append(step)

    @classmethod
    def of_runs(cls, run_ids: Iterable[int]) -> "Chains":
        return cls(ImportStep.objects.filter(import_run__in=list(run_ids)))

    def brings_back(self, step: ImportStep) -> bool:
        """Whether the step restored what an import had written."""
        return self.depth[step.pk] > 0 and self.depth[step.pk] % 2 == 0

    def standing(self, step: ImportStep) -> int:
        """How many of the figures it wrote nothing has undone since; others may have written over them."""
        return step.figure_count - sum(self.standing(child) for child in self.children[step.pk])

    def is_in_force(self, step: ImportStep) -> bool:
        """Whether anything of it is left; a step that only moved a Datenstand has no figures to count."""
        if step.figure_count:
            return self.standing(step) > 0
        return not any(self.is_in_force(child) for child in self.children[step.pk])

    def is_run_undone(self) -> bool:
        return not any(self.is_in_force(step) for step in self.steps.values() if step.undoes_id is None)

    def params(self, step: ImportStep) -> Mapping[str, Any]:
        """The step and the rest of its chain as the statements of ``step_sql`` take them."""
        others = [
            other
            for other in self.steps.values()
            if other.pk != step.pk and self.root[other.pk] == self.root[step.pk]
        ]
        back = self._brought_back_by(step)
        return {
            "first": step.first_version,
            "last": step.last_version,
            "context": step.context_id,
            "contexts": [other.context_id for other in others],
            "firsts": [other.first_version for other in others],
            "lasts": [other.last_version for other in others],
            "evens": [other.pk in back for other in others],
        }

    def _brought_back_by(self, step: ImportStep) -> set[int]:
        found: set[int] = set()
        level, distance = self.children[step.pk], 1
        while level:
            if distance % 2 == 0:
                found |= {child.pk for child in level}
            level, distance = [below for child in level for below in self.children[child.pk]], distance + 1
        return found


def shown_steps(run: ImportRun) -> list[ShownStep]:
    """What was done with an import's figures, the newest last, and what can be undone or brought back.

    What an import wrote is undone by its own step, also after it was brought back.
    """
    steps = list(run.steps.select_related("actor"))
    chains = Chains(steps)
    return [_shown(step, chains) for step in steps]


def _shown(step: ImportStep, chains: Chains) -> ShownStep:
    is_undo = chains.depth[step.pk] % 2 == 1
    action = ""
    if chains.is_in_force(step) and not chains.brings_back(step):
        action = "restore" if is_undo else "undo"
    label = _("Restored") if chains.brings_back(step) else _("Undone") if is_undo else _("Applied")
    return ShownStep(step=step, label=label, standing=chains.standing(step), action=action)
