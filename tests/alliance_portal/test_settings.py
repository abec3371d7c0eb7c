"""Each entry point has settings of its own; test runs disturb neither each other's processes nor the demo."""

import os
import subprocess
import sys

import pytest
from django.core.files.storage import default_storage

from alliance_portal.embedded.servers import PROJECT, state_directory

CACHE_OF = "from django.conf import settings; print(settings.CACHES['default']['LOCATION'])"


def cache_of(worker: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", CACHE_OF],
        cwd=PROJECT,
        env=os.environ
        | {"PYTEST_XDIST_WORKER": worker, "DJANGO_SETTINGS_MODULE": "alliance_portal.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


@pytest.mark.long
def test_clearing_the_cache_in_one_process_leaves_the_others_caches_alone():
    first, second = cache_of("gw0"), cache_of("gw1")

    assert first.rsplit("/", 1) == [second.rsplit("/", 1)[0], "0"]
    assert second.rsplit("/", 1)[1] == "1"


def test_uploads_of_the_tests_stay_out_of_the_demos_files(media_root):
    assert default_storage.path("file") == str(media_root / "file")
    assert not media_root.is_relative_to(state_directory())


def answer_of(code: str, **variables: str) -> str:
    """What a fresh process prints to which nobody has given settings."""
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env=inherited | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


PRODUCTION = {
    "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "MFA_ENCRYPTION_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtb24=",
    "ALLOWED_HOSTS": "portal.example.org",
}
"""What has to be set for the settings of production."""

CHOSEN = "import os; print(os.environ.get('DJANGO_SETTINGS_MODULE'))"


@pytest.mark.long
@pytest.mark.parametrize(
    "modules", ["alliance_portal", "alliance_portal.embedded, alliance_portal.demo", "bench.__main__"]
)
def test_importing_the_project_chooses_no_settings(modules):
    assert answer_of(f"import {modules}; {CHOSEN}") == "None"


@pytest.mark.long
def test_web_server_to_which_nobody_gave_settings_takes_those_of_production():
    code = "import alliance_portal.wsgi; from django.conf import settings; print(settings.SETTINGS_MODULE)"

    assert answer_of(code, **PRODUCTION) == "alliance_portal.settings.production"


@pytest.mark.long
def test_celery_to_which_nobody_gave_settings_takes_those_of_development():
    assert answer_of(f"import alliance_portal.celery; {CHOSEN}") == "alliance_portal.settings.dev"


@pytest.mark.long
def test_every_thread_sends_tasks_to_the_projects_own_queue():
    code = (
        "import threading, django; django.setup()\n"
        "from reporting.tasks import produce_report\n"
        "threading.Thread(target=lambda: print(produce_report.app.main)).start()"
    )

    answer = answer_of(code, DJANGO_SETTINGS_MODULE="alliance_portal.settings.dev")

    assert answer == "alliance_portal"


@pytest.mark.long
def test_benchmark_takes_the_settings_of_the_tests_whatever_the_shell_is_set_to():
    code = (
        "from bench.__main__ import set_up; set_up()\n"
        "from django.conf import settings; print(settings.SETTINGS_MODULE, settings.ALLOWED_HOSTS[0])"
    )

    answer = answer_of(code, DJANGO_SETTINGS_MODULE="alliance_portal.settings.dev")

    assert answer == "alliance_portal.settings.test testserver"
