"""What the sample spreadsheets are made of: chambers, Länder, uneven parts of a total, files of one date."""

import datetime as dt
import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
import yaml

HERE = Path(__file__).parent
CATALOGUE = HERE.parent / "partners" / "catalogue"
MADE_AT = dt.datetime(2017, 1, 31, 12, 0, 0)  # noqa: DTZ001  the date an archive carries has no time zone
ODS = "application/vnd.oasis.opendocument.spreadsheet"
TOTAL = "Insgesamt"


class Chamber(NamedTuple):
    code: str
    name: str
    land: str


def chambers(prefix: str) -> list[Chamber]:
    organisations = yaml.safe_load((CATALOGUE / "organisations.yaml").read_text(encoding="utf-8"))[
        "organisations"
    ]
    names = dict(laender())
    return [
        Chamber(entry["code"], entry["name_de"], names[entry["region"]])
        for entry in organisations
        if entry["code"].startswith(prefix)
    ]


def laender() -> list[tuple[str, str]]:
    regions = yaml.safe_load((CATALOGUE / "regions.yaml").read_text(encoding="utf-8"))["regions"]
    return [(entry["code"], entry["name_de"]) for entry in regions if entry["level"] == "land"]


def chance(key: str, below: int) -> int:
    """A whole number from 0 up to ``below`` that looks random and is the same each time."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % below


def split(total: int, keys: Sequence[str], *, seed: str, least: int = 0) -> list[int]:
    """Whole numbers that add up to the total, unevenly, by a hash of each key."""
    weights = [chance(f"{seed} {key}", 1000) + 60 for key in keys]
    spare = total - least * len(keys)
    parts = [least + spare * weight // sum(weights) for weight in weights]
    for index in range(total - sum(parts)):
        parts[index % len(parts)] += 1
    return parts


def new_xlsx(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"created": MADE_AT})
    return book


def ods_cell(value: str | int) -> str:
    kind = f'float" office:value="{value}' if isinstance(value, int) else "string"
    paragraph = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="{kind}">{paragraph}</table:table-cell>'


def write_ods(path: Path, tables: str) -> None:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="{kind}"/>'
        for part, kind in (("/", ODS), ("content.xml", "text/xml"))
    )
    parts = {
        "mimetype": ODS,
        "content.xml": (
            f'{head}<office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>'
            f"{tables}</office:spreadsheet></office:body></office:document-content>"
        ),
        "META-INF/manifest.xml": (
            f'{head}<manifest:manifest xmlns:manifest="{manifest}" manifest:version="1.2">'
            f"{entries}</manifest:manifest>"
        ),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, MADE_AT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
