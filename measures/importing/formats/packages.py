"""The ZIP package around a workbook. The size it states can be a lie: it is measured while reading."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from measures.importing.refusals import Refusal

if TYPE_CHECKING:
    import zipfile

    from measures.importing.vocabulary import Limits

_CHUNK = 2**20
_HEAD = 2**16
_SMALL = 20 * 2**20
_MOST_PARTS = 10_000  # a workbook of 250 sheets with drawings and comments has some 2,000
_READ_BY_NOBODY = re.compile(
    r"(?:^|/)(?:media|embeddings|charts|drawings|pictures|thumbnails|vbaproject|worksheets/sheet|content\.xml)",
    re.IGNORECASE,
)
_MACROS = re.compile(r"(?:^|/)vbaproject\.bin$|^(?:basic|scripts)/.+\.(?:xml|xlb|py|js|bsh)$", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:^|/)(?:threaded)?comments?[^/]*\.(?:xml|bin)$", re.IGNORECASE)
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_AUTHOR = re.compile(r"[^\n:]{1,60}:\r?\n")
_DECLARATIONS = tuple(
    sign.encode(encoding)
    for sign in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


def checked_parts(archive: zipfile.ZipFile, limits: Limits) -> set[str]:
    """Names of the parts, once they are not too many and none of them is more than it may be.

    The sizes stated are added up first. Then what the fast reader takes as it comes is read through once:
    unpacking ends at the stated size, and a part that goes on fails its checksum. Sheets are left out here,
    because they are read through anyway.
    """
    infos = archive.infolist()
    if len(infos) > _MOST_PARTS:
        raise Refusal("bomb")
    if sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise Refusal("bomb")
    if any(_is_bomb(info, limits) for info in infos):
        raise Refusal("bomb")
    if any(info.flag_bits & 1 for info in infos):
        raise Refusal("password")
    parts = {info.filename for info in infos}
    if len(parts) != len(infos):
        raise Refusal("damaged")
    for info in infos:
        if not _READ_BY_NOBODY.search(info.filename) and info.filename.endswith((".xml", ".rels", ".bin")):
            _read_through(archive, info)
    return parts


def _is_bomb(info: zipfile.ZipInfo, limits: Limits) -> bool:
    return info.file_size > _SMALL and info.file_size > limits.unpacked_ratio * max(info.compress_size, 1)


def _read_through(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with archive.open(info) as part:
        refuse_declarations(part.read(_CHUNK))
        while part.read(_CHUNK):
            pass


def refuse_declarations(beginning: bytes) -> None:
    """No spreadsheet program writes entities; a few of them unpack to gigabytes."""
    if any(sign in beginning for sign in _DECLARATIONS):
        raise Refusal("declarations")


def check_beginning(archive: zipfile.ZipFile, part: str) -> None:
    """Refuse declarations in a part that is read through later."""
    with archive.open(part) as file:
        refuse_declarations(file.read(_HEAD))


def has_macros(parts: set[str]) -> bool:
    return any(_MACROS.search(part) for part in parts)


def has_comments(parts: set[str]) -> bool:
    return any(_COMMENTS.search(part) for part in parts)


def without_author(comment: str) -> str:
    """What a comment says, without the name that programs write on its first line."""
    return _AUTHOR.sub("", comment).strip()


def binary_comments(archive: zipfile.ZipFile, sheet: str) -> list[str]:
    """The parts of an .xlsb that hold the comments of a sheet."""
    targets = set(relation_targets(archive, sheet).values()).intersection(archive.namelist())
    return sorted(part for part in targets if part.endswith(".bin") and _COMMENTS.search(part))


def comments_of(archive: zipfile.ZipFile, sheet: str) -> dict[str, str]:
    """Cell -> the comment on it. A thread of comments comes before the copy of it for old programs."""
    found: dict[str, list[str]] = {}
    parts = {part for part in archive.namelist() if part.endswith(".xml")}
    targets = parts.intersection(relation_targets(archive, sheet).values())
    for part in sorted(filter(_COMMENTS.search, targets), key=lambda part: "threaded" not in part.lower()):
        own: dict[str, list[str]] = {}
        for comment in parsed_part(archive.read(part)).iter():
            if _local(comment) in ("comment", "threadedComment"):
                text = "".join(piece.text or "" for piece in comment.iter() if _local(piece) in ("t", "text"))
                own.setdefault(comment.get("ref", ""), []).append(without_author(text))
        found = {**own, **found}
    return {cell: " ".join(texts) for cell, texts in found.items() if any(texts) and _ADDRESS.fullmatch(cell)}


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def relation_targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """PackageRelation id -> part of the archive it points to."""
    folder, base = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    if relations not in archive.namelist():
        return {}
    targets = {}
    for relation in parsed_part(archive.read(relations)):
        target = relation.get("Target", "")
        path = target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        targets[relation.get("Id", "")] = path.lstrip("/")
    return targets


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> part of the archive."""
    parts = sorted(archive.namelist(), key=len)
    workbook = next((part for part in parts if part.endswith("workbook.xml")), "")
    targets = relation_targets(archive, workbook)
    return {
        sheet.get("name", ""): targets.get(_relation_id(sheet), "")
        for sheet in parsed_part(archive.read(workbook)).iter()
        if sheet.tag.rpartition("}")[2] == "sheet"
    }


def _relation_id(element: ET.Element) -> str:
    """Strict files have a namespace of their own for it."""
    return next((value for name, value in element.items() if name.endswith("relationships}id")), "")


def parsed_part(content: bytes) -> ET.Element:
    try:
        return ET.fromstring(content)  # noqa: S314  declarations were refused, and we are in a guarded child
    except ET.ParseError as error:
        raise Refusal("damaged") from error
