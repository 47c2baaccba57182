"""What a clerk does through the web process of these tests: `PUT /letters/7` records and publishes letter 7, once.

Whoever gets no answer asks again: the number says which letter it is.
"""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from tests.alerts.world import make_letter
from tracker.config import urls as registers
from tracker.models import Addressee, Answer

BODIES_A_LETTER = 10


def words(number: int) -> str:
    return f"Letter number {number}."


@csrf_exempt
@transaction.atomic
def letter(_request: HttpRequest, number: int) -> HttpResponse:
    """The tenth of the addressees whose turn it is answer; one after the other where it is asked for twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7, %s)", [number])
    if not Answer.objects.filter(summary=words(number)).exists():
        first = number * BODIES_A_LETTER
        few = Addressee.objects.select_related("recommendation__report", "body").order_by("pk")
        make_letter(
            few[first : first + BODIES_A_LETTER], summary=words(number), at=timezone.now(), answered=None
        )
    return HttpResponse(status=204)


urlpatterns = [*registers.urlpatterns, path("letters/<int:number>", letter)]
