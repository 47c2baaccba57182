"""The settings of the tests: the register's own, made fast. They name no server until conftest.py starts one."""

import os
from pathlib import Path

# The settings of one machine, in a folder that never exists: the tests must not meet the `var/` of a running register.
os.environ.setdefault("EMBEDDED", "1")
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parent / "no-such-folder"))

from tracker.config import settings as registers
from tracker.config.settings import *

INSTALLED_APPS = [*registers.INSTALLED_APPS, "django_migration_linter"]

# One connection per test: what a test leaves open must not survive in a pool.
registers.DATABASES["default"]["OPTIONS"].pop("pool", None)
# An export of a test sees what the test wrote and has not committed.
registers.DATABASES.pop("exports")
EXPORTS_DATABASE = "default"
# A run that another run starts has a copy of its database: to migrate takes longer than most tests.
if "MIGRATED_DATABASE" in os.environ:
    registers.DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["MIGRATED_DATABASE"]}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
CELERY_BROKER_URL = os.environ.get("BROKER_URL", "redis://127.0.0.1:1/0")
# Thousands of requests in a minute come from one address here; tests of the limits set their own.
REQUESTS_PER_MINUTE_OF_AN_ADDRESS = REQUESTS_PER_MINUTE_OF_A_KEY = 0
# No public answer is kept: a test that asks twice whether a draft is told must not compare an answer with itself.
# tests/api/test_kept_answers.py keeps them.
CACHES = {**registers.CACHES, "answers": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
