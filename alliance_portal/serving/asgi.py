"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from alliance_portal.garbage_collection import collect_between_requests
from alliance_portal.serving import pages
from alliance_portal.serving.front import Front
from alliance_portal.serving.limits import WebLimits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance_portal.settings.production")
os.environ["PORTAL_IS_WEB"] = "1"  # the settings give pages shorter limits than tasks

application = Front(get_wsgi_application(), WebLimits.from_settings())

# Everything is loaded before the first request comes, so that it is answered as quickly as the next.
get_resolver().url_patterns  # noqa: B018  # loads the views
pages.prepare(application.limits)
collect_between_requests()
