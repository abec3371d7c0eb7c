"""The test suite: real PostgreSQL, real Valkey, cheap passwords."""

from alliance_portal.settings.base import *  # noqa: F403  # settings are meant to be inherited whole

SECRET_KEY = "only-for-tests"  # noqa: S105  # not a secret: no installation uses it
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
STATIC_ROOT = None  # nothing is collected: files come from where they lie
WHITENOISE_USE_FINDERS = True
