"""The entry for data catalogues, read as RDF and checked against what DCAT-AP.de demands."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, SH, Graph, Namespace, URIRef

from reporting.frozen.schema import ScopeData, Text
from reporting.renderers.data.about import about
from reporting.renderers.data.catalogue_entry import (
    DataCatalogue,
    render_catalogue,
    render_catalogue_entry,
)
from tests.reporting.renderers.rendered import ADDRESS, sample_documents
from tests.reporting.sample_snapshot import SHA256, make_snapshot

# The libraries read JSON-LD and check shapes by way of a class of their own that they mean to give up.
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:rdflib", "ignore::DeprecationWarning:pyshacl"
)

SHAPES = Path(__file__).with_name("dcat_ap_de.ttl")
SPDX = Namespace("http://spdx.org/rdf/terms#")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
DATASET = URIRef(ADDRESS)
BAVARIA = ScopeData(kind="land", code="09", name=Text(de="Bayern", en="Bavaria"))
CRAFTS = ScopeData(kind="umbrella", code="ZDH", name=Text(de="Handwerk", en="Crafts"))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES)


@pytest.fixture
def entry() -> Graph:
    """The entry, with relative names of files as addresses below that of the report."""
    return Graph().parse(data=sample_documents()["mul.dcat.jsonld"], format="json-ld", base=ADDRESS)


def broken_rules(entry: Graph, shapes: Graph) -> set[URIRef]:
    """The property of each rule that the entry breaks."""
    _, report, _ = validate(entry, shacl_graph=shapes)
    return set(report.objects(None, SH.resultPath))


def test_the_entry_keeps_to_dcat_ap_de(entry, shapes):
    conforms, _, text = validate(entry, shacl_graph=shapes)

    assert conforms, text
    assert (DATASET, RDF.type, DCAT.Dataset) in entry


@pytest.mark.parametrize(
    "needed",
    [DCTERMS.title, DCTERMS.publisher, DCTERMS.license, DCAT.accessURL, DCAT.theme, SPDX.checksumValue],
    ids=lambda needed: needed.fragment or needed.rpartition("/")[2],
)
def test_an_entry_without_what_is_demanded_is_noticed(entry, shapes, needed):
    entry.remove((None, needed, None))

    assert needed in broken_rules(entry, shapes)


def test_a_term_of_another_vocabulary_is_noticed(entry, shapes):
    entry.set((DATASET, DCTERMS.accrualPeriodicity, URIRef("https://example.org/every-year")))

    assert broken_rules(entry, shapes) == {DCTERMS.accrualPeriodicity}


def entry_of(**changes) -> Graph:
    content = render_catalogue_entry(about(replace(make_snapshot(), **changes), sha256=SHA256), [])
    return Graph().parse(data=content, format="json-ld", base=ADDRESS)


@pytest.mark.parametrize(
    ("changes", "level", "lands", "frequency"),
    [
        ({}, "federal", set(), "ANNUAL"),
        ({"report_type": "interim"}, "federal", set(), "IRREG"),
        ({"report_type": "land", "scope": BAVARIA}, "state", {"09"}, "ANNUAL"),
        ({"report_type": "umbrella", "scope": CRAFTS}, "federal", set(), "ANNUAL"),
    ],
    ids=["annual", "interim", "land", "umbrella"],
)
def test_place_and_frequency_are_those_of_the_kind_of_report(changes, level, lands, frequency):
    entry = entry_of(**changes)

    assert last_part(entry.value(DATASET, DCATDE.politicalGeocodingLevelURI)) == level
    assert {last_part(each) for each in entry.objects(DATASET, DCATDE.politicalGeocodingURI)} == lands
    assert last_part(entry.value(DATASET, DCTERMS.accrualPeriodicity)) == frequency


@pytest.mark.parametrize(
    ("period", "taken_on", "covered"),
    [
        ("calendar_year", 2018, ("2015-01-01", "2016-12-31")),
        ("market_year", 2018, ("2014-10-01", "2016-09-30")),
        ("after_30sep", 2018, ("2015-10-01", "2017-01-15")),
        ("calendar_year", 2016, ("2015-01-01", "2016-05-31")),
    ],
)
def test_days_covered_are_those_of_the_figures_until_they_were_taken(period, taken_on, covered):
    data = make_snapshot()
    measures = tuple(
        replace(each, indicators=tuple(replace(one, period=period) for one in each.indicators))
        for each in data.measures
    )
    entry = entry_of(measures=measures, taken_at=datetime(taken_on, 5, 31, 12, tzinfo=UTC))

    span = entry.value(DATASET, DCTERMS.temporal)
    assert (str(entry.value(span, DCAT.startDate)), str(entry.value(span, DCAT.endDate))) == covered


def test_the_catalogue_holds_its_entries_under_complete_addresses(entry, shapes):
    described = DataCatalogue(
        address="https://portal.example/daten/katalog.jsonld",
        homepage="https://portal.example/daten/",
        title=Text(de="Daten", en="Data"),
        description=Text(de="Alle Zahlen", en="All figures"),
        publisher=Text(de="Ministerium", en="Ministry"),
        modified_at=datetime(2017, 5, 31, 12, tzinfo=UTC),
    )
    content = render_catalogue(
        described, {f"{ADDRESS}mul.dcat.jsonld": sample_documents()["mul.dcat.jsonld"]}
    )

    catalogue = Graph().parse(data=content, format="json-ld", base="https://elsewhere.example/")
    conforms, _, text = validate(catalogue, shacl_graph=shapes)
    assert conforms, text
    assert list(catalogue.objects(URIRef(described.address), DCAT.dataset)) == [DATASET]
    for address in (DCAT.distribution, DCAT.landingPage):
        assert set(catalogue.objects(DATASET, address)) == set(entry.objects(DATASET, address))
    catalogue.remove((None, DCAT.themeTaxonomy, None))
    assert broken_rules(catalogue, shapes) == {DCAT.themeTaxonomy}


def last_part(address: URIRef) -> str:
    return str(address).rpartition("/")[2]


def test_every_other_document_is_a_distribution_with_its_size_and_hash(entry):
    stated = {
        str(entry.value(each, DCAT.downloadURL)).removeprefix(ADDRESS): (
            entry.value(each, DCAT.byteSize).toPython(),
            str(entry.value(entry.value(each, SPDX.checksum), SPDX.checksumValue)),
        )
        for each in entry.objects(DATASET, DCAT.distribution)
    }

    assert stated == {
        name: (len(content), hashlib.sha256(content).hexdigest())
        for name, content in sample_documents().items()
        if name != "mul.dcat.jsonld"
    }


def test_documents_are_in_the_languages_they_are_in(entry):
    languages = {
        str(entry.value(each, DCAT.downloadURL)).removeprefix(ADDRESS): {
            str(language)[-3:] for language in entry.objects(each, DCTERMS.language)
        }
        for each in entry.objects(DATASET, DCAT.distribution)
    }

    assert (languages["de.pdf"], languages["en.xlsx"], languages["mul.csv"]) == (
        {"DEU"},
        {"ENG"},
        {"DEU", "ENG"},
    )
