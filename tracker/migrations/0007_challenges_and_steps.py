import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0006_endpoints_and_subscriptions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportOwner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name": "owner of a report",
            },
        ),
        migrations.CreateModel(
            name="SecondingLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("agreed", models.BooleanField(blank=True, null=True)),
                (
                    "words",
                    models.TextField(blank=True, help_text="What the person said with it.", max_length=2000),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(editable=False, max_length=240, unique=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(editable=False)),
                ("note", models.TextField(blank=True, help_text="For staff only.", max_length=20000)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("letter", "letter"),
                            ("reminder", "reminder"),
                            ("call", "call"),
                            ("meeting", "meeting"),
                            ("foi_request", "freedom-of-information request"),
                            ("other", "other step"),
                        ],
                        max_length=11,
                    ),
                ),
                ("taken_on", models.DateField()),
                (
                    "summary",
                    models.CharField(
                        help_text="What was done, in words that may be published.", max_length=500
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        help_text="Where it can be followed: the page of a request.",
                        max_length=1000,
                    ),
                ),
                (
                    "letter",
                    models.TextField(
                        blank=True, help_text="What was sent. For staff only.", max_length=20000
                    ),
                ),
            ],
            options={
                "ordering": ("addressee", "-taken_on", "-id"),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="guard_update",
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_subject_type_known",
        ),
        migrations.AddField(
            model_name="source",
            name="redacted_file",
            field=models.FileField(
                blank=True, db_default="", default="", max_length=300, upload_to="sources/"
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="redacted_findings",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="What the check for hidden text and metadata found in the redacted copy.",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="redacted_sha256",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AlterField(
            model_name="event",
            name="subject_type",
            field=models.CharField(
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
                    ("step", "step taken by the register"),
                    ("event", "line of the ledger"),
                ],
                max_length=14,
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="about_type",
            field=models.CharField(
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
                    ("step", "step taken by the register"),
                    ("event", "line of the ledger"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="addressee",
            index=models.Index(
                condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                fields=["id"],
                name="addressee_drafts",
            ),
        ),
        migrations.AddIndex(
            model_name="addressee",
            index=models.Index(
                condition=models.Q(("answer_missed_on__isnull", False)),
                fields=["answer_missed_on", "id"],
                name="addressee_answer_missed",
            ),
        ),
        migrations.AddIndex(
            model_name="addressee",
            index=models.Index(
                condition=models.Q(("promise_missed_on__isnull", False)),
                fields=["promise_missed_on", "id"],
                name="addressee_promise_missed",
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(
                condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                fields=["id"],
                name="answer_drafts",
            ),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                fields=["id"],
                name="assessment_drafts",
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(fields=["addressee", "clock", "-checked_on"], name="check_latest"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                fields=["id"],
                name="check_drafts",
            ),
        ),
        migrations.AddIndex(
            model_name="recommendation",
            index=models.Index(
                condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                fields=["id"],
                name="recommendation_drafts",
            ),
        ),
        migrations.AddIndex(
            model_name="recommendation",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title"], name="recommendation_title_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="recommendation",
            index=models.Index(
                condition=models.Q(("published_at__isnull", False), ("withdrawn_at", None)),
                fields=["updated_at", "id"],
                name="recommendation_untouched",
            ),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(fields=["answered_latest"], name="response_answered_latest"),
        ),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(
                condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                fields=["id"],
                name="response_drafts",
            ),
        ),
        migrations.AddIndex(
            model_name="silence",
            index=models.Index(
                condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                fields=["answer_by", "id"],
                name="silence_to_second",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                fields=["id"],
                name="source_drafts",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="guard_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."archived_url" IS DISTINCT FROM (NEW."archived_url") OR OLD."dated_earliest" IS DISTINCT FROM (NEW."dated_earliest") OR OLD."dated_latest" IS DISTINCT FROM (NEW."dated_latest") OR OLD."dated_precision" IS DISTINCT FROM (NEW."dated_precision") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."file_sha256" IS DISTINCT FROM (NEW."file_sha256") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."may_be_published" IS DISTINCT FROM (NEW."may_be_published") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."publisher" IS DISTINCT FROM (NEW."publisher") OR OLD."redacted_file" IS DISTINCT FROM (NEW."redacted_file") OR OLD."redacted_findings" IS DISTINCT FROM (NEW."redacted_findings") OR OLD."redacted_sha256" IS DISTINCT FROM (NEW."redacted_sha256") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                    constraint="CONSTRAINT",
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'source' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'source ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                    hash="a458a709086f20aa4ea7c3af51495e89c1be7912",
                    operation="UPDATE",
                    pgid="pgtrigger_guard_update_3f8c7",
                    table="tracker_source",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "source.recorded",
                            "source.published",
                            "source.corrected",
                            "source.withdrawn",
                            "source.linked",
                            "body.recorded",
                            "body.published",
                            "body.corrected",
                            "body.withdrawn",
                            "body.linked",
                            "group.recorded",
                            "group.published",
                            "group.corrected",
                            "group.withdrawn",
                            "group.linked",
                            "membership.recorded",
                            "membership.published",
                            "membership.corrected",
                            "membership.withdrawn",
                            "membership.linked",
                            "regime.recorded",
                            "regime.published",
                            "regime.corrected",
                            "regime.withdrawn",
                            "regime.linked",
                            "theme.recorded",
                            "theme.published",
                            "theme.corrected",
                            "theme.withdrawn",
                            "theme.linked",
                            "report.recorded",
                            "report.published",
                            "report.corrected",
                            "report.withdrawn",
                            "report.linked",
                            "recommendation.recorded",
                            "recommendation.published",
                            "recommendation.corrected",
                            "recommendation.withdrawn",
                            "recommendation.linked",
                            "link.recorded",
                            "link.published",
                            "link.corrected",
                            "link.withdrawn",
                            "link.linked",
                            "addressee.recorded",
                            "addressee.published",
                            "addressee.corrected",
                            "addressee.withdrawn",
                            "addressee.linked",
                            "response.recorded",
                            "response.published",
                            "response.corrected",
                            "response.withdrawn",
                            "response.linked",
                            "answer.recorded",
                            "answer.published",
                            "answer.corrected",
                            "answer.withdrawn",
                            "answer.linked",
                            "assessment.recorded",
                            "assessment.published",
                            "assessment.corrected",
                            "assessment.withdrawn",
                            "assessment.linked",
                            "extension.recorded",
                            "extension.published",
                            "extension.corrected",
                            "extension.withdrawn",
                            "extension.linked",
                            "check.recorded",
                            "check.published",
                            "check.corrected",
                            "check.withdrawn",
                            "check.linked",
                            "silence.recorded",
                            "silence.published",
                            "silence.corrected",
                            "silence.withdrawn",
                            "silence.linked",
                            "development.recorded",
                            "development.published",
                            "development.corrected",
                            "development.withdrawn",
                            "development.linked",
                            "claim.recorded",
                            "claim.published",
                            "claim.corrected",
                            "claim.withdrawn",
                            "claim.linked",
                            "step.recorded",
                            "step.published",
                            "step.corrected",
                            "step.withdrawn",
                            "step.linked",
                            "event.recorded",
                            "event.published",
                            "event.corrected",
                            "event.withdrawn",
                            "event.linked",
                            "deadline.set",
                            "deadline.moved",
                            "deadline.missed",
                            "deadline.miss_retracted",
                            "promise.missed",
                            "promise.miss_retracted",
                            "silence.confirmed",
                            "silence.retracted",
                            "body.ended",
                            "duty_holder.named",
                            "wait.ended",
                            "content.erased",
                            "register.migrated",
                        ],
                    )
                ),
                name="event_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "subject_type__in",
                        [
                            "source",
                            "body",
                            "group",
                            "membership",
                            "regime",
                            "theme",
                            "report",
                            "recommendation",
                            "link",
                            "addressee",
                            "response",
                            "answer",
                            "assessment",
                            "extension",
                            "check",
                            "silence",
                            "development",
                            "claim",
                            "step",
                            "event",
                        ],
                    )
                ),
                name="event_subject_type_known",
                violation_error_message="subject_type: choose one of source, body, group, membership, regime, theme, report, recommendation, link, addressee, response, answer, assessment, extension, check, silence, development, claim, step, event.",
            ),
        ),
        migrations.AddField(
            model_name="reportowner",
            name="report",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="owner_row", to="tracker.report"
            ),
        ),
        migrations.AddField(
            model_name="reportowner",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports_owned",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="secondinglink",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="secondinglink",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seconding_links",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="secondinglink",
            name="silences",
            field=models.ManyToManyField(related_name="+", to="tracker.silence"),
        ),
        migrations.AddField(
            model_name="step",
            name="addressee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="tracker.addressee"
            ),
        ),
        migrations.AddConstraint(
            model_name="secondinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("asked_by")), _negated=True),
                name="seconding_link_to_another",
                violation_error_message="person: ask another person than yourself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondinglink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                name="seconding_link_expires",
                violation_error_message="expires_at: the link must last a while.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["letter", "reminder", "call", "meeting", "foi_request", "other"])
                ),
                name="step_kind_known",
                violation_error_message="kind: choose one of letter, reminder, call, meeting, foi_request, other.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(("summary", ""), _negated=True),
                name="step_says_what_was_done",
                violation_error_message="summary: say what was done.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="step",
            trigger=pgtrigger.compiler.Trigger(
                name="guard_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'step' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'step ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                    hash="3009b6039fd9976e18e29d77e59a872f7f01c665",
                    operation="INSERT",
                    pgid="pgtrigger_guard_insert_c8596",
                    table="tracker_step",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="step",
            trigger=pgtrigger.compiler.Trigger(
                name="guard_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."addressee_id" IS DISTINCT FROM (NEW."addressee_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."letter" IS DISTINCT FROM (NEW."letter") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."taken_on" IS DISTINCT FROM (NEW."taken_on") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                    constraint="CONSTRAINT",
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'step' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'step ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                    hash="441ccbdc260664995b7b162a74f36c2ddac26e91",
                    operation="UPDATE",
                    pgid="pgtrigger_guard_update_2f604",
                    table="tracker_step",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="step",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="02f0938e250fa3e63f88bc0cfa985ee9662472af",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_223f9",
                    table="tracker_step",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="step",
            trigger=pgtrigger.compiler.Trigger(
                name="ref_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="af72639b87e5dab491f72690fd34011d2cc2d961",
                    operation="UPDATE",
                    pgid="pgtrigger_ref_never_changes_f50e3",
                    table="tracker_step",
                    when="BEFORE",
                ),
            ),
        ),
    ]
