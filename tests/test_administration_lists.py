"""Every list of the administration asks the database as often for three entries as for one."""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse

from partners.models import User
from tests.factories import MembershipFactory
from tests.list_pages import ADMIN_LISTS, fill_administration
from tests.queries import exactly_queries

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def administration(django_db_setup, django_db_blocker) -> Iterator[User]:
    """Entries for every list of the administration, made once, and who may see all of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        user = MembershipFactory(role="data_steward", organisation_code="BMAS").user
        fill_administration(user)
        yield user
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", ADMIN_LISTS)
def test_list_of_the_administration_takes_the_same_queries(client, administration, model):
    client.force_login(administration)
    address = reverse(f"admin:{model.lower().replace('.', '_')}_changelist")
    everything = list(apps.get_model(model).objects.order_by("pk").values_list("pk", flat=True)[:3])
    assert len(everything) == 3
    for shown in (everything[:1], everything):
        ContentType.objects.clear_cache()
        with exactly_queries(ADMIN_LISTS[model]):
            response = client.get(address, {"pk__in": ",".join(map(str, shown))})
        assert response.context["cl"].result_count == len(shown)


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
