"""What tests of undoing compare: the figures as they stand, and what their versions say stands."""

from typing import Any

from measures.models import Figure, FigureVersion, ImportRun, ImportStep, Item
from measures.services.imports.writing.undo import undo_step
from measures.services.recording import CellEntry, save_figures
from measures.typed_values import NOTHING, Entry
from partners.models import User
from tests.factories import UserFactory
from tests.measures.submissions import NRW, approve_submission, number, start_correction, submit_submission

COLUMNS = (
    "id", "item_id", "region_id", "occupation_id", "target_group_id", "value", "absence", "quality",
    "is_below_half_unit", "is_uncertain", "note", "origin", "entered_by_id", "entered_at", "import_run_id",
    "sheet", "cell", "original",
)  # fmt: skip

State = tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]


def figures() -> set[tuple[Any, ...]]:
    """Every figure with its content and provenance, to the microsecond."""
    return set(Figure.objects.values_list(*COLUMNS))


def state() -> State:
    items = Item.objects.values_list("pk", "region_level", "occupation_level", "data_as_of")
    return figures(), set(items)


def replayed() -> set[tuple[Any, ...]]:
    """The figures as their versions alone tell them."""
    newest: dict[tuple[Any, ...], tuple[str, tuple[Any, ...]]] = {}
    for label, *row in FigureVersion.objects.order_by("pgh_id").values_list("pgh_label", *COLUMNS):
        newest[tuple(row[1:5])] = (label, tuple(row))
    return {row for label, row in newest.values() if label != "delete"}


def step_of(run: ImportRun) -> ImportStep:
    """The newest step of an import."""
    return run.steps.order_by("-pk")[0]


def undo(run_or_step: ImportRun | ImportStep, actor: User, **more: Any) -> ImportStep:
    step = step_of(run_or_step) if isinstance(run_or_step, ImportRun) else run_or_step
    return undo_step(step_id=step.pk, actor=actor, **more)


def type_in(item: Item, value: int | str | None, actor: User, *, region: str = NRW) -> None:
    """Record a cell by the form, or clear it."""
    figure = Figure.objects.filter(item=item, region=region, occupation="_T", target_group="_T").first()
    seen = Entry(figure.value, figure.absence) if figure else NOTHING
    entry = NOTHING if value is None else number(value)
    [result] = save_figures(
        submission_id=item.submission_id, cells=[CellEntry(item.pk, region, entry, seen)], actor=actor
    )
    assert result.is_stored


def approve(submission: Any, actor: User) -> None:
    submit_submission(submission_id=submission.pk, actor=actor, comment="stimmt")
    approve_submission(submission_id=submission.pk, actor=UserFactory())


def correct(submission: Any, actor: User) -> None:
    start_correction(submission_id=submission.pk, actor=actor, reason="Korrektur")
