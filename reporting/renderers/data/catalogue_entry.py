"""The entry of a report in catalogues of open data, and the catalogue of all entries.

Both are DCAT-AP.de 3.0 as JSON-LD, GovData's profile of DCAT-AP.

Codes are addresses of the vocabularies that DCAT-AP.de names. JSON-LD is JSON with a context, so that no RDF
library is needed to write it; the tests read it with one and check it against shapes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urljoin

from django.utils.translation import gettext

from reporting.enums import MEDIA_TYPES, DocumentFormat, DocumentLanguage
from reporting.frozen.schema import Text
from reporting.renderers.bilingual import in_both_languages
from reporting.renderers.data.about import About, by_language
from reporting.renderers.data.json_text import json_text

_EU = "http://publications.europa.eu/resource/authority"
_FOLDER = "./"
"""The address of the report, in which its documents lie."""

_MEDIA = "https://www.iana.org/assignments/media-types"
_GEOCODING = "http://dcat-ap.de/def/politicalGeocoding"
_LICENCE = "http://dcat-ap.de/def/licenses/dl-by-de/2.0"

_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_LANGUAGES = {
    DocumentLanguage.GERMAN: ("DEU",),
    DocumentLanguage.ENGLISH: ("ENG",),
    DocumentLanguage.BOTH: ("DEU", "ENG"),
}

_FILE_TYPES: Mapping[DocumentFormat, str] = {
    DocumentFormat.HTML: "HTML",
    DocumentFormat.PDF: "PDFA2A",
    DocumentFormat.XLSX: "XLSX",
    DocumentFormat.CSV: "CSV",
    DocumentFormat.CSVW: "JSON",
    DocumentFormat.JSON: "JSON",
    DocumentFormat.SDMX: "CSV",
    DocumentFormat.SDMX_STRUCTURE: "JSON",
}
"""In the list of the EU's Publications Office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A document as it is published: what it is, what its file is called, how large it is, and its hash."""

    language: DocumentLanguage
    format: DocumentFormat
    file_name: str
    size: int
    sha256: str


def render_catalogue_entry(about: About, documents: Sequence[Published]) -> bytes:
    """Addresses are relative to that of the entry, so that it holds wherever the documents are published."""
    entry = {"@context": _CONTEXT, "@graph": [_dataset(about, documents)]}
    return json_text(entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCatalogue:
    """What the catalogue says of itself; addresses are complete. ``modified_at``: the last release."""

    address: str
    homepage: str
    title: Text
    description: Text
    publisher: Text
    modified_at: datetime | None


def render_catalogue(catalogue: DataCatalogue, entries: Mapping[str, bytes]) -> bytes:
    """``entries`` as they were rendered, by their complete addresses, to which theirs are relative."""
    datasets = [
        _absolute(node, address) for address, entry in entries.items() for node in json.loads(entry)["@graph"]
    ]
    described: dict[str, Any] = {
        "@id": catalogue.address,
        "@type": "dcat:Catalog",
        "dct:title": _texts(catalogue.title),
        "dct:description": _texts(catalogue.description),
        "dct:publisher": _publisher(catalogue.publisher),
        "dct:language": [_eu("language", code) for code in _LANGUAGES[DocumentLanguage.BOTH]],
        "dct:license": {"@id": _LICENCE},
        "dct:spatial": _eu("country", "DEU"),
        "dcat:themeTaxonomy": {"@id": f"{_EU}/data-theme"},
        "foaf:homepage": {"@id": catalogue.homepage, "@type": "foaf:Document"},
        "dcat:dataset": [{"@id": each["@id"]} for each in datasets],
    }
    if catalogue.modified_at:
        described["dct:modified"] = _typed("dateTime", catalogue.modified_at.isoformat())
    return json_text({"@context": _CONTEXT, "@graph": [described, *datasets]})


def _absolute(node: Any, address: str) -> Any:
    """With complete addresses: what has a colon is one, or a term."""
    if isinstance(node, list):
        return [_absolute(each, address) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _absolute(value, address) for key, value in node.items()}
    if ":" not in found.get("@id", ":"):
        found["@id"] = urljoin(address, found["@id"])
    return found


def _dataset(about: About, documents: Sequence[Published]) -> dict[str, Any]:
    taken_at = _moment(about)
    dataset: dict[str, Any] = {
        "@id": _FOLDER,
        "@type": "dcat:Dataset",
        "dct:title": _texts(about.title),
        "dct:description": _texts(about.description),
        "dct:identifier": f"sha256:{about.sha256}",
        "dct:publisher": _publisher(about.publisher),
        "dct:issued": taken_at,
        "dct:modified": taken_at,
        "dct:language": [_eu("language", code) for code in _LANGUAGES[DocumentLanguage.BOTH]],
        "dct:accrualPeriodicity": _eu("frequency", about.frequency),
        "dct:accessRights": _eu("access-right", "PUBLIC"),
        "dct:spatial": _eu("country", "DEU"),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed("date", about.begins_on.isoformat()),
            "dcat:endDate": _typed("date", about.ends_on.isoformat()),
        },
        "dcat:theme": [_eu("data-theme", code) for code in ("EDUC", "SOCI", "ECON")],
        "dcat:keyword": [each for keyword in _keywords() for each in _texts(keyword)],
        "dcat:landingPage": {"@id": _FOLDER, "@type": "foaf:Document"},
        "dcatap:availability": _eu("planned-availability", "STABLE"),
        **_geocoding(about),
        "dcat:distribution": [_distribution(about, each) for each in documents],
    }
    if about.homepage:
        dataset["dcat:contactPoint"] = {
            "@type": "vcard:Kind",
            "vcard:fn": about.publisher.de,
            "vcard:hasURL": {"@id": about.homepage},
        }
    return dataset


