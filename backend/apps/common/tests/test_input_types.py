"""Bodies are taken at their word: another JSON type than the schema says is refused, not converted."""

import pytest
from rest_framework import serializers

from apps.common.serializers import InputSerializer


class Example(InputSerializer):
    text = serializers.CharField(required=False, allow_null=True)
    flag = serializers.BooleanField(required=False)
    number = serializers.IntegerField(required=False)
    names = serializers.ListField(child=serializers.CharField(), required=False)


@pytest.mark.parametrize(
    "body",
    [{"text": 0}, {"text": True}, {"flag": "yes"}, {"flag": 1}, {"number": "1"}, {"number": True}, {"names": ["a", 1]}],
)
def test_other_type_is_refused_at_its_member(body):
    serializer = Example(data=body)
    assert not serializer.is_valid()
    assert [(name, errors[0].code) for name, errors in serializer.errors.items()] == [(next(iter(body)), "wrong_type")]


def test_right_types_are_taken():
    body = {"text": None, "flag": False, "number": 1, "names": ["a"]}
    serializer = Example(data=body)
    assert serializer.is_valid()
    assert serializer.validated_data == body
