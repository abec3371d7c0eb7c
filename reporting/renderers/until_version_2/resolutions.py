"""Resolutions and the commitments that follow from them, in words. Works in the active language."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext, ngettext, pgettext
from msgspec import UNSET, UnsetType

from reporting.frozen.schema import ResolutionData, Text
from reporting.renderers import wording
from reporting.renderers.until_version_2.parts import ResolutionLine, ResolutionPart

InWords = Callable[[Text | None], str]


def resolution_part(resolutions: Sequence[ResolutionData], text: InWords) -> ResolutionPart | UnsetType:
    """The section; nothing at all where there is no resolution."""
    if not resolutions:
        return UNSET
    return ResolutionPart(
        heading=pgettext("report", "Resolutions and commitments"),
        text=pgettext(
            "report",
            "What the partners resolved, who is responsible for it, and whether it was kept, as the "
            "organisations reported and the ministry decided.",
        ),
        summary=_summary(resolutions),
        columns=(
            pgettext("report", "Resolution"),
            pgettext("report", "Responsible"),
            pgettext("report", "State"),
            pgettext("report", "Reason"),
        ),
        lines=tuple(_line(each, text) for each in resolutions),
    )


def _states() -> Mapping[str, str]:
    return {
        "open": pgettext("of a commitment", "Open"),
        "in_work": pgettext("of a commitment", "In progress"),
        "kept": pgettext("of a commitment", "Kept"),
        "not_kept": pgettext("of a commitment", "Not kept"),
        "dropped": pgettext("of a commitment", "Dropped"),
    }


def _summary(resolutions: Sequence[ResolutionData]) -> str:
    """How many of them are in which state, in the order of the states."""
    found = Counter(each.state for each in resolutions)
    counts = [
        f"{label}: {wording.number(found[state])}" for state, label in _states().items() if found[state]
    ]
    total = ngettext("%(count)s resolution", "%(count)s resolutions", len(resolutions))
    return f"{total % {'count': wording.number(len(resolutions))}} ({', '.join(counts)})"


def _line(resolution: ResolutionData, text: InWords) -> ResolutionLine:
    states = _states()
    return ResolutionLine(
        title=text(resolution.title),
        text=text(resolution.text),
        origin=gettext("%(meeting)s, %(day)s")
        % {"meeting": text(resolution.meeting), "day": wording.day(resolution.resolved_on)},
        due=gettext("due on %(day)s") % {"day": wording.day(resolution.due_on)} if resolution.due_on else "",
        state=states[resolution.state],
        commitments=tuple(
            (text(each.organisation), states[each.state], each.reason) for each in resolution.commitments
        ),
    )
