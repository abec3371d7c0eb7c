"""A printed number leads to its origin: readers of the portal to its figures, everybody to its meaning."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from measures.models import ImportRun, SourceFile
from reporting.frozen.links import figure_link
from reporting.frozen.schema import CrossedRow, PartRow, Text
from reporting.frozen.values import Remark
from reporting.renderers.data.about import about, by_language_and_format
from reporting.renderers.data.csv_table import render_csv
from reporting.renderers.data.figures import rows_of
from reporting.selectors import checklist
from reporting.selectors.public.data_sets import data_groups, tables, with_numbers, without_numbers
from tests.reporting.public.making import (
    PORTAL,
    data_with_every_section,
    make_ready,
    protected_data,
    publish,
    told,
    withheld,
)
from tests.reporting.sample_snapshot import silent

pytestmark = pytest.mark.django_db


@pytest.fixture
def released():
    return publish()


def path_of(report, *, part=""):
    link = figure_link("", "en", report.snapshot.sha256, "additional_places", 2016)
    return f"{link}{part}"


def test_everybody_reads_definition_source_data_status_and_organisations(client, released):
    page = unescape(client.get(path_of(released)).content.decode())

    indicator = next(each for each in released.snapshot.frozen.indicators if each.code == "additional_places")
    assert indicator.definition.en in page
    assert indicator.source.en in page
    assert "<li>contains preliminary values</li>" in page
    assert "Data status" in page
    assert "reported" in page
    assert "/en/berichte/annual/2016/1/" in page


def test_number_of_a_land_is_shown_as_the_release_prints_it(client, released):
    page = client.get(path_of(released, part="region/01/")).content.decode()

    assert "Schleswig-Holstein" in page
    assert '<p class="public-figure">\n    610' in page


def test_number_that_is_withheld_is_withheld_in_table_and_file():
    indicator = next(each for each in protected_data().indicators if each.lands)
    first, second, *others = indicator.lands
    hidden = replace(first, amounts=(*first.amounts[:-1], withheld(1, 1)))
    untold = replace(second, amounts=tuple(silent(1) for _each in second.amounts))
    of_none = replace(untold, code="_U", name=Text(de="ohne Land"))
    indicator = replace(indicator, lands=(hidden, untold, *others, of_none))

    with translation.override("en"):
        [table] = [each for each in tables(indicator) if each.key == "region"]
        [row] = [each for each in rows_of(indicator, None) if (each.year, each.region) == (2016, "01")]
    assert table.rows[0].cells[-1] == "withheld"
    assert (table.silent, len(table.rows)) == (("Hamburg",), 1 + len(others))
    assert "region" not in [each.key for each in tables(replace(indicator, lands=(untold,)))]
    assert (row.value, row.state) == (None, "withheld")


def test_catalogue_lists_what_has_numbers_and_then_what_has_none(client, released):
    groups = data_groups(released.snapshot.frozen)
    filled = [each.code for group in with_numbers(groups) for each in group.data_sets]
    empty = [each.code for each in without_numbers(groups)]
    page = client.get("/de/daten/").content.decode()

    assert "additional_places" in filled
    assert len(empty) == 1
    assert re.findall(r'href="/de/daten/(\w+)/"', page) == [*filled, *empty]
    assert "1 Kennzahl ohne Zahlen in dieser Ausgabe" in page
    assert page.count('href="/de/daten/katalog.jsonld"') == 2


def test_file_of_a_data_set_is_its_part_of_the_release_s_file(client, released):
    data = released.snapshot.frozen
    whole = render_csv(data, about(data, sha256=""), by_language_and_format).splitlines()

    file = client.get("/en/daten/additional_places/additional_places.csv").content.splitlines()

    assert file == [whole[0], *(line for line in whole if line.startswith(b"additional_places,"))]


def test_a_german_text_of_an_older_release_says_its_language_in_place_of_an_english_one(client, monkeypatch):
    monkeypatch.setattr(checklist, "texts_of", lambda _data: [])  # today it would not be released
    data = protected_data()
    first, *others = data.measures
    [indicator, *more] = first.indicators
    indicator = replace(indicator, source=Text(de="Bundesagentur für Arbeit"))
    measure = replace(first, indicators=(indicator, *more))
    report = publish(make_ready(replace(data, measures=(measure, *others))))

    link = figure_link("", "en", report.snapshot.sha256, indicator.code, 2016)
    marked = '<span lang="de">Bundesagentur für Arbeit</span>'
    assert marked in client.get(link).content.decode()
    assert marked in client.get(f"/en/daten/{indicator.code}/").content.decode()
    assert marked not in client.get(f"/de/daten/{indicator.code}/").content.decode()


@pytest.mark.parametrize("part", ["region/99/", "group/x/", "somewhere/01/"])
def test_number_that_the_release_does_not_print_is_not_there(client, released, part):
    assert client.get(path_of(released, part=part)).status_code == 404


def test_reader_of_the_portal_is_led_to_the_figures(client, sign_in, released):
    sign_in("contributor", "IHK-142")
    trail = f"/berichte/{released.pk}/zahlen/additional_places/2016/"

    assert client.get(path_of(released)).url == trail
    assert client.get(path_of(released, part="region/01/")).url == f"{trail}?land=01"
    assert trail in client.get(f"{path_of(released)}?oeffentlich").content.decode()


def test_before_the_release_only_those_who_see_the_report_are_led_on(client, sign_in):
    report = make_ready()

    assert client.get(path_of(report)).status_code == 404
    sign_in("contributor", "IHK-142")
    assert client.get(path_of(report)).status_code == 404
    sign_in("reviewer", "BMAS")
    assert client.get(path_of(report)).status_code == 302


def test_page_of_a_number_says_what_it_is_formed_of_and_leads_there(client):
    report = publish(make_ready(data_with_every_section()))

    def page(code, year, *parts):
        link = figure_link("", "en", report.snapshot.sha256, code, year, *parts)
        return " ".join(unescape(client.get(link).content.decode()).split())

    def leads(code, year, *parts):
        return f'href="{figure_link("", "en", report.snapshot.sha256, code, year, *parts)}"'

    ratio = page("eanr", 2016)
    assert "Supply ÷ demand × 100" in ratio
    assert "§ 86 of the Vocational Training Act; BIBB" in ratio
    assert all(leads(code, 2016) in ratio for code in ("supply", "demand_extended"))
    of_a_land = page("eanr", 2016, ("region", "05"))
    assert ": North Rhine-Westphalia" in of_a_land
    assert leads("eanr", 2016) in of_a_land
    attainment = page("additional_places", 2015)
    assert "36.5%" in attainment
    assert "value ÷ target = 7,300 ÷ 20,000" in attainment
    assert "In the report of 2015" in attainment
    change = page("additional_places", 2016)
    assert "+10,818 (+148.2%)" in change
    assert leads("additional_places", 2015) in change
    assert "In the previous release" in page("additional_places", 2016, ("umbrella", "DIHK"))
    share = page("additional_places", 2016, ("umbrella", "ZDH"))
    assert "30.0%" in share
    assert "5,436 ÷ 18,118" in share
    assert leads("additional_places", 2016) in share
    money = page("money-spent", 2016, ("measure", "M09"), ("source", "1"))
    assert "6,840,000 <span" in money
    assert "Federal budget" in money
    assert "Catalogue of measures" in money
    reported = page("who-reported", 2016)
    assert '<p class="public-figure"> 147 of 150' in reported
    assert leads("who-reported", 2016, ("umbrella", "LAND")) in reported
    assert "Bremen, Saarland" in page("who-reported", 2016, ("umbrella", "LAND"))
    assert leads("additional_places", 2016) in page("stated-totals", 2016, ("line", "1"))
    assert leads("files-used", 2016, ("line", "1")) in page("files-used", 2016)
    assert "target not reached" in page("headline-figures", 2016)
    assert "resolutions and commitments of the partners" in page("resolutions-kept", 2016)


NEVER_COUNTED = [
    "who-reported/2015",
    "who-reported/2016/umbrella/x",
    "who-reported/2016/region/05",
    "headline-figures/2016/region/05",
    "stated-totals/2016/region/05/line/1",
    "files-used/2016/line/0",
    f"files-used/2016/line/{'9' * 4_301}",
    f"money-spent/2016/measure/M09/source/{'9' * 4_301}",
    "money-spent/2016",
    "supply/1",
    "additional_places/2016/region/01/region/01",
    "money-spent/2016/source/1/source/1",
]


def test_number_that_was_never_counted_is_not_there(client, released):
    start = f"/en/wert/{released.snapshot.sha256[:16]}"

    answers = {address: client.get(f"{start}/{address}/").status_code for address in NEVER_COUNTED}

    assert answers == dict.fromkeys(NEVER_COUNTED, 404)


def test_before_the_release_those_who_see_the_report_see_what_is_no_figure_of_an_organisation(
    client, sign_in
):
    report = make_ready(data_with_every_section())
    link = figure_link("", "de", report.snapshot.sha256, "eanr", 2016)

    assert client.get(link).status_code == 404
    sign_in("reviewer", "BMAS")
    assert f'href="/berichte/{report.pk}/"' in client.get(link).content.decode()


def test_who_may_see_the_import_of_a_file_is_led_there(client, sign_in, released):
    link = figure_link("", "en", released.snapshot.sha256, "files-used", 2016, ("line", "1"))
    source = released.snapshot.frozen.sources[0]
    reviewer = sign_in("reviewer", "BMAS")
    file = SourceFile.objects.create(
        sha256=source.sha256, name=source.name, size=1, content="imports/x", uploaded_by=reviewer
    )
    run = ImportRun.objects.create(source_file=file, file_name=source.name, created_by=reviewer)

    assert client.get(link).url == reverse("measures:import_detail", args=[run.pk])
    assert client.get(link.replace("/line/", "/region/05/line/")).status_code == 404
    sign_in("contributor", "IHK-142")
    assert source.sha256 in client.get(link).content.decode()


def test_link_is_the_same_wherever_the_number_is_printed():
    link = figure_link(PORTAL, "de", "0123456789abcdef" * 4, "a_b", 2020, ("umbrella", "BA/x"))

    assert link == f"{PORTAL}/de/wert/0123456789abcdef/a_b/2020/umbrella/BA%2Fx/"


@pytest.fixture
def released_of_a_land():
    return publish(make_ready(report_type="land", scope="01"))


def test_page_of_a_land_shows_its_own_edition(client, released_of_a_land):
    page = client.get("/en/berichte/land/01/2016/1/").content.decode()

    data = released_of_a_land.data
    assert data.scope.name.en in page
    assert ">610<" in page
    assert "18,118" not in page


def test_number_of_a_lands_own_report_leads_readers_of_the_portal_to_its_figures(
    client, sign_in, released_of_a_land
):
    sign_in("contributor", "IHK-142")
    trail = client.get(path_of(released_of_a_land, part="region/01/")).url

    assert trail == f"/berichte/{released_of_a_land.pk}/zahlen/additional_places/2016/"
    assert client.get(trail).context["text"] == "610"


def test_what_only_a_land_has_released_leads_to_no_number_of_the_alliance(client, released_of_a_land):
    assert client.get(path_of(released_of_a_land)).status_code == 404
    assert client.get(path_of(released_of_a_land, part="region/02/")).status_code == 404
    page = client.get(path_of(released_of_a_land, part="region/01/")).content.decode()
    assert '<p class="public-figure">\n    610' in page


def test_a_number_of_a_target_group_in_a_land_has_its_own_page(client):
    data = protected_data()
    measure = next(each for each in data.measures if any(one.lands for one in each.indicators))
    indicator = next(each for each in measure.indicators if each.lands)
    amounts = (told(31, 1, 1), told(47, 1, 1))
    women = PartRow(code="W", name=Text(de="Frauen", en="Women"), amounts=amounts)
    crossed = (CrossedRow(region="01", group="W", amounts=amounts),)
    indicator = replace(indicator, groups=(women,), crossed=crossed)
    data = replace(data, measures=(replace(measure, indicators=(indicator,)),))
    report = publish(make_ready(data, report_type="land", scope="01"))

    page = client.get("/en/berichte/land/01/2016/1/").content.decode()
    link = figure_link(
        "", "en", report.snapshot.sha256, indicator.code, 2016, ("region", "01"), ("group", "W")
    )
    assert f'href="{PORTAL}{link}"' in page
    shown = " ".join(client.get(link).content.decode().split())
    assert ": Schleswig-Holstein, Women" in shown
    assert '<p class="public-figure"> 47' in shown
    assert client.get(link.replace("/group/W/", "/group/M/")).status_code == 404
    assert client.get(f"{link}group/W/").status_code == 404


@pytest.mark.parametrize(
    ("report_type", "scope", "link"),
    [
        ("umbrella", "ZDH", "additional_places/2016/umbrella/ZDH/"),
        ("umbrella", "ZDH", "who-reported/2016/umbrella/ZDH/"),
        ("practice", "", "files-used/2016/"),
        ("practice", "", "additional_places/2015/"),
    ],
)
def test_numbers_of_an_edition_released_alone_lead_somewhere(client, report_type, scope, link):
    report = publish(make_ready(data_with_every_section(), report_type=report_type, scope=scope))
    page = client.get(f"/en/berichte/{report_type}/{scope}/2016/1/".replace("//", "/")).content.decode()

    leads = set(re.findall(r'href="[^"]*(/en/wert/[^"]+)"', page))
    assert f"/en/wert/{report.snapshot.sha256[:16]}/{link}" in leads
    assert {client.get(address).status_code for address in leads} == {200}


def test_every_edition_of_a_snapshot_keeps_its_numbers_under_its_links(client):
    data = data_with_every_section()
    of_land = publish(make_ready(data, report_type="land", scope="05"))

    def printed(*parts):
        link = figure_link("", "en", of_land.snapshot.sha256, "headline-figures", 2016, *parts)
        found = re.search(r'<p class="public-figure">\s*([^<]*[^<\s])', client.get(link).content.decode())
        return found and found[1]

    assert (printed(), printed(("region", "05"))) == (None, "1 of 1")
    publish(make_ready(data))
    assert (printed(), printed(("region", "05"))) == ("2 of 5", "1 of 1")


def test_practice_description_opens_no_page_of_what_it_does_not_print(client):
    data = data_with_every_section()
    measures = tuple(
        replace(measure, indicators=tuple(map(with_remarks, measure.indicators))) for measure in data.measures
    )
    report = publish(make_ready(replace(data, measures=measures), report_type="practice"))
    page = client.get(path_of(report)).content.decode()

    assert '<p class="public-figure">\n    18,118' in page
    assert "of no practice" not in page
    link = figure_link("", "en", report.snapshot.sha256, "headline-figures", 2016)
    assert client.get(link).status_code == 404


def with_remarks(indicator):
    said = {
        "notes": (Text(de="Ohne Praxis", en="A note of no practice"),),
        "remarks": (Remark(text="A remark of no practice", language="en"),),
    }
    return replace(indicator, years=tuple(replace(each, **said) for each in indicator.years))


def test_numbers_of_a_lands_edition_lead_to_the_number_that_is_printed(client, released_of_a_land):
    page = client.get("/en/berichte/land/01/2016/1/").content.decode()

    leads = set(re.findall(r'href="[^"]*(/en/wert/[^"]+)"', page))
    assert leads
    assert {client.get(address).status_code for address in leads} == {200}
    assert all(address.endswith("/region/01/") for address in leads)
