"""One file with figures of several chambers, uploaded by a data steward who named one of them."""

import io
import zipfile

from django.core.files.base import ContentFile

from measures.models import ImportRun
from measures.services.imports.reading.read import read_import
from measures.services.imports.receiving import receive_file
from partners.models import Organisation, User
from tests.measures.spreadsheets import PLACES, person, row, workbook
from tests.measures.submissions import item_of, make_submission, put

COLOGNE, AACHEN = "IHK-142", "IHK-101"
SHEET, STORED, LAST_YEAR = 61111, 62222, 63333
"""What Aachen's figure is in the file, in the portal as a draft, and in the year before."""
HELD, NOBODYS = "siebenundsechzig", "Kammer am Dom"
OTHERS = {
    spelling
    for number in (SHEET, STORED, LAST_YEAR)
    for spelling in (str(number), f"{number:,}", f"{number:,}".replace(",", "."))
} | {HELD, NOBODYS, "68888", "68.888", "69999", "69.999"}
"""Every spelling of what is not Cologne's in the file or beside it."""


def drafts() -> None:
    """What both chambers have stored, this year and last."""
    for code, now, before in ((COLOGNE, 7, 9), (AACHEN, STORED, LAST_YEAR)):
        put(item_of(make_submission(code)), now)
        put(item_of(make_submission(code, year=2029)), before)


def sent_for(content: bytes, supplier: str, actor: User | None = None, *, asks: bool = False) -> ImportRun:
    """Uploaded by a data steward, unless somebody else is named, with the supplier named; and read."""
    organisation = Organisation.objects.get(code=supplier)
    run = receive_file(
        upload=ContentFile(content, name="Meldung.xlsx"),
        name="Meldung.xlsx",
        actor=actor or person(),
        supplier_id=organisation.pk,
    )
    return read_import(run_id=run.pk, asks_for_mapping=asks) or run


def collective_file() -> bytes:
    """Both chambers' figures, a held one of each, one whose chamber nobody knows, and the total over all."""
    return workbook(
        [
            row(8, indicator="EQ-Plätze"),
            row("sieben", indicator=PLACES),
            row(SHEET, organisation="IHK Aachen"),
            row(HELD, organisation="IHK Aachen", indicator=PLACES),
            row(68888, organisation=NOBODYS),
            row(69999, organisation="Insgesamt"),
        ]
    )


def as_text(response) -> str:
    """All that an answer holds, the texts of a workbook included."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
