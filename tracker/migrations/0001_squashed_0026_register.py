"""The whole register as it stood at 0026, for those who begin: one migration in place of 26, three seconds in place of 16.

Whoever has the 26 has this one. They stay until no register is older; then `replaces` goes, and they go.
"""

import datetime
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import tracker.models.event
import tracker.models.user
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models

from tracker.migrations._search import SEARCH
from tracker.migrations._together import together


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("tracker", "0001_register"),
        ("tracker", "0002_search"),
        ("tracker", "0003_reading"),
        ("tracker", "0004_keys_and_proposals"),
        ("tracker", "0005_imports"),
        ("tracker", "0006_endpoints_and_subscriptions"),
        ("tracker", "0007_challenges_and_steps"),
        ("tracker", "0008_follows_become_interests"),
        ("tracker", "0009_subscriptions_have_interests"),
        ("tracker", "0010_refusals_give_reasons"),
        ("tracker", "0011_roles"),
        ("tracker", "0012_accounts_have_roles"),
        ("tracker", "0013_roles_alone_decide"),
        ("tracker", "0014_people_follow_by_mail"),
        ("tracker", "0015_endpoints_and_subscriptions_have_names"),
        ("tracker", "0016_imports_tell_when_they_began"),
        ("tracker", "0017_terms_that_lead"),
        ("tracker", "0018_which_terms_lead"),
        ("tracker", "0019_what_is_due_in_order"),
        ("tracker", "0020_sources_are_watched"),
        ("tracker", "0021_what_became_of_sources_is_told"),
        ("tracker", "0022_challenges"),
        ("tracker", "0023_log"),
        ("tracker", "0024_challenge_lines"),
        ("tracker", "0025_endpoints_are_deleted"),
        ("tracker", "0026_words_become_days"),
    ]

    dependencies = []

    operations = [
        *together(
            [
                TrigramExtension(),
                UnaccentExtension(),
                BtreeGistExtension(),
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
                        ("digest", models.CharField(max_length=64, unique=True)),
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
                    name="Addressee",
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
                        ("answer_due_on", models.DateField(blank=True, null=True)),
                        ("first_answer_due_on", models.DateField(blank=True, null=True)),
                        ("answer_due_basis", models.CharField(blank=True, max_length=1000)),
                        (
                            "answer_due_strength",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("statutory", "set by law"),
                                    ("convention", "kept by custom, no law"),
                                    ("stated", "stated by whoever asks"),
                                    ("none", "no time to answer is set"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("act_by", models.DateField(blank=True, null=True)),
                        ("first_act_by", models.DateField(blank=True, null=True)),
                        ("act_by_basis", models.CharField(blank=True, max_length=1000)),
                        ("answer_missed_on", models.DateField(blank=True, null=True)),
                        ("promise_missed_on", models.DateField(blank=True, null=True)),
                        ("under_review_since", models.DateField(blank=True, editable=False, null=True)),
                        ("answer_sweep_on", models.DateField(blank=True, editable=False, null=True)),
                        ("promise_sweep_on", models.DateField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "ordering": ("recommendation", "body", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="AlertCursor",
                    fields=[
                        ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                        (
                            "number",
                            models.BigIntegerField(
                                default=0, help_text="The last number of the chain of all lines read."
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Answer",
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
                            "on_behalf",
                            models.BooleanField(
                                default=False,
                                help_text="Given for the addressee by a body that is not it, nor a joint author.",
                            ),
                        ),
                        (
                            "holding",
                            models.BooleanField(
                                default=False, help_text="Acknowledged, not answered: it stops no clock."
                            ),
                        ),
                        (
                            "position",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accepted", "Accepted"),
                                    ("accepted_in_principle", "Accepted in principle"),
                                    ("partially_accepted", "Partially accepted"),
                                    ("already_in_place", "Says it was already in place"),
                                    ("rejected", "Not accepted"),
                                    ("disputed", "Disputed: contests the reasons, does not refuse in terms"),
                                    ("noted", "Noted, no more said"),
                                    ("deferred", "Deferred"),
                                    ("refers_elsewhere", "Points to another body's answer"),
                                    ("not_applicable", "Says it is not theirs to answer"),
                                    ("unclear", "Answered; the words do not settle the position"),
                                    ("unread", "An answer was located; the register has not read it yet"),
                                ],
                                max_length=21,
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("their_words", "the body's own words"),
                                    ("our_reading", "our reading"),
                                ],
                                default="our_reading",
                                max_length=11,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("evidence", "contests the evidence"),
                                    ("resources", "lacks the means"),
                                    ("law", "says the law does not allow it"),
                                    ("not_our_remit", "says it is outside its remit"),
                                    ("alternative_offered", "offers something else"),
                                    ("already_done", "says it is done"),
                                    ("none_given", "gives no reason"),
                                ],
                                max_length=19,
                            ),
                        ),
                        ("conditions", models.TextField(blank=True, max_length=2000)),
                        ("summary", models.TextField(blank=True, max_length=5000)),
                        ("quote", models.CharField(blank=True, max_length=500)),
                        (
                            "waits_for",
                            models.CharField(
                                blank=True, help_text="What it waits for, in words.", max_length=300
                            ),
                        ),
                        (
                            "wait_ended_on",
                            models.DateField(blank=True, help_text="The day on which it came.", null=True),
                        ),
                        (
                            "decision",
                            models.SlugField(
                                blank=True,
                                help_text="One word for the decision it is part of: one decision that answers five asks counts once.",
                                max_length=100,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(editable=False)),
                    ],
                    options={
                        "ordering": ("addressee", "id"),
                    },
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
                ),
                migrations.CreateModel(
                    name="Assessment",
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
                            "also_see",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=1000),
                                blank=True,
                                default=list,
                                help_text="Other pages that say so.",
                                size=None,
                            ),
                        ),
                        (
                            "verification",
                            models.CharField(
                                choices=[
                                    ("read", "read in the source"),
                                    ("excerpt", "read in an excerpt of the source"),
                                    ("secondary", "said by another source; the original was not read"),
                                    ("inferred", "worked out from facts in the source"),
                                    ("unverified", "not checked yet; not shown to the public"),
                                ],
                                default="unverified",
                                max_length=12,
                            ),
                        ),
                        (
                            "view",
                            models.CharField(
                                choices=[
                                    ("claimed", "the body's own claim"),
                                    ("independent", "an independent assessment"),
                                    ("affected", "the people affected"),
                                    ("verdict", "the register's verdict"),
                                ],
                                max_length=11,
                            ),
                        ),
                        (
                            "implementation",
                            models.CharField(
                                choices=[
                                    ("not_started", "Not started"),
                                    ("in_progress", "In progress"),
                                    ("stalled", "Stalled"),
                                    ("partially_implemented", "Partially implemented"),
                                    ("implemented", "Implemented"),
                                    ("not_implemented", "Not implemented"),
                                    ("superseded", "Superseded"),
                                    ("withdrawn", "Withdrawn"),
                                    ("cannot_determine", "Cannot be determined"),
                                ],
                                max_length=21,
                            ),
                        ),
                        ("assessed_earliest", models.DateField(blank=True, null=True)),
                        ("assessed_latest", models.DateField(blank=True, null=True)),
                        (
                            "assessed_precision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month only"),
                                    ("year", "the year only"),
                                    ("by", "so by that day; since when is not known"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("summary", models.TextField(blank=True, max_length=5000)),
                    ],
                    options={
                        "ordering": ("addressee", "view", "-assessed_latest", "-id"),
                    },
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
                    name="Body",
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
                            "also_see",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=1000),
                                blank=True,
                                default=list,
                                help_text="Other pages that say so.",
                                size=None,
                            ),
                        ),
                        (
                            "verification",
                            models.CharField(
                                choices=[
                                    ("read", "read in the source"),
                                    ("excerpt", "read in an excerpt of the source"),
                                    ("secondary", "said by another source; the original was not read"),
                                    ("inferred", "worked out from facts in the source"),
                                    ("unverified", "not checked yet; not shown to the public"),
                                ],
                                default="unverified",
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        (
                            "kind",
                            models.CharField(
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
                        ("jurisdiction", models.CharField(blank=True, max_length=100)),
                        ("url", models.URLField(blank=True, max_length=1000)),
                        (
                            "other_names",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=300),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "identifiers",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="Identifier by scheme: wikidata, whatdotheyknow.",
                            ),
                        ),
                        (
                            "contacts",
                            models.JSONField(
                                blank=True, default=list, help_text="For staff only: purpose and address."
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "bodies",
                        "ordering": ("name", "id"),
                    },
                ),
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
                            models.TextField(
                                blank=True, help_text="As the challenger wrote them.", max_length=10000
                            ),
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
                    name="Check",
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
                            "clock",
                            models.CharField(
                                choices=[("answer", "the time to answer"), ("act", "the time to act")],
                                default="answer",
                                max_length=6,
                            ),
                        ),
                        ("checked_on", models.DateField()),
                        ("where_looked", models.TextField(max_length=2000)),
                        (
                            "finding",
                            models.CharField(
                                choices=[("nothing", "nothing found"), ("found", "an answer found")],
                                max_length=7,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("addressee", "-checked_on", "-id"),
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
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
                            "also_see",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=1000),
                                blank=True,
                                default=list,
                                help_text="Other pages that say so.",
                                size=None,
                            ),
                        ),
                        (
                            "verification",
                            models.CharField(
                                choices=[
                                    ("read", "read in the source"),
                                    ("excerpt", "read in an excerpt of the source"),
                                    ("secondary", "said by another source; the original was not read"),
                                    ("inferred", "worked out from facts in the source"),
                                    ("unverified", "not checked yet; not shown to the public"),
                                ],
                                default="unverified",
                                max_length=12,
                            ),
                        ),
                        ("text", models.TextField(max_length=2000)),
                        ("position_of_report", models.TextField(blank=True, max_length=2000)),
                    ],
                    options={
                        "ordering": ("id",),
                    },
                ),
                migrations.CreateModel(
                    name="ClaimContester",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ("claim", "position"),
                    },
                ),
                migrations.CreateModel(
                    name="ClaimMaker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ("claim", "position"),
                    },
                ),
                migrations.CreateModel(
                    name="Development",
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
                            "also_see",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=1000),
                                blank=True,
                                default=list,
                                help_text="Other pages that say so.",
                                size=None,
                            ),
                        ),
                        (
                            "verification",
                            models.CharField(
                                choices=[
                                    ("read", "read in the source"),
                                    ("excerpt", "read in an excerpt of the source"),
                                    ("secondary", "said by another source; the original was not read"),
                                    ("inferred", "worked out from facts in the source"),
                                    ("unverified", "not checked yet; not shown to the public"),
                                ],
                                default="unverified",
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("origin", "what led to the report"),
                                    ("process", "step of the procedure"),
                                    ("publication", "publication"),
                                    ("finding", "finding"),
                                    ("policy", "policy or guidance"),
                                    ("law", "law"),
                                    ("treaty", "treaty"),
                                    ("parliament", "debate or vote"),
                                    ("reminder", "reminder"),
                                    ("foi", "freedom-of-information request"),
                                    ("statement", "statement by a body that was not addressed"),
                                    ("reaction", "reaction"),
                                    ("progress", "progress"),
                                    ("research", "research"),
                                    ("statistic", "statistic"),
                                    ("review", "later review"),
                                    ("non_response_list", "list of non-responses"),
                                    ("dispute", "dispute"),
                                    ("related", "related matter"),
                                ],
                                max_length=17,
                            ),
                        ),
                        ("happened_earliest", models.DateField(blank=True, null=True)),
                        ("happened_latest", models.DateField(blank=True, null=True)),
                        (
                            "happened_precision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month only"),
                                    ("year", "the year only"),
                                    ("by", "so by that day; since when is not known"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("summary", models.TextField(max_length=5000)),
                    ],
                    options={
                        "ordering": ("-happened_latest", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentBody",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ("development", "position"),
                    },
                ),
                migrations.CreateModel(
                    name="DevelopmentRecommendation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ("development", "position"),
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
                        (
                            "ref",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                default=uuid.uuid4,
                                editable=False,
                                unique=True,
                            ),
                        ),
                        ("url", models.URLField(max_length=1000)),
                        (
                            "name",
                            models.CharField(
                                blank=True, help_text="What it is, in the owner's words.", max_length=200
                            ),
                        ),
                        (
                            "contact",
                            models.EmailField(help_text="Who is written to when it fails.", max_length=254),
                        ),
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
                        ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "ordering": ("id",),
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        (
                            "subject_type",
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
                                    ("step", "step taken by the register"),
                                    ("challenge", "challenge"),
                                    ("event", "line of the ledger"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("subject_id", models.BigIntegerField()),
                        ("is_public", models.BooleanField()),
                        ("occurred_on", models.DateField(null=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("staff", "staff of the register"),
                                    ("loader", "loaded from files"),
                                    ("clock", "recorded by the register's clock"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("action", models.UUIDField()),
                        ("public_hash", models.BinaryField(max_length=32, null=True)),
                        ("staff_hash", models.BinaryField(max_length=32)),
                        (
                            "xact",
                            tracker.models.event.TransactionId(
                                db_default=tracker.models.event.CurrentTransactionId(), editable=False
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
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
                            "also_see",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=1000),
                                blank=True,
                                default=list,
                                help_text="Other pages that say so.",
                                size=None,
                            ),
                        ),
                        (
                            "verification",
                            models.CharField(
                                choices=[
                                    ("read", "read in the source"),
                                    ("excerpt", "read in an excerpt of the source"),
                                    ("secondary", "said by another source; the original was not read"),
                                    ("inferred", "worked out from facts in the source"),
                                    ("unverified", "not checked yet; not shown to the public"),
                                ],
                                default="unverified",
                                max_length=12,
                            ),
                        ),
                        (
                            "clock",
                            models.CharField(
                                choices=[("answer", "the time to answer"), ("act", "the time to act")],
                                max_length=6,
                            ),
                        ),
                        ("old_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("granted_earliest", models.DateField(blank=True, null=True)),
                        ("granted_latest", models.DateField(blank=True, null=True)),
                        (
                            "granted_precision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month only"),
                                    ("year", "the year only"),
                                    ("by", "so by that day; since when is not known"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("reason", models.TextField(blank=True, max_length=2000)),
                    ],
                    options={
                        "ordering": ("addressee", "clock", "granted_latest", "id"),
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
                    ],
                ),
                migrations.CreateModel(
                    name="Group",
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
                            "also_see",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=1000),
                                blank=True,
                                default=list,
                                help_text="Other pages that say so.",
                                size=None,
                            ),
                        ),
                        (
                            "verification",
                            models.CharField(
                                choices=[
                                    ("read", "read in the source"),
                                    ("excerpt", "read in an excerpt of the source"),
                                    ("secondary", "said by another source; the original was not read"),
                                    ("inferred", "worked out from facts in the source"),
                                    ("unverified", "not checked yet; not shown to the public"),
                                ],
                                default="unverified",
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        (
                            "members_called",
                            models.CharField(
                                default="bodies",
                                help_text="What to call its members in a sentence: forces.",
                                max_length=60,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("name", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="Import",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "feed",
                            models.CharField(blank=True, help_text="The name of the profile.", max_length=40),
                        ),
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
                            models.TextField(
                                blank=True, help_text="Why it was refused or stopped, and what to do."
                            ),
                        ),
                        ("counts", models.JSONField(blank=True, default=dict)),
                        ("read", models.PositiveIntegerField(default=0)),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("created_at", models.DateTimeField()),
                        ("planned_at", models.DateTimeField(blank=True, null=True)),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "begun_at",
                            models.DateTimeField(
                                blank=True, help_text="When a worker began with it.", null=True
                            ),
                        ),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("overridden_because", models.TextField(blank=True, max_length=2000)),
                        ("undo_reason", models.TextField(blank=True, max_length=2000)),
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
                            models.JSONField(
                                default=list, help_text="Column, value, reason and fix of each."
                            ),
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
                    ],
                    options={
                        "ordering": ("of", "number"),
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
                            models.PositiveSmallIntegerField(
                                help_text="How many different fields its terms name."
                            ),
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
                        ("leads", models.BooleanField(db_default=False, default=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="JointAuthor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ("response", "position"),
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
                            models.CharField(
                                help_text="How the key begins: no secret.", max_length=12, unique=True
                            ),
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
                                        (
                                            "manage:webhooks",
                                            "say which addresses are called when something changes",
                                        ),
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
                    ],
                    options={
                        "ordering": ("-made_at", "-id"),
                    },
                ),
                migrations.CreateModel(
                    name="LedgerHead",
                    fields=[
                        ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                        ("number", models.BigIntegerField()),
                        ("hash", models.BinaryField(max_length=32)),
                        ("public_number", models.BigIntegerField()),
                        ("public_hash", models.BinaryField(max_length=32)),
                        ("epoch", models.UUIDField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Link",
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
                                    ("repeats", "repeats"),
                                    ("depends_on", "depends on"),
                                    ("supersedes", "supersedes"),
                                    ("alternative_to", "is an alternative to"),
                                    ("related_to", "is related to"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "relation",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("same", "the same ask"),
                                    ("wider", "a wider ask"),
                                    ("narrower", "a narrower ask"),
                                    ("fallback", "a lesser ask, should the first be refused"),
                                ],
                                max_length=8,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("recommendation", "kind", "other"),
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                            "from_on",
                            models.DateField(
                                blank=True, help_text="The first day of it; empty if not known.", null=True
                            ),
                        ),
                        (
                            "until_on",
                            models.DateField(blank=True, help_text="The first day after it.", null=True),
                        ),
                    ],
                    options={
                        "ordering": ("group", "body", "from_on"),
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
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
                        (
                            "mail_to",
                            models.EmailField(
                                blank=True,
                                help_text="Of a letter to nobody's account: the contact of an endpoint.",
                                max_length=254,
                            ),
                        ),
                        ("action", models.UUIDField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "waiting to be sent"),
                                    ("sending", "taken by a worker"),
                                    ("sent", "sent"),
                                    ("dropped", "not sent: no longer true or public"),
                                    ("failed", "given up"),
                                ],
                                default="pending",
                                max_length=7,
                            ),
                        ),
                        ("message_id", models.CharField(max_length=200)),
                        ("subject", models.CharField(blank=True, max_length=300)),
                        ("text", models.TextField(blank=True)),
                        ("html", models.TextField(blank=True)),
                        ("body", models.BinaryField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        (
                            "next_attempt_at",
                            models.DateTimeField(help_text="While it is being sent: the end of the lease."),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        "ordering": ("id",),
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "news",
                            models.CharField(
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
                        ),
                        (
                            "clock",
                            models.CharField(
                                blank=True,
                                choices=[("answer", "the time to answer"), ("act", "the time to act")],
                                max_length=6,
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("days_before", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("matter", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField()),
                        ("told", models.BooleanField(default=False)),
                        ("dropped_because", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "ordering": ("id",),
                    },
                ),
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
                                help_text="A person and an address, for when a key misbehaves.",
                                max_length=300,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("name",),
                    },
                ),
                migrations.CreateModel(
                    name="PendingSeal",
                    fields=[
                        ("xact", tracker.models.event.TransactionId(primary_key=True, serialize=False)),
                        ("first_event", models.BigIntegerField()),
                    ],
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
                                    ("step", "step taken by the register"),
                                    ("challenge", "challenge"),
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
                        (
                            "reason",
                            models.TextField(blank=True, help_text="The partner reads it.", max_length=2000),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ("-received_at", "-id"),
                    },
                ),
                migrations.CreateModel(
                    name="PublicSeal",
                    fields=[
                        ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("leaf", models.BinaryField(max_length=32)),
                        ("hash", models.BinaryField(max_length=32)),
                    ],
                ),
                migrations.CreateModel(
                    name="Publisher",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ("report", "position"),
                    },
                ),
                migrations.CreateModel(
                    name="RateCount",
                    fields=[
                        ("caller", models.UUIDField(primary_key=True, serialize=False)),
                        ("begun_at", models.DateTimeField()),
                        ("granted", models.IntegerField()),
                    ],
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
                        (
                            "reason",
                            models.TextField(blank=True, help_text="For staff only.", max_length=2000),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ("-received_at", "-id"),
                    },
                ),
                migrations.CreateModel(
                    name="Recommendation",
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
                            "also_see",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=1000),
                                blank=True,
                                default=list,
                                help_text="Other pages that say so.",
                                size=None,
                            ),
                        ),
                        (
                            "verification",
                            models.CharField(
                                choices=[
                                    ("read", "read in the source"),
                                    ("excerpt", "read in an excerpt of the source"),
                                    ("secondary", "said by another source; the original was not read"),
                                    ("inferred", "worked out from facts in the source"),
                                    ("unverified", "not checked yet; not shown to the public"),
                                ],
                                default="unverified",
                                max_length=12,
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                blank=True,
                                help_text="As printed: 3a, Action 1; empty if none.",
                                max_length=40,
                            ),
                        ),
                        (
                            "limb",
                            models.CharField(
                                blank=True, help_text="Which part of a recommendation it is.", max_length=40
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("recommendation", "recommendation"),
                                    ("action", "action the publishers set themselves or each other"),
                                    ("commitment", "promise a body made of its own accord"),
                                    ("duty", "duty laid by law"),
                                ],
                                default="recommendation",
                                max_length=14,
                            ),
                        ),
                        ("title", models.CharField(max_length=300)),
                        ("text", models.TextField(blank=True, max_length=20000)),
                        (
                            "quote",
                            models.CharField(
                                blank=True, help_text="A short quotation, if one is needed.", max_length=500
                            ),
                        ),
                        ("asked_earliest", models.DateField(blank=True, null=True)),
                        ("asked_latest", models.DateField(blank=True, null=True)),
                        (
                            "asked_precision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month only"),
                                    ("year", "the year only"),
                                    ("by", "so by that day; since when is not known"),
                                ],
                                max_length=5,
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, help_text="Its place in the report."),
                        ),
                        (
                            "aggregate",
                            models.BooleanField(
                                default=False, help_text="One row that stands for several asks."
                            ),
                        ),
                        (
                            "answer_due_on",
                            models.DateField(
                                blank=True, help_text="The day it names for the answer.", null=True
                            ),
                        ),
                        (
                            "act_by",
                            models.DateField(
                                blank=True, help_text="The day it names for the deed.", null=True
                            ),
                        ),
                        (
                            "act_by_kind",
                            models.CharField(
                                choices=[
                                    ("period", "a number of days, weeks or months"),
                                    ("fixed", "by a day that is named"),
                                    ("immediate", "at once"),
                                    ("no_date", "as soon as possible, or no time at all"),
                                    ("after_event", "once something else has happened"),
                                ],
                                default="no_date",
                                max_length=12,
                            ),
                        ),
                        (
                            "act_by_text",
                            models.CharField(
                                blank=True, help_text="By when, in the words of the source.", max_length=300
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("report", "position", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="RecommendationTheme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ("recommendation", "position"),
                    },
                ),
                migrations.CreateModel(
                    name="Regime",
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
                            "also_see",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=1000),
                                blank=True,
                                default=list,
                                help_text="Other pages that say so.",
                                size=None,
                            ),
                        ),
                        (
                            "verification",
                            models.CharField(
                                choices=[
                                    ("read", "read in the source"),
                                    ("excerpt", "read in an excerpt of the source"),
                                    ("secondary", "said by another source; the original was not read"),
                                    ("inferred", "worked out from facts in the source"),
                                    ("unverified", "not checked yet; not shown to the public"),
                                ],
                                default="unverified",
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=300)),
                        ("jurisdiction", models.CharField(blank=True, max_length=100)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("period", "a number of days, weeks or months"),
                                    ("fixed", "by a day that is named"),
                                    ("immediate", "at once"),
                                    ("no_date", "as soon as possible, or no time at all"),
                                    ("after_event", "once something else has happened"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("amount", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("calendar_days", "calendar days"),
                                    ("working_days", "working days"),
                                    ("weeks", "weeks"),
                                    ("months", "months"),
                                ],
                                max_length=13,
                            ),
                        ),
                        (
                            "counting",
                            models.CharField(
                                choices=[
                                    ("inclusive", "the starting day is day 1"),
                                    ("exclusive", "the day after the starting day is day 1"),
                                    (
                                        "unverified",
                                        "not read in the rule: the later of the two days is taken",
                                    ),
                                ],
                                default="unverified",
                                max_length=10,
                            ),
                        ),
                        (
                            "starts_from",
                            models.CharField(
                                choices=[
                                    ("issued", "the day the ask was made or sent"),
                                    ("published", "the day the report was published"),
                                    ("received", "the day the body received it"),
                                ],
                                default="published",
                                max_length=9,
                            ),
                        ),
                        ("starts_from_text", models.CharField(blank=True, max_length=300)),
                        (
                            "calendar",
                            models.CharField(
                                choices=[
                                    ("england_and_wales", "England and Wales"),
                                    ("scotland", "Scotland"),
                                    ("northern_ireland", "Northern Ireland"),
                                    ("any_uk", "a holiday in any part of the United Kingdom"),
                                    ("none", "weekends only"),
                                ],
                                default="england_and_wales",
                                max_length=17,
                            ),
                        ),
                        ("rolls_over_weekends", models.BooleanField(default=False)),
                        (
                            "counts_on",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("written", "written"),
                                    ("received", "received by whoever asked"),
                                    ("published", "published"),
                                ],
                                help_text="Which date of a response counts; empty: the earliest known.",
                                max_length=9,
                            ),
                        ),
                        (
                            "strength",
                            models.CharField(
                                choices=[
                                    ("statutory", "set by law"),
                                    ("convention", "kept by custom, no law"),
                                    ("stated", "stated by whoever asks"),
                                    ("none", "no time to answer is set"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "automatic",
                            models.BooleanField(
                                default=False,
                                help_text="The rule and its start were read: it may set deadlines by itself.",
                            ),
                        ),
                        ("in_force_from", models.DateField(blank=True, null=True)),
                        (
                            "applies_to",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("what_is_due", models.TextField(blank=True, max_length=2000)),
                        ("extension_allowed", models.TextField(blank=True, max_length=2000)),
                        ("on_silence", models.TextField(blank=True, max_length=2000)),
                    ],
                    options={
                        "ordering": ("name", "id"),
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
                        (
                            "address",
                            models.EmailField(help_text="One of the body's contacts.", max_length=254),
                        ),
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
                migrations.CreateModel(
                    name="Report",
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
                            "also_see",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=1000),
                                blank=True,
                                default=list,
                                help_text="Other pages that say so.",
                                size=None,
                            ),
                        ),
                        (
                            "verification",
                            models.CharField(
                                choices=[
                                    ("read", "read in the source"),
                                    ("excerpt", "read in an excerpt of the source"),
                                    ("secondary", "said by another source; the original was not read"),
                                    ("inferred", "worked out from facts in the source"),
                                    ("unverified", "not checked yet; not shown to the public"),
                                ],
                                default="unverified",
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=500)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("police_super_complaint_submission", "police super-complaint"),
                                    ("police_super_complaint_report", "report on a police super-complaint"),
                                    ("inspection_report", "inspection report"),
                                    ("government_review", "government review"),
                                    ("commissioner_report", "commissioner's report"),
                                    ("select_committee_report", "parliamentary committee report"),
                                    ("human_rights_institution_report", "human rights institution report"),
                                    ("statutory_inquiry", "statutory inquiry"),
                                    ("non_statutory_inquiry", "non-statutory inquiry"),
                                    ("coroner_report", "coroner's report"),
                                    ("non_response_list", "list of non-responses"),
                                    ("ombudsman_report", "ombudsman's report"),
                                    ("civil_society_submission", "submission by civil society"),
                                    ("campaign_call", "campaign call"),
                                    ("act", "Act"),
                                    ("other", "other document"),
                                ],
                                max_length=40,
                            ),
                        ),
                        ("dated_earliest", models.DateField(blank=True, null=True)),
                        ("dated_latest", models.DateField(blank=True, null=True)),
                        (
                            "dated_precision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month only"),
                                    ("year", "the year only"),
                                    ("by", "so by that day; since when is not known"),
                                ],
                                max_length=5,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-dated_latest", "ref"),
                    },
                ),
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
                    name="Response",
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
                            "also_see",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=1000),
                                blank=True,
                                default=list,
                                help_text="Other pages that say so.",
                                size=None,
                            ),
                        ),
                        (
                            "verification",
                            models.CharField(
                                choices=[
                                    ("read", "read in the source"),
                                    ("excerpt", "read in an excerpt of the source"),
                                    ("secondary", "said by another source; the original was not read"),
                                    ("inferred", "worked out from facts in the source"),
                                    ("unverified", "not checked yet; not shown to the public"),
                                ],
                                default="unverified",
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=500)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("formal", "formal answer"),
                                    ("announcement", "announcement"),
                                    ("update", "update"),
                                    ("holding", "acknowledged, not answered"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("written_earliest", models.DateField(blank=True, null=True)),
                        ("written_latest", models.DateField(blank=True, null=True)),
                        (
                            "written_precision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month only"),
                                    ("year", "the year only"),
                                    ("by", "so by that day; since when is not known"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("received_earliest", models.DateField(blank=True, null=True)),
                        ("received_latest", models.DateField(blank=True, null=True)),
                        (
                            "received_precision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month only"),
                                    ("year", "the year only"),
                                    ("by", "so by that day; since when is not known"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("published_earliest", models.DateField(blank=True, null=True)),
                        ("published_latest", models.DateField(blank=True, null=True)),
                        (
                            "published_precision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month only"),
                                    ("year", "the year only"),
                                    ("by", "so by that day; since when is not known"),
                                ],
                                max_length=5,
                            ),
                        ),
                        (
                            "date_text",
                            models.CharField(
                                blank=True, help_text="What the source says of its date.", max_length=300
                            ),
                        ),
                        (
                            "answered_earliest",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Least(
                                    models.F("written_earliest"),
                                    models.F("received_earliest"),
                                    models.F("published_earliest"),
                                ),
                                output_field=models.DateField(null=True),
                            ),
                        ),
                        (
                            "answered_latest",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Least(
                                    models.F("written_latest"),
                                    models.F("received_latest"),
                                    models.F("published_latest"),
                                ),
                                output_field=models.DateField(null=True),
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-answered_latest", "id"),
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("leaf", models.BinaryField(max_length=32)),
                        ("hash", models.BinaryField(max_length=32)),
                    ],
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
                            models.TextField(
                                blank=True, help_text="What the person said with it.", max_length=2000
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-id",),
                    },
                ),
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
                                choices=[
                                    ("answer", "answer"),
                                    ("assessment", "assessment"),
                                    ("check", "check"),
                                ],
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
                migrations.CreateModel(
                    name="Silence",
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
                        ("told_on", models.DateField(help_text="The day on which the body was told.")),
                        (
                            "told_how",
                            models.CharField(
                                help_text="By letter, by e-mail, and to which office.", max_length=500
                            ),
                        ),
                        (
                            "answer_by",
                            models.DateField(help_text="The last day of the time the body was given."),
                        ),
                    ],
                    options={
                        "ordering": ("addressee", "-told_on", "-id"),
                    },
                ),
                migrations.CreateModel(
                    name="Source",
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
                                    ("page", "web page"),
                                    ("letter", "letter"),
                                    ("email", "e-mail"),
                                    ("foi_answer", "answer to a freedom-of-information request"),
                                    ("hansard", "record of parliament"),
                                    ("legislation", "legislation"),
                                    ("press", "press report"),
                                    ("reference", "common reference knowledge, not checked one by one"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("title", models.CharField(max_length=500)),
                        ("url", models.URLField(blank=True, max_length=1000)),
                        (
                            "publisher",
                            models.CharField(
                                blank=True, help_text="Who published it, as it names itself.", max_length=300
                            ),
                        ),
                        ("dated_earliest", models.DateField(blank=True, null=True)),
                        ("dated_latest", models.DateField(blank=True, null=True)),
                        (
                            "dated_precision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("day", "the day"),
                                    ("month", "the month only"),
                                    ("year", "the year only"),
                                    ("by", "so by that day; since when is not known"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("archived_url", models.URLField(blank=True, max_length=1000)),
                        (
                            "state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("moved", "answers at another address"),
                                    ("gone", "no longer answers"),
                                    ("changed", "says something else than it did"),
                                ],
                                db_default="",
                                default="",
                                editable=False,
                                max_length=7,
                            ),
                        ),
                        (
                            "state_on",
                            models.DateField(
                                blank=True, editable=False, help_text="When that was found.", null=True
                            ),
                        ),
                        (
                            "moved_to",
                            models.URLField(
                                blank=True, db_default="", default="", editable=False, max_length=1000
                            ),
                        ),
                        ("file", models.FileField(blank=True, max_length=300, upload_to="sources/")),
                        ("file_sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "redacted_file",
                            models.FileField(
                                blank=True, db_default="", default="", max_length=300, upload_to="sources/"
                            ),
                        ),
                        (
                            "redacted_sha256",
                            models.CharField(blank=True, db_default="", default="", max_length=64),
                        ),
                        (
                            "redacted_findings",
                            models.TextField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="What the check for hidden text and metadata found in the redacted copy.",
                            ),
                        ),
                        (
                            "may_be_published",
                            models.BooleanField(
                                default=False,
                                help_text="Whoever sent the file allows the register to publish it.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("title", "id"),
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
                migrations.CreateModel(
                    name="Subscription",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ref",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                default=uuid.uuid4,
                                editable=False,
                                unique=True,
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
                                default="at_once",
                                max_length=8,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="TaskRun",
                    fields=[
                        ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                        ("finished_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Theme",
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
                        ("name", models.CharField(max_length=120, unique=True)),
                    ],
                    options={
                        "ordering": ("name",),
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        (
                            "first_name",
                            models.CharField(blank=True, max_length=150, verbose_name="first name"),
                        ),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="date joined"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("viewer", "Viewer: reads all that staff read, writes nothing"),
                                    ("editor", "Editor: enters and changes drafts"),
                                    (
                                        "publisher",
                                        "Publisher: also publishes, withdraws, and changes what is public",
                                    ),
                                    (
                                        "administrator",
                                        "Administrator: also keeps accounts, keys and endpoints",
                                    ),
                                ],
                                help_text="Without one they have no desk, and may only agree to what they are asked by a link.",
                                max_length=13,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "user",
                        "verbose_name_plural": "users",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role__in", ["viewer", "editor", "publisher", "administrator", ""])
                                ),
                                name="user_role_known",
                                violation_error_message="role: choose one of viewer, editor, publisher, administrator.",
                            )
                        ],
                    },
                    managers=[
                        ("objects", tracker.models.user.People()),
                    ],
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="user",
                    trigger=pgtrigger.compiler.Trigger(
                        name="name_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."username" IS DISTINCT FROM (NEW."username"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="46426fc8ea65319702d804906c7b5263de7c71c8",
                            operation="UPDATE",
                            pgid="pgtrigger_name_never_changes_2e28c",
                            table="tracker_user",
                            when="BEFORE",
                        ),
                    ),
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
                migrations.AddConstraint(
                    model_name="alertcursor",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="alert_cursor_one_row"
                    ),
                ),
                migrations.AddField(
                    model_name="answer",
                    name="addressee",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="tracker.addressee",
                    ),
                ),
                migrations.AddIndex(
                    model_name="asking",
                    index=models.Index(fields=["who", "at"], name="asking_of_late"),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="addressee",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="tracker.addressee",
                    ),
                ),
                migrations.AddField(
                    model_name="body",
                    name="overseen_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="oversees",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="body",
                    name="parent",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="body",
                    name="successor",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="made_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="answer",
                    name="points_to",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pointed_to",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="addressee",
                    name="body",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addressed",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="addressee",
                    name="duty_holder",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Who holds it now that the body has ended.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="tracker.body",
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
                    model_name="check",
                    name="addressee",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="tracker.addressee",
                    ),
                ),
                migrations.AddField(
                    model_name="claimcontester",
                    name="body",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_contester_rows",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="claimcontester",
                    name="claim",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contester_rows",
                        to="tracker.claim",
                    ),
                ),
                migrations.AddField(
                    model_name="claim",
                    name="contested_by",
                    field=models.ManyToManyField(
                        related_name="claims_contested", through="tracker.ClaimContester", to="tracker.body"
                    ),
                ),
                migrations.AddField(
                    model_name="claimmaker",
                    name="body",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_maker_rows",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="claimmaker",
                    name="claim",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="maker_rows",
                        to="tracker.claim",
                    ),
                ),
                migrations.AddField(
                    model_name="claim",
                    name="made_by",
                    field=models.ManyToManyField(
                        related_name="claims_made", through="tracker.ClaimMaker", to="tracker.body"
                    ),
                ),
                migrations.AddField(
                    model_name="developmentbody",
                    name="body",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="development_rows",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="developmentbody",
                    name="development",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="body_rows",
                        to="tracker.development",
                    ),
                ),
                migrations.AddField(
                    model_name="development",
                    name="bodies",
                    field=models.ManyToManyField(
                        related_name="developments", through="tracker.DevelopmentBody", to="tracker.body"
                    ),
                ),
                migrations.AddField(
                    model_name="developmentrecommendation",
                    name="development",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendation_rows",
                        to="tracker.development",
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
                migrations.CreateModel(
                    name="EventContent",
                    fields=[
                        (
                            "event",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="content",
                                serialize=False,
                                to="tracker.event",
                            ),
                        ),
                        ("public_salt", models.BinaryField(max_length=16, null=True)),
                        ("public", models.BinaryField(null=True)),
                        ("staff_salt", models.BinaryField(max_length=16)),
                        ("staff", models.BinaryField()),
                    ],
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["subject_type", "subject_id", "id"], name="event_by_subject"),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(
                        condition=models.Q(
                            ("is_public", True),
                            (
                                "kind__in",
                                [
                                    "source.corrected",
                                    "body.corrected",
                                    "group.corrected",
                                    "membership.corrected",
                                    "regime.corrected",
                                    "theme.corrected",
                                    "report.corrected",
                                    "recommendation.corrected",
                                    "link.corrected",
                                    "addressee.corrected",
                                    "response.corrected",
                                    "answer.corrected",
                                    "assessment.corrected",
                                    "extension.corrected",
                                    "check.corrected",
                                    "silence.corrected",
                                    "development.corrected",
                                    "claim.corrected",
                                    "step.corrected",
                                    "challenge.corrected",
                                    "event.corrected",
                                    "source.withdrawn",
                                    "body.withdrawn",
                                    "group.withdrawn",
                                    "membership.withdrawn",
                                    "regime.withdrawn",
                                    "theme.withdrawn",
                                    "report.withdrawn",
                                    "recommendation.withdrawn",
                                    "link.withdrawn",
                                    "addressee.withdrawn",
                                    "response.withdrawn",
                                    "answer.withdrawn",
                                    "assessment.withdrawn",
                                    "extension.withdrawn",
                                    "check.withdrawn",
                                    "silence.withdrawn",
                                    "development.withdrawn",
                                    "claim.withdrawn",
                                    "step.withdrawn",
                                    "challenge.withdrawn",
                                    "event.withdrawn",
                                    "deadline.miss_retracted",
                                    "promise.miss_retracted",
                                    "silence.retracted",
                                    "review.begun",
                                    "review.ended",
                                    "content.erased",
                                ],
                            ),
                        ),
                        fields=["recorded_at", "kind", "action"],
                        name="event_log",
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
                                    "challenge.recorded",
                                    "challenge.published",
                                    "challenge.corrected",
                                    "challenge.withdrawn",
                                    "challenge.linked",
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
                                    "source.gone",
                                    "source.moved",
                                    "source.changed",
                                    "source.found_again",
                                    "source.archived",
                                    "body.ended",
                                    "duty_holder.named",
                                    "wait.ended",
                                    "challenge.answered",
                                    "challenge.settled",
                                    "review.begun",
                                    "review.ended",
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
                                    "challenge",
                                    "event",
                                ],
                            )
                        ),
                        name="event_subject_type_known",
                        violation_error_message="subject_type: choose one of source, body, group, membership, regime, theme, report, recommendation, link, addressee, response, answer, assessment, extension, check, silence, development, claim, step, challenge, event.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("role__in", ["staff", "loader", "clock"])),
                        name="event_role_known",
                        violation_error_message="role: choose one of staff, loader, clock.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_public", True), ("public_hash__isnull", False)),
                            models.Q(("is_public", False), ("public_hash__isnull", True)),
                            _connector="OR",
                        ),
                        name="event_public_has_public_content",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_transaction",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NULLIF(current_setting('register.first_event', true), '') IS NULL THEN\n        PERFORM set_config('register.first_event', (SELECT min(id)::text FROM written), true);\n    END IF;\n    INSERT INTO tracker_pendingseal (xact, first_event)\n    SELECT pg_current_xact_id(), min(id) FROM written HAVING count(*) > 0\n    ON CONFLICT DO NOTHING;\n    RETURN NULL;\n",
                            hash="822234f1189691dfdfc5cc9dcacb0f2fe40f5d73",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_note_transaction_185f9",
                            referencing="REFERENCING NEW TABLE AS written ",
                            table="tracker_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="1d804c60e5eba1f676dd0280675a8e8a881b519c",
                            operation="UPDATE",
                            pgid="pgtrigger_never_update_f739a",
                            table="tracker_event",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="973090d9af36f4848cfe9ce536839e92f95fee04",
                            operation="DELETE",
                            pgid="pgtrigger_never_delete_bfbad",
                            table="tracker_event",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="28634d2eb843258b17dfe8eb60d5f1be9912cbf3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncate_3e66d",
                            table="tracker_event",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="extension",
                    name="addressee",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="tracker.addressee",
                    ),
                ),
                migrations.AddField(
                    model_name="extension",
                    name="granted_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions_granted",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="followrequest",
                    name="address",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="tracker.address",
                    ),
                ),
                migrations.AddField(
                    model_name="body",
                    name="speaks_for",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spoken_for_by",
                        to="tracker.group",
                    ),
                ),
                migrations.AddField(
                    model_name="addressee",
                    name="via_group",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addressed",
                        to="tracker.group",
                    ),
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
                    model_name="import",
                    name="by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="import",
                    name="overridden_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports_overridden",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="importbatch",
                    name="of",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="batches",
                        to="tracker.import",
                    ),
                ),
                migrations.AddField(
                    model_name="importname",
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
                    model_name="importname",
                    name="of",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="tracker.import"
                    ),
                ),
                migrations.AddField(
                    model_name="importpart",
                    name="of",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="tracker.import"
                    ),
                ),
                migrations.AddField(
                    model_name="importprofile",
                    name="made_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_profiles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="of",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="tracker.import"
                    ),
                ),
                migrations.AddField(
                    model_name="interestterm",
                    name="interest",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="tracker.interest",
                    ),
                ),
                migrations.AddField(
                    model_name="jointauthor",
                    name="body",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_author_rows",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="key",
                    name="made_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="key",
                    name="revoked_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ledgerhead",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="ledger_head_one_row"
                    ),
                ),
                migrations.AddField(
                    model_name="membership",
                    name="body",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="membership",
                    name="group",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="tracker.group",
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
                migrations.AddField(
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
                migrations.AddField(
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
                migrations.AddField(
                    model_name="key",
                    name="partner",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="tracker.partner"
                    ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="pendingseal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seal",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            declare="DECLARE head tracker_ledgerhead%ROWTYPE; line record; events bigint[] := '{}'; leaves bytea[] := '{}'; hashes bytea[] := '{}'; public_events bigint[] := '{}'; public_leaves bytea[] := '{}'; public_hashes bytea[] := '{}';",
                            func="\n    INSERT INTO tracker_ledgerhead AS h (id, number, hash, public_number, public_hash, epoch)\n    VALUES (1, 0, decode(repeat('00', 32), 'hex'), 0, decode(repeat('00', 32), 'hex'), gen_random_uuid())\n    ON CONFLICT (id) DO UPDATE SET id = h.id\n    RETURNING * INTO head;\n\n    FOR line IN\n        SELECT e.id, e.is_public, e.public_hash, sha256(convert_to(\n    concat_ws('|', e.kind, e.subject_type, e.subject_id, CASE WHEN e.is_public THEN 'public' ELSE 'private' END,\n              COALESCE((e.occurred_on - DATE '2000-01-01')::text, '-'),\n              (extract(epoch FROM e.recorded_at) * 1000000)::bigint, e.role, e.action,\n              COALESCE(encode(e.public_hash, 'hex'), '-'), encode(e.staff_hash, 'hex'))\n, 'UTF8')) AS leaf\n        FROM tracker_event e\n        WHERE e.id >= NEW.first_event AND e.xact = pg_current_xact_id()\n        ORDER BY e.id\n    LOOP\n        head.hash := sha256(head.hash || line.leaf);\n        events := events || line.id;\n        leaves := leaves || line.leaf;\n        hashes := hashes || head.hash;\n        IF line.is_public THEN\n            head.public_hash := sha256(head.public_hash || line.public_hash);\n            public_events := public_events || line.id;\n            public_leaves := public_leaves || line.public_hash;\n            public_hashes := public_hashes || head.public_hash;\n        END IF;\n    END LOOP;\n\n    INSERT INTO tracker_seal (number, event_id, leaf, hash)\n    SELECT head.number + s.n, s.event, s.leaf, s.hash\n    FROM unnest(events, leaves, hashes) WITH ORDINALITY AS s (event, leaf, hash, n);\n    INSERT INTO tracker_publicseal (number, event_id, leaf, hash)\n    SELECT head.public_number + s.n, s.event, s.leaf, s.hash\n    FROM unnest(public_events, public_leaves, public_hashes) WITH ORDINALITY AS s (event, leaf, hash, n);\n\n    UPDATE tracker_ledgerhead SET\n        number = head.number + cardinality(events), hash = head.hash,\n        public_number = head.public_number + cardinality(public_events), public_hash = head.public_hash\n    WHERE id = 1;\n    DELETE FROM tracker_pendingseal WHERE xact = NEW.xact;\n    RETURN NULL;\n",
                            hash="c642fecd859d7b4057554d5e8ff4f566a768e21e",
                            operation="INSERT",
                            pgid="pgtrigger_seal_87eb6",
                            table="tracker_pendingseal",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="proposal",
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
                    model_name="proposal",
                    name="partner",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="tracker.partner",
                    ),
                ),
                migrations.AddField(
                    model_name="publicseal",
                    name="event",
                    field=models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_seal",
                        to="tracker.event",
                    ),
                ),
                migrations.AddField(
                    model_name="publisher",
                    name="body",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publisher_rows",
                        to="tracker.body",
                    ),
                ),
                migrations.AddIndex(
                    model_name="ratecount",
                    index=models.Index(fields=["begun_at"], name="rate_count_begun"),
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
                    model_name="recommendation",
                    name="delivered_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivers",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="recommendation",
                    name="offered_instead_of",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offered_alternatives",
                        to="tracker.recommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="recommendation",
                    name="part_of",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="limbs",
                        to="tracker.recommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="link",
                    name="other",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked_from",
                        to="tracker.recommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="link",
                    name="recommendation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="tracker.recommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="developmentrecommendation",
                    name="recommendation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="development_rows",
                        to="tracker.recommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="development",
                    name="recommendations",
                    field=models.ManyToManyField(
                        related_name="developments",
                        through="tracker.DevelopmentRecommendation",
                        to="tracker.recommendation",
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
                    model_name="answer",
                    name="alternative",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offered_in",
                        to="tracker.recommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="answer",
                    name="waits_for_recommendation",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awaited_by",
                        to="tracker.recommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="addressee",
                    name="recommendation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addressees",
                        to="tracker.recommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="recommendationtheme",
                    name="recommendation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="theme_rows",
                        to="tracker.recommendation",
                    ),
                ),
                migrations.AddField(
                    model_name="recommendation",
                    name="answer_regime",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="tracker.regime",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="replylink",
                    name="body",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_links",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="report",
                    name="arises_from",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_to",
                        to="tracker.report",
                    ),
                ),
                migrations.AddField(
                    model_name="report",
                    name="publishers",
                    field=models.ManyToManyField(
                        related_name="reports", through="tracker.Publisher", to="tracker.body"
                    ),
                ),
                migrations.AddField(
                    model_name="report",
                    name="regime",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="tracker.regime",
                    ),
                ),
                migrations.AddField(
                    model_name="recommendation",
                    name="report",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="tracker.report",
                    ),
                ),
                migrations.AddField(
                    model_name="publisher",
                    name="report",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publisher_rows",
                        to="tracker.report",
                    ),
                ),
                migrations.AddField(
                    model_name="claim",
                    name="report",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="tracker.report",
                    ),
                ),
                migrations.AddField(
                    model_name="answer",
                    name="waits_for_report",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awaited_by",
                        to="tracker.report",
                    ),
                ),
                migrations.AddField(
                    model_name="reportowner",
                    name="report",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="owner_row",
                        to="tracker.report",
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
                    model_name="response",
                    name="author",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="response",
                    name="joint_authors",
                    field=models.ManyToManyField(
                        related_name="joint_responses", through="tracker.JointAuthor", to="tracker.body"
                    ),
                ),
                migrations.AddField(
                    model_name="response",
                    name="on_behalf_of_body",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses_on_its_behalf",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="response",
                    name="on_behalf_of_group",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses_on_its_behalf",
                        to="tracker.group",
                    ),
                ),
                migrations.AddField(
                    model_name="response",
                    name="signed_by",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="Which part of the author wrote it, where the source says so.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses_signed",
                        to="tracker.body",
                    ),
                ),
                migrations.AddField(
                    model_name="jointauthor",
                    name="response",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_author_rows",
                        to="tracker.response",
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
                    model_name="answer",
                    name="response",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="tracker.response",
                    ),
                ),
                migrations.AddField(
                    model_name="seal",
                    name="event",
                    field=models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="tracker.event",
                    ),
                ),
                migrations.AddField(
                    model_name="secondinglink",
                    name="asked_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    model_name="secondlook",
                    name="asked_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_looks_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="silence",
                    name="addressee",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="silences",
                        to="tracker.addressee",
                    ),
                ),
                migrations.AddField(
                    model_name="silence",
                    name="found_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="silences",
                        to="tracker.check",
                    ),
                ),
                migrations.AddField(
                    model_name="silence",
                    name="proposed_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="silences_proposed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="silence",
                    name="seconded_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="silences_seconded",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="secondinglink",
                    name="silences",
                    field=models.ManyToManyField(related_name="+", to="tracker.silence"),
                ),
                migrations.CreateModel(
                    name="SourceLook",
                    fields=[
                        (
                            "source",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="look",
                                serialize=False,
                                to="tracker.source",
                            ),
                        ),
                        ("url", models.URLField(max_length=1000)),
                        ("host", models.CharField(max_length=255)),
                        ("looked_at", models.DateTimeField(null=True)),
                        ("next_look_at", models.DateTimeField()),
                        ("outcome", models.CharField(blank=True, max_length=200)),
                        ("failures", models.PositiveSmallIntegerField(default=0)),
                        ("etag", models.CharField(blank=True, max_length=300)),
                        ("last_modified", models.CharField(blank=True, max_length=100)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("seen_sha256", models.CharField(blank=True, max_length=64)),
                        ("seen_times", models.PositiveSmallIntegerField(default=0)),
                        ("archive_job", models.CharField(blank=True, max_length=200)),
                        (
                            "archive_next_at",
                            models.DateTimeField(help_text="Empty: it was never asked.", null=True),
                        ),
                    ],
                ),
                migrations.AddIndex(
                    model_name="source",
                    index=models.Index(
                        condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                        fields=["id"],
                        name="source_drafts",
                    ),
                ),
                migrations.AddIndex(
                    model_name="source",
                    index=models.Index(
                        condition=models.Q(("url", ""), _negated=True), fields=["url"], name="source_by_url"
                    ),
                ),
                migrations.AddIndex(
                    model_name="source",
                    index=models.Index(
                        condition=models.Q(("state", "gone")), fields=["state_on"], name="source_gone"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="source",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "page",
                                    "letter",
                                    "email",
                                    "foi_answer",
                                    "hansard",
                                    "legislation",
                                    "press",
                                    "reference",
                                ],
                            )
                        ),
                        name="source_kind_known",
                        violation_error_message="kind: choose one of page, letter, email, foi_answer, hansard, legislation, press, reference.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="source",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["moved", "gone", "changed", ""])),
                        name="source_state_known",
                        violation_error_message="state: choose one of moved, gone, changed.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="source",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dated_earliest", None), ("dated_latest", None), ("dated_precision", "")
                            ),
                            models.Q(
                                ("dated_earliest__isnull", False),
                                ("dated_latest__gte", models.F("dated_earliest")),
                                ("dated_precision__in", ["day", "month", "year", "by"]),
                            ),
                            _connector="OR",
                        ),
                        name="source_dated_whole",
                        violation_error_message="dated: a date needs its first day, its last day and its precision.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="source",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("url", ""), _negated=True),
                            models.Q(("file", ""), _negated=True),
                            models.Q(("kind", "page"), _negated=True),
                            _connector="OR",
                        ),
                        name="source_can_be_found",
                        violation_error_message="Give the address of the page.",
                    ),
                ),
                migrations.AddField(
                    model_name="response",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                migrations.AddField(
                    model_name="report",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                migrations.AddField(
                    model_name="regime",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                migrations.AddField(
                    model_name="recommendation",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                migrations.AddField(
                    model_name="group",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                migrations.AddField(
                    model_name="extension",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                migrations.AddField(
                    model_name="development",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                migrations.AddField(
                    model_name="claim",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                migrations.AddField(
                    model_name="body",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.source",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'source' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'source ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="552f446882bccde6d34e233de8b510ed23a882ab",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_272be",
                            table="tracker_source",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."archived_url" IS DISTINCT FROM (NEW."archived_url") OR OLD."dated_earliest" IS DISTINCT FROM (NEW."dated_earliest") OR OLD."dated_latest" IS DISTINCT FROM (NEW."dated_latest") OR OLD."dated_precision" IS DISTINCT FROM (NEW."dated_precision") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."file_sha256" IS DISTINCT FROM (NEW."file_sha256") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."may_be_published" IS DISTINCT FROM (NEW."may_be_published") OR OLD."moved_to" IS DISTINCT FROM (NEW."moved_to") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."publisher" IS DISTINCT FROM (NEW."publisher") OR OLD."redacted_file" IS DISTINCT FROM (NEW."redacted_file") OR OLD."redacted_findings" IS DISTINCT FROM (NEW."redacted_findings") OR OLD."redacted_sha256" IS DISTINCT FROM (NEW."redacted_sha256") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_on" IS DISTINCT FROM (NEW."state_on") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'source' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'source ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="4ca020e67b465e6072784276f874e76178f7ce08",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_3f8c7",
                            table="tracker_source",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="970cb881a0bfba2b3f13d0b763bc0bd400bc6f7a",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_ae075",
                            table="tracker_source",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="5464aa07c55dda48b4700632513ca93212775782",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_54cb1",
                            table="tracker_source",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="step",
                    name="addressee",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="tracker.addressee",
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
                migrations.AddField(
                    model_name="subscription",
                    name="interest",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to="tracker.interest",
                    ),
                ),
                migrations.AddField(
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
                migrations.AddField(
                    model_name="notice",
                    name="subscription",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="tracker.subscription",
                    ),
                ),
                migrations.AddField(
                    model_name="recommendationtheme",
                    name="theme",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="theme_rows",
                        to="tracker.theme",
                    ),
                ),
                migrations.AddField(
                    model_name="recommendation",
                    name="themes",
                    field=models.ManyToManyField(
                        related_name="recommendations",
                        through="tracker.RecommendationTheme",
                        to="tracker.theme",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="theme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'theme' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'theme ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="92f3697573b3ed4582b35611ac96ba24df816fdf",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_286ff",
                            table="tracker_theme",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="theme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'theme' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'theme ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="cc388b11f7d2876a0e729c20aac51bd7eeca4811",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_58351",
                            table="tracker_theme",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="theme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="4f0720c35140bd967a883509c0a72e2a03718931",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_47686",
                            table="tracker_theme",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="theme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="abcb36e60067274176592dfda5bcafff906fbeed",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_dea97",
                            table="tracker_theme",
                            when="BEFORE",
                        ),
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
                migrations.AddConstraint(
                    model_name="check",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("clock__in", ["answer", "act"])),
                        name="check_clock_known",
                        violation_error_message="clock: choose one of answer, act.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="check",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("finding__in", ["nothing", "found"])),
                        name="check_finding_known",
                        violation_error_message="finding: choose one of nothing, found.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="check",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("where_looked", ""), _negated=True),
                        name="check_says_where",
                        violation_error_message="where_looked: say where you looked.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="check",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'check' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'check ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="931cf02f5aa1882a5deeb28dadd2cf7ae2d4a8d3",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_02df3",
                            table="tracker_check",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="check",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."addressee_id" IS DISTINCT FROM (NEW."addressee_id") OR OLD."checked_on" IS DISTINCT FROM (NEW."checked_on") OR OLD."clock" IS DISTINCT FROM (NEW."clock") OR OLD."finding" IS DISTINCT FROM (NEW."finding") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."where_looked" IS DISTINCT FROM (NEW."where_looked") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'check' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'check ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="d9a6530c7a55bf95ef8490c5513e49b29d4964d1",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_5c420",
                            table="tracker_check",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="check",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="be87368b6fe144ba469fe04efdfa9c8a5d32d0b4",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_ad308",
                            table="tracker_check",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="check",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="f3383d57a1b8cb765523a6240d35ad1e741ade60",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_bda4c",
                            table="tracker_check",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claimcontester",
                    constraint=models.UniqueConstraint(
                        fields=("claim", "body"), name="contester_once_a_claim"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimcontester",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'claim' AND e.subject_id = NEW.claim_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'claim ' || NEW.claim_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="2426c3fb9af39775b61f0b3974c957b03f0aec4b",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_cd03e",
                            table="tracker_claimcontester",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimcontester",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'claim' AND e.subject_id = NEW.claim_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'claim ' || NEW.claim_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="e5abb56d53a4a3cc279b108e7e5275a422439ecc",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_7fc66",
                            table="tracker_claimcontester",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimcontester",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'claim' AND e.subject_id = OLD.claim_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'claim ' || OLD.claim_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="70af45f7705db1fec7ba06d2f9cae85d3d9c308f",
                            operation="DELETE",
                            pgid="pgtrigger_guard_delete_f7d20",
                            table="tracker_claimcontester",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claimmaker",
                    constraint=models.UniqueConstraint(fields=("claim", "body"), name="maker_once_a_claim"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimmaker",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'claim' AND e.subject_id = NEW.claim_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'claim ' || NEW.claim_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="07ed7e2cc69419d3a5238be28b06d095788d4614",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_c9fed",
                            table="tracker_claimmaker",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimmaker",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'claim' AND e.subject_id = NEW.claim_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'claim ' || NEW.claim_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="65f89d177f845fc070c1661dcc47078f730d700b",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_e18be",
                            table="tracker_claimmaker",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimmaker",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'claim' AND e.subject_id = OLD.claim_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'claim ' || OLD.claim_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="589106573fd75bd06ccc3e728777ded7d84d86dd",
                            operation="DELETE",
                            pgid="pgtrigger_guard_delete_4af0a",
                            table="tracker_claimmaker",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="developmentbody",
                    constraint=models.UniqueConstraint(
                        fields=("development", "body"), name="body_once_a_development"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentbody",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'development' AND e.subject_id = NEW.development_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'development ' || NEW.development_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="90f3fc6a44f4886bee19813df42e542e481f2a9f",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_b2b60",
                            table="tracker_developmentbody",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentbody",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'development' AND e.subject_id = NEW.development_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'development ' || NEW.development_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="60c4d59f76b5df77742d6e1fd8f2ef9791bb4c83",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_57ce1",
                            table="tracker_developmentbody",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentbody",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'development' AND e.subject_id = OLD.development_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'development ' || OLD.development_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="b82dfcfc88e4ca7bcac095f3cbe941db2f313631",
                            operation="DELETE",
                            pgid="pgtrigger_guard_delete_2c26a",
                            table="tracker_developmentbody",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventcontent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="224d63e7bcfa407b6b896e3d7cd0c08977c1b1aa",
                            operation="UPDATE",
                            pgid="pgtrigger_never_update_35e42",
                            table="tracker_eventcontent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventcontent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="32d5fa2088542dd3759e62ec26a001023e7737ad",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncate_60aac",
                            table="tracker_eventcontent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventcontent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="erased_with_a_line",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'event' AND e.subject_id = OLD.event_id\n          AND e.kind = 'content.erased'\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'the content of line ' || OLD.event_id || ' was erased with no line that says so';\n    END IF;\n    RETURN NULL;\n",
                            hash="644e5fba3cf03aaa834c7a5521c9c9334d59dd30",
                            operation="DELETE",
                            pgid="pgtrigger_erased_with_a_line_49cfe",
                            table="tracker_eventcontent",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="followrequest",
                    index=models.Index(fields=["asked_at"], name="follow_request_age"),
                ),
                migrations.AddConstraint(
                    model_name="followrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("channel__in", ["at_once", "daily", "weekly", "webhook"])),
                        name="follow_request_channel_known",
                        violation_error_message="channel: choose one of at_once, daily, weekly, webhook.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="followrequest",
                    constraint=models.UniqueConstraint(
                        fields=("address", "wanted"), name="follow_request_once"
                    ),
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
                        condition=models.Q(("applied", True)),
                        fields=["feed", "report_key"],
                        name="importrow_reports",
                    ),
                ),
                migrations.AddIndex(
                    model_name="importrow",
                    index=models.Index(
                        fields=["of", "report_key", "ask_key", "number"], name="importrow_by_report"
                    ),
                ),
                migrations.AddIndex(
                    model_name="importrow",
                    index=models.Index(fields=["of", "number"], name="importrow_by_number"),
                ),
                migrations.AddConstraint(
                    model_name="importrow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["new", "changed", "same", "conflict", "rejected", ""])
                        ),
                        name="importrow_outcome_known",
                        violation_error_message="outcome: choose one of new, changed, same, conflict, rejected.",
                    ),
                ),
                migrations.AddIndex(
                    model_name="interestterm",
                    index=models.Index(
                        condition=models.Q(("leads", True)),
                        fields=["field", "value"],
                        name="interest_term_leads",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="interestterm",
                    constraint=models.UniqueConstraint(
                        fields=("field", "value", "interest"), name="interest_term_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("from_on", None),
                            ("until_on", None),
                            ("until_on__gt", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_it_began",
                        violation_error_message="until_on: the membership cannot end before it began.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        expressions=[
                            (models.F("group"), "="),
                            (models.F("body"), "="),
                            (
                                models.Func(
                                    models.F("from_on"),
                                    models.F("until_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="membership_once_at_a_time",
                        violation_error_message="This body is a member of the group at that time already.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'membership' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'membership ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="858e91cdccd04bcd80ab9e2ca13c351825d7e7ac",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_8b6ec",
                            table="tracker_membership",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."from_on" IS DISTINCT FROM (NEW."from_on") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."until_on" IS DISTINCT FROM (NEW."until_on") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'membership' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'membership ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="69d7ef296137d57525972bbd62cfef7f146f5db3",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_2d3b7",
                            table="tracker_membership",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="bc48b359e82f5b9c3cda5e13028ca7537a8635b7",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_7a0d7",
                            table="tracker_membership",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="936ff0552c6b613f7d3d56beb855afe838abbe88",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_5dbe5",
                            table="tracker_membership",
                            when="BEFORE",
                        ),
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
                        condition=models.Q(
                            ("endpoint__isnull", False), ("state__in", ["pending", "sending"])
                        ),
                        fields=["endpoint", "next_attempt_at", "id"],
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
                            ("state__in", ["pending", "sending", "sent", "dropped", "failed"])
                        ),
                        name="message_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="message",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address", None),
                                ("endpoint", None),
                                ("mail_to", ""),
                                ("user__isnull", False),
                            ),
                            models.Q(
                                ("address__isnull", False),
                                ("endpoint", None),
                                ("mail_to", ""),
                                ("user", None),
                            ),
                            models.Q(
                                ("address", None),
                                ("endpoint__isnull", False),
                                ("mail_to", ""),
                                ("user", None),
                            ),
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
                            models.Q(
                                ("endpoint", None), models.Q(("purpose__in", ["call", "ping"]), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="message_call_to_an_endpoint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="message",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="message_sent_has_a_moment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="key",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("scopes__contained_by", ["read", "propose", "manage:webhooks"]),
                            ("scopes__len__gt", 0),
                        ),
                        name="key_scopes_known",
                        violation_error_message="Choose what the key may do.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="key",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="key_expires_after_it_is_made",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="key",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at", None), ("revoked_by__isnull", False), _connector="OR"
                        ),
                        name="key_revoked_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="endpoint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disabled_at", None), ("disabled_because", "")),
                            models.Q(
                                ("disabled_at__isnull", False),
                                models.Q(("disabled_because", ""), _negated=True),
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
                            ("deleted_at", None), ("disabled_at__isnull", False), _connector="OR"
                        ),
                        name="endpoint_deleted_is_disabled",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="endpoint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("old_secret", ""), ("old_secret_until", None)),
                            models.Q(
                                ("old_secret_until__isnull", False),
                                models.Q(("old_secret", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="endpoint_old_secret_ends",
                    ),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(
                        condition=models.Q(("state", "waiting")), fields=["partner"], name="proposal_waiting"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.UniqueConstraint(
                        fields=("partner", "idempotency_key"), name="proposal_once_an_idempotency_key"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["response", "progress", "correction"])),
                        name="proposal_kind_known",
                        violation_error_message="kind: choose one of response, progress, correction.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "taken_up", "declined"])),
                        name="proposal_state_known",
                        violation_error_message="state: choose one of waiting, taken_up, declined.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
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
                        name="proposal_decided_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_declined_with_a_reason",
                        violation_error_message="Say why: the partner reads it.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicseal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="a2091b1247363b81ffd61fbe82d9ef4ef13967f2",
                            operation="UPDATE",
                            pgid="pgtrigger_never_update_7ae46",
                            table="tracker_publicseal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicseal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="4ae1f1ed7e2c6bedbe7dd0bd290ec5181e42813d",
                            operation="DELETE",
                            pgid="pgtrigger_never_delete_30bd9",
                            table="tracker_publicseal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicseal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="e68d5b76a4965a23e247015a34a643b9f12b47a3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncate_62a99",
                            table="tracker_publicseal",
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
                                [
                                    "unclear",
                                    "not_the_record",
                                    "names_a_person",
                                    "abusive",
                                    "repeated",
                                    "spam",
                                    "",
                                ],
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
                            models.Q(
                                ("state", "declined"), models.Q(("declined_because", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "declined"), _negated=True), ("declined_because", "")
                            ),
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
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["repeats", "depends_on", "supersedes", "alternative_to", "related_to"],
                            )
                        ),
                        name="link_kind_known",
                        violation_error_message="kind: choose one of repeats, depends_on, supersedes, alternative_to, related_to.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("recommendation", "kind", "other"),
                        name="link_once",
                        violation_error_message="These two are linked in this way already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("recommendation", models.F("other")), _negated=True),
                        name="link_not_to_itself",
                        violation_error_message="A recommendation cannot be linked to itself.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "repeats"),
                                ("relation__in", ["same", "wider", "narrower", "fallback"]),
                            ),
                            models.Q(models.Q(("kind", "repeats"), _negated=True), ("relation", "")),
                            _connector="OR",
                        ),
                        name="link_relation_of_repeats_only",
                        violation_error_message="relation: say how a repeat stands to the earlier ask, and only there.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="link",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'link' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'link ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="fd2246d54b8846cb9f26bc1235d2239334e0488b",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_5ee94",
                            table="tracker_link",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="link",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."other_id" IS DISTINCT FROM (NEW."other_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."recommendation_id" IS DISTINCT FROM (NEW."recommendation_id") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'link' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'link ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="aaf03881dbf42c0ad52180e0f9f3c79dc608f734",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_36d14",
                            table="tracker_link",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="link",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c723669c9c0949bb8d31b9325c7a99917510ea23",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_e4e2b",
                            table="tracker_link",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="link",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="5b6fe980de21299a570624bb882444165d67f709",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_4fe12",
                            table="tracker_link",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="developmentrecommendation",
                    constraint=models.UniqueConstraint(
                        fields=("development", "recommendation"), name="recommendation_once_a_development"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentrecommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'development' AND e.subject_id = NEW.development_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'development ' || NEW.development_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="075a8e242e7a698aade218360d57a5e43ffcfdf9",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_3a9da",
                            table="tracker_developmentrecommendation",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentrecommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'development' AND e.subject_id = NEW.development_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'development ' || NEW.development_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="0fb626baef103bbca6bf07c0f5c438283c2cbe1b",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_d9cfe",
                            table="tracker_developmentrecommendation",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="developmentrecommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'development' AND e.subject_id = OLD.development_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'development ' || OLD.development_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="a8bae573c2cba3db20da22254901b4d3311772af",
                            operation="DELETE",
                            pgid="pgtrigger_guard_delete_84fc0",
                            table="tracker_developmentrecommendation",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
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
                        condition=models.Q(("answer_sweep_on__isnull", False)),
                        fields=["answer_sweep_on", "id"],
                        name="addressee_answer_sweep",
                    ),
                ),
                migrations.AddIndex(
                    model_name="addressee",
                    index=models.Index(
                        condition=models.Q(("promise_sweep_on__isnull", False)),
                        fields=["promise_sweep_on", "id"],
                        name="addressee_promise_sweep",
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
                    model_name="addressee",
                    index=models.Index(
                        condition=models.Q(("under_review_since__isnull", False)),
                        fields=["under_review_since", "id"],
                        name="addressee_under_review",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="addressee",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("answer_due_strength__in", ["statutory", "convention", "stated", "none", ""])
                        ),
                        name="addressee_answer_due_strength_known",
                        violation_error_message="answer_due_strength: choose one of statutory, convention, stated, none.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="addressee",
                    constraint=models.UniqueConstraint(
                        fields=("recommendation", "body"),
                        name="addressee_once_a_recommendation",
                        violation_error_message="body: this body is addressed by the recommendation already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="addressee",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer_due_basis", ""),
                                ("answer_due_on", None),
                                ("first_answer_due_on", None),
                            ),
                            models.Q(
                                ("answer_due_on__isnull", False),
                                ("first_answer_due_on__isnull", False),
                                models.Q(("answer_due_basis", ""), _negated=True),
                                models.Q(("answer_due_strength", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="addressee_answer_clock_whole",
                        violation_error_message="answer_due_on: a deadline has a first date, a basis and a strength.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="addressee",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act_by", None), ("first_act_by", None)),
                            models.Q(
                                ("act_by__isnull", False),
                                ("first_act_by__isnull", False),
                                models.Q(("act_by_basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="addressee_act_clock_whole",
                        violation_error_message="act_by: a time to act has a first date and a basis.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="addressee",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("duty_holder", None),
                            models.Q(("duty_holder", models.F("body")), _negated=True),
                            _connector="OR",
                        ),
                        name="addressee_duty_holder_is_another",
                        violation_error_message="duty_holder: name another body than the one addressed.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="addressee",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'addressee' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'addressee ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="f5fca3220b1d73a6b50263e158fdb2730166a057",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_77af4",
                            table="tracker_addressee",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="addressee",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="dc3ae24db874b874428beb10e9a60c669acceb4f",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_1a839",
                            table="tracker_addressee",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="addressee",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="ef1cc024192c7a580d136794a9c72fdb34f84ae4",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_951f8",
                            table="tracker_addressee",
                            when="BEFORE",
                        ),
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
                migrations.AddConstraint(
                    model_name="publisher",
                    constraint=models.UniqueConstraint(
                        fields=("report", "body"), name="publisher_once_a_report"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publisher",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'report' AND e.subject_id = NEW.report_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'report ' || NEW.report_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="2238ba74470bcdc7ee0ad3b19c768b6c1ac95303",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_8b5c0",
                            table="tracker_publisher",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publisher",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'report' AND e.subject_id = NEW.report_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'report ' || NEW.report_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="354bdad5204308faa8cab3cbee187841cd930739",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_aec74",
                            table="tracker_publisher",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publisher",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'report' AND e.subject_id = OLD.report_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'report ' || OLD.report_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="3e3bbffbe2cb525fc51a810890c451fee5cf407f",
                            operation="DELETE",
                            pgid="pgtrigger_guard_delete_8695c",
                            table="tracker_publisher",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="jointauthor",
                    constraint=models.UniqueConstraint(
                        fields=("response", "body"), name="joint_author_once_a_response"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jointauthor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'response' AND e.subject_id = NEW.response_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'response ' || NEW.response_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="deb48aa7052e622b55bc6271db9963489c60d139",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_1360f",
                            table="tracker_jointauthor",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jointauthor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'response' AND e.subject_id = NEW.response_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'response ' || NEW.response_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="87be933f154299862bd751391d499265d957331f",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_a0ab9",
                            table="tracker_jointauthor",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="jointauthor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'response' AND e.subject_id = OLD.response_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'response ' || OLD.response_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="1f3df18a514332c23e244352fd97a0c746650513",
                            operation="DELETE",
                            pgid="pgtrigger_guard_delete_06a03",
                            table="tracker_jointauthor",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="challenge",
                    index=models.Index(
                        condition=models.Q(
                            ("outcome", ""), ("published_at__isnull", False), ("withdrawn_at", None)
                        ),
                        fields=["received_on", "id"],
                        name="challenge_to_settle",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="challenge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "about__in",
                                ["addressee", "recommendation", "response", "answer", "assessment", ""],
                            )
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
                                [
                                    "unclear",
                                    "not_the_record",
                                    "names_a_person",
                                    "abusive",
                                    "repeated",
                                    "spam",
                                    "",
                                ],
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
                    model_name="answer",
                    index=models.Index(
                        condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                        fields=["id"],
                        name="answer_drafts",
                    ),
                ),
                migrations.AddIndex(
                    model_name="answer",
                    index=models.Index(
                        condition=models.Q(("decision", ""), _negated=True),
                        fields=["decision"],
                        name="answer_by_decision",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "position__in",
                                [
                                    "accepted",
                                    "accepted_in_principle",
                                    "partially_accepted",
                                    "already_in_place",
                                    "rejected",
                                    "disputed",
                                    "noted",
                                    "deferred",
                                    "refers_elsewhere",
                                    "not_applicable",
                                    "unclear",
                                    "unread",
                                    "",
                                ],
                            )
                        ),
                        name="answer_position_known",
                        violation_error_message="position: choose one of accepted, accepted_in_principle, partially_accepted, already_in_place, rejected, disputed, noted, deferred, refers_elsewhere, not_applicable, unclear, unread.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("basis__in", ["their_words", "our_reading"])),
                        name="answer_basis_known",
                        violation_error_message="basis: choose one of their_words, our_reading.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "evidence",
                                    "resources",
                                    "law",
                                    "not_our_remit",
                                    "alternative_offered",
                                    "already_done",
                                    "none_given",
                                    "",
                                ],
                            )
                        ),
                        name="answer_reason_known",
                        violation_error_message="reason: choose one of evidence, resources, law, not_our_remit, alternative_offered, already_done, none_given.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("response", "addressee"),
                        name="answer_once_a_response_and_addressee",
                        violation_error_message="This response has an answer to that addressee already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holding", True), ("position", "")),
                            models.Q(("holding", False), models.Q(("position", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="answer_has_a_position_unless_holding",
                        violation_error_message="position: say what the answer says; a holding reply has none.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("position", "deferred"), _negated=True),
                            models.Q(("waits_for", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_deferred_names_what_it_waits_for",
                        violation_error_message="waits_for: name what a deferred answer waits for.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("position", "refers_elsewhere"), _negated=True),
                            ("points_to__isnull", False),
                            _connector="OR",
                        ),
                        name="answer_elsewhere_names_whose",
                        violation_error_message="points_to: name the body whose answer it points to.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", "their_words"), _negated=True),
                            models.Q(("position__in", ["rejected", "partially_accepted"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_refused_in_their_words_has_a_reason",
                        violation_error_message="reason: a refusal or part acceptance in their words has one: choose evidence, resources, law, not_our_remit, alternative_offered, already_done, or none_given.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="answer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'answer' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'answer ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="2083925e1408287da2cc8c9662cb180f2d86de2b",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_17f22",
                            table="tracker_answer",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="answer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."addressee_id" IS DISTINCT FROM (NEW."addressee_id") OR OLD."alternative_id" IS DISTINCT FROM (NEW."alternative_id") OR OLD."basis" IS DISTINCT FROM (NEW."basis") OR OLD."conditions" IS DISTINCT FROM (NEW."conditions") OR OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."holding" IS DISTINCT FROM (NEW."holding") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."on_behalf" IS DISTINCT FROM (NEW."on_behalf") OR OLD."points_to_id" IS DISTINCT FROM (NEW."points_to_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."quote" IS DISTINCT FROM (NEW."quote") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."response_id" IS DISTINCT FROM (NEW."response_id") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."wait_ended_on" IS DISTINCT FROM (NEW."wait_ended_on") OR OLD."waits_for" IS DISTINCT FROM (NEW."waits_for") OR OLD."waits_for_recommendation_id" IS DISTINCT FROM (NEW."waits_for_recommendation_id") OR OLD."waits_for_report_id" IS DISTINCT FROM (NEW."waits_for_report_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'answer' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'answer ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="f4846016c0d82069705805e229be57f67e2780d8",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_9b3d4",
                            table="tracker_answer",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="answer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="dd9ca26b22fa3fc9403046d9291f0a3947832554",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_45358",
                            table="tracker_answer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="answer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="79e04171f3dee5fc1073f7ecc7e13f33b76ae5ad",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_edb4e",
                            table="tracker_answer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="f8b1c4d22059a2eae68fb8e9fae55392cdede13a",
                            operation="UPDATE",
                            pgid="pgtrigger_never_update_1c238",
                            table="tracker_seal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="a5b3b89af57399fc32741ab9cdede62c7aec77df",
                            operation="DELETE",
                            pgid="pgtrigger_never_delete_03641",
                            table="tracker_seal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'the ledger refuses ' || TG_OP || ' of ' || TG_TABLE_NAME;",
                            hash="5b3f54900579e1c1a3339e311e7749e2caf706b4",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncate_59233",
                            table="tracker_seal",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="secondlook",
                    index=models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["asked_at", "id"],
                        name="second_look_waiting",
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
                migrations.AddIndex(
                    model_name="silence",
                    index=models.Index(
                        condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                        fields=["answer_by", "id"],
                        name="silence_to_second",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="silence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("answer_by__gt", models.F("told_on"))),
                        name="silence_gives_time",
                        violation_error_message="answer_by: the body needs time to answer after it was told.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="silence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("seconded_by", None),
                            models.Q(("seconded_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="silence_seconded_by_another",
                        violation_error_message="seconded_by: another person than the first must agree.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="silence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("seconded_by__isnull", False), _connector="OR"
                        ),
                        name="silence_published_when_seconded",
                        violation_error_message="A silence is published when a second person has agreed.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="silence",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("addressee", "found_by"),
                        name="silence_once_a_check",
                        violation_error_message="This check has led to a silence already.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="silence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'silence' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'silence ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="002fe4919d295ec076eb88f1e6d56b7fc196cb4e",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_6b6c0",
                            table="tracker_silence",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="silence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."addressee_id" IS DISTINCT FROM (NEW."addressee_id") OR OLD."answer_by" IS DISTINCT FROM (NEW."answer_by") OR OLD."found_by_id" IS DISTINCT FROM (NEW."found_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."seconded_by_id" IS DISTINCT FROM (NEW."seconded_by_id") OR OLD."told_how" IS DISTINCT FROM (NEW."told_how") OR OLD."told_on" IS DISTINCT FROM (NEW."told_on") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'silence' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'silence ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="87bce28778dde1a7f32b394bc7a2ae6fd1b63e17",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_23858",
                            table="tracker_silence",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="silence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="a0d884f9951215a95b46161266d5d8ee67b10e1f",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_16395",
                            table="tracker_silence",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="silence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="cb0d36bfa4e53cfe947e8ed94f9be6edb5a79078",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_0260d",
                            table="tracker_silence",
                            when="BEFORE",
                        ),
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
                migrations.AddIndex(
                    model_name="sourcelook",
                    index=models.Index(fields=["next_look_at"], name="source_look_due"),
                ),
                migrations.AddIndex(
                    model_name="response",
                    index=models.Index(fields=["answered_latest"], name="response_answered_latest"),
                ),
                migrations.AddIndex(
                    model_name="response",
                    index=models.Index(
                        django.db.models.functions.comparison.Coalesce(
                            "answered_latest", models.Value(datetime.date(9999, 12, 31))
                        ),
                        models.F("ref"),
                        name="response_oldest",
                    ),
                ),
                migrations.AddIndex(
                    model_name="response",
                    index=models.Index(
                        models.OrderBy(
                            django.db.models.functions.comparison.Coalesce(
                                "answered_latest", models.Value(datetime.date(1, 1, 1))
                            ),
                            descending=True,
                        ),
                        models.F("ref"),
                        name="response_newest",
                    ),
                ),
                migrations.AddIndex(
                    model_name="response",
                    index=models.Index(
                        condition=models.Q(("published_at", None), ("withdrawn_at", None)),
                        fields=["id"],
                        name="response_drafts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("source__isnull", False), _connector="OR"
                        ),
                        name="response_published_with_a_source",
                        violation_error_message="Name the source before publishing: nothing is published without one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(("verification", "unverified"), _negated=True),
                            _connector="OR",
                        ),
                        name="response_published_after_a_check",
                        violation_error_message="Check this against its source and say how before publishing it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["formal", "announcement", "update", "holding"])),
                        name="response_kind_known",
                        violation_error_message="kind: choose one of formal, announcement, update, holding.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("written_earliest", None),
                                ("written_latest", None),
                                ("written_precision", ""),
                            ),
                            models.Q(
                                ("written_earliest__isnull", False),
                                ("written_latest__gte", models.F("written_earliest")),
                                ("written_precision__in", ["day", "month", "year", "by"]),
                            ),
                            _connector="OR",
                        ),
                        name="response_written_whole",
                        violation_error_message="written: a date needs its first day, its last day and its precision.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("received_earliest", None),
                                ("received_latest", None),
                                ("received_precision", ""),
                            ),
                            models.Q(
                                ("received_earliest__isnull", False),
                                ("received_latest__gte", models.F("received_earliest")),
                                ("received_precision__in", ["day", "month", "year", "by"]),
                            ),
                            _connector="OR",
                        ),
                        name="response_received_whole",
                        violation_error_message="received: a date needs its first day, its last day and its precision.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_earliest", None),
                                ("published_latest", None),
                                ("published_precision", ""),
                            ),
                            models.Q(
                                ("published_earliest__isnull", False),
                                ("published_latest__gte", models.F("published_earliest")),
                                ("published_precision__in", ["day", "month", "year", "by"]),
                            ),
                            _connector="OR",
                        ),
                        name="response_published_whole",
                        violation_error_message="published: a date needs its first day, its last day and its precision.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="response",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("on_behalf_of_body", None), ("on_behalf_of_group", None), _connector="OR"
                        ),
                        name="response_on_behalf_of_one",
                        violation_error_message="on_behalf_of: name a body or a group, not both.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="response",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'response' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'response ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="47b25ad8adac9007491f8054f13fe2dbe094d243",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_fb852",
                            table="tracker_response",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="response",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."also_see" IS DISTINCT FROM (NEW."also_see") OR OLD."answered_earliest" IS DISTINCT FROM (NEW."answered_earliest") OR OLD."answered_latest" IS DISTINCT FROM (NEW."answered_latest") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."date_text" IS DISTINCT FROM (NEW."date_text") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."on_behalf_of_body_id" IS DISTINCT FROM (NEW."on_behalf_of_body_id") OR OLD."on_behalf_of_group_id" IS DISTINCT FROM (NEW."on_behalf_of_group_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_earliest" IS DISTINCT FROM (NEW."published_earliest") OR OLD."published_latest" IS DISTINCT FROM (NEW."published_latest") OR OLD."published_precision" IS DISTINCT FROM (NEW."published_precision") OR OLD."received_earliest" IS DISTINCT FROM (NEW."received_earliest") OR OLD."received_latest" IS DISTINCT FROM (NEW."received_latest") OR OLD."received_precision" IS DISTINCT FROM (NEW."received_precision") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."verification" IS DISTINCT FROM (NEW."verification") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."written_earliest" IS DISTINCT FROM (NEW."written_earliest") OR OLD."written_latest" IS DISTINCT FROM (NEW."written_latest") OR OLD."written_precision" IS DISTINCT FROM (NEW."written_precision"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'response' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'response ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="df8d395d7c4719fe61c611f911fd6950371ef0b5",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_acdab",
                            table="tracker_response",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="response",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="de04118962e38b2b29ebd60a27dda05a489de9f1",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_e31d4",
                            table="tracker_response",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="response",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="9381336b170d1a899c69a72769039446f48ab763",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_72473",
                            table="tracker_response",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("source__isnull", False), _connector="OR"
                        ),
                        name="report_published_with_a_source",
                        violation_error_message="Name the source before publishing: nothing is published without one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(("verification", "unverified"), _negated=True),
                            _connector="OR",
                        ),
                        name="report_published_after_a_check",
                        violation_error_message="Check this against its source and say how before publishing it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "police_super_complaint_submission",
                                    "police_super_complaint_report",
                                    "inspection_report",
                                    "government_review",
                                    "commissioner_report",
                                    "select_committee_report",
                                    "human_rights_institution_report",
                                    "statutory_inquiry",
                                    "non_statutory_inquiry",
                                    "coroner_report",
                                    "non_response_list",
                                    "ombudsman_report",
                                    "civil_society_submission",
                                    "campaign_call",
                                    "act",
                                    "other",
                                ],
                            )
                        ),
                        name="report_kind_known",
                        violation_error_message="kind: choose one of police_super_complaint_submission, police_super_complaint_report, inspection_report, government_review, commissioner_report, select_committee_report, human_rights_institution_report, statutory_inquiry, non_statutory_inquiry, coroner_report, non_response_list, ombudsman_report, civil_society_submission, campaign_call, act, other.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dated_earliest", None), ("dated_latest", None), ("dated_precision", "")
                            ),
                            models.Q(
                                ("dated_earliest__isnull", False),
                                ("dated_latest__gte", models.F("dated_earliest")),
                                ("dated_precision__in", ["day", "month", "year", "by"]),
                            ),
                            _connector="OR",
                        ),
                        name="report_dated_whole",
                        violation_error_message="dated: a date needs its first day, its last day and its precision.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="report",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("dated_latest__isnull", False), _connector="OR"
                        ),
                        name="report_published_with_a_date",
                        violation_error_message="Give the date of the report before publishing it.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="report",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'report' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'report ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="83aa6b4601b627380449624da40c6c43c7f6f958",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_2514c",
                            table="tracker_report",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="report",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."also_see" IS DISTINCT FROM (NEW."also_see") OR OLD."arises_from_id" IS DISTINCT FROM (NEW."arises_from_id") OR OLD."dated_earliest" IS DISTINCT FROM (NEW."dated_earliest") OR OLD."dated_latest" IS DISTINCT FROM (NEW."dated_latest") OR OLD."dated_precision" IS DISTINCT FROM (NEW."dated_precision") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."regime_id" IS DISTINCT FROM (NEW."regime_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."verification" IS DISTINCT FROM (NEW."verification") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'report' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'report ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="436b1f74557cc02271c3dedefa205e9e73a07736",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_8e2a0",
                            table="tracker_report",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="report",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="0949c319a959733c7444ceffb74743fa6351a2f5",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_87742",
                            table="tracker_report",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="report",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e07c13332c313cab357a18d37520fe489908db02",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_7f6b5",
                            table="tracker_report",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("source__isnull", False), _connector="OR"
                        ),
                        name="regime_published_with_a_source",
                        violation_error_message="Name the source before publishing: nothing is published without one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(("verification", "unverified"), _negated=True),
                            _connector="OR",
                        ),
                        name="regime_published_after_a_check",
                        violation_error_message="Check this against its source and say how before publishing it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["period", "fixed", "immediate", "no_date", "after_event"])
                        ),
                        name="regime_kind_known",
                        violation_error_message="kind: choose one of period, fixed, immediate, no_date, after_event.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("unit__in", ["calendar_days", "working_days", "weeks", "months", ""])
                        ),
                        name="regime_unit_known",
                        violation_error_message="unit: choose one of calendar_days, working_days, weeks, months.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("counting__in", ["inclusive", "exclusive", "unverified"])),
                        name="regime_counting_known",
                        violation_error_message="counting: choose one of inclusive, exclusive, unverified.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("starts_from__in", ["issued", "published", "received"])),
                        name="regime_starts_from_known",
                        violation_error_message="starts_from: choose one of issued, published, received.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "calendar__in",
                                ["england_and_wales", "scotland", "northern_ireland", "any_uk", "none"],
                            )
                        ),
                        name="regime_calendar_known",
                        violation_error_message="calendar: choose one of england_and_wales, scotland, northern_ireland, any_uk, none.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("counts_on__in", ["written", "received", "published", ""])),
                        name="regime_counts_on_known",
                        violation_error_message="counts_on: choose one of written, received, published.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("strength__in", ["statutory", "convention", "stated", "none"])),
                        name="regime_strength_known",
                        violation_error_message="strength: choose one of statutory, convention, stated, none.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "period"), _negated=True),
                            models.Q(("amount__gte", 1), models.Q(("unit", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="regime_period_has_amount_and_unit",
                        violation_error_message="A period needs an amount and a unit.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="regime",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("automatic", False), ("kind", "period"), _connector="OR"),
                        name="regime_automatic_has_a_period",
                        violation_error_message="Only a rule with a period can set deadlines by itself.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="regime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'regime' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'regime ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="64f24af69a5461dd73aa7c910bc753263a78be7c",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_0a0a9",
                            table="tracker_regime",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="regime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."also_see" IS DISTINCT FROM (NEW."also_see") OR OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."applies_to" IS DISTINCT FROM (NEW."applies_to") OR OLD."automatic" IS DISTINCT FROM (NEW."automatic") OR OLD."calendar" IS DISTINCT FROM (NEW."calendar") OR OLD."counting" IS DISTINCT FROM (NEW."counting") OR OLD."counts_on" IS DISTINCT FROM (NEW."counts_on") OR OLD."extension_allowed" IS DISTINCT FROM (NEW."extension_allowed") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."in_force_from" IS DISTINCT FROM (NEW."in_force_from") OR OLD."jurisdiction" IS DISTINCT FROM (NEW."jurisdiction") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."on_silence" IS DISTINCT FROM (NEW."on_silence") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."rolls_over_weekends" IS DISTINCT FROM (NEW."rolls_over_weekends") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."starts_from" IS DISTINCT FROM (NEW."starts_from") OR OLD."starts_from_text" IS DISTINCT FROM (NEW."starts_from_text") OR OLD."strength" IS DISTINCT FROM (NEW."strength") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."verification" IS DISTINCT FROM (NEW."verification") OR OLD."what_is_due" IS DISTINCT FROM (NEW."what_is_due") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'regime' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'regime ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="4ee9ec94a59ff57e5285753e2ea595a78670da3e",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_c15a4",
                            table="tracker_regime",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="regime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="8e5cba4bb3b7213b1e007777e487d1fe7ed7c3f9",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_6c1f8",
                            table="tracker_regime",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="regime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="0913fcf352aedb885666bf1264b70d82cd8b6503",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_6f439",
                            table="tracker_regime",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="group",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("source__isnull", False), _connector="OR"
                        ),
                        name="group_published_with_a_source",
                        violation_error_message="Name the source before publishing: nothing is published without one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="group",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(("verification", "unverified"), _negated=True),
                            _connector="OR",
                        ),
                        name="group_published_after_a_check",
                        violation_error_message="Check this against its source and say how before publishing it.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="group",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'group' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'group ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="18d028422153295460aed83ea932c4bafb7c0156",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_fea25",
                            table="tracker_group",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="group",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."also_see" IS DISTINCT FROM (NEW."also_see") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."members_called" IS DISTINCT FROM (NEW."members_called") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."verification" IS DISTINCT FROM (NEW."verification") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'group' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'group ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="de4f80aea95e3e4ad8fa6908f37c00f4c5e93431",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_12100",
                            table="tracker_group",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="group",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="f46623a6f4a39ed80b8ade9ab88b3cd64414546d",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_7255b",
                            table="tracker_group",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="group",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="196b2744c772023a3df2b16a206b046583415b46",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_2779f",
                            table="tracker_group",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("source__isnull", False), _connector="OR"
                        ),
                        name="extension_published_with_a_source",
                        violation_error_message="Name the source before publishing: nothing is published without one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(("verification", "unverified"), _negated=True),
                            _connector="OR",
                        ),
                        name="extension_published_after_a_check",
                        violation_error_message="Check this against its source and say how before publishing it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("clock__in", ["answer", "act"])),
                        name="extension_clock_known",
                        violation_error_message="clock: choose one of answer, act.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("granted_earliest", None),
                                ("granted_latest", None),
                                ("granted_precision", ""),
                            ),
                            models.Q(
                                ("granted_earliest__isnull", False),
                                ("granted_latest__gte", models.F("granted_earliest")),
                                ("granted_precision__in", ["day", "month", "year", "by"]),
                            ),
                            _connector="OR",
                        ),
                        name="extension_granted_whole",
                        violation_error_message="granted: a date needs its first day, its last day and its precision.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("granted_latest__isnull", False)),
                        name="extension_has_a_date",
                        violation_error_message="granted_on: say when it was granted.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("until_on", models.F("old_on")), _negated=True),
                        name="extension_moves_the_date",
                        violation_error_message="until_on: an extension moves the date.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="extension",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'extension' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'extension ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="f0c8c18d5ca541ceb371375164e9b73a5939fda1",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_4af8e",
                            table="tracker_extension",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="extension",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."addressee_id" IS DISTINCT FROM (NEW."addressee_id") OR OLD."also_see" IS DISTINCT FROM (NEW."also_see") OR OLD."clock" IS DISTINCT FROM (NEW."clock") OR OLD."granted_by_id" IS DISTINCT FROM (NEW."granted_by_id") OR OLD."granted_earliest" IS DISTINCT FROM (NEW."granted_earliest") OR OLD."granted_latest" IS DISTINCT FROM (NEW."granted_latest") OR OLD."granted_precision" IS DISTINCT FROM (NEW."granted_precision") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."old_on" IS DISTINCT FROM (NEW."old_on") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."until_on" IS DISTINCT FROM (NEW."until_on") OR OLD."verification" IS DISTINCT FROM (NEW."verification") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'extension' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'extension ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="a8ab49eb3873c7abc00e871c4ebf7e4c800ab8f0",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_764c4",
                            table="tracker_extension",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="extension",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="fe6152a56bebe3880385bc56a40be59917364b4b",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_632e3",
                            table="tracker_extension",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="extension",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e12c7a614c4e4e7c8d0889cc94433b3dafb41a6b",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_67e73",
                            table="tracker_extension",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="development",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("source__isnull", False), _connector="OR"
                        ),
                        name="development_published_with_a_source",
                        violation_error_message="Name the source before publishing: nothing is published without one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="development",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(("verification", "unverified"), _negated=True),
                            _connector="OR",
                        ),
                        name="development_published_after_a_check",
                        violation_error_message="Check this against its source and say how before publishing it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="development",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "origin",
                                    "process",
                                    "publication",
                                    "finding",
                                    "policy",
                                    "law",
                                    "treaty",
                                    "parliament",
                                    "reminder",
                                    "foi",
                                    "statement",
                                    "reaction",
                                    "progress",
                                    "research",
                                    "statistic",
                                    "review",
                                    "non_response_list",
                                    "dispute",
                                    "related",
                                ],
                            )
                        ),
                        name="development_kind_known",
                        violation_error_message="kind: choose one of origin, process, publication, finding, policy, law, treaty, parliament, reminder, foi, statement, reaction, progress, research, statistic, review, non_response_list, dispute, related.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="development",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("happened_earliest", None),
                                ("happened_latest", None),
                                ("happened_precision", ""),
                            ),
                            models.Q(
                                ("happened_earliest__isnull", False),
                                ("happened_latest__gte", models.F("happened_earliest")),
                                ("happened_precision__in", ["day", "month", "year", "by"]),
                            ),
                            _connector="OR",
                        ),
                        name="development_happened_whole",
                        violation_error_message="happened: a date needs its first day, its last day and its precision.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="development",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'development' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'development ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="0b5efb7b7a60b0f5beadb87bc955814f12c79c77",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_072c4",
                            table="tracker_development",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="development",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."also_see" IS DISTINCT FROM (NEW."also_see") OR OLD."happened_earliest" IS DISTINCT FROM (NEW."happened_earliest") OR OLD."happened_latest" IS DISTINCT FROM (NEW."happened_latest") OR OLD."happened_precision" IS DISTINCT FROM (NEW."happened_precision") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."verification" IS DISTINCT FROM (NEW."verification") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'development' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'development ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="c729e2cdd419471a18771656c639287bf1bbf367",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_9dbd4",
                            table="tracker_development",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="development",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="05935b9aa0ea94ac8df99d3adaca7401323e0bd5",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_4a191",
                            table="tracker_development",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="development",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="c48fcb50ee2eaafcc599d7273c8c763ac1cfe3a5",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_0f6d8",
                            table="tracker_development",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("source__isnull", False), _connector="OR"
                        ),
                        name="claim_published_with_a_source",
                        violation_error_message="Name the source before publishing: nothing is published without one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(("verification", "unverified"), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_published_after_a_check",
                        violation_error_message="Check this against its source and say how before publishing it.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'claim' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'claim ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="18583689fdebc4cf71cadaea8e6731ff7fca05ae",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_4e34d",
                            table="tracker_claim",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."also_see" IS DISTINCT FROM (NEW."also_see") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."position_of_report" IS DISTINCT FROM (NEW."position_of_report") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."verification" IS DISTINCT FROM (NEW."verification") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'claim' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'claim ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="93833398cdfd47aa537de2b8a02a9c1a8fc7aa4e",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_865c8",
                            table="tracker_claim",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="fb8447ec410eca2be2726300405425c9ee92a53d",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_68558",
                            table="tracker_claim",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="664f9be7e13fc3bc2e1cfce9bcf81bffbe7e4c68",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_26e55",
                            table="tracker_claim",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="body",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fields=["name"], name="body_name_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                ),
                migrations.AddIndex(
                    model_name="body",
                    index=models.Index(fields=["name"], name="body_by_name"),
                ),
                migrations.AddConstraint(
                    model_name="body",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("source__isnull", False), _connector="OR"
                        ),
                        name="body_published_with_a_source",
                        violation_error_message="Name the source before publishing: nothing is published without one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="body",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(("verification", "unverified"), _negated=True),
                            _connector="OR",
                        ),
                        name="body_published_after_a_check",
                        violation_error_message="Check this against its source and say how before publishing it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="body",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "government",
                                    "government_department",
                                    "government_directorate",
                                    "legislature",
                                    "parliamentary_committee",
                                    "police_force",
                                    "local_policing_body",
                                    "national_policing_body",
                                    "inspectorate",
                                    "oversight_body",
                                    "commissioner",
                                    "ombudsman",
                                    "inquiry",
                                    "coroner",
                                    "judicial_office",
                                    "professional_body",
                                    "local_authority",
                                    "nhs_body",
                                    "ngo",
                                    "state",
                                    "company",
                                    "other",
                                ],
                            )
                        ),
                        name="body_kind_known",
                        violation_error_message="kind: choose one of government, government_department, government_directorate, legislature, parliamentary_committee, police_force, local_policing_body, national_policing_body, inspectorate, oversight_body, commissioner, ombudsman, inquiry, coroner, judicial_office, professional_body, local_authority, nhs_body, ngo, state, company, other.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="body",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("successor", None), ("ended_on__isnull", False), _connector="OR"),
                        name="body_successor_after_its_end",
                        violation_error_message="A body with a successor has ended: give the day it ended.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="body",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("successor", None),
                            models.Q(("successor", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="body_not_its_own_successor",
                        violation_error_message="A body cannot succeed itself.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="body",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'body' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'body ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="b935e7a07c600c99d9d4da99cd8d382eb42a0bb5",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_29497",
                            table="tracker_body",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="body",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."also_see" IS DISTINCT FROM (NEW."also_see") OR OLD."contacts" IS DISTINCT FROM (NEW."contacts") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."identifiers" IS DISTINCT FROM (NEW."identifiers") OR OLD."jurisdiction" IS DISTINCT FROM (NEW."jurisdiction") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."other_names" IS DISTINCT FROM (NEW."other_names") OR OLD."overseen_by_id" IS DISTINCT FROM (NEW."overseen_by_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."speaks_for_id" IS DISTINCT FROM (NEW."speaks_for_id") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."verification" IS DISTINCT FROM (NEW."verification") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'body' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'body ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="07c0cfe8e96ca98b40b56881523444b328e4ac6a",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_9f938",
                            table="tracker_body",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="body",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="3bdb81c9dd0c1a0cfab89cc98f7c9b6f3f3e469c",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_03d1b",
                            table="tracker_body",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="body",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="5855f3f0337fdd9cb0424cb06af0a9111f68e56d",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_70cef",
                            table="tracker_body",
                            when="BEFORE",
                        ),
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
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("source__isnull", False), _connector="OR"
                        ),
                        name="assessment_published_with_a_source",
                        violation_error_message="Name the source before publishing: nothing is published without one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(("verification", "unverified"), _negated=True),
                            _connector="OR",
                        ),
                        name="assessment_published_after_a_check",
                        violation_error_message="Check this against its source and say how before publishing it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("view__in", ["claimed", "independent", "affected", "verdict"])),
                        name="assessment_view_known",
                        violation_error_message="view: choose one of claimed, independent, affected, verdict.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "implementation__in",
                                [
                                    "not_started",
                                    "in_progress",
                                    "stalled",
                                    "partially_implemented",
                                    "implemented",
                                    "not_implemented",
                                    "superseded",
                                    "withdrawn",
                                    "cannot_determine",
                                ],
                            )
                        ),
                        name="assessment_implementation_known",
                        violation_error_message="implementation: choose one of not_started, in_progress, stalled, partially_implemented, implemented, not_implemented, superseded, withdrawn, cannot_determine.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("assessed_earliest", None),
                                ("assessed_latest", None),
                                ("assessed_precision", ""),
                            ),
                            models.Q(
                                ("assessed_earliest__isnull", False),
                                ("assessed_latest__gte", models.F("assessed_earliest")),
                                ("assessed_precision__in", ["day", "month", "year", "by"]),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_assessed_whole",
                        violation_error_message="assessed: a date needs its first day, its last day and its precision.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("assessed_latest__isnull", False)),
                        name="assessment_has_a_date",
                        violation_error_message="assessed_on: say as of when it was so.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assessment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'assessment' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'assessment ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="e2191045287a554e7f87d98dddc7792877fb0de1",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_f93ef",
                            table="tracker_assessment",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assessment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."addressee_id" IS DISTINCT FROM (NEW."addressee_id") OR OLD."also_see" IS DISTINCT FROM (NEW."also_see") OR OLD."assessed_earliest" IS DISTINCT FROM (NEW."assessed_earliest") OR OLD."assessed_latest" IS DISTINCT FROM (NEW."assessed_latest") OR OLD."assessed_precision" IS DISTINCT FROM (NEW."assessed_precision") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."implementation" IS DISTINCT FROM (NEW."implementation") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."verification" IS DISTINCT FROM (NEW."verification") OR OLD."view" IS DISTINCT FROM (NEW."view") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'assessment' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'assessment ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="c8ac9138bbc04789f9aa66276fb7771d10333179",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_22af5",
                            table="tracker_assessment",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assessment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="a71024ae032df2b96a9b4529a882786644647a47",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_8651d",
                            table="tracker_assessment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assessment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="d34a596b01c0b6bb6fe31e0a2f946633ddf34ecb",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_cc03c",
                            table="tracker_assessment",
                            when="BEFORE",
                        ),
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
                        condition=models.Q(("corrects__isnull", False)),
                        fields=["corrects"],
                        name="notice_corrected",
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
                        fields=("event", "subscription"), name="notice_once_an_event_and_subscription"
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
                            models.Q(
                                ("days_before", None),
                                ("event", None),
                                models.Q(("matter", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_of_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recommendationtheme",
                    constraint=models.UniqueConstraint(
                        fields=("recommendation", "theme"), name="theme_once_a_recommendation"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendationtheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'recommendation' AND e.subject_id = NEW.recommendation_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'recommendation ' || NEW.recommendation_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="e0e609e66505a5838356da352359078f2b64f6db",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_1ea9b",
                            table="tracker_recommendationtheme",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendationtheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'recommendation' AND e.subject_id = NEW.recommendation_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'recommendation ' || NEW.recommendation_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="13c64a5f9009cf79bc9c1f401efebfa3fe488579",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_d44a1",
                            table="tracker_recommendationtheme",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendationtheme",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'recommendation' AND e.subject_id = OLD.recommendation_id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'recommendation ' || OLD.recommendation_id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="ff5b1b7a17bff20ef5c73e3663135d638a892c2e",
                            operation="DELETE",
                            pgid="pgtrigger_guard_delete_ad167",
                            table="tracker_recommendationtheme",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="recommendation",
                    index=models.Index(fields=["asked_latest", "ref"], name="recommendation_newest"),
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
                migrations.AddConstraint(
                    model_name="recommendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("source__isnull", False), _connector="OR"
                        ),
                        name="recommendation_published_with_a_source",
                        violation_error_message="Name the source before publishing: nothing is published without one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recommendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(("verification", "unverified"), _negated=True),
                            _connector="OR",
                        ),
                        name="recommendation_published_after_a_check",
                        violation_error_message="Check this against its source and say how before publishing it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recommendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["recommendation", "action", "commitment", "duty"])),
                        name="recommendation_kind_known",
                        violation_error_message="kind: choose one of recommendation, action, commitment, duty.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recommendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("act_by_kind__in", ["period", "fixed", "immediate", "no_date", "after_event"])
                        ),
                        name="recommendation_act_by_kind_known",
                        violation_error_message="act_by_kind: choose one of period, fixed, immediate, no_date, after_event.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recommendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asked_earliest", None), ("asked_latest", None), ("asked_precision", "")
                            ),
                            models.Q(
                                ("asked_earliest__isnull", False),
                                ("asked_latest__gte", models.F("asked_earliest")),
                                ("asked_precision__in", ["day", "month", "year", "by"]),
                            ),
                            _connector="OR",
                        ),
                        name="recommendation_asked_whole",
                        violation_error_message="asked: a date needs its first day, its last day and its precision.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recommendation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("report", "number", "limb"),
                        name="recommendation_number_once_a_report",
                        violation_error_message="number: this report has a recommendation of that number and limb already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recommendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("limb", ""), ("part_of", None)),
                            models.Q(("part_of__isnull", False), models.Q(("limb", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="recommendation_limb_is_part_of_one",
                        violation_error_message="limb: a limb has a name and is part of a recommendation.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recommendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("answer_due_on", None),
                            ("answer_due_on__gte", models.F("asked_earliest")),
                            _connector="OR",
                        ),
                        name="recommendation_due_after_it_was_asked",
                        violation_error_message="answer_due_on: the answer cannot be due before the ask.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recommendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), ("asked_latest__isnull", False), _connector="OR"
                        ),
                        name="recommendation_published_with_a_date",
                        violation_error_message="asked_on: give the date of the ask before publishing it.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'recommendation' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'recommendation ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="94a61fccf8e6525c0523e639c2f637ebf8028fac",
                            operation="INSERT",
                            pgid="pgtrigger_guard_insert_98a9f",
                            table="tracker_recommendation",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="guard_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."act_by" IS DISTINCT FROM (NEW."act_by") OR OLD."act_by_kind" IS DISTINCT FROM (NEW."act_by_kind") OR OLD."act_by_text" IS DISTINCT FROM (NEW."act_by_text") OR OLD."aggregate" IS DISTINCT FROM (NEW."aggregate") OR OLD."also_see" IS DISTINCT FROM (NEW."also_see") OR OLD."answer_due_on" IS DISTINCT FROM (NEW."answer_due_on") OR OLD."answer_regime_id" IS DISTINCT FROM (NEW."answer_regime_id") OR OLD."asked_earliest" IS DISTINCT FROM (NEW."asked_earliest") OR OLD."asked_latest" IS DISTINCT FROM (NEW."asked_latest") OR OLD."asked_precision" IS DISTINCT FROM (NEW."asked_precision") OR OLD."delivered_by_id" IS DISTINCT FROM (NEW."delivered_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."limb" IS DISTINCT FROM (NEW."limb") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."offered_instead_of_id" IS DISTINCT FROM (NEW."offered_instead_of_id") OR OLD."part_of_id" IS DISTINCT FROM (NEW."part_of_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."quote" IS DISTINCT FROM (NEW."quote") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."verification" IS DISTINCT FROM (NEW."verification") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            constraint="CONSTRAINT",
                            func="\n    IF NOT EXISTS (\n        SELECT 1 FROM tracker_event e\n        WHERE e.subject_type = 'recommendation' AND e.subject_id = NEW.id\n          AND e.id >= NULLIF(current_setting('register.first_event', true), '')::bigint\n          AND e.xact = pg_current_xact_id()\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',\n            MESSAGE = 'recommendation ' || NEW.id || ' changed with no line in the ledger';\n    END IF;\n    RETURN NULL;\n",
                            hash="0e61c701fd22ff52d3174e622bbf744cb267141f",
                            operation="UPDATE",
                            pgid="pgtrigger_guard_update_f3651",
                            table="tracker_recommendation",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="e0f4304b2113a7d0811a0b02b39490c8012985c6",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_57837",
                            table="tracker_recommendation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recommendation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ref_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."ref" IS DISTINCT FROM (NEW."ref"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="088cf840d283e5c1df7f6ff8354fdfc6522c7eb1",
                            operation="UPDATE",
                            pgid="pgtrigger_ref_never_changes_8946d",
                            table="tracker_recommendation",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
        *SEARCH,
        # Counts of requests need not outlive a crash: they are not written to the log.
        migrations.RunSQL(
            "ALTER TABLE tracker_ratecount SET UNLOGGED", "ALTER TABLE tracker_ratecount SET LOGGED"
        ),
    ]
