#!/usr/bin/env python
"""Django's command line for the register."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from tracker.embedded import early, place

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")
    if not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE")):
        os.environ.setdefault("EMBEDDED", "1")  # the register of this machine: see tracker/config/settings.py
    if sys.argv[1:2] == ["up"] and not {"-h", "--help"} & {*sys.argv}:
        place.take()  # before the settings are read: they hold the addresses it chooses
        early.make_cluster()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")  # the variable and what it must be: no traceback says it better
