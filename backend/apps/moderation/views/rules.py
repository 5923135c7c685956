"""Rules over HTTP, for moderators."""

from django.urls import reverse
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.policies import is_active
from apps.accounts.scopes import Scope
from apps.common.idempotency import idempotent
from apps.common.pagination import Order, PageQuery
from apps.common.views import ContractViewSet
from apps.moderation.docs import rules as docs
from apps.moderation.models import Rule
from apps.moderation.serializers.rules import (
    RuleChangeSerializer,
    RuleCreateSerializer,
    RuleSerializer,
    RuleTrialSerializer,
    RuleTryWriteSerializer,
)
from apps.moderation.services import rules
from apps.moderation.services.rule_trial import try_rule

OLDEST = Order("oldest", ("id",))


class RulesPermission(BasePermission):
    """Rules say how moderators go about things: they see and change them, nobody else."""

    message = "Rules are for moderators."

    def has_permission(self, request: Request, view: object) -> bool:
        return is_active(request.user) and request.user.has_perm("moderation.change_rule")


@docs.rules
class RuleViewSet(ContractViewSet):
    permission_classes = [RulesPermission]
    scopes = dict.fromkeys(("list", "create", "retrieve", "partial_update", "destroy", "try_out"), Scope.MODERATION)
    query_serializers = {"list": PageQuery}

    def get_object(self) -> Rule:
        rule = Rule.objects.filter(pk=int(self.kwargs["pk"])).first()
        if rule is None:
            raise NotFound("There is no such rule.")
        return rule

    def list(self, request: Request) -> Response:
        page = self.page(Rule.objects.all(), OLDEST)
        return self.page_response(page, list(RuleSerializer(page.rows, many=True).data))

    @idempotent
    def create(self, request: Request) -> Response:
        serializer = RuleCreateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        rule = rules.create_rule(values=serializer.validated_data, by_id=caller(request).pk)
        location = request.build_absolute_uri(reverse("moderation:rule", args=[rule.pk]))
        return Response(RuleSerializer(rule).data, status=status.HTTP_201_CREATED, headers={"Location": location})

    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(RuleSerializer(self.get_object()).data)

    def partial_update(self, request: Request, pk: str) -> Response:
        expected, rule = self.expected_versions(), self.get_object()
        serializer = RuleChangeSerializer(data=request.data, context={"kind": rule.kind})
        serializer.is_valid(raise_exception=True)
        rule = rules.change_rule(
            rule=rule, changes=serializer.validated_data, expected=expected, by_id=caller(request).pk
        )
        return Response(RuleSerializer(rule).data)

    def destroy(self, request: Request, pk: str) -> Response:
        expected = self.expected_versions()
        rules.delete_rule(rule=self.get_object(), expected=expected, by_id=caller(request).pk)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def try_out(self, request: Request) -> Response:
        serializer = RuleTryWriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        return Response(RuleTrialSerializer(try_rule(kind=data["kind"], settings=data["settings"])).data)
