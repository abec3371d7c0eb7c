"""Recording on the server: a grid is opened, a cell saved, a block stored; with few figures and very many.

Times are those of the whole request but for the network. The ratio says what the number of figures costs.
"""

import datetime as dt
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench import results
from bench.generated.figures import TYPE_DIGITS, Filled, fill, make_types
from bench.page_plans import page_plans
from bench.sizes import Sizes
from measures.enums import TOTAL
from measures.models import Figure, Item, Occupation, ReportingRound, Submission
from measures.selectors.entry_grid import empty_grid
from measures.selectors.recording.cells import cell_name
from measures.services.recording import entry_of
from partners.enums import Role
from partners.models import Membership, User

CHAMBER = "IHK-142"
BY_OCCUPATION = "new_contracts"
BLOCK = 200


@dataclass(frozen=True)
class Measured:
    """Milliseconds, the 95th percentile, by what is asked for."""

    sizes: Sizes
    cells: int
    filled: Filled
    few: dict[str, float]
    many: dict[str, float]
    others: float = 0
    """So many processes of others were at work before it."""

    @property
    def figures(self) -> int:
        return self.filled.figures

    @property
    def misses(self) -> list[str]:
        return [
            f"{name} within {bar} ms among {self.figures:,} figures"
            for name, (bar, _do) in ACTIONS.items()
            if self.many[name] > bar
        ]


class Clerk:
    """Somebody who records for a chamber in the round that is open now."""

    def __init__(self) -> None:
        today = timezone.localdate()
        ends = today + dt.timedelta(days=30)
        before = Submission.objects.filter(organisation__code=CHAMBER).latest("round__year")
        now_open = ReportingRound.objects.create(
            year=before.round.year + 1, opens_on=today - dt.timedelta(days=1), closes_on=ends, due_on=ends
        )
        self.submission = Submission.objects.create(round=now_open, organisation=before.organisation)
        for item in before.items.all():
            Item.objects.create(
                submission=self.submission, indicator=item.indicator, region_level=item.region_level
            )
        self.item = Item.objects.get(submission=self.submission, indicator__code=BY_OCCUPATION)
        user = User.objects.create_user("bench-clerk@portal.invalid")
        Membership.objects.create(user=user, organisation=self.submission.organisation, role=Role.CONTRIBUTOR)
        self.client = Client()
        self.client.force_login(user)
        self.value = 0

    @property
    def grid_cells(self) -> list[str]:
        return list(empty_grid(self.submission).cells)

    def open_grid(self) -> float:
        return self._get(reverse("measures:submission_detail", args=[self.submission.pk]))

    def save_cell(self) -> float:
        """Write the next number into a cell of the grid, over the one before it."""
        address = reverse("measures:submission_cell", args=[self.submission.pk])
        return self._save(address, self.grid_cells[:1])

    def open_occupations(self) -> float:
        return self._get(self._by_occupation("submission_occupations"))

    def save_occupation(self) -> float:
        return self._save(self._by_occupation("submission_occupation_cell"), self._occupation_cells(1))

    def store_block(self) -> float:
        return self._save(self._by_occupation("submission_occupation_cell"), self._occupation_cells(BLOCK))

    def _by_occupation(self, name: str) -> str:
        return reverse(f"measures:{name}", args=[self.submission.pk, self.item.pk])

    def _occupation_cells(self, count: int) -> list[str]:
        codes = Occupation.objects.filter(level=TYPE_DIGITS).order_by("code").values_list("code", flat=True)
        region = self.submission.organisation.region_id
        return [cell_name(self.item.pk, region, TOTAL, code) for code in codes[:count]]

    def _get(self, address: str) -> float:
        return _milliseconds(lambda: self.client.get(address))

    def _save(self, address: str, names: Sequence[str]) -> float:
        shown = {
            cell_name(
                each.item_id, each.region_id, str(each.target_group_id), str(each.occupation_id)
            ): entry_of(each)
            for each in Figure.objects.filter(item__submission=self.submission)
        }
        self.value += 1
        data = {f"value-{name}": str(self.value) for name in names}
        data |= {f"seen-{name}": shown[name].token for name in names if name in shown}
        return _milliseconds(lambda: self.client.post(address, data, headers={"HX-Request": "true"}))


ACTIONS: dict[str, tuple[int, Callable[[Clerk], float]]] = {
    "open the grid": (100, Clerk.open_grid),
    "save a cell": (50, Clerk.save_cell),
    "open a page by occupation": (100, Clerk.open_occupations),
    "save a cell by occupation": (50, Clerk.save_occupation),
    f"store a block of {BLOCK} cells": (500, Clerk.store_block),
}
"""Each with the milliseconds it may take."""


def measure(sizes: Sizes) -> Measured:
    others = os.getloadavg()[0]
    make_types(sizes.types)
    clerk = Clerk()
    few = _p95_of_each(clerk, sizes.recordings)
    filled = fill(sizes.figures, last_year=clerk.submission.round.year - 1, types=sizes.types)
    many = _p95_of_each(clerk, sizes.recordings)
    return Measured(sizes, len(clerk.grid_cells), filled, few, many, others)


def describe(measured: Measured) -> list[str]:
    rows = [
        f"| {name} | {measured.few[name]:.0f} | {measured.many[name]:.0f} | {bar} "
        f"| {measured.many[name] / measured.few[name]:.2f} |"
        for name, (bar, _do) in ACTIONS.items()
    ]
    misses = [f"Not reached: {each}." for each in measured.misses]
    return [
        "## Recording",
        "",
        f"What the server takes for a request of a clerk whose grid has {measured.cells} cells; 95th",
        f"percentile, in ms. With the catalogue alone, then among {measured.figures:,} figures, each with a",
        "version (`bench/generated/figures.py`).",
        "",
        "| asked for | few figures | very many | bar | times as long |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
        *(misses if measured.sizes.is_full else [results.SMALL]),
        results.machine(measured.others),
    ]


def _p95_of_each(clerk: Clerk, times: int) -> dict[str, float]:
    with page_plans():
        for _bar, do in ACTIONS.values():
            do(clerk)
        return {
            name: statistics.quantiles([do(clerk) for _ in range(times)], n=20)[-1]
            for name, (_bar, do) in ACTIONS.items()
        }


def _milliseconds(ask: Callable[[], Any]) -> float:
    started = time.perf_counter()
    response = ask()
    taken = (time.perf_counter() - started) * 1000
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{response.status_code}: {response.content.decode()[:400]}")
    return taken
