"""What a partner manages with a key: the addresses that are called, and what each follows. No facts."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NoReturn

from django.core.exceptions import ValidationError
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.errors import NotInTheRegister, Problem, refuse
from api.filters import PART, ManagedParameters, read
from api.pagination import Pager, paginated
from api.schema_of_partners import ManagedSchema, Told
from api.views import root
from api.webhook_bodies import (
    ReplaySent,
    SubscriptionChanged,
    SubscriptionSent,
    WebhookChanged,
    WebhookSent,
)
from tracker.alerts import endpoints, interests
from tracker.models import Endpoint, Subscription
from tracker.queries.days import register_day
from tracker.queries.shapes import as_json
from tracker.queries.webhooks import (
    AS_MADE,
    LATEST_FIRST,
    DeliveryView,
    NewWebhookView,
    QueuedView,
    SecretView,
    SubscriptionView,
    WebhookView,
    deliveries_of,
    delivery_views,
    new_webhook_view,
    secret_view,
    subscription_views,
    subscriptions_of,
    webhook_view,
    webhook_views,
    webhooks_of,
)
from tracker.vocabulary import Channel, Scope

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_WEBHOOKS, MOST_SUBSCRIPTIONS = 20, 500


class EnoughOfThem(exceptions.APIException):
    status_code = 409
    default_code = "too_many"


class Managed(GenericViewSet):
    """What belongs to the partner whose key it is."""

    http_method_names = ("get", "head", "options", "post", "patch", "delete")  # type: ignore[assignment]
    schema = ManagedSchema()
    needs = Scope.MANAGE_WEBHOOKS
    lookup_field = "ref"
    lookup_value_regex = PART
    told: ClassVar[Mapping[str, Told]]

    def body(self, request: Request, *, partly: bool = False) -> dict[str, Any]:
        """What was sent, checked. Raises ValidationError that names each member that is wrong."""
        takes = self.told[self.action].takes
        assert takes is not None  # only actions that take something ask
        sent = takes(data=request.data, partial=partly)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def asked(self, request: Request) -> dict[str, Any]:
        parameters = self.told[self.action].parameters
        return read(parameters, request, register_day(timezone.now()))

    def page(self, request: Request, rows: Any, order: Sequence[str], name: str, views: Any) -> Response:
        asked = self.asked(request)
        pager = Pager(name, order[0], order, asked["page_size"])
        page = pager.page(rows, asked.get("cursor"))
        results = as_json(views(page.rows), root(request))
        built = paginated(request, results, next=page.next, previous=page.previous, name="cursor")
        return Response(built.data, headers=built.headers)

    def one(self, rows: Any, ref: str) -> Any:
        row = rows.filter(ref=ref).first() if UUID.fullmatch(ref) else None
        if row is None:
            raise NotInTheRegister
        return row

    def answer(self, request: Request, view: Any, status: int = 200) -> Response:
        return Response(as_json(view, root(request)), status=status)


class WebhookViewSet(Managed):
    """A partner's own endpoints."""

    told: ClassVar[Mapping[str, Told]] = {
        "list": Told(WebhookView, many=True, parameters=ManagedParameters),
        "retrieve": Told(WebhookView),
        "create": Told(NewWebhookView, 201, takes=WebhookSent),
        "partial_update": Told(WebhookView, takes=WebhookChanged),
        "destroy": Told(None, 204),
        "ping": Told(QueuedView, 202),
        "rotate": Told(SecretView),
        "enable": Told(WebhookView),
        "replay": Told(QueuedView, 202, takes=ReplaySent),
        "deliveries": Told(DeliveryView, many=True, parameters=ManagedParameters),
    }

    def mine(self, ref: str) -> Endpoint:
        return self.one(webhooks_of(self.request.user), ref)

    def list(self, request: Request) -> Response:
        return self.page(request, webhooks_of(request.user), AS_MADE, "webhooks", webhook_views)

    def retrieve(self, request: Request, *, ref: str) -> Response:
        self.asked(request)
        return self.answer(request, webhook_view(self.mine(ref)))

    def create(self, request: Request) -> Response:
        """An address to call. The answer holds the secret that signs the calls: it is shown this once."""
        sent = self.body(request)
        if webhooks_of(request.user).count() >= MOST_WEBHOOKS:
            raise EnoughOfThem(f"A partner has {MOST_WEBHOOKS} webhooks at most: delete one first.")
        try:
            made = endpoints.register(partner=request.user, at=timezone.now(), **_as_stored(sent))
        except ValidationError as error:
            _refuse(error)
        response = self.answer(request, new_webhook_view(made), 201)
        response.headers["Location"] = f"{root(request)}webhooks/{made.ref}/"
        return response

    def partial_update(self, request: Request, *, ref: str) -> Response:
        endpoint, sent = self.mine(ref), _as_stored(self.body(request, partly=True))
        try:
            endpoints.change(endpoint, **sent)
        except ValidationError as error:
            _refuse(error)
        return self.answer(request, webhook_view(endpoint))

    def destroy(self, request: Request, *, ref: str) -> Response:
        """It is called no more."""
        endpoints.delete(self.mine(ref), at=timezone.now())
        return Response(status=204)

    @action(detail=True, methods=["post"])
    def ping(self, request: Request, *, ref: str) -> Response:
        """A test call, made within seconds; its outcome stands in `deliveries`."""
        endpoints.ping(self.mine(ref), at=timezone.now())
        return self.answer(request, QueuedView(1), 202)

    @action(detail=True, methods=["post"])
    def rotate(self, request: Request, *, ref: str) -> Response:
        """A new secret, shown this once; the one before signs too for a day."""
        endpoint = self.mine(ref)
        endpoints.change_secret(endpoint, at=timezone.now())
        endpoint.refresh_from_db()
        return self.answer(request, secret_view(endpoint))

    @action(detail=True, methods=["post"])
    def enable(self, request: Request, *, ref: str) -> Response:
        """Call it again after it was disabled. What was dropped meanwhile is sent by `replay`."""
        endpoint = self.mine(ref)
        endpoints.enable(endpoint)
        endpoint.refresh_from_db()
        return self.answer(request, webhook_view(endpoint))

    @action(detail=True, methods=["post"])
    def replay(self, request: Request, *, ref: str) -> Response:
        """Send again all since a moment, thirty days ago at most: the same ids, the same bytes."""
        endpoint, sent = self.mine(ref), self.body(request)
        try:
            return self.answer(
                request, QueuedView(endpoints.replay(endpoint, at=timezone.now(), **sent)), 202
            )
        except ValidationError as error:
            _refuse(error)

    @action(detail=True, methods=["get"])
    def deliveries(self, request: Request, *, ref: str) -> Response:
        """The attempts to call it, the latest first."""
        return self.page(request, deliveries_of(self.mine(ref)), LATEST_FIRST, "deliveries", delivery_views)


