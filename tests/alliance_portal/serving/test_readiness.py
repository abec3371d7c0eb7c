"""Monitoring gets to know each part that the portal works with, the malware scanner where one is set."""

import asyncio

import pytest

from alliance_portal.serving.readiness import Readiness
from tests.scanners import scanner_at


@pytest.mark.django_db
def test_scanner_is_named_where_one_is_set(settings, tmp_path):
    without = asyncio.run(Readiness().parts())
    settings.MALWARE_SCANNER = str(tmp_path / "clamd.sock")
    away = asyncio.run(Readiness().parts())
    with scanner_at(tmp_path / "clamd.sock"):
        there = asyncio.run(Readiness().parts())

    assert without == {"database": True, "queue": True, "storage": True}
    assert away == without | {"scanner": False}
    assert there == without | {"scanner": True}
