"""Meetings and resolutions of the starting data. What people have decided since is never touched."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

from measures.enums import CommitmentState
from measures.models import Commitment, Indicator, Measure, Meeting, Resolution, Target
from partners.models import Organisation
from partners.services.catalogue import Row, ids_by_code, read_lists

FACTS = ("title_de", "title_en", "text_de", "text_en", "due_on", "day", "source")


def load_meetings(path: Path, *, overwrite: bool) -> Counter[str]:
    """Add those that are missing, with their commitments; ``overwrite`` sets the words of the others anew."""
    written: Counter[str] = Counter(meetings=0, resolutions=0)
    organisations = ids_by_code(Organisation)
    for row in read_lists(path)["meetings"]:
        meeting, is_new = _stored(Meeting, row, {}, overwrite=overwrite)
        written["meetings"] += is_new or overwrite
        if is_new:
            meeting.organisations.set(organisations[code] for code in row.get("organisations", ()))
        for part in row["resolutions"]:
            resolution, is_new = _stored(Resolution, part, {"meeting": meeting}, overwrite=overwrite)
            written["resolutions"] += is_new or overwrite
            if is_new:
                _commit(resolution, part, organisations)
            if is_new or overwrite:
                _link(resolution)
    return written


def _stored(
    model: type[Meeting | Resolution], row: Row, more: dict[str, Any], *, overwrite: bool
) -> tuple[Any, bool]:
    facts = {
        name: _day(row[name]) if name in {"day", "due_on"} else row[name] for name in FACTS if name in row
    }
    known = model._default_manager.filter(code=row["code"])  # noqa: SLF001  # the documented way to a manager
    found = known.first()
    if found is None:
        return model._default_manager.create(code=row["code"], **facts, **more), True  # noqa: SLF001  # as above
    if overwrite:
        known.update(**facts)
    return found, False


def _day(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def _commit(resolution: Resolution, row: Row, organisations: dict[str, int]) -> None:
    """Who is responsible, with the state that a source gives."""
    Commitment.objects.bulk_create(
        Commitment(
            resolution=resolution,
            organisation_id=organisations[code],
            state=row.get("state", CommitmentState.OPEN),
            state_reason=row.get("reason", ""),
        )
        for code in row["responsible"]
    )


def _link(resolution: Resolution) -> None:
    """What was promised in numbers has the resolution's code."""
    targets = Target.objects.filter(commitment=resolution.code)
    resolution.targets.set(targets)
    resolution.indicators.set(Indicator.objects.filter(targets__in=targets).distinct())
    resolution.measures.set(Measure.objects.filter(indicators__targets__in=targets).distinct())
