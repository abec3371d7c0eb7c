"""Lists for the administration are read while somebody waits: a file that takes long is refused in words."""

import errno
import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partners.files.archives import parts_of

pytestmark = pytest.mark.django_db

TOO_LARGE = "Die Datei ist für eine Liste zu groß"
CSV, XLSX = "1", "0"


@pytest.fixture(autouse=True)
def steward(sign_in):
    return sign_in("data_steward", "BMAS")


def upload(client, content: bytes, form: str) -> str:
    file = SimpleUploadedFile("liste.xlsx" if form == XLSX else "liste.csv", content)
    data = {"format": form, "resource": "0", "import_file": file}
    return client.post(reverse("admin:partners_organisation_import"), data).content.decode()


def packed(unpacked_bytes: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * unpacked_bytes)
    return file.getvalue()


def test_file_that_is_large_is_refused(client):
    assert TOO_LARGE in upload(client, b"code;name\n" + b"x;y\n" * (settings.LIST_MOST_BYTES // 4), CSV)


class OnADyingDisk(io.BytesIO):
    def seek(self, *place):
        raise OSError(errno.EIO, "Input/output error")


def test_disk_that_cannot_be_read_is_not_taken_for_a_damaged_archive():
    with pytest.raises(OSError, match="Input/output"):
        parts_of(OnADyingDisk(packed(1)))


def test_workbook_that_is_large_when_unpacked_is_refused(client):
    content = packed(settings.LIST_MOST_UNPACKED_BYTES + 1)

    assert len(content) < settings.LIST_MOST_BYTES
    assert TOO_LARGE in upload(client, content, XLSX)


def of_a_version_that_nobody_reads() -> bytes:
    content = bytearray(packed(10))
    content[content.index(b"PK\x01\x02") + 6] = 255
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "form"), [(of_a_version_that_nobody_reads(), XLSX), (b"code,name\nIHK-142,\0\n", CSV)]
)
def test_file_that_cannot_be_read_is_asked_for_again(client, content, form):
    page = upload(client, content, form)

    assert 'name="import_file"' in page
    assert "IHK-142" not in page


def test_small_list_is_read(client):
    page = upload(client, b"code,name\nIHK-142,IHK zu K\xc3\xb6ln\n", CSV)

    assert TOO_LARGE not in page
    assert "IHK-142" in page
