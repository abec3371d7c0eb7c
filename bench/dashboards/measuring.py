"""Dashboards over very many figures: every page, its totals beside other ways to ask, what the sums cost."""

import os
import statistics
import time
from dataclasses import dataclass
from http import HTTPStatus

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench import results
from bench.dashboards.questions import Answered, ask
from bench.dashboards.writing import Written
from bench.generated.figures import Filled, approve, fill
from bench.page_plans import page_plans
from bench.sizes import Sizes
from measures.models import ReportingRound
from partners.models import User
from reporting.checks.recomputation import RECOMPUTATIONS
from reporting.checks.running import run_checks
from reporting.dashboards.registry import VIEWS
from reporting.services.reports import take_snapshot

PAGE_BAR, PAST_BAR, WRITE_BAR, CHECK_BAR, FREEZE_BAR = 100, 1000, 1.3, 60, 10
APPROVED_YEARS = 2


@dataclass(frozen=True)
class Page:
    """Milliseconds of a view, the 95th percentile: today, and as of a day; the queries of one request."""

    code: str
    today: float
    past: float
    queries: int


@dataclass(frozen=True)
class Measured:
    sizes: Sizes
    filled: Filled
    pages: list[Page]
    answered: Answered
    written: list[Written]
    checked: float
    frozen: float
    others: float = 0
    """So many processes of others were at work before it."""

    @property
    def misses(self) -> list[str]:
        slow = [f"{page.code} under {PAGE_BAR} ms" for page in self.pages if page.today > PAGE_BAR]
        slow += [f"{page.code} as of a day under 1 s" for page in self.pages if page.past > PAST_BAR]
        slow += [
            f"{each.kind} at most 30 % slower to write" for each in self.written if each.ratio > WRITE_BAR
        ]
        slow += [f"sums checked under {CHECK_BAR} s"] if self.checked > CHECK_BAR else []
        return slow + ([f"a snapshot under {FREEZE_BAR} s"] if self.frozen > FREEZE_BAR else [])


def measure(sizes: Sizes, filled: Filled | None, written: list[Written]) -> Measured:
    last_year = ReportingRound.objects.latest("year").year
    filled = filled or fill(sizes.figures, last_year=last_year, types=sizes.types)
    person = User.objects.create_superuser("bench-reader@portal.invalid")
    years = range(filled.last_year - APPROVED_YEARS + 1, filled.last_year + 1)
    approve(years, person)
    client = Client()
    client.force_login(person)
    started = time.perf_counter()
    wrong = run_checks(RECOMPUTATIONS)
    checked = time.perf_counter() - started
    if wrong:
        raise RuntimeError(wrong[:3])
    others = os.getloadavg()[0]
    with page_plans():
        pages = [_page(client, view.code, filled.last_year, sizes.pages) for view in VIEWS]
    answered = ask(years, sizes.pages)
    started = time.perf_counter()
    take_snapshot(year=filled.last_year, actor=person)
    frozen = time.perf_counter() - started
    return Measured(sizes, filled, pages, answered, written, checked, frozen, others)


def describe(measured: Measured) -> list[str]:
    pages = [
        f"| {page.code} | {page.today:.0f} | {page.past:.0f} | {page.queries} |" for page in measured.pages
    ]
    answered = measured.answered
    ways = [
        f"| {name} | {taken:.1f} | {taken / answered.totals:.1f} |"
        for name, taken in (
            ("the stored totals", answered.totals),
            ("the stored totals, as of a day", answered.past),
            ("the figures, added up as the sums are", answered.figures),
            ("a plain GROUP BY over the tables joined", answered.grouped),
            ("DuckDB over an export", answered.exported),
        )
    ]
    written = [
        f"| {each.count:,} {each.kind} | {each.without:.2f} | {each.with_sums:.2f} | {each.ratio:.2f} |"
        for each in measured.written
    ]
    misses = [f"Not reached: {each}." for each in measured.misses]
    return [
        "## Dashboards",
        "",
        f"Among {measured.filled.figures:,} figures, each with a version, of {measured.filled.first_year} to",
        f"{measured.filled.last_year} (`bench/generated/figures.py`); the last {APPROVED_YEARS} years are",
        "approved. What the server takes for a page, 95th percentile, in ms; under 100 is asked, and under",
        "1,000 as of a day.",
        "",
        "| view | today | as of a day | queries |",
        "|---|---:|---:|---:|",
        *pages,
        "",
        f"The question of the overview alone, what was stated on every item of {APPROVED_YEARS} years",
        f"({answered.rows:,} rows), asked of:",
        "",
        "| | ms | times as long |",
        "|---|---:|---:|",
        *ways,
        "",
        "What the sums cost whoever writes, in seconds; at most 1.30 is asked:",
        "",
        "| figures | without sums | with them | times as long |",
        "|---|---:|---:|---:|",
        *written,
        "",
        f"`verify_figures` recomputes all sums in {measured.checked:.0f} s; at most {CHECK_BAR} are asked.",
        f"The annual report's data are frozen in {measured.frozen:.1f} s; at most {FREEZE_BAR} are asked.",
        "",
        *(misses if measured.sizes.is_full else [results.SMALL]),
        results.machine(measured.others),
    ]


def _page(client: Client, code: str, year: int, times: int) -> Page:
    address = reverse("reporting:view", args=[code])
    today = {"year": str(year)}
    past = today | {"as_of": timezone.localdate().isoformat()}
    _milliseconds(client, address, today)
    with CaptureQueriesContext(connection) as captured:
        _milliseconds(client, address, today)
    queries = len(captured)
    return Page(
        code,
        _p95([_milliseconds(client, address, today) for _ in range(times)]),
        _p95([_milliseconds(client, address, past) for _ in range(times)]),
        queries,
    )


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]


def _milliseconds(client: Client, address: str, asked: dict[str, str]) -> float:
    started = time.perf_counter()
    response = client.get(address, asked)
    taken = (time.perf_counter() - started) * 1000
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address}: {response.status_code}")
    return taken
