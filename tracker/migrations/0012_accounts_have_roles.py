"""Accounts made before have the role of what they could do."""

from django.db import migrations
from django.db.models import Q

# What only administrators keep now: whoever could change one of these kept the others too.
KEPT = [f"change_{noun}" for noun in ("user", "partner", "key", "endpoint")]


def forwards(apps, schema_editor):
    """The most that somebody could do decides. Staff without any right could look at the desk's first page: they view."""
    User = apps.get_model("tracker", "User")
    staff = User.objects.filter(is_staff=True)

    def could(condition):
        return staff.filter(
            Q(**{f"user_permissions__{name}": value for name, value in condition.items()})
            | Q(**{f"groups__permissions__{name}": value for name, value in condition.items()})
        ).values("pk")

    staff.update(role="viewer")
    User.objects.filter(pk__in=could({"codename__startswith": "add_"})).update(role="editor")
    # Until now who could change a fact could publish it.
    User.objects.filter(pk__in=could({"codename__startswith": "change_"})).update(role="publisher")
    User.objects.filter(pk__in=could({"codename__in": KEPT})).update(role="administrator")
    staff.filter(is_superuser=True).update(role="administrator")


def backwards(apps, schema_editor):
    """Only administrators keep all that they can do: rights in single are given anew by hand."""
    User = apps.get_model("tracker", "User")
    User.objects.exclude(role="").update(is_staff=True)
    User.objects.filter(role="administrator").update(is_superuser=True)


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0011_roles"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
