"""Test runs disturb neither each other's processes nor the demo."""

import os
import subprocess
import sys

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


def test_clearing_the_cache_in_one_process_leaves_the_others_caches_alone():
    first, second = cache_of("gw0"), cache_of("gw1")

    assert first.rsplit("/", 1) == [second.rsplit("/", 1)[0], "0"]
    assert second.rsplit("/", 1)[1] == "1"


def test_uploads_of_the_tests_stay_out_of_the_demos_files(media_root):
    assert default_storage.path("file") == str(media_root / "file")
    assert not media_root.is_relative_to(state_directory())
