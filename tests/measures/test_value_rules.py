"""Each rule of values stands in SQL and in Python; both say the same of every value."""

from decimal import Decimal
from itertools import product

import pytest
from django.db import connection

from measures.rules.values import DECIMALS_KEPT, NOT_NEGATIVE

VALUES = [Decimal(text) for text in ("0", "-0.5", "-3", "7", "1.5", "1.50", "2.345", "-2.3450", "0.0001")]
INDICATORS = list(product(range(5), (False, True)))


@pytest.mark.django_db
@pytest.mark.parametrize("rule", [NOT_NEGATIVE, DECIMALS_KEPT], ids=lambda rule: rule.code)
def test_database_and_reader_judge_every_value_alike(rule):
    predicate = rule.sql.format(value="%s::numeric", indicator="n")

    for value, (decimals, may_be_negative) in product(VALUES, INDICATORS):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {predicate} FROM (VALUES (%s, %s)) AS n(decimals, may_be_negative)",
                [*[value] * rule.sql.count("{value}"), decimals, may_be_negative],
            )
            [in_database] = cursor.fetchone()

        assert rule.is_broken(value, decimals, may_be_negative) == in_database, (value, decimals)
