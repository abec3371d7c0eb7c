"""Every list asks the database as often for three entries as for one."""

from http import HTTPStatus

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction

from tests.list_pages import LIST_PAGES, WITHOUT_LISTS, WRITING
from tests.queries import exactly_queries
from tests.test_access import portal_addresses

pytestmark = pytest.mark.django_db


def read(client, address) -> tuple[int, bytes]:
    response = client.get(address)
    return response.status_code, response.getvalue()


def test_every_address_is_a_list_with_a_count_or_known_to_be_none():
    of_the_portal = {
        name for name in portal_addresses() if not name.startswith(("account_", "mfa_", "openid_"))
    }

    lists = {name.split(",")[0] for name in LIST_PAGES}
    assert lists | set(WITHOUT_LISTS) | WRITING == of_the_portal
    assert not lists & (set(WITHOUT_LISTS) | WRITING)


def test_what_writes_does_not_answer_to_get(client, sign_in):
    sign_in("data_steward", "BMAS")
    addresses = portal_addresses()

    answers = {name: client.get(addresses[name]).status_code for name in WRITING}

    assert answers == dict.fromkeys(WRITING, HTTPStatus.METHOD_NOT_ALLOWED)


@pytest.mark.parametrize("name", LIST_PAGES)
def test_list_takes_the_same_queries_however_much_it_shows(client, sign_in, name):
    """And grows with its entries. What a process keeps for later requests is kept before they are counted."""
    page = LIST_PAGES[name]
    user = sign_in(page.role, page.organisation)
    sizes = []
    for count in (1, 3):
        with transaction.atomic():
            address = page.fill(count, user)
            if page.is_kept or not sizes:
                read(client, address)
            cache.clear()
            ContentType.objects.clear_cache()
            with exactly_queries(page.queries):
                status, content = read(client, address)
            assert status == HTTPStatus.OK
            sizes.append(len(content))
            transaction.set_rollback(True)

    assert sizes[0] < sizes[1] or not page.grows
