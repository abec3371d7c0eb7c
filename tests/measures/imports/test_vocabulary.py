"""What the reader is told about organisations that came, merged and went."""

import datetime as dt

import pytest

from measures.selectors.imports.vocabulary import vocabulary_from_database
from partners.models import Organisation

pytestmark = pytest.mark.django_db


def test_merged_chamber_is_told_with_its_days_and_its_successor():
    successor = Organisation.objects.get(code="IHK-142")
    Organisation.objects.filter(code="IHK-101").update(
        valid_from=dt.date(2015, 3, 1), valid_until=dt.date(2017, 12, 31), successor=successor
    )

    terms = {term.code: term for term in vocabulary_from_database(None).organisations}

    merged, other = terms["IHK-101"], terms["IHK-142"]
    assert (merged.valid_from, merged.valid_until) == (dt.date(2015, 3, 1), dt.date(2017, 12, 31))
    assert merged.successor == "IHK-142"
    assert [merged.existed_in(year) for year in (2014, 2015, 2017, 2018)] == [False, True, True, False]
    assert (other.valid_from, other.valid_until, other.successor) == (None, None, "")
    assert other.existed_in(1990)
