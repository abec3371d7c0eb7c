"""Parts of a workbook's package under the names that Excel gives them.

Other programs put the workbook elsewhere, call it otherwise, write backslashes or zip the folder it was
unpacked into. The package itself says what is what: such a file is rewritten before it is read, so that
nothing
that is looked for beside the cells is missed by its name.
"""

from __future__ import annotations

import posixpath
import shutil
import zipfile
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from measures.importing.formats.packages import parsed_part
from measures.importing.refusals import Refusal

_OF_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OF_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHUNK = 2**20
_TYPES = "[Content_Types].xml"
_PLACES = {"sharedStrings": "xl/sharedStrings", "styles": "xl/styles"}
_SHEETS = "xl/worksheets/"


class _Package:
    """Parts below the folder in which the package lies; names compare without regard to case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        names = {given: given.replace("\\", "/").lstrip("/") for given in archive.namelist()}
        folders = {
            posixpath.dirname(name)
            for name in names.values()
            if posixpath.basename(name).lower() == _TYPES.lower()
        }
        folder = f"{folders.pop()}/" if len(folders) == 1 and "" not in folders else ""
        self.given = {
            name.removeprefix(folder): given
            for given, name in names.items()
            if name.startswith(folder) and not name.endswith("/")
        }
        self._names = {name.lower(): name for name in self.given}

    def name(self, part: str) -> str:
        """The part's name as it is written; empty if there is no such part."""
        return self._names.get(part.lower(), "")

    def content(self, part: str) -> bytes:
        return self.archive.read(self.given[part])

    def relations(self, part: str) -> list[PackageRelation]:
        """Relations of a part to others in the package; the package's own are those of no part."""
        folder = posixpath.dirname(part)
        name = self.name(rels_of(part))
        found = []
        for relation in parsed_part(self.content(name)) if name else ():
            if relation.get("TargetMode", "").lower() != "external":
                target = posixpath.join("/", folder, relation.get("Target", "").replace("\\", "/"))
                kind = relation.get("Type", "").rpartition("/")[2]
                found.append(
                    PackageRelation(relation.get("Id", ""), kind, posixpath.normpath(target).lstrip("/"))
                )
        return found

    def workbook(self) -> str:
        """The part that is the workbook; empty where the document is of another kind, or says nothing."""
        named = [each.target for each in self.relations("") if each.kind == "officeDocument"]
        if types := self.name(_TYPES):
            named += [
                each.get("PartName", "").replace("\\", "/").lstrip("/")
                for each in parsed_part(self.content(types))
                if ".main" in each.get("ContentType", "")
            ]
        return next((name for part in named if (name := self.name(part)) and self._is_workbook(name)), "")

    def _is_workbook(self, name: str) -> bool:
        if name.lower().endswith(".bin"):
            return True
        with self.archive.open(self.given[name]) as file:
            _, root = next(ET.iterparse(file, events=("start",)))  # noqa: S314  in a guarded child
        return bool(root.tag.rpartition("}")[2] == "workbook")


class PackageRelation(NamedTuple):
    id: str
    kind: str
    target: str


def rels_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def with_usual_names(archive: zipfile.ZipFile) -> BytesIO | None:
    """The package with its workbook where Excel puts it; None where it is there already, or nowhere."""
    package = _Package(archive)
    try:
        workbook = package.workbook()
    except ET.ParseError as error:
        raise Refusal("damaged") from error
    if not workbook:
        return None
    place = f"xl/workbook{posixpath.splitext(workbook)[1].lower()}"
    moved = {workbook: place}
    relations = package.relations(workbook)
    for relation in relations:
        if part := package.name(relation.target):
            moved.setdefault(part, _usual_name(relation, moved))
    whole = {name: moved.get(name, name) for name in package.given}
    if all(given == whole[name] for name, given in package.given.items()):
        return None
    for part in list(moved):
        if rels := package.name(rels_of(part)):
            whole[rels] = rels_of(moved[part])
    of_workbook = [
        PackageRelation(each.id, each.kind, moved.get(package.name(each.target), "")) for each in relations
    ]
    instead = {
        rels_of(""): _written([PackageRelation("rId1", "officeDocument", place)]),
        rels_of(place): _written(of_workbook),
    }
    return _rewritten(package, whole, instead)


def _usual_name(relation: PackageRelation, moved: dict[str, str]) -> str:
    """What the workbook points to, as the fast reader looks for it: by its name, or among the sheets."""
    folder, base = posixpath.split(relation.target)
    if relation.kind in _PLACES:
        return _PLACES[relation.kind] + posixpath.splitext(base)[1].lower()
    if relation.kind != "worksheet" or f"{folder}/".startswith("xl/"):
        return relation.target
    name = f"{_SHEETS}{base}"
    return name if name not in moved.values() else f"{_SHEETS}{len(moved)}-{base}"


def _written(relations: list[PackageRelation]) -> bytes:
    lines = [
        f"<Relationship Id={quoteattr(each.id)} Type={quoteattr(f'{_OF_DOCUMENT}/{each.kind}')} "
        f"Target={quoteattr(f'/{each.target}')}/>"
        for each in relations
        if each.target
    ]
    return f'<Relationships xmlns="{_OF_PACKAGE}">{"".join(lines)}</Relationships>'.encode()


def _rewritten(package: _Package, names: dict[str, str], instead: dict[str, bytes]) -> BytesIO:
    if len(set(names.values())) < len(names):
        raise Refusal("damaged")
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for old, name in names.items():
            if name in instead:
                continue
            with (
                package.archive.open(package.given[old]) as source,
                new.open(name, "w", force_zip64=True) as copy,
            ):
                shutil.copyfileobj(source, copy, _CHUNK)
        for name, content in instead.items():
            new.writestr(name, content)
    return made
