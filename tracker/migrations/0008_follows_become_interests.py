"""Who followed a report follows the filter that names it; notices say what kind of news they are."""

from django.db import migrations

KINDS = {
    "deadline.missed": "deadline_missed",
    "promise.missed": "promise_missed",
    "answer.withdrawn": "withdrawn",
    "deadline.miss_retracted": "corrected",
    "promise.miss_retracted": "corrected",
}


def forwards(apps, schema_editor):
    Subscription = apps.get_model("tracker", "Subscription")
    Interest = apps.get_model("tracker", "Interest")
    InterestTerm = apps.get_model("tracker", "InterestTerm")
    Notice = apps.get_model("tracker", "Notice")
    for subscription in Subscription.objects.filter(interest=None).select_related("report"):
        ref = subscription.report.ref
        interest, new = Interest.objects.get_or_create(wanted={"report": ref}, defaults={"fields": 1})
        if new:
            InterestTerm.objects.create(interest=interest, field="report", value=ref)
        Subscription.objects.filter(pk=subscription.pk).update(interest=interest)
    for kind, news in KINDS.items():
        Notice.objects.filter(event__kind=kind).update(news=news)


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0007_challenges_and_steps"),
    ]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
