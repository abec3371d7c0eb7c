"""Files with lists for the administration: how large they are, before anybody reads them."""

import itertools
import zipfile
from typing import Any

import openpyxl
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from import_export.forms import ImportForm

from partners.exceptions import FileRefusedError
from partners.files.archives import parts_of
from partners.services.scanning import refuse_malware
from partners.services.security_events import Sender


class ListImportForm(ImportForm):
    sender = Sender()
    person_id: int | None = None
    row_count = 0
    """Rows as far as they matter to where it is read; 0 where it cannot be, which is reported when it is."""

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > settings.LIST_MOST_BYTES:
            raise _too_large()
        try:
            refuse_malware(file, sender=self.sender, person_id=self.person_id)
        except FileRefusedError as error:
            raise ValidationError(str(error)) from error
        if _unpacked_bytes(file) > settings.LIST_MOST_UNPACKED_BYTES:
            raise _too_large()
        self.row_count = _count_rows(file)
        return file


def _too_large() -> ValidationError:
    return ValidationError(
        _("The file is too large for a list: at most %(size)s. Please split it.")
        % {"size": filesizeformat(settings.LIST_MOST_BYTES)}
    )


def _unpacked_bytes(file: Any) -> int:
    """What a workbook takes when it is opened; zipfile reads no more of a part than it states."""
    return sum(part.file_size for part in parts_of(file))


def _count_rows(file: Any) -> int:
    """Lines of a text file; of a workbook the rows of the sheet that is read, no more than matter here."""
    enough = settings.LIST_ROWS_IN_A_REQUEST + 2
    try:
        if not zipfile.is_zipfile(file):
            file.seek(0)
            return sum(chunk.count(b"\n") for chunk in file.chunks())
        file.seek(0)
        sheet = openpyxl.load_workbook(file, read_only=True).active
        rows = sheet.iter_rows(max_col=1, values_only=True) if sheet else ()
        return sum(1 for _ in itertools.islice(rows, enough))
    except Exception:  # noqa: BLE001  # a file that is no workbook makes openpyxl raise anything
        return 0
    finally:
        file.seek(0)
