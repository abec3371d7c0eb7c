"""What has changed since approval: the difference of two tables with the same key."""

from dataclasses import dataclass

from measures.models import ApprovedFigure, Figure, Submission
from measures.typed_values import Entry

FigureKey = tuple[int, str, str, str]


@dataclass(frozen=True)
class Change:
    """``before`` is what was approved, ``after`` what stands now; either may be empty."""

    item_id: int
    indicator: str
    region: str
    occupation: str
    target_group: str
    before: Entry
    after: Entry

    @property
    def kind(self) -> str:
        if self.before.is_empty:
            return "new"
        return "deleted" if self.after.is_empty else "changed"


def changes_since_approval(submission: Submission) -> list[Change]:
    """Figures that differ from what was last approved; nothing if the submission never was."""
    if submission.approved_at is None:
        return []
    related = ("item__indicator", "region", "occupation", "target_group")
    approved: dict[FigureKey, Figure | ApprovedFigure] = {
        _key(figure): figure
        for figure in ApprovedFigure.objects.filter(item__submission=submission).select_related(*related)
    }
    current: dict[FigureKey, Figure | ApprovedFigure] = {
        _key(figure): figure
        for figure in Figure.objects.filter(item__submission=submission).select_related(*related)
    }
    changes = []
    for key, shown in sorted((approved | current).items(), key=lambda pair: pair[0]):
        before, after = approved.get(key), current.get(key)
        if _content(before) == _content(after):
            continue
        changes.append(
            Change(
                item_id=key[0],
                indicator=shown.item.indicator.name,
                region=shown.region.name,
                occupation=shown.occupation.label,
                target_group=shown.target_group.name,
                before=_entry(before),
                after=_entry(after),
            )
        )
    return changes


def _key(figure: Figure | ApprovedFigure) -> FigureKey:
    return (figure.item_id, figure.region_id, str(figure.occupation_id), str(figure.target_group_id))


def _entry(figure: Figure | ApprovedFigure | None) -> Entry:
    return Entry(value=figure.value, absence=figure.absence) if figure else Entry()


def _content(figure: Figure | ApprovedFigure | None) -> tuple[object, ...]:
    if figure is None:
        return ()
    return (figure.value, figure.absence, figure.quality, figure.is_below_half_unit, figure.is_uncertain)
