"""Keep as a version what rows say that are older than their versions: their first change keeps what was changed."""

from django.db import migrations

LABEL = "taken_over"
KEYS = {
    "measures_indicator": "id",
    "measures_indicatoralias": "id",
    "measures_measure": "id",
    "measures_measurecontribution": "id",
    "measures_measurefunding": "id",
    "measures_meeting": "id",
    "measures_objective": "id",
    "measures_resolution": "id",
    "measures_roundindicator": "id",
    "measures_seriesbreak": "id",
    "measures_target": "id",
    "measures_targetgroup": "code",
    "partners_affiliation": "id",
    "partners_mandate": "id",
    "partners_organisation": "id",
    "partners_organisationalias": "id",
}


def statement(table: str, key: str) -> str:
    """A version of each row that has none."""
    return f"""
DO $$
DECLARE fields text;
BEGIN
    SELECT string_agg(quote_ident(column_name), ', ') INTO fields
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = '{table}version'
        AND column_name NOT LIKE 'pgh\\_%';
    EXECUTE 'INSERT INTO {table}version (pgh_created_at, pgh_label, pgh_obj_id, ' || fields || ')
        SELECT now(), ''{LABEL}'', {key}, ' || fields || ' FROM {table} t
        WHERE NOT EXISTS (SELECT FROM {table}version v WHERE v.pgh_obj_id = t.{key})';
END $$;
"""  # noqa: S608  # our own text


STATEMENT = "".join(statement(table, key) for table, key in KEYS.items())


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0214_uses_name_versions_by_a_trigger"),
        ("partners", "0006_versions_of_mandates"),
    ]

    operations = [migrations.RunSQL(STATEMENT, migrations.RunSQL.noop)]
