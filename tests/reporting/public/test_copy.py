"""The site as plain files."""

import re

import pytest
from django.core.management import CommandError, call_command

from tests.reporting.public.making import PORTAL, make_ready, protected_data, publish

pytestmark = pytest.mark.django_db

LINK = re.compile(r'(?:href|src|action)="(/[^"#?]*)')


@pytest.fixture
def copy(settings, tmp_path):
    settings.PORTAL_ADDRESS = PORTAL
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "portal.example.org"]
    settings.OPERATOR = settings.OPERATOR | {"accessibility_email": "barrierefrei@example.org"}
    publish()
    make_ready(protected_data(year=2017))
    folder = tmp_path / "site"
    call_command("export_site", str(folder), verbosity=0)
    return folder


def test_every_link_of_the_copy_leads_to_a_file_of_it(copy):
    pages = list(copy.rglob("*.html"))
    broken = {
        f"{page.relative_to(copy)}: {link}"
        for page in pages
        for link in LINK.findall(page.read_text("utf-8"))
        if not (copy / (link + "index.html" if link.endswith("/") else link).lstrip("/")).is_file()
    }

    assert broken == set()
    assert (copy / "de/berichte/annual/2016/1/index.html") in pages
    assert (copy / "en/daten/additional_places/additional_places.csv").is_file()


def test_copy_has_what_is_published_and_leads_to_the_portal_for_the_rest(copy):
    page = (copy / "de/berichte/index.html").read_text("utf-8")

    assert f'href="{PORTAL}/de/suche/"' in page
    assert f'href="{PORTAL}/de/pruefen/"' in page
    assert not list(copy.rglob("*2017*"))
    assert (copy / "de/berichte/annual/2016/1/Fortschrittsbericht-2016.pdf").read_bytes().endswith(b"de")
    assert (copy / "de/berichte/annual/2016/1/Progress-report-2016.pdf").read_bytes().endswith(b"en")


def test_copy_goes_into_no_folder_that_holds_something(copy):
    with pytest.raises(CommandError, match="not empty"):
        call_command("export_site", str(copy))
