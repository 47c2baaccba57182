import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0003_reading"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True)),
                (
                    "contact",
                    models.CharField(
                        help_text="A person and an address, for when a key misbehaves.", max_length=300
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="RateCount",
            fields=[
                ("caller", models.UUIDField(primary_key=True, serialize=False)),
                ("begun_at", models.DateTimeField()),
                ("granted", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["begun_at"], name="rate_count_begun")],
            },
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "prefix",
                    models.CharField(help_text="How the key begins: no secret.", max_length=12, unique=True),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("read", "read the public register, at the key's own rate"),
                                (
                                    "propose",
                                    "propose responses, progress and corrections, and see what became of them",
                                ),
                                ("manage:webhooks", "say which addresses are called when something changes"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, help_text="To five minutes or so.", null=True),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="tracker.partner"
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scopes__contained_by", ["read", "propose", "manage:webhooks"]),
                            ("scopes__len__gt", 0),
                        ),
                        name="key_scopes_known",
                        violation_error_message="Choose what the key may do.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="key_expires_after_it_is_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at", None), ("revoked_by__isnull", False), _connector="OR"
                        ),
                        name="key_revoked_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(editable=False, unique=True)),
                ("idempotency_key", models.CharField(max_length=128)),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("response", "a body answered"),
                            ("progress", "something was delivered, or was not"),
                            ("correction", "the register says something that is wrong"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "about_type",
                    models.CharField(
                        choices=[
                            ("source", "source"),
                            ("body", "body"),
                            ("group", "group"),
                            ("membership", "membership of a group"),
                            ("regime", "regime"),
                            ("theme", "theme"),
                            ("report", "report"),
                            ("recommendation", "recommendation"),
                            ("link", "link between recommendations"),
                            ("addressee", "addressee"),
                            ("response", "response"),
                            ("answer", "answer"),
                            ("assessment", "assessment"),
                            ("extension", "extension"),
                            ("check", "check"),
                            ("silence", "silence"),
                            ("development", "development"),
                            ("claim", "contested claim"),
                            ("event", "line of the ledger"),
                        ],
                        max_length=20,
                    ),
                ),
                ("about_ref", models.CharField(max_length=240)),
                ("said", models.JSONField()),
                ("answer", models.TextField()),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for the register's staff"),
                            ("taken_up", "staff took it up"),
                            ("declined", "staff declined it, and say why"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="The partner reads it.", max_length=2000)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="tracker.partner",
                    ),
                ),
            ],
            options={
                "ordering": ("-received_at", "-id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["partner"], name="proposal_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner", "idempotency_key"), name="proposal_once_an_idempotency_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["response", "progress", "correction"])),
                        name="proposal_kind_known",
                        violation_error_message="kind: choose one of response, progress, correction.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "taken_up", "declined"])),
                        name="proposal_state_known",
                        violation_error_message="state: choose one of waiting, taken_up, declined.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_declined_with_a_reason",
                        violation_error_message="Say why: the partner reads it.",
                    ),
                ],
            },
        ),
        # Counts of requests need not outlive a crash: they are not written to the log.
        migrations.RunSQL(
            "ALTER TABLE tracker_ratecount SET UNLOGGED", "ALTER TABLE tracker_ratecount SET LOGGED"
        ),
    ]
