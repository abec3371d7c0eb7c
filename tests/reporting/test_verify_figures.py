"""The command that runs every check: what it prints, and with which code it ends."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from measures.models import ControlTotal
from reporting.checks import CHECKS
from tests.reporting.test_checks import tell


@pytest.fixture
def told_for_good(transactional_db, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    tell()


def test_the_command_says_that_all_is_well(told_for_good, capsys):
    call_command("verify_figures")

    assert capsys.readouterr().out.startswith(str(len(CHECKS)))


def test_the_command_prints_the_rows_and_fails(told_for_good, capsys):
    ControlTotal.objects.update(sum=5, is_ok=False)

    with pytest.raises(CommandError) as caught:
        call_command("verify_figures", "--json")

    assert caught.value.returncode == 1
    assert json.loads(capsys.readouterr().out) == {
        "checks": len(CHECKS),
        "differences": [
            {
                "rule": 3,
                "check": "control_total_agrees_with_its_file",
                "detail": "IHK.xlsx Tab!B3: stated 4.0000, sum 5.0000, rows add up to 4.0000",
            }
        ],
    }
