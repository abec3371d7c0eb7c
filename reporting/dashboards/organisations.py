"""The organisations of the Alliance with their dated tree, as filters and drill-downs need it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from partners.enums import OrganisationKind
from partners.models import Affiliation, Organisation
from partners.permissions import Access


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrganisation:
    pk: int
    code: str
    name: str
    kind: str


class KnownAffiliation(NamedTuple):
    member_id: int
    umbrella_id: int
    valid_from: dt.date
    valid_until: dt.date | None


class OrganisationTree:
    """Who belongs to whom at the end of a year."""

    def __init__(
        self, organisations: Iterable[KnownOrganisation], affiliations: Iterable[KnownAffiliation]
    ) -> None:
        self.by_code = {each.code: each for each in organisations}
        self.by_pk = {each.pk: each for each in self.by_code.values()}
        self._affiliations = list(affiliations)
        self._members: dict[int, dict[int, list[int]]] = {}
        self._umbrellas: dict[int, dict[int, int]] = {}

    def with_members(self, pk: int, year: int) -> frozenset[int]:
        """The organisation and everybody below it."""
        return frozenset(self._below(pk, year))

    def umbrella_of(self, pk: int, year: int) -> KnownOrganisation | None:
        """The organisation at the top of the branch, where this one stands below it."""
        top = self.umbrella_id_of(pk, year)
        return None if top is None else self.by_pk[top]

    def umbrella_id_of(self, pk: int, year: int) -> int | None:
        top = self.line_of(pk, year)[0]
        return top if top != pk else None

    def line_of(self, pk: int, year: int) -> list[int]:
        """The organisation and all above it, from the top."""
        over = self._umbrellas_in(year)
        line = [pk]
        while line[-1] in over:
            line.append(over[line[-1]])
        return line[::-1]

    def has_members(self, pk: int, year: int) -> bool:
        return bool(self._members_in(year).get(pk))

    def visible(self, access: Access, year: int) -> list[KnownOrganisation]:
        """Those whose figures this person may see on their own: with all that is below them."""
        return [
            each
            for each in self.by_code.values()
            if access.reads_all
            or all(access.sees_organisation(member) for member in self.with_members(each.pk, year))
        ]

    def _members_in(self, year: int) -> dict[int, list[int]]:
        if year not in self._members:
            day = dt.date(year, 12, 31)
            members: dict[int, list[int]] = defaultdict(list)
            for each in self._affiliations:
                if each.valid_from <= day and (each.valid_until is None or each.valid_until >= day):
                    members[each.umbrella_id].append(each.member_id)
            self._members[year] = dict(members)
        return self._members[year]

    def _umbrellas_in(self, year: int) -> dict[int, int]:
        if year not in self._umbrellas:
            members = self._members_in(year).items()
            self._umbrellas[year] = {member: umbrella for umbrella, below in members for member in below}
        return self._umbrellas[year]

    def _below(self, pk: int, year: int) -> Iterator[int]:
        yield pk
        for member in self._members_in(year).get(pk, ()):
            yield from self._below(member, year)


def load_organisations() -> OrganisationTree:
    """Two queries."""
    organisations = Organisation.objects.exclude(kind=OrganisationKind.SERVICE_PROVIDER)
    found = organisations.values_list("pk", "code", "short_name", "kind")
    known = [KnownOrganisation(pk=pk, code=code, name=name, kind=kind) for pk, code, name, kind in found]
    pks = {each.pk for each in known}
    ordered = Affiliation.objects.order_by("member__sort_key")
    affiliations = [KnownAffiliation(*row) for row in ordered.values_list(*KnownAffiliation._fields)]
    return OrganisationTree(
        known, [each for each in affiliations if each.member_id in pks and each.umbrella_id in pks]
    )
