"""Making the register ready to serve: its tables, its data, its first staff account."""

import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.db import transaction

from tracker import garbage
from tracker.embedded.place import read_secret, write_secret
from tracker.models import Event

Say = Callable[[str, str], None]


def prepare(say: Say, *, with_cases: bool) -> None:
    """Migrate, load, and make the first account. Every step may be repeated."""
    begun = time.monotonic()
    password = FirstPassword(Path(settings.DATA_DIR) / "admin-password")
    with garbage.put_off():
        call_command("migrate", interactive=False, verbosity=0)
        say("tables", f"up to date ({time.monotonic() - begun:.1f} s)")
        load(say, with_cases=with_cases)
    make_first_account(say, password)


def load(say: Say, *, with_cases: bool) -> None:
    """The reference data first, then the cases, each in the order of their names.

    Files that no longer fit what staff have done since are refused whole: the register starts as it is, and says so.
    An empty register with files that cannot be loaded does not start.
    """
    fixtures = settings.BASE_DIR / "fixtures"
    folders = ["reference", "cases"] if with_cases else ["reference"]
    files = [str(file) for folder in folders for file in sorted((fixtures / folder).glob("*.json"))]
    begun = time.monotonic()
    try:
        call_command("load_register", *files)
    except CommandError as refused:
        if not Event.objects.exists():
            raise
        say("data", f"as staff left it; the files were not loaded: {refused}")
        return
    words = "reference data and cases" if with_cases else "reference data only (DEMO=0)"
    say("data", f"{words}, {len(files)} files ({time.monotonic() - begun:.1f} s)")


class FirstPassword:
    """The password of the first account, and its hash, which takes a second: on a first start it is made meanwhile."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.word = read_secret(file)
        self.is_new = self.word is None
        self._made: Future[str] | None = None
        if self.is_new:
            self.word = secrets.token_urlsafe(12)
            aside = ThreadPoolExecutor(1)
            self._made = aside.submit(make_password, self.word)
            aside.shutdown(wait=False)

    def keep(self) -> None:
        """In a file that only its owner may read."""
        if self.is_new:
            write_secret(self.file, f"{self.word}\n")

    def hashed(self) -> str:
        return self._made.result() if self._made else make_password(self.word)


def make_first_account(say: Say, password: FirstPassword) -> None:
    """Where nobody has an account yet: an administrator, whose password is shown now and kept in a file.

    The file comes first: a start that is killed between the two leaves a password that the next start uses.
    """
    users = get_user_model()
    if users.objects.exists():
        return
    password.keep()
    with transaction.atomic():
        admin = users.objects.create_superuser(username="admin", email="admin@localhost")
        users.objects.filter(pk=admin.pk).update(password=password.hashed())
    say("first account", f"admin, password {password.word} (shown once; kept in {password.file})")
