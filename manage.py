#!/usr/bin/env python
"""Django's command-line entry point, with a database even where none is installed."""

import os
import sys

from django.core.management import execute_from_command_line

from alliance_portal import embedded

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance_portal.settings.dev")
    try:
        embedded.provide()
    except embedded.ServersUnavailableError as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)
