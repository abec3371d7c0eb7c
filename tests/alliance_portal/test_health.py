import os
import subprocess
import sys

import pytest

from alliance_portal.embedded.servers import PROJECT

ASK_FOR_HEALTH = """
import django
django.setup()
from django.test import Client
response = Client().get("/healthz", headers={"host": "localhost"})
print(response.status_code, response.json())
"""


@pytest.mark.django_db
def test_health_is_public_and_names_both_servers(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "valkey": "ok"}


@pytest.mark.django_db
def test_health_tells_that_valkey_is_down(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "valkey": "down"}


def test_health_tells_that_the_database_is_down():
    answer = subprocess.run(
        [sys.executable, "-c", ASK_FOR_HEALTH],
        cwd=PROJECT,
        env=os.environ
        | {
            "DATABASE_URL": "postgres://portal@127.0.0.1:1/portal",
            "DJANGO_SETTINGS_MODULE": "alliance_portal.settings.test",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "503 {'database': 'down', 'valkey': 'ok'}\n"
