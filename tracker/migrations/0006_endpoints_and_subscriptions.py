import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def followed_news():
    """What everybody heard of who followed a report before there was a choice."""
    return ["answered", "deadline_missed", "promise_missed"]


class Migration(migrations.Migration):
    """Who is told of what becomes a choice: filters, kinds of news, channels, endpoints."""

    dependencies = [
        ("tracker", "0005_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("folded", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("suspended_at", models.DateTimeField(blank=True, null=True)),
                ("suspended_because", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name_plural": "addresses",
            },
        ),
        migrations.CreateModel(
            name="AddresseeSeen",
            fields=[
                (
                    "addressee",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="seen",
                        serialize=False,
                        to="tracker.addressee",
                    ),
                ),
                ("status", models.CharField(max_length=30)),
                ("due_on", models.DateField(null=True)),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=600), size=None
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("milliseconds", models.PositiveIntegerField()),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Empty: no answer came.", null=True
                    ),
                ),
                ("outcome", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(max_length=1000)),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="What it is, in the owner's words.", max_length=200
                    ),
                ),
                ("contact", models.EmailField(help_text="Who is written to when it fails.", max_length=254)),
                ("secret", models.CharField(editable=False, max_length=100)),
                ("old_secret", models.CharField(blank=True, editable=False, max_length=100)),
                ("old_secret_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(editable=False)),
                ("failing_since", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "failures",
                    models.PositiveIntegerField(
                        default=0, editable=False, help_text="Since the last success."
                    ),
                ),
                ("rests_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("last_success_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("disabled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("disabled_because", models.CharField(blank=True, editable=False, max_length=200)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted", models.JSONField(unique=True)),
                (
                    "fields",
                    models.PositiveSmallIntegerField(help_text="How many different fields its terms name."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InterestTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=500)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="message",
            name="message_once_an_action_and_user",
        ),
        migrations.RemoveIndex(
            model_name="message",
            name="message_due",
        ),
        migrations.AddField(
            model_name="message",
            name="body",
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="event",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="tracker.event",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="mail_to",
            field=models.EmailField(
                blank=True,
                help_text="Of a letter to nobody's account: the contact of an endpoint.",
                max_length=254,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("news", "the news of one action"),
                    ("digest", "the news of a day or a week"),
                    ("letter", "words of our own, written when it was made"),
                    ("call", "one public line, to a partner's system"),
                    ("ping", "a test of a partner's system"),
                ],
                default="news",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="addressee",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.addressee",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="clock",
            field=models.CharField(
                blank=True,
                choices=[("answer", "the time to answer"), ("act", "the time to act")],
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="created_at",
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="notice",
            name="days_before",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="matter",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="notice",
            name="news",
            field=models.CharField(
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
                default="answered",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="subscription",
            name="channel",
            field=models.CharField(
                choices=[
                    ("at_once", "by e-mail, at once"),
                    ("daily", "by e-mail, once a day"),
                    ("weekly", "by e-mail, once a week"),
                    ("webhook", "by a call to a partner's system"),
                ],
                default="at_once",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
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
                default=followed_news,
                size=None,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="message",
            name="message_id",
            field=models.CharField(max_length=200),
        ),
        migrations.AlterField(
            model_name="message",
            name="user",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="corrections",
                to="tracker.notice",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="event",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="tracker.event",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="message",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="tracker.message",
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="subscriptions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                models.F("subscription"),
                models.F("id"),
                condition=models.Q(("dropped_because", ""), ("message", None), ("told", False)),
                name="notice_waits_for_a_digest",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("corrects__isnull", False)), fields=["corrects"], name="notice_corrected"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "news__in",
                        [
                            "answered",
                            "status_changed",
                            "silence_confirmed",
                            "deadline_moved",
                            "due_soon",
                            "promise_missed",
                            "delivered",
                            "contested",
                            "corrected",
                            "withdrawn",
                            "recommended_again",
                            "added",
                            "deadline_missed",
                            "proposal",
                            "endpoint_failing",
                            "source_dead",
                        ],
                    )
                ),
                name="notice_news_known",
                violation_error_message="news: choose one of answered, status_changed, silence_confirmed, deadline_moved, due_soon, promise_missed, delivered, contested, corrected, withdrawn, recommended_again, added, deadline_missed, proposal, endpoint_failing, source_dead.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("days_before__isnull", False)),
                fields=("addressee", "clock", "due_on", "days_before", "subscription"),
                name="notice_once_a_reminder",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("matter", ""), _negated=True),
                fields=("matter", "subscription"),
                name="notice_once_a_matter",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days_before", None), ("event__isnull", False), ("matter", "")),
                    models.Q(
                        ("days_before__isnull", False),
                        ("due_on__isnull", False),
                        ("event", None),
                        ("matter", ""),
                        ("addressee__isnull", False),
                        models.Q(("clock", ""), _negated=True),
                    ),
                    models.Q(("days_before", None), ("event", None), models.Q(("matter", ""), _negated=True)),
                    _connector="OR",
                ),
                name="notice_of_one_thing",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="address",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="tracker.address",
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="address",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="subscriptions",
                to="tracker.address",
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attempts_made",
                to="tracker.message",
            ),
        ),
        migrations.AddField(
            model_name="endpoint",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="endpoints",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="endpoint",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="tracker.endpoint",
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="endpoint",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="subscriptions",
                to="tracker.endpoint",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("endpoint", None), ("state__in", ["pending", "sending"])),
                fields=["next_attempt_at"],
                name="message_mail_due",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("endpoint__isnull", False), ("state__in", ["pending", "sending"])),
                fields=["endpoint", "next_attempt_at"],
                name="message_call_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("message_id",), name="message_id_once"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("user", "action"),
                name="message_once_an_action_and_user",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("address__isnull", False)),
                fields=("address", "action"),
                name="message_once_an_action_and_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("endpoint__isnull", False)),
                fields=("endpoint", "event"),
                name="message_once_an_event_and_endpoint",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["news", "digest", "letter", "call", "ping"])),
                name="message_purpose_known",
                violation_error_message="purpose: choose one of news, digest, letter, call, ping.",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address", None), ("endpoint", None), ("mail_to", ""), ("user__isnull", False)),
                    models.Q(("address__isnull", False), ("endpoint", None), ("mail_to", ""), ("user", None)),
                    models.Q(("address", None), ("endpoint__isnull", False), ("mail_to", ""), ("user", None)),
                    models.Q(
                        ("address", None),
                        ("endpoint", None),
                        ("purpose", "letter"),
                        ("user", None),
                        models.Q(("mail_to", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="message_to_one_reader",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("endpoint__isnull", False), ("purpose__in", ["call", "ping"])),
                    models.Q(("endpoint", None), models.Q(("purpose__in", ["call", "ping"]), _negated=True)),
                    _connector="OR",
                ),
                name="message_call_to_an_endpoint",
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="interest",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="subscriptions",
                to="tracker.interest",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["at_once", "daily", "weekly", "webhook"])),
                name="subscription_channel_known",
                violation_error_message="channel: choose one of at_once, daily, weekly, webhook.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address", None), ("endpoint", None), ("user__isnull", False)),
                    models.Q(("address__isnull", False), ("endpoint", None), ("user", None)),
                    models.Q(("address", None), ("endpoint__isnull", False), ("user", None)),
                    _connector="OR",
                ),
                name="subscription_of_one_reader",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "webhook"), ("endpoint__isnull", False)),
                    models.Q(("endpoint", None), models.Q(("channel", "webhook"), _negated=True)),
                    _connector="OR",
                ),
                name="subscription_endpoint_by_webhook",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kinds__contained_by",
                        [
                            "answered",
                            "status_changed",
                            "silence_confirmed",
                            "deadline_moved",
                            "due_soon",
                            "promise_missed",
                            "delivered",
                            "contested",
                            "corrected",
                            "withdrawn",
                            "recommended_again",
                            "added",
                            "deadline_missed",
                            "proposal",
                            "endpoint_failing",
                            "source_dead",
                        ],
                    ),
                    ("kinds__len__gt", 0),
                ),
                name="subscription_kinds_known",
                violation_error_message="kinds: choose some of answered, status_changed, silence_confirmed, deadline_moved, due_soon, promise_missed, delivered, contested, corrected, withdrawn, recommended_again, added, deadline_missed, proposal, endpoint_failing, source_dead.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                fields=("user", "interest", "channel"),
                name="subscription_once_a_user",
                violation_error_message="You follow this already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                fields=("address", "interest", "channel"),
                name="subscription_once_a_address",
                violation_error_message="You follow this already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                fields=("endpoint", "interest", "channel"),
                name="subscription_once_a_endpoint",
                violation_error_message="You follow this already.",
            ),
        ),
        migrations.AddField(
            model_name="interestterm",
            name="interest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="tracker.interest"
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disabled_at", None), ("disabled_because", "")),
                    models.Q(
                        ("disabled_at__isnull", False), models.Q(("disabled_because", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="endpoint_disabled_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="endpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("old_secret", ""), ("old_secret_until", None)),
                    models.Q(
                        ("old_secret_until__isnull", False), models.Q(("old_secret", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="endpoint_old_secret_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="interestterm",
            constraint=models.UniqueConstraint(
                fields=("field", "value", "interest"), name="interest_term_once"
            ),
        ),
    ]
