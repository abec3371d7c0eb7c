"""The portal's own workbook in the browser: downloaded, filled in, uploaded, and already in the preview."""

from pathlib import Path

import pytest

from measures.models import Figure
from tests.factories import MembershipFactory
from tests.measures.own_workbooks import with_values
from tests.measures.submissions import make_submission


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_workbook_is_downloaded_filled_in_and_applied(portal, enter, page, assert_accessible, tmp_path):
    make_submission("IHK-142", ("welcome_mentors",))
    enter(MembershipFactory(role="contributor", organisation_code="IHK-142").user)

    page.goto("/import/")
    assert_accessible()
    page.get_by_label("Berichtsrunde und Organisation").select_option("2030, IHK Köln")
    with page.expect_download() as started:
        page.get_by_role("button", name="Vorlage herunterladen").click()
    filled = tmp_path / "ganz anders.xlsx"
    filled.write_bytes(with_values(Path(started.value.path()).read_bytes(), {("welcome_mentors", "_T"): 2}))

    page.set_input_files("input[type=file]", filled)
    page.get_by_role("button", name="Hochladen und prüfen").click()
    page.get_by_role("heading", name="Vorschau prüfen").wait_for()
    assert_accessible()
    page.get_by_role("button", name="1 Wert übernehmen").click()
    page.get_by_role("heading", name="Der Import wurde übernommen").wait_for()

    assert Figure.objects.get().value == 2
