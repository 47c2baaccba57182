import django.db.models.deletion
import tracker.models.user
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """An account has a role, an import somebody who had it applied, and a draft may wait for a second person."""

    dependencies = [
        ("tracker", "0010_refusals_give_reasons"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "noun",
                    models.CharField(
                        choices=[("answer", "answer"), ("assessment", "assessment"), ("check", "check")],
                        max_length=14,
                    ),
                ),
                ("fact_id", models.BigIntegerField()),
                ("fact_ref", models.CharField(max_length=240)),
                ("asked_at", models.DateTimeField()),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was published, or withdrawn.", null=True
                    ),
                ),
            ],
            options={
                "verbose_name": "draft waiting for a second pair of eyes",
                "verbose_name_plural": "drafts waiting for a second pair of eyes",
                "ordering": ("asked_at", "id"),
            },
        ),
        migrations.AddField(
            model_name="import",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who had it applied or undone: the person behind what it writes.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imports_asked",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("viewer", "Viewer: reads all that staff read, writes nothing"),
                    ("editor", "Editor: enters and changes drafts"),
                    ("publisher", "Publisher: also publishes, withdraws, and changes what is public"),
                    ("administrator", "Administrator: also keeps accounts, keys and endpoints"),
                ],
                help_text="Without one they have no desk, and may only agree to what they are asked by a link.",
                max_length=13,
            ),
        ),
        migrations.AlterModelManagers(
            name="user",
            managers=[
                ("objects", tracker.models.user.People()),
            ],
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["viewer", "editor", "publisher", "administrator", ""])),
                name="user_role_known",
                violation_error_message="role: choose one of viewer, editor, publisher, administrator.",
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="second_looks_asked",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="secondlook",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["asked_at", "id"], name="second_look_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="secondlook",
            constraint=models.CheckConstraint(
                condition=models.Q(("noun__in", ("answer", "assessment", "check"))),
                name="second_look_noun_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondlook",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("noun", "fact_id"),
                name="second_look_once_a_draft",
            ),
        ),
    ]
