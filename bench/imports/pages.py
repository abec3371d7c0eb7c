"""How long the server takes for a page of the preview."""

import statistics
import time
from collections.abc import Mapping

from django.test import Client
from django.urls import reverse

from measures.models import ImportRun
from partners.models import User

AIM_MS = 300
FIRST_PAGE = "first page"
AT_MOST_TIMES_FIRST_PAGE = 3


def measure(run: ImportRun, reader: User, requests: int) -> dict[str, float]:
    """Milliseconds, the 95th percentile, by what is asked for."""
    client = Client()
    client.force_login(reader)
    last = -(-(run.new_count + run.changed_count + run.unchanged_count + run.held_count) // 50)
    asked = {
        FIRST_PAGE: "",
        "page in the middle": f"?page={last // 2}",
        "last page": f"?page={last}",
        "unchanged values only": "?verdict=unchanged",
        "search for a chamber": "?q=Aachen",
        "… its page in the middle": "?q=Aachen&page=100",
        "search for an occupation": f"?q={_occupation_of(run)}",
        "search for the text of a cell": "?q=17",
        "search for a cell": "?q=F777",
        "search for a Land": "?q=Bayern",
        "search for what is not there": "?q=Nirgendwo",
    }
    address = reverse("measures:import_detail", args=[run.pk])
    return {name: _p95(client, address + query, requests) for name, query in asked.items()}


def times_first_page(measured: Mapping[str, float]) -> float:
    """The slowest page in times of the first."""
    return max(measured.values()) / measured[FIRST_PAGE]


def _occupation_of(run: ImportRun) -> str:
    """One that stands in many places of the file."""
    return run.staged.latest("pk").occupation


def _p95(client: Client, address: str, requests: int) -> float:
    client.get(address)
    times = []
    for _ in range(requests):
        started = time.perf_counter()
        response = client.get(address)
        times.append((time.perf_counter() - started) * 1000)
        if response.status_code != 200:  # noqa: PLR2004  # OK
            raise RuntimeError(f"{address}: {response.status_code}")
    return statistics.quantiles(times, n=20)[-1]
