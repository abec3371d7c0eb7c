"""What has changed since approval, or since somebody looked: two sets of figures with the same key."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from django.template.defaultfilters import yesno
from django.utils.text import capfirst

from measures.figure_rules import CONTENT, KEY
from measures.models import ApprovedFigure, Figure, FigureVersion, Submission, SubmissionEvent
from measures.rules.cells import cell_name
from measures.typed_values import Entry
from measures.workflow import SubmissionAction
from partners.models import User

FigureKey = tuple[int, str, str, str]
Statement = Figure | ApprovedFigure
"""Or a version of a figure, which has the same columns."""

_RELATED = ("item__indicator", "region", "occupation", "target_group")

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
    """``before`` is what was approved or seen, ``after`` what stands now; either may be empty."""

    item_id: int
    indicator: str
    region: str
    occupation: str
    target_group: str
    before: Entry
    after: Entry
    remarks: tuple[ChangedRemark, ...] = ()
    key: FigureKey = (0, "", "", "")
    by: User | None = None
    at: dt.datetime | None = None

    @property
    def cell_name(self) -> str:
        """The name of the cell in the grid."""
        return cell_name(self.item_id, self.key[1], self.key[3])

    @property
    def kind(self) -> str:
        if self.before.is_empty:
            return "new"
        return "deleted" if self.after.is_empty else "changed"


def changes_since_approval(submission: Submission) -> list[Change]:
    """Figures that differ from what was last approved; nothing if the submission never was."""
    if submission.approved_at is None:
        return []
    approved = ApprovedFigure.objects.filter(item__submission=submission).select_related(*_RELATED)
    return _with_people(submission, _differences(_by_key(approved), _by_key(_current(submission))))


def changes_since_return(submission: Submission, events: Iterable[SubmissionEvent]) -> list[Change]:
    """Figures that differ from what was last sent back, by its log.

    Nothing if the submission never was, or has been approved since.
    """
    decisions = (SubmissionAction.SEND_BACK, SubmissionAction.APPROVE)
    decided = [event for event in events if event.action in decisions]
    if not decided or decided[-1].action != SubmissionAction.SEND_BACK:
        return []
    returned = decided[-1]
    return _with_people(submission, changes_since_version(submission, returned.figure_version or 0))


def changes_since_version(submission: Submission, version_id: int) -> list[Change]:
    """Figures that differ from what they were when ``version_id`` was the newest of their versions."""
    versions = FigureVersion.objects.filter(item__submission=submission)
    written = set(versions.filter(pgh_id__gt=version_id).values_list(*KEY))
    if not written:
        return []
    earlier = (
        versions.filter(pgh_id__lte=version_id)
        .select_related(*_RELATED)
        .order_by(*KEY, "-pgh_id")
        .distinct(*KEY)
    )
    before = _by_key(
        version for version in earlier if version.pgh_label != "delete" and _key(version) in written
    )
    now = _by_key(figure for figure in _current(submission) if _key(figure) in written)
    return _differences(before, now)


def _with_people(submission: Submission, changes: list[Change]) -> list[Change]:
    """Who wrote what stands now or cleared it, and when: by the newest version of each."""
    if not changes:
        return []
    newest = (
        FigureVersion.objects.filter(item__in={change.item_id for change in changes})
        .select_related("pgh_context", "entered_by")
        .order_by(*KEY, "-pgh_id")
        .distinct(*KEY)
    )
    versions = {_key(version): version for version in newest}
    authors = authors_of(versions.values())
    return [
        replace(change, by=authors.get(version.pgh_id), at=version.pgh_created_at)
        if (version := versions.get(change.key))
        else change
        for change in changes
    ]


def who_cleared(keys: Collection[FigureKey]) -> dict[FigureKey, tuple[User | None, dt.datetime]]:
    """Who emptied cells last and when, for those whose newest version says so; no query for none."""
    if not keys:
        return {}
    newest = (
        FigureVersion.objects.filter(
            item__in={key[0] for key in keys}, occupation__in={key[2] for key in keys}
        )
        .select_related("pgh_context", "entered_by")
        .order_by(*KEY, "-pgh_id")
        .distinct(*KEY)
    )
    versions = {_key(version): version for version in newest}
    authors = authors_of(versions.values())
    return {
        key: (authors.get(version.pgh_id), version.pgh_created_at)
        for key in keys
        if (version := versions.get(key)) and version.pgh_label == "delete"
    }


def authors_of(versions: Iterable[Any]) -> dict[int, User]:
    """Who acted, by the id of the version: the person of its context, else who entered the figure.

    A version that an undo puts back carries the name of whoever entered the figure at first; it was written
    by whoever undid. ``versions`` come with ``pgh_context`` and ``entered_by``.
    """
    versions = list(versions)
    acted = {version.pgh_id: _acting(version) for version in versions}
    people = User.objects.in_bulk({pk for pk in acted.values() if pk})
    found = {
        version.pgh_id: people.get(acted[version.pgh_id] or 0) or version.entered_by for version in versions
    }
    return {pk: person for pk, person in found.items() if person}


def _acting(version: Any) -> int | None:
    return version.pgh_context.metadata.get("user") if version.pgh_context else None


def _current(submission: Submission) -> Iterable[Figure]:
    return Figure.objects.filter(item__submission=submission).select_related(*_RELATED)


def _by_key(statements: Iterable[Statement]) -> dict[FigureKey, Statement]:
    return {_key(statement): statement for statement in statements}


def _differences(earlier: dict[FigureKey, Statement], present: dict[FigureKey, Statement]) -> list[Change]:
    changes = []
    for key, shown in sorted((earlier | present).items(), key=lambda pair: pair[0]):
        before, after = earlier.get(key), present.get(key)
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
                key=key,
            )
        )
    return changes


def _key(figure: Statement) -> FigureKey:
    key: FigureKey = attrgetter(*KEY)(figure)
    return key


def _entry(figure: Statement | None) -> Entry:
    return Entry(value=figure.value, absence=figure.absence) if figure else Entry()


def _content(figure: Statement | None) -> tuple[object, ...]:
    if figure is None:
        return ()
    content: tuple[object, ...] = attrgetter(*CONTENT)(figure)
    return content


def _changed_remarks(before: Statement | None, after: Statement | None) -> tuple[ChangedRemark, ...]:
    return tuple(
        ChangedRemark(
            label=capfirst(str(_LABELS[name])),
            before=_in_words(before, name),
            after=_in_words(after, name),
        )
        for name in _REMARKS
        if _remark(before, name) != _remark(after, name)
    )


def _remark(figure: Statement | None, name: str) -> Any:
    """Compared with a missing figure, only what differs from a plain figure is a change."""
    return getattr(figure or Figure(), name)


def _in_words(figure: Statement | None, name: str) -> str:
    if figure is None:
        return ""
    remark = getattr(figure, f"get_{name}_display", lambda: getattr(figure, name))()
    if isinstance(remark, bool):
        return str(yesno(remark))
    return str(remark) or "–"
