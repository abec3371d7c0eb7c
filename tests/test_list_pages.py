"""Every list asks the database as often for three entries as for one."""

from http import HTTPStatus

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from tests.list_pages import ADMIN_LISTS, LIST_PAGES, WITHOUT_LISTS, WRITING, fill_administration
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


@pytest.mark.parametrize("name", sorted(WRITING))
def test_what_writes_does_not_answer_to_get(client, sign_in, name):
    sign_in("data_steward", "BMAS")

    assert client.get(portal_addresses()[name]).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize("name", [name for name, page in LIST_PAGES.items() if page.grows])
def test_list_grows_with_its_entries(client, sign_in, name):
    page = LIST_PAGES[name]
    user = sign_in(page.role, page.organisation)
    sizes = []
    for count in (1, 3):
        with transaction.atomic():
            sizes.append(len(read(client, page.fill(count, user))[1]))
            transaction.set_rollback(True)

    assert sizes[0] < sizes[1]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", LIST_PAGES)
def test_list_takes_the_same_queries_however_much_it_shows(client, sign_in, name, count):
    page = LIST_PAGES[name]
    user = sign_in(page.role, page.organisation)
    address = page.fill(count, user)
    assert read(client, address)[0] == HTTPStatus.OK
    cache.clear()
    ContentType.objects.clear_cache()

    with exactly_queries(page.queries):
        read(client, address)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("model", ADMIN_LISTS)
def test_list_of_the_administration_takes_the_same_queries(client, sign_in, model, count):
    user = sign_in("data_steward", "BMAS")
    fill_administration(user)
    shown = list(apps.get_model(model).objects.order_by("pk").values_list("pk", flat=True)[:count])
    assert len(shown) == count
    address = reverse(f"admin:{model.lower().replace('.', '_')}_changelist")
    wanted = {"pk__in": ",".join(map(str, shown))}
    response = client.get(address, wanted)
    assert response.context["cl"].result_count == count
    ContentType.objects.clear_cache()

    with exactly_queries(ADMIN_LISTS[model]):
        client.get(address, wanted)


def test_every_list_of_the_administration_is_counted_or_closed_to_all(client, sign_in):
    sign_in("data_steward", "BMAS")
    opened = {
        model._meta.label
        for model in admin.site._registry
        if client.get(
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        ).status_code
        == HTTPStatus.OK
    }

    assert opened == set(ADMIN_LISTS)
