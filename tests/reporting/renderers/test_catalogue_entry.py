"""The entry for data catalogues, read as RDF and checked against what DCAT-AP.de demands."""

import hashlib
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, SH, Graph, Namespace, URIRef

from tests.reporting.renderers.rendered import ADDRESS, sample_documents

# The libraries read JSON-LD and check shapes by way of a class of their own that they mean to give up.
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:rdflib", "ignore::DeprecationWarning:pyshacl"
)

SHAPES = Path(__file__).with_name("dcat_ap_de.ttl")
SPDX = Namespace("http://spdx.org/rdf/terms#")
DATASET = URIRef(ADDRESS)


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
