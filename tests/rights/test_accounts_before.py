"""Accounts that were made before there were roles."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
]  # it goes back over all that came since
BEFORE, AFTER = ("tracker", "0011_roles"), ("tracker", "0012_accounts_have_roles")


@pytest.fixture
def before() -> Iterator[Any]:
    """The register as it was just before; afterwards it is whole again."""
    executor = MigrationExecutor(connection)
    last = executor.loader.graph.leaf_nodes("tracker")
    yield executor.migrate([BEFORE]).apps
    executor = MigrationExecutor(connection)
    executor.loader.build_graph()
    executor.migrate(last)


def test_each_account_has_the_role_of_the_most_that_it_could_do(before: Any) -> None:
    users, groups = before.get_model("tracker", "User"), before.get_model("auth", "Group")
    permissions = before.get_model("auth", "Permission")

    def account(name: str, *codenames: str, group: bool = False, **fields: Any) -> None:
        user = users.objects.create(username=name, **{"is_staff": True, **fields})
        rights = permissions.objects.filter(codename__in=codenames, content_type__app_label="tracker")
        assert rights.count() == len(codenames)
        if group:
            role = groups.objects.create(name=f"group of {name}")
            role.permissions.set(rights)
            user.groups.set([role])
        else:
            user.user_permissions.set(rights)

    account("root", is_superuser=True)
    account("keeper", "change_key", "view_report")
    account("corrector", "change_report", group=True)
    account("enterer", "add_report", "view_report", group=True)
    account("reader", "view_report")
    account("idle")
    account("trustee", is_staff=False)
    executor = MigrationExecutor(connection)
    executor.loader.build_graph()
    users = executor.migrate([AFTER]).apps.get_model("tracker", "User")
    assert dict(users.objects.values_list("username", "role")) == {
        "root": "administrator",
        "keeper": "administrator",
        "corrector": "publisher",
        "enterer": "editor",
        "reader": "viewer",
        "idle": "viewer",
        "trustee": "",
    }
    users.objects.all().delete()
