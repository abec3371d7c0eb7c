"""Files with lists for the administration: small enough to be read while somebody waits."""

import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from import_export.forms import ImportForm

MOST_BYTES = 1024 * 1024
"""Some thousand organisations; the whole catalogue takes a tenth of it."""
MOST_UNPACKED_BYTES = 20 * 1024 * 1024


class ListImportForm(ImportForm):
    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > MOST_BYTES or _unpacked_bytes(file) > MOST_UNPACKED_BYTES:
            raise ValidationError(
                _("The file is too large for a list: at most %(size)s. Please split it.")
                % {"size": filesizeformat(MOST_BYTES)}
            )
        return file


def _unpacked_bytes(file: Any) -> int:
    """What a workbook takes when it is opened; zipfile reads no more of a part than it states."""
    try:
        with zipfile.ZipFile(file) as archive:
            return sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        return 0
    finally:
        file.seek(0)