class SubscriptionViewSet(Managed):
    """What a partner's endpoints follow."""

    told: ClassVar[Mapping[str, Told]] = {
        "list": Told(SubscriptionView, many=True, parameters=ManagedParameters),
        "retrieve": Told(SubscriptionView),
        "create": Told(SubscriptionView, 201, takes=SubscriptionSent),
        "partial_update": Told(SubscriptionView, takes=SubscriptionChanged),
        "destroy": Told(None, 204),
    }

    def list(self, request: Request) -> Response:
        rows = subscriptions_of(request.user)
        return self.page(request, rows, AS_MADE, "subscriptions", subscription_views)

    def retrieve(self, request: Request, *, ref: str) -> Response:
        self.asked(request)
        return self.answer(request, subscription_views([self.mine(ref)])[0])

    def mine(self, ref: str) -> Subscription:
        return self.one(subscriptions_of(self.request.user), ref)

    def create(self, request: Request) -> Response:
        """Follow a filter. Whoever follows it already has the kinds given now, and no second subscription."""
        sent = self.body(request)
        if subscriptions_of(request.user).count() >= MOST_SUBSCRIPTIONS:
            raise EnoughOfThem(f"A partner has {MOST_SUBSCRIPTIONS} subscriptions at most: delete one first.")
        endpoint = webhooks_of(request.user).filter(ref=sent["webhook"]).first()
        if endpoint is None:
            refuse([Problem("webhook", "unknown", "None of your webhooks has this id.")])
        made = self._followed(endpoint, sent["filter"], sent["kinds"])
        response = self.answer(request, subscription_views([made])[0], 201)
        response.headers["Location"] = f"{root(request)}subscriptions/{made.ref}/"
        return response

    def partial_update(self, request: Request, *, ref: str) -> Response:
        """Other kinds of news. Another filter is another subscription."""
        row, sent = self.mine(ref), self.body(request, partly=True)
        try:
            if "kinds" in sent:
                interests.choose_kinds(row, sent["kinds"])
        except ValidationError as error:
            _refuse(error)
        return self.answer(request, subscription_views([row])[0])

    def destroy(self, request: Request, *, ref: str) -> Response:
        """What waits to be called for it alone is not called."""
        self.mine(ref).delete()
        return Response(status=204)

    def _followed(self, endpoint: Endpoint, wanted: Any, kinds: Any) -> Subscription:
        try:
            words = interests.checked_public(wanted)
            return interests.follow(
                reader=endpoint, wanted=words, kinds=kinds, channel=Channel.WEBHOOK, at=timezone.now()
            )
        except interests.NothingPublic as error:
            _refuse(error, within="filter", code="unknown")
        except ValidationError as error:
            _refuse(error, within="filter")


def _as_stored(sent: dict[str, Any]) -> dict[str, Any]:
    """The members under the names of the columns."""
    return {"url" if name == "address" else name: value for name, value in sent.items()}


_TOLD_AS = {"url": "address", "since": "since", "kinds": "kinds", "contact": "contact", "name": "name"}


def _refuse(error: ValidationError, within: str = "", code: str = "invalid") -> NoReturn:
    """The same refusal, under the names of the members."""
    told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    refuse(
        [
            Problem(_TOLD_AS.get(field) or f"{within}.{field}".strip("."), code, " ".join(said))
            for field, said in told.items()
        ]
    )
