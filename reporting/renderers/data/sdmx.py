"""The figures as SDMX-CSV 2.0, and their structure as SDMX-JSON 2.0, as statistical offices exchange data.

The structure is versioned by year and by the snapshot's hash, since its code lists are those of one snapshot.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from reporting.frozen.schema import SnapshotData, Text
from reporting.renderers.bilingual import in_both_languages
from reporting.renderers.data.about import About, FileNames, by_language
from reporting.renderers.data.dictionary import DICTIONARY, Code, code_lists
from reporting.renderers.data.figures import DataRow, figure_rows
from reporting.renderers.data.json_text import json_text
from reporting.renderers.data.observation_status import status_codes, status_of

AGENCY = "AAW"
DATAFLOW, STRUCTURE, CONCEPTS = "PROGRESS", "DSD_PROGRESS", "CS_PROGRESS"
_SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/develop/structure-message/tools/schemas/2.0.0/"
    "sdmx-json-structure-schema.json"
)


@dataclass(frozen=True, slots=True)
class Component:
    """A component of the structure: the column of the figures it holds, or the observation's status."""

    id: str
    column: str
    datatype: str = "String"
    is_required: bool = False


DIMENSIONS = (
    Component("INDICATOR", "indicator"),
    Component("REF_AREA", "region"),
    Component("TARGET_GROUP", "target_group"),
    Component("ORGANISATION", "organisation"),
)
TIME = Component("TIME_PERIOD", "year", "GregorianYear")
MEASURE = Component("OBS_VALUE", "value", "Decimal")
ATTRIBUTES = (
    Component("OBS_STATUS", "status", is_required=True),
    Component("UNIT_MEASURE", "unit", is_required=True),
    Component("STATE", "state", is_required=True),
    Component("BASIS", "basis"),
    Component("REPORTED", "reported", "Integer", is_required=True),
    Component("DUE", "due", "Integer", is_required=True),
    Component("QUALITY", "quality"),
    Component("TARGET", "target", "Decimal"),
    Component("TARGET_KIND", "target_kind"),
    Component("ATTAINMENT", "attainment", "Decimal"),
    Component("REFERENCE_DATE", "reference_date", "BasicTimePeriod"),
    Component("DATA_AS_OF", "data_as_of", "BasicTimePeriod"),
)
_ALL = (*DIMENSIONS, TIME, MEASURE, *ATTRIBUTES)


def render_sdmx_csv(snapshot: SnapshotData, about: About, names: FileNames) -> bytes:
    flow = f"{AGENCY}:{DATAFLOW}({_version(about)})"
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *(each.id for each in _ALL)])
    for row in figure_rows(snapshot):
        writer.writerow(["dataflow", flow, "I", *(_field(row, each) for each in _ALL)])
    return text.getvalue().encode()


def _field(row: DataRow, component: Component) -> object:
    return status_of(row) if component.id == "OBS_STATUS" else getattr(row, component.column)


def render_sdmx_structure(snapshot: SnapshotData, about: About, names: FileNames) -> bytes:
    """Concepts, code lists, the structure that puts them together, and the dataflow the CSV file names."""
    lists = {"status": status_codes(), **code_lists(snapshot)}
    frame = _Frame(_version(about))
    message = {
        "meta": {
            "schema": _SCHEMA,
            "id": f"{DATAFLOW}-{about.year}-{about.sha256[:12]}",
            "test": False,
            "prepared": about.taken_at,
            "contentLanguages": ["de", "en"],
            "sender": {"id": AGENCY} | _named("name", about.publisher),
        },
        "data": {
            "codelists": [
                frame.artefact(_codelist_id(name), _list_name(name))
                | {"codes": [_item(each) for each in codes]}
                for name, codes in lists.items()
                if name != "quality"  # an attribute of several codes is written as text
            ],
            "conceptSchemes": [
                frame.artefact(CONCEPTS, about.title) | {"concepts": [_concept(each) for each in _ALL]}
            ],
            "dataStructures": [
                frame.artefact(STRUCTURE, about.title)
                | {"dataStructureComponents": _components(frame, lists)}
            ],
            "dataflows": [
                frame.artefact(DATAFLOW, about.title)
                | _named("description", about.description)
                | {"structure": frame.urn("datastructure.DataStructure", STRUCTURE)}
            ],
        },
    }
    return json_text(message)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every artefact of one structure has in common."""

    version: str

    def artefact(self, identifier: str, name: Text) -> dict[str, Any]:
        return {"id": identifier, "agencyID": AGENCY, "version": self.version} | _named("name", name)

    def urn(self, kind: str, identifier: str, item: str = "") -> str:
        whole = f"urn:sdmx:org.sdmx.infomodel.{kind}={AGENCY}:{identifier}({self.version})"
        return f"{whole}.{item}" if item else whole


def _version(about: About) -> str:
    return f"{about.year}.0.0-{about.sha256[:12]}"


def _named(key: str, text: Text) -> dict[str, Any]:
    """SDMX-JSON wants one text, and the same in every language beside it."""
    return {key: text.de, f"{key}s": by_language(text)}


def _item(code: Code) -> dict[str, Any]:
    described = _named("description", code.description) if code.description else {}
    return {"id": code.code} | _named("name", code.name) | described


def _codelist_id(name: str) -> str:
    return f"CL_{name.upper()}"


def _list_name(name: str) -> Text:
    if name == "status":
        return _status_name()
    return next(column.title for column in DICTIONARY if column.codes == name)


def _status_name() -> Text:
    return in_both_languages(lambda: pgettext("SDMX", "Observation status"))


def _concept(component: Component) -> dict[str, Any]:
    if component.column == "status":
        return {"id": component.id} | _named("name", _status_name())
    column = next(each for each in DICTIONARY if each.name == component.column)
    return {"id": component.id} | _named("name", column.title) | _named("description", column.description)


def _components(frame: _Frame, lists: Mapping[str, Iterable[Code]]) -> dict[str, Any]:
    def component(given: Component) -> dict[str, Any]:
        if given.column in lists and given.column != "quality":
            codelist = frame.urn("codelist.Codelist", _codelist_id(given.column))
            representation: dict[str, Any] = {"enumeration": codelist}
        else:
            representation = {"format": {"dataType": given.datatype}}
        return {
            "id": given.id,
            "conceptIdentity": frame.urn("conceptscheme.Concept", CONCEPTS, given.id),
            "localRepresentation": representation,
        }

    def attribute(given: Component) -> dict[str, Any]:
        return component(given) | {
            "usage": "mandatory" if given.is_required else "optional",
            "attributeRelationship": {"observation": {}},
        }

    return {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": [
                component(given) | {"position": position} for position, given in enumerate(DIMENSIONS)
            ],
            "timeDimension": component(TIME),
        },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [component(MEASURE) | {"usage": "optional"}],
        },
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [attribute(each) for each in ATTRIBUTES],
        },
    }
