"""Accounts that were made before there were roles."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.running.test_migrations import empty_database, executor_of_each

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
BEFORE, AFTER = ("tracker", "0011_roles"), ("tracker", "0012_accounts_have_roles")


@pytest.fixture
def before(database_url: str) -> Iterator[Any]:
    """A register as it was just before, in a database of its own."""
    with empty_database(database_url):
        executor = executor_of_each()
        others = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] != "tracker"]
        yield executor.migrate([*others, BEFORE]).apps


def test_each_account_has_the_role_of_the_most_that_it_could_do(before: Any) -> None:
    users, groups = before.get_model("tracker", "User"), before.get_model("auth", "Group")
    permissions = before.get_model("auth", "Permission")
    nouns = before.get_model("contenttypes", "ContentType")

    def right(codename: str) -> Any:
        """Django makes them when all is migrated."""
        noun, _ = nouns.objects.get_or_create(app_label="tracker", model=codename.partition("_")[2])
        return permissions.objects.get_or_create(codename=codename, content_type=noun)[0]

    def account(name: str, *codenames: str, group: bool = False, **fields: Any) -> None:
        user = users.objects.create(username=name, **{"is_staff": True, **fields})
        rights = [right(each) for each in codenames]
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
    users = executor_of_each().migrate([AFTER]).apps.get_model("tracker", "User")
    assert dict(users.objects.values_list("username", "role")) == {
        "root": "administrator",
        "keeper": "administrator",
        "corrector": "publisher",
        "enterer": "editor",
        "reader": "viewer",
        "idle": "viewer",
        "trustee": "",
    }
