"""What has changed since approval: the difference of two tables with the same key."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.template.defaultfilters import yesno
from django.utils.text import capfirst

from measures.figure_rules import CONTENT, KEY
from measures.models import ApprovedFigure, Figure, Submission
from measures.typed_values import Entry

FigureKey = tuple[int, str, str, str]

_REMARKS = tuple(name for name in CONTENT if name not in Entry.__match_args__)
"""What is stated beside the value or the reason for none."""

_LABELS = {field.attname: field.verbose_name for field in Figure._meta.concrete_fields}  # noqa: SLF001  # a model's facts


@dataclass(frozen=True)
class ChangedRemark:
    """A flag or remark that is not what was approved; empty where the figure itself is missing."""

    label: str
    before: str
    after: str


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
    remarks: tuple[ChangedRemark, ...] = ()

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
                remarks=_changed_remarks(before, after),
            )
        )
    return changes


def _key(figure: Figure | ApprovedFigure) -> FigureKey:
    key: FigureKey = attrgetter(*KEY)(figure)
    return key


def _entry(figure: Figure | ApprovedFigure | None) -> Entry:
    return Entry(value=figure.value, absence=figure.absence) if figure else Entry()


def _content(figure: Figure | ApprovedFigure | None) -> tuple[object, ...]:
    if figure is None:
        return ()
    content: tuple[object, ...] = attrgetter(*CONTENT)(figure)
    return content


def _changed_remarks(
    before: Figure | ApprovedFigure | None, after: Figure | ApprovedFigure | None
) -> tuple[ChangedRemark, ...]:
    return tuple(
        ChangedRemark(
            label=capfirst(str(_LABELS[name])),
            before=_in_words(before, name),
            after=_in_words(after, name),
        )
        for name in _REMARKS
        if _remark(before, name) != _remark(after, name)
    )


def _remark(figure: Figure | ApprovedFigure | None, name: str) -> Any:
    """Compared with a missing figure, only what differs from a plain figure is a change."""
    return getattr(figure or Figure(), name)


def _in_words(figure: Figure | ApprovedFigure | None, name: str) -> str:
    if figure is None:
        return ""
    remark = getattr(figure, f"get_{name}_display", lambda: getattr(figure, name))()
    if isinstance(remark, bool):
        return str(yesno(remark))
    return str(remark) or "–"
