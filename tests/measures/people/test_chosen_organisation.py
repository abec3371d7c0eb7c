"""Who works for several organisations narrows the lists to one of them; rights stay what they are."""

import datetime as dt

import pytest
from django.urls import reverse

from measures.models import Submission
from partners.models import Organisation
from partners.permissions import access_for
from tests.factories import MembershipFactory
from tests.measures.meetings.making import make_commitment
from tests.measures.reviewing import commented
from tests.measures.spreadsheets import receive, row, workbook
from tests.measures.submissions import YEAR, extended, make_submission, move

pytestmark = pytest.mark.django_db

COLOGNE, AACHEN, CRAFTS = "IHK-142", "IHK-101", "HWK-00032"
RECORDING = reverse("measures:submission_list") + f"?year={YEAR}"


@pytest.fixture
def person(sign_in):
    """Records for two chambers."""
    user = sign_in("contributor", COLOGNE)
    MembershipFactory(user=user, role="contributor", organisation_code=AACHEN)
    return user


@pytest.fixture
def both(person, client):
    """Both chambers' submissions; ids by code."""
    client.force_login(person)  # the second role has ended the session
    return {code: make_submission(code).pk for code in (COLOGNE, AACHEN)}


def choose(client, code, back="/"):
    return client.post(reverse("partners:organisation_choose"), {"organisation": code, "next": back})


def listed(client, address):
    page = client.get(address)
    return {code for code, name in ((COLOGNE, "IHK Köln"), (AACHEN, "IHK Aachen")) if name in rows(page)}


def rows(page):
    text = page.content.decode()
    return text[text.index('<main id="content"') :].partition("<tbody")[2]


def test_lists_show_all_organisations_until_one_is_chosen(client, both):
    assert listed(client, RECORDING) == {COLOGNE, AACHEN}

    response = choose(client, AACHEN, RECORDING)

    assert (response.status_code, response.url) == (302, RECORDING)
    assert listed(client, RECORDING) == {AACHEN}
    assert client.get(RECORDING).context["access"].organisation_name == "IHK Aachen"
    choose(client, "")
    assert listed(client, RECORDING) == {COLOGNE, AACHEN}


def test_choice_narrows_the_start_page(client, both):
    def due():
        to_report = next(each for each in client.get("/").context["main"] if each.key == "to-report")
        return [each.title for each in to_report.entries]

    assert due() == [f"IHK Aachen, {YEAR}", f"IHK Köln, {YEAR}"]
    choose(client, AACHEN)
    assert due() == [f"IHK Aachen, {YEAR}"]


def test_choice_narrows_what_the_start_page_shows_of_the_others(client, person, both):
    for code in both:
        make_commitment(code)
        submission = Submission.objects.get(pk=both[code])
        commented(submission, with_file=False)
        extended(submission, submission.round.closes_on + dt.timedelta(days=9))
        run = receive(workbook([row(5, organisation=code)]), person, name=f"{code}.xlsx")
        run.supplier = Organisation.objects.get(code=code)
        run.status = "ready"
        run.save(update_fields=["supplier", "status"])

    def named():
        page = client.get("/").content.decode()
        main = page[page.index("<h1") :]  # above it stand the organisations that one works for
        return [main.count("IHK Aachen"), main.count("IHK Köln"), main.count(f"{COLOGNE}.xlsx")]

    before = named()
    choose(client, AACHEN)
    assert before[1:] == [before[0], 1]
    after = named()
    assert (after[0] >= before[0] > 3, after[1:]) == (True, [0, 0])


def test_choice_narrows_the_list_of_imports(client, person, both):
    for code in both:
        run = receive(workbook([row(5, organisation=code)]), person)
        run.supplier = Organisation.objects.get(code=code)
        run.save(update_fields=["supplier"])

    choose(client, AACHEN)

    runs = client.get(reverse("measures:import_list")).context["page"].object_list
    assert [each.supplier.code for each in runs] == [AACHEN]


def test_choice_neither_gives_nor_takes_a_right(client, person, both):
    everything = access_for(person)

    choose(client, AACHEN)
    narrowed = access_for(person, Organisation.objects.get(code=AACHEN).pk)

    assert client.get(reverse("measures:submission_detail", args=[both[COLOGNE]])).status_code == 200
    for right in ("contributes_to", "coordinates", "represents", "roles", "memberships"):
        assert getattr(narrowed, right) == getattr(everything, right)


def test_choosing_an_organisation_of_others_is_not_found(client, both):
    assert choose(client, CRAFTS).status_code == 404
    assert listed(client, RECORDING) == {COLOGNE, AACHEN}


def test_choice_ends_with_the_role(client, person, both):
    choose(client, AACHEN)

    person.memberships.filter(organisation__code=AACHEN).delete()
    client.force_login(person)
    session = client.session
    session["chosen_organisation"] = Organisation.objects.get(code=AACHEN).pk
    session.save()

    assert listed(client, RECORDING) == {COLOGNE}


def test_way_back_leads_nowhere_else(client, both):
    assert choose(client, AACHEN, "https://example.org/").url == "/"
    assert choose(client, AACHEN, "//example.org/").url == "/"


def test_umbrella_chosen_shows_its_members_and_reviewing_body_shows_all(client, sign_in):
    user = sign_in("coordinator", "DIHK")
    MembershipFactory(user=user, role="reviewer", organisation_code="BMAS")
    client.force_login(user)
    for code in (COLOGNE, CRAFTS):
        move(make_submission(code), "submitted")
    review = reverse("measures:review_list") + f"?year={YEAR}"

    def waiting():
        return {each[0].organisation.code for each in client.get(review).context["rows"]}

    assert waiting() == {COLOGNE, CRAFTS}
    choose(client, "DIHK")
    assert waiting() == {COLOGNE}
    choose(client, "BMAS")
    assert waiting() == {COLOGNE, CRAFTS}


def test_only_those_with_several_are_offered_a_choice(client, sign_in, person, both):
    assert 'name="organisation"' in client.get("/").content.decode()
    sign_in("contributor", COLOGNE)
    assert 'name="organisation"' not in client.get("/").content.decode()
