"""The register's own settings, with the addresses of its rivals beside its own (`rivals.py`)."""

from tracker.config.settings import *

ROOT_URLCONF = "benchmarks.rivals"
