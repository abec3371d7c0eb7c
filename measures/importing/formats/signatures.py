"""What a file is that is no spreadsheet, by its first bytes: its sender is told what to send instead."""

from __future__ import annotations

import re

_BEGINNINGS = (
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"BZh9", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"{\\rtf", "document"),
    (b"\x09\x00\x04\x00", "old_spreadsheet"),
    (b"\x09\x02\x06\x00", "old_spreadsheet"),
    (b"\x09\x04\x06\x00", "old_spreadsheet"),
    (b"\x09\x08\x08\x00", "old_spreadsheet"),
    (b"\x09\x08\x10\x00", "old_spreadsheet"),
    (b"ID;P", "unknown_type"),
    (b"SQLite format 3\0", "unknown_type"),
)
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|table|!--|meta|style)")
_XML_SPREADSHEET = (
    b"urn:schemas-microsoft-com:office:spreadsheet",
    b"excel.sheet",
    b"opendocument.spreadsheet",
)
_PDF_WITHIN = 1024


def foreign_kind(head: bytes) -> str:
    """The code of the refusal; empty where the file may be text."""
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    if (head[:2] == b"BM" and head[6:10] == b"\0\0\0\0") or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    known = next((code for beginning, code in _BEGINNINGS if head.startswith(beginning)), "")
    return known or _kind_of_markup(start)


def _kind_of_markup(start: bytes) -> str:
    if _HTML.match(start) or start.startswith(b"mime-version:"):
        return "html"
    if not start.startswith(b"<"):
        return ""
    if any(sign in start for sign in _XML_SPREADSHEET):
        return "xml_spreadsheet"
    return "html" if b"<html" in start else "xml"


def kind_of_archive(parts: set[str]) -> str:
    """What a ZIP file without a workbook in it is."""
    if any(part.startswith(("word/", "ppt/")) for part in parts) or "content.xml" in parts:
        return "document"
    return (
        "apple_numbers" if any(part.endswith(".iwa") or part == "Index.zip" for part in parts) else "archive"
    )
