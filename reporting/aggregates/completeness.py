"""How many of which kind of organisation stand behind a total: 76 of 79 IHKs."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reporting.aggregates.totals import Contribution
from reporting.frozen.schema import Amount


@dataclass(frozen=True, slots=True)
class KindCount:
    """``name``: what most names of an umbrella's members begin with; empty for all outside of umbrellas."""

    name: str
    reported: int
    due: int


def counts_by_kind(
    contributions: Sequence[tuple[Contribution, Amount]], umbrella_of: Callable[[int], int | None]
) -> Iterator[KindCount]:
    """The largest kind first, what belongs to no umbrella last."""
    members: dict[int | None, list[tuple[Contribution, Amount]]] = defaultdict(list)
    for contribution, amount in contributions:
        members[umbrella_of(contribution.due.organisation_id)].append((contribution, amount))
    for umbrella in sorted(members, key=lambda each: (each is None, -len(members[each]))):
        found = members[umbrella]
        yield KindCount(
            _kind([contribution for contribution, _amount in found]) if umbrella else "",
            sum(amount.value is not None for _contribution, amount in found),
            len(found),
        )


def _kind(contributions: Sequence[Contribution]) -> str:
    words = Counter(contribution.due.organisation_name.split()[0] for contribution in contributions)
    return words.most_common(1)[0][0]
