import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """People without an account ask to follow; endpoints belong to partners; an address is known by its whole hash."""

    dependencies = [
        ("tracker", "0013_roles_alone_decide"),
    ]

    operations = [
        migrations.RenameField(
            model_name="address",
            old_name="folded",
            new_name="digest",
        ),
        migrations.AddField(
            model_name="endpoint",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="endpoints",
                to="tracker.partner",
            ),
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["who", "at"], name="asking_of_late")],
            },
        ),
        migrations.CreateModel(
            name="FollowRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wanted",
                    models.JSONField(
                        help_text="The filter, checked: an interest is made once it is confirmed."
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("answered", "answered"),
                                ("status_changed", "status changed"),
                                ("silence_confirmed", "silence confirmed"),
                                ("deadline_moved", "deadline moved"),
                                ("due_soon", "due in 28, 7 or 1 days"),
                                ("promise_missed", "time to act missed"),
                                ("delivered", "delivery assessed"),
                                ("contested", "contested"),
                                ("corrected", "corrected"),
                                ("withdrawn", "withdrawn"),
                                ("recommended_again", "recommended again"),
                                ("added", "added to the register"),
                                ("deadline_missed", "time to answer missed, not checked yet"),
                                ("proposal", "a proposal waits"),
                                ("endpoint_failing", "an endpoint fails"),
                                ("source_dead", "a source no longer answers"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("at_once", "by e-mail, at once"),
                            ("daily", "by e-mail, once a day"),
                            ("weekly", "by e-mail, once a week"),
                            ("webhook", "by a call to a partner's system"),
                        ],
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="tracker.address",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["asked_at"], name="follow_request_age")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["at_once", "daily", "weekly", "webhook"])),
                        name="follow_request_channel_known",
                        violation_error_message="channel: choose one of at_once, daily, weekly, webhook.",
                    ),
                    models.UniqueConstraint(fields=("address", "wanted"), name="follow_request_once"),
                ],
            },
        ),
    ]
