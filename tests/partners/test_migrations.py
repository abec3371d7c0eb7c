"""Operations of a migration that run as one."""

import pgtrigger
import pgtrigger.migrations
import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from partners.migrations._together import Together


def of_planets(*operations):
    migration = migrations.Migration("0001_planets", "partners")
    migration.operations = operations
    return migration


def columns_of(*tables):
    with connection.cursor() as cursor:
        found = set(connection.introspection.table_names(cursor))
        return {
            table: [each.name for each in connection.introspection.get_table_description(cursor, table)]
            for table in tables
            if table in found
        }


@pytest.mark.django_db
def test_operations_together_do_what_they_do_one_by_one_and_are_undone_from_the_last_one():
    create = [
        migrations.CreateModel("Moon", [("planet", models.ForeignKey("Planet", models.CASCADE))]),
        migrations.CreateModel("Planet", [("name", models.CharField(max_length=9))]),
        pgtrigger.migrations.AddTrigger("planet", pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)),
    ]
    change = [
        migrations.AddField("Planet", "mass", models.IntegerField(default=0)),
        migrations.AlterField("Planet", "name", models.TextField()),
        migrations.AddConstraint("Planet", models.UniqueConstraint(fields=["name"], name="planet_name")),
    ]
    tables = ("partners_moon", "partners_planet")
    together = of_planets(Together(create), Together(change))

    with connection.schema_editor() as editor:
        state = together.apply(ProjectState(), editor)
    assert columns_of(*tables) == {
        "partners_moon": ["id", "planet_id"],
        "partners_planet": ["id", "name", "mass"],
    }
    one_by_one = of_planets(*create, *change).mutate_state(ProjectState())
    assert state == one_by_one

    with connection.schema_editor() as editor:
        together.unapply(ProjectState(), editor)
    assert columns_of(*tables) == {}


DEFINITIONS = """
SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'
"""


def definitions():
    with connection.cursor() as cursor:
        cursor.execute(DEFINITIONS)
        return set(cursor)


@pytest.mark.long
def test_newest_migrations_are_undone_and_done_again(transactional_db):
    before = definitions()

    call_command("migrate", "measures", "0206", verbosity=0)
    call_command("migrate", "partners", "0003", verbosity=0)
    assert not {"measures_targetversion", "partners_organisationversion"} & {row[0] for row in definitions()}
    call_command("migrate", verbosity=0)

    assert definitions() == before
