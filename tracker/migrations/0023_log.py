from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0022_challenges"),
    ]

    operations = [
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
    ]
