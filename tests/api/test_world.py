"""The world that measurements are made in: every row points to one that is there, and one seed gives one world."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Count

from benchmarks.world import fill
from benchmarks.world_rows import World
from tracker.models import Addressee, Answer, LedgerHead, Recommendation
from tracker.queries.statuses import with_status
from tracker.vocabulary import STATUSES

SMALL = World(asks=600, addressees=2_000)


@pytest.fixture
def world(db: None) -> World:
    fill(SMALL)
    return SMALL


@pytest.mark.django_db
def test_a_world_is_as_large_as_asked_for_and_every_row_points_to_one_that_is_there(world: World) -> None:
    assert Recommendation.objects.count() == world.asks
    assert Addressee.objects.count() == world.addressees
    for model in apps.get_app_config("tracker").get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model:
                ends = field.related_model._default_manager.values("pk")
                stray = model._default_manager.filter(**{f"{field.name}__isnull": False})
                assert not stray.exclude(**{f"{field.attname}__in": ends}).exists(), field


@pytest.mark.django_db
def test_a_world_has_everything_that_a_register_has(world: World) -> None:
    public = Addressee.objects.public()
    assert 0.8 < public.count() / world.addressees < 1
    stood = with_status(public, SMALL.today).values_list("status_on").annotate(n=Count("pk"))
    assert {status for status, _ in stood} == {*STATUSES}
    assert Answer.objects.public().filter(holding=True).exists()
    head = LedgerHead.objects.get()
    assert head.number > head.public_number > world.addressees


@pytest.mark.django_db
def test_one_seed_gives_one_world_and_another_seed_another() -> None:
    def summaries(seed: int) -> list[tuple[str, str]]:
        with transaction.atomic():
            fill(replace(SMALL, seed=seed))
            rows = list(Answer.objects.order_by("pk").values_list("addressee__ref", "summary"))
            transaction.set_rollback(True)
        return rows

    assert summaries(1) == summaries(1)
    assert summaries(1) != summaries(2)
