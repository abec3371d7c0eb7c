"""What killed workers leave behind on disk is removed; what is worked in, and what is not ours, is not."""

import os
import time

import pytest

from measures.importing.process.folders import PREFIX, SECONDS_KEPT, remove_leftovers, working_folder
from measures.tasks import remove_leftovers as remove_leftovers_task


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def folder(temporary, name, age):
    made = temporary / name
    made.mkdir()
    (made / "rows").write_text("1\t2\n")
    then = time.time() - age
    os.utime(made, (then, then))
    return made


def test_folder_of_a_killed_worker_is_removed_after_a_day(temporary):
    left = folder(temporary, f"{PREFIX}killed", SECONDS_KEPT + 60)
    at_work = folder(temporary, f"{PREFIX}busy", 60)
    strange = folder(temporary, "import-of-somebody", SECONDS_KEPT + 60)

    assert remove_leftovers() == 1

    assert [path.exists() for path in (left, at_work, strange)] == [False, True, True]


def test_work_is_done_in_a_folder_that_would_be_found(temporary):
    with working_folder() as name:
        assert name.startswith(str(temporary / PREFIX))


def test_beat_removes_what_was_left(temporary):
    left = folder(temporary, f"{PREFIX}killed", SECONDS_KEPT + 60)

    remove_leftovers_task.delay()

    assert not left.exists()
