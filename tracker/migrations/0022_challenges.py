import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0021_what_became_of_sources_is_told"),
    ]

    operations = [
        migrations.CreateModel(
            name="Challenge",
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
                    "about",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("addressee", "how the register shows one ask to one body"),
                            ("recommendation", "what the register says was asked"),
                            ("response", "what the register says of a response"),
                            ("answer", "how the register reads an answer"),
                            ("assessment", "what the register says was done"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "by_whom",
                    models.CharField(
                        choices=[("body", "the body"), ("affected", "those affected")], max_length=8
                    ),
                ),
                (
                    "came_by",
                    models.CharField(
                        choices=[
                            ("link", "by a link that was sent to the body"),
                            ("form", "by the public form"),
                            ("letter", "by letter or mail"),
                        ],
                        max_length=6,
                    ),
                ),
                ("received_on", models.DateField()),
                (
                    "words",
                    models.TextField(blank=True, help_text="As the challenger wrote them.", max_length=10000),
                ),
                (
                    "reply",
                    models.TextField(
                        blank=True,
                        help_text="What the register says to it. The public reads it.",
                        max_length=5000,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "upheld: the record was corrected"),
                            ("partly_upheld", "upheld in part"),
                            ("not_upheld", "not upheld: the record stands"),
                            ("declined", "not published"),
                        ],
                        max_length=13,
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True)),
                (
                    "declined_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unclear", "it does not say what of the record is wrong"),
                            ("not_the_record", "it is not about what the register says"),
                            ("names_a_person", "it tells of a person who could be known by it"),
                            ("abusive", "it is abusive"),
                            ("repeated", "the same is shown already"),
                            ("spam", "it is spam"),
                        ],
                        max_length=14,
                    ),
                ),
            ],
            options={
                "ordering": ("-received_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ReceivedChallenge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("receipt", models.UUIDField(editable=False, unique=True)),
                (
                    "by_whom",
                    models.CharField(
                        choices=[("body", "the body"), ("affected", "those affected")], max_length=8
                    ),
                ),
                (
                    "came_by",
                    models.CharField(
                        choices=[
                            ("link", "by a link that was sent to the body"),
                            ("form", "by the public form"),
                            ("letter", "by letter or mail"),
                        ],
                        max_length=6,
                    ),
                ),
                ("words", models.TextField(max_length=10000)),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for staff"),
                            ("published", "published beside the record"),
                            ("declined", "not published"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                (
                    "declined_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unclear", "it does not say what of the record is wrong"),
                            ("not_the_record", "it is not about what the register says"),
                            ("names_a_person", "it tells of a person who could be known by it"),
                            ("abusive", "it is abusive"),
                            ("repeated", "the same is shown already"),
                            ("spam", "it is spam"),
                        ],
                        max_length=14,
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="For staff only.", max_length=2000)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-received_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ReplyLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(help_text="One of the body's contacts.", max_length=254)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("next_attempt_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("outcome", models.CharField(blank=True, max_length=500)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="addressee",
            name="guard_update",
        ),
        migrations.AddField(
            model_name="addressee",
            name="under_review_since",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="addressee",
            index=models.Index(
                condition=models.Q(("under_review_since__isnull", False)),
                fields=["under_review_since", "id"],
                name="addressee_under_review",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addressee",
            trigger=pgtrigger.compiler.Trigger(
                name="guard_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."act_by" IS DISTINCT FROM (NEW."act_by") OR OLD."act_by_basis" IS DISTINCT FROM (NEW."act_by_basis") OR OLD."answer_due_basis" IS DISTINCT FROM (NEW."answer_due_basis") OR OLD."answer_due_on" IS DISTINCT FROM (NEW."answer_due_on") OR OLD."answer_due_strength" IS DISTINCT FROM (NEW."answer_due_strength") OR OLD."answer_missed_on" IS DISTINCT FROM (NEW."answer_missed_on") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."duty_holder_id" IS DISTINCT FROM (NEW."duty_holder_id") OR OLD."first_act_by" IS DISTINCT FROM (NEW."first_act_by") OR OLD."first_answer_due_on" IS DISTINCT FROM (NEW."first_answer_due_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."promise_missed_on" IS DISTINCT FROM (NEW."promise_missed_on") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."recommendation_id" IS DISTINCT FROM (NEW."recommendation_id") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."under_review_since" IS DISTINCT FROM (NEW."under_review_since") OR OLD."via_group_id" IS DISTINCT FROM (NEW."via_group_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                    constraint="CONSTRAINT",
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'addressee' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'addressee ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                    hash="8f227581888bd26624e07687436f6da43600fdcb",
                    operation="UPDATE",
                    pgid="pgtrigger_guard_update_f17eb",
                    table="tracker_addressee",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="addressee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="challenges",
                to="tracker.addressee",
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="answer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="challenges",
                to="tracker.answer",
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="assessment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="challenges",
                to="tracker.assessment",
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="body",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="challenges",
                to="tracker.body",
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="recommendation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="challenges",
                to="tracker.recommendation",
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="response",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="challenges",
                to="tracker.response",
            ),
        ),
        migrations.AddField(
            model_name="receivedchallenge",
            name="addressees",
            field=models.ManyToManyField(related_name="+", to="tracker.addressee"),
        ),
        migrations.AddField(
            model_name="receivedchallenge",
            name="body",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.body",
            ),
        ),
        migrations.AddField(
            model_name="receivedchallenge",
            name="challenges",
            field=models.ManyToManyField(
                help_text="What was made of it.", related_name="received", to="tracker.challenge"
            ),
        ),
        migrations.AddField(
            model_name="receivedchallenge",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="replylink",
            name="addressees",
            field=models.ManyToManyField(related_name="+", to="tracker.addressee"),
        ),
        migrations.AddField(
            model_name="replylink",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="replylink",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reply_links", to="tracker.body"
            ),
        ),
        migrations.AddIndex(
            model_name="challenge",
            index=models.Index(
                condition=models.Q(("outcome", ""), ("published_at__isnull", False), ("withdrawn_at", None)),
                fields=["received_on", "id"],
                name="challenge_to_settle",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("about__in", ["addressee", "recommendation", "response", "answer", "assessment", ""])
                ),
                name="challenge_about_known",
                violation_error_message="about: choose one of addressee, recommendation, response, answer, assessment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_whom__in", ["body", "affected"])),
                name="challenge_by_whom_known",
                violation_error_message="by_whom: choose one of body, affected.",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(("came_by__in", ["link", "form", "letter"])),
                name="challenge_came_by_known",
                violation_error_message="came_by: choose one of link, form, letter.",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["upheld", "partly_upheld", "not_upheld", "declined", ""])
                ),
                name="challenge_outcome_known",
                violation_error_message="outcome: choose one of upheld, partly_upheld, not_upheld, declined.",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "declined_because__in",
                        ["unclear", "not_the_record", "names_a_person", "abusive", "repeated", "spam", ""],
                    )
                ),
                name="challenge_declined_because_known",
                violation_error_message="declined_because: choose one of unclear, not_the_record, names_a_person, abusive, repeated, spam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("about", "addressee"),
                        ("addressee__isnull", False),
                        ("answer__isnull", True),
                        ("assessment__isnull", True),
                        ("recommendation__isnull", True),
                        ("response__isnull", True),
                    ),
                    models.Q(
                        ("about", "recommendation"),
                        ("addressee__isnull", True),
                        ("answer__isnull", True),
                        ("assessment__isnull", True),
                        ("recommendation__isnull", False),
                        ("response__isnull", True),
                    ),
                    models.Q(
                        ("about", "response"),
                        ("addressee__isnull", True),
                        ("answer__isnull", True),
                        ("assessment__isnull", True),
                        ("recommendation__isnull", True),
                        ("response__isnull", False),
                    ),
                    models.Q(
                        ("about", "answer"),
                        ("addressee__isnull", False),
                        ("answer__isnull", False),
                        ("assessment__isnull", True),
                        ("recommendation__isnull", True),
                        ("response__isnull", True),
                    ),
                    models.Q(
                        ("about", "assessment"),
                        ("addressee__isnull", False),
                        ("answer__isnull", True),
                        ("assessment__isnull", False),
                        ("recommendation__isnull", True),
                        ("response__isnull", True),
                    ),
                    models.Q(
                        ("about", ""),
                        ("addressee__isnull", True),
                        ("answer__isnull", True),
                        ("assessment__isnull", True),
                        ("recommendation__isnull", True),
                        ("response__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="challenge_about_one_thing",
                violation_error_message="about: a challenge contests one thing of the record.",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("about", ""),
                        ("body", None),
                        ("outcome", "declined"),
                        ("reply", ""),
                        ("words", ""),
                        models.Q(("declined_because", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("outcome", "declined"), _negated=True),
                        models.Q(("about", ""), _negated=True),
                        models.Q(("words", ""), _negated=True),
                        ("declined_because", ""),
                    ),
                    _connector="OR",
                ),
                name="challenge_declined_tells_nothing",
                violation_error_message="words: say what is contested; one that was declined keeps no words.",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "declined"),
                    models.Q(("body__isnull", False), ("by_whom", "body")),
                    models.Q(("body", None), ("by_whom", "affected")),
                    _connector="OR",
                ),
                name="challenge_by_a_body_names_it",
                violation_error_message="body: name the body that contests it; those affected are not named.",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_on", None)),
                    models.Q(("outcome", "declined"), ("settled_on__gte", models.F("received_on"))),
                    models.Q(
                        ("outcome__in", ("upheld", "partly_upheld", "not_upheld")),
                        ("settled_on__gte", models.F("received_on")),
                        models.Q(("reply", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="challenge_settled_whole",
                violation_error_message="reply: a challenge is settled on a day, with words that say why.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="challenge",
            trigger=pgtrigger.compiler.Trigger(
                name="guard_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'challenge' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'challenge ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                    hash="cddd9249f392267f1749b03dd7cd93d9fc4b6ed0",
                    operation="INSERT",
                    pgid="pgtrigger_guard_insert_ec03a",
                    table="tracker_challenge",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="challenge",
            trigger=pgtrigger.compiler.Trigger(
                name="guard_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."addressee_id" IS DISTINCT FROM (NEW."addressee_id") OR OLD."answer_id" IS DISTINCT FROM (NEW."answer_id") OR OLD."assessment_id" IS DISTINCT FROM (NEW."assessment_id") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."by_whom" IS DISTINCT FROM (NEW."by_whom") OR OLD."came_by" IS DISTINCT FROM (NEW."came_by") OR OLD."declined_because" IS DISTINCT FROM (NEW."declined_because") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."received_on" IS DISTINCT FROM (NEW."received_on") OR OLD."recommendation_id" IS DISTINCT FROM (NEW."recommendation_id") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."reply" IS DISTINCT FROM (NEW."reply") OR OLD."response_id" IS DISTINCT FROM (NEW."response_id") OR OLD."settled_on" IS DISTINCT FROM (NEW."settled_on") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."words" IS DISTINCT FROM (NEW."words"))',
                    constraint="CONSTRAINT",
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'challenge' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'challenge ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                    hash="5ea1a9569a858fb8f76c978d296a7a8fa306db1f",
                    operation="UPDATE",
                    pgid="pgtrigger_guard_update_f1837",
                    table="tracker_challenge",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="challenge",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="cb389591845113aa649d51beb8a5eba4ee4d2a5d",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_a2384",
                    table="tracker_challenge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="challenge",
            trigger=pgtrigger.compiler.Trigger(
                name="ref_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="4d6d43b503e3dc192e38f4431f10f3985f4ebe19",
                    operation="UPDATE",
                    pgid="pgtrigger_ref_never_changes_e1e85",
                    table="tracker_challenge",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="receivedchallenge",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["received_at"],
                name="received_challenge_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="receivedchallenge",
            index=models.Index(
                condition=models.Q(("state", "declined"), models.Q(("words", ""), _negated=True)),
                fields=["decided_at"],
                name="received_challenge_to_forget",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedchallenge",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_whom__in", ["body", "affected"])),
                name="received_challenge_by_whom_known",
                violation_error_message="by_whom: choose one of body, affected.",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedchallenge",
            constraint=models.CheckConstraint(
                condition=models.Q(("came_by__in", ["link", "form", "letter"])),
                name="received_challenge_came_by_known",
                violation_error_message="came_by: choose one of link, form, letter.",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedchallenge",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "published", "declined"])),
                name="received_challenge_state_known",
                violation_error_message="state: choose one of waiting, published, declined.",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedchallenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "declined_because__in",
                        ["unclear", "not_the_record", "names_a_person", "abusive", "repeated", "spam", ""],
                    )
                ),
                name="received_challenge_declined_because_known",
                violation_error_message="declined_because: choose one of unclear, not_the_record, names_a_person, abusive, repeated, spam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedchallenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="received_challenge_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedchallenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), models.Q(("declined_because", ""), _negated=True)),
                    models.Q(models.Q(("state", "declined"), _negated=True), ("declined_because", "")),
                    _connector="OR",
                ),
                name="received_challenge_declined_because",
                violation_error_message="declined_because: say why it is not published.",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedchallenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body__isnull", False), ("by_whom", "body")),
                    models.Q(("body", None), ("by_whom", "affected")),
                    _connector="OR",
                ),
                name="received_challenge_of_a_body_names_it",
            ),
        ),
        migrations.AddIndex(
            model_name="replylink",
            index=models.Index(
                condition=models.Q(("sent_at", None), ("used_at", None)),
                fields=["next_attempt_at"],
                name="reply_link_to_send",
            ),
        ),
        migrations.AddConstraint(
            model_name="replylink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                name="reply_link_expires",
                violation_error_message="expires_at: the link must last a while.",
            ),
        ),
    ]