def _geocoding(about: About) -> dict[str, dict[str, str]]:
    """``dct:spatial`` knows no Länder. Their codes are those of the official key of municipalities."""
    if not about.land:
        return {"dcatde:politicalGeocodingLevelURI": {"@id": f"{_GEOCODING}/Level/federal"}}
    return {
        "dcatde:politicalGeocodingLevelURI": {"@id": f"{_GEOCODING}/Level/state"},
        "dcatde:politicalGeocodingURI": {"@id": f"{_GEOCODING}/stateKey/{about.land}"},
    }


def _distribution(about: About, document: Published) -> dict[str, Any]:
    """A file is both what is accessed and what is downloaded: convention 39 of GovData."""
    address = quote(document.file_name)
    return {
        "@id": f"{address}#sha256={document.sha256}",
        "@type": "dcat:Distribution",
        "dct:title": _texts(
            in_both_languages(lambda: f"{document.format.label} ({document.language.label})")
        ),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dct:license": {"@id": _LICENCE},
        "dcatde:licenseAttributionByText": about.publisher.de,
        "dct:format": _eu("file-type", _FILE_TYPES[document.format]),
        "dcat:mediaType": {"@id": f"{_MEDIA}/{MEDIA_TYPES[document.format]}"},
        "dct:language": [_eu("language", code) for code in _LANGUAGES[document.language]],
        "dct:issued": _moment(about),
        "dct:modified": _moment(about),
        "adms:status": _eu("distribution-status", "COMPLETED"),
        "dcatap:availability": _eu("planned-availability", "STABLE"),
        "dcat:byteSize": _typed("nonNegativeInteger", str(document.size)),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed("hexBinary", document.sha256),
        },
    }


def _publisher(name: Text) -> dict[str, Any]:
    return {
        "@type": "foaf:Agent",
        "foaf:name": _texts(name),
        "dct:type": {"@id": "http://purl.org/adms/publishertype/NationalAuthority"},
    }


def _keywords() -> list[Text]:
    return [
        in_both_languages(lambda: gettext("vocational training")),
        in_both_languages(lambda: gettext("training market")),
        in_both_languages(lambda: gettext("continuing training")),
        in_both_languages(lambda: gettext("progress report")),
    ]


def _texts(text: Text) -> list[dict[str, str]]:
    return [{"@value": value, "@language": language} for language, value in by_language(text).items()]


def _typed(datatype: str, value: str) -> dict[str, str]:
    return {"@value": value, "@type": f"xsd:{datatype}"}


def _moment(about: About) -> dict[str, str]:
    return _typed("dateTime", about.taken_at.isoformat())


def _eu(vocabulary: str, code: str) -> dict[str, str]:
    """A term of a vocabulary that the EU's Publications Office keeps."""
    return {"@id": f"{_EU}/{vocabulary}/{code}"}
