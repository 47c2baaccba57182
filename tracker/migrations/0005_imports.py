import django.contrib.postgres.fields
import django.db.models.deletion
import tracker.models.event
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0004_keys_and_proposals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("feed", models.CharField(blank=True, help_text="The name of the profile.", max_length=40)),
                (
                    "definition",
                    models.TextField(
                        blank=True, help_text="The profile as it was when the file was planned."
                    ),
                ),
                ("file_name", models.CharField(max_length=300)),
                ("file_size", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "uploaded: waits for a profile"),
                            ("planning", "being read and planned"),
                            ("planned", "planned: nothing is changed yet"),
                            ("stopped", "stopped: the feed looks broken"),
                            ("applying", "being applied"),
                            ("applied", "applied"),
                            ("undoing", "being undone"),
                            ("undone", "undone"),
                            ("refused", "refused: the file could not be read"),
                        ],
                        default="uploaded",
                        max_length=8,
                    ),
                ),
                (
                    "said",
                    models.TextField(blank=True, help_text="Why it was refused or stopped, and what to do."),
                ),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("read", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("planned_at", models.DateTimeField(blank=True, null=True)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                ("overridden_because", models.TextField(blank=True, max_length=2000)),
                ("undo_reason", models.TextField(blank=True, max_length=2000)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "overridden_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports_overridden",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("xact", tracker.models.event.TransactionId()),
                ("first_event", models.BigIntegerField()),
                ("last_event", models.BigIntegerField()),
                ("undone", models.BooleanField(default=False)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="batches",
                        to="tracker.import",
                    ),
                ),
            ],
            options={
                "ordering": ("of", "id"),
            },
        ),
        migrations.CreateModel(
            name="ImportName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("rows", models.PositiveIntegerField()),
                (
                    "nearest",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=240),
                        default=list,
                        help_text="Bodies with such a name.",
                        size=None,
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "another name of a body on record"),
                            ("new", "a body that is not on record yet"),
                            ("leave", "leave its rows out"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("government", "government"),
                            ("government_department", "government department"),
                            ("government_directorate", "part of a government department"),
                            ("legislature", "legislature"),
                            ("parliamentary_committee", "parliamentary committee"),
                            ("police_force", "police force"),
                            ("local_policing_body", "local policing body"),
                            ("national_policing_body", "national policing body"),
                            ("inspectorate", "inspectorate"),
                            ("oversight_body", "oversight body"),
                            ("commissioner", "commissioner"),
                            ("ombudsman", "ombudsman"),
                            ("inquiry", "inquiry"),
                            ("coroner", "coroner"),
                            ("judicial_office", "judicial office"),
                            ("professional_body", "professional body"),
                            ("local_authority", "local authority"),
                            ("nhs_body", "NHS body"),
                            ("ngo", "non-governmental organisation"),
                            ("state", "state"),
                            ("company", "company"),
                            ("other", "other body"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.body",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="tracker.import"
                    ),
                ),
            ],
            options={
                "ordering": ("-rows", "name"),
            },
        ),
        migrations.CreateModel(
            name="ImportPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="tracker.import"
                    ),
                ),
            ],
            options={
                "ordering": ("of", "number"),
            },
        ),
        migrations.CreateModel(
            name="ImportProfile",
            fields=[
                ("name", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("definition", models.TextField(max_length=100000)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_profiles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("feed", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField(help_text="Its number in the file.")),
                ("key", models.CharField(max_length=40)),
                ("report_key", models.CharField(max_length=40)),
                ("ask_key", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=40)),
                ("said", models.JSONField(default=dict)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "new"),
                            ("changed", "changed"),
                            ("same", "same as on record"),
                            ("conflict", "conflict: a person must decide"),
                            ("rejected", "rejected: it cannot be read"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "problems",
                    models.JSONField(default=list, help_text="Column, value, reason and fix of each."),
                ),
                ("changes", models.JSONField(default=list, help_text="What, from, to.")),
                (
                    "facts",
                    models.JSONField(
                        default=dict, help_text="The public names of what the row was written to."
                    ),
                ),
                (
                    "broken",
                    models.BooleanField(
                        default=False, help_text="It lost its bodies, or turned back to unanswered."
                    ),
                ),
                ("applied", models.BooleanField(default=False)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="tracker.import"
                    ),
                ),
            ],
            options={
                "ordering": ("of", "number"),
            },
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(
                condition=models.Q(("state__in", ("planning", "applying", "undoing"))),
                fields=["id"],
                name="import_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "uploaded",
                            "planning",
                            "planned",
                            "stopped",
                            "applying",
                            "applied",
                            "undoing",
                            "undone",
                            "refused",
                        ],
                    )
                ),
                name="import_state_known",
                violation_error_message="state: choose one of uploaded, planning, planned, stopped, applying, applied, undoing, undone, refused.",
            ),
        ),
        migrations.AddConstraint(
            model_name="importname",
            constraint=models.CheckConstraint(
                condition=models.Q(("choice__in", ["same", "new", "leave", ""])),
                name="importname_choice_known",
                violation_error_message="choice: choose one of same, new, leave.",
            ),
        ),
        migrations.AddConstraint(
            model_name="importname",
            constraint=models.UniqueConstraint(fields=("of", "name"), name="import_name_once"),
        ),
        migrations.AddConstraint(
            model_name="importpart",
            constraint=models.UniqueConstraint(fields=("of", "number"), name="import_part_once"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                models.F("feed"),
                models.F("key"),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("applied", True)),
                name="importrow_known",
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(("applied", True)), fields=["feed", "report_key"], name="importrow_reports"
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["of", "report_key", "ask_key", "number"], name="importrow_by_report"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["of", "number"], name="importrow_by_number"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["new", "changed", "same", "conflict", "rejected", ""])),
                name="importrow_outcome_known",
                violation_error_message="outcome: choose one of new, changed, same, conflict, rejected.",
            ),
        ),
    ]
