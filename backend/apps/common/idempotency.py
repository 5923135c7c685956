"""`Idempotency-Key` on POSTs that create: repeating a request that may have got through is safe."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import orjson
from django.db import transaction
from rest_framework.response import Response

from apps.common.errors import DomainError
from apps.common.idempotency_store import Answer, claim, complete, fingerprint, release
from apps.common.renderers import render_json
from apps.common.views import ContractView

_KEY = re.compile(r"^[\x21-\x7e]{1,255}$")
_KEPT_HEADERS = ("Location",)
V = TypeVar("V", bound=ContractView)


class UnkeptResponse(Response):
    """An answer that shows a secret once and so is never stored: whoever repeats the request begins anew."""


class MalformedKey(DomainError):
    status = 400
    code = "idempotency_key_malformed"
    title = "The Idempotency-Key cannot be used"

    def __init__(self) -> None:
        super().__init__("Send 1 to 255 visible ASCII characters, such as a random UUID.")


def idempotent(handler: Callable[..., Response]) -> Callable[..., Response]:
    """Make a creating action repeatable: same key and body, same answer; the work is done once."""

    @wraps(handler)
    def wrapper(self: ContractView, request: Any, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return handler(self, request, *args, **kwargs)
        if not _KEY.match(key):
            raise MalformedKey
        outcome = claim(
            principal=_principal(request),
            key=key,
            fingerprint=fingerprint(method=request.method, path=request.path, body=request.body),
        )
        if isinstance(outcome, Answer):
            headers = {**outcome.headers, "Idempotent-Replayed": "true"}
            return Response(outcome.body, status=outcome.status, headers=headers)
        try:
            with transaction.atomic():
                response = handler(self, request, *args, **kwargs)
                if not isinstance(response, UnkeptResponse):
                    complete(outcome, _kept(response))
        except BaseException:
            release(outcome)
            raise
        if isinstance(response, UnkeptResponse):
            release(outcome)
        return response

    wrapper.accepts_idempotency_key = True  # type: ignore[attr-defined]
    return wrapper


def _kept(response: Response) -> Answer:
    return Answer(
        status=response.status_code,
        body=orjson.loads(render_json(response.data)),
        headers={name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers},
    )


def _principal(request: Any) -> str:
    """Whose key it is: keys of different callers never meet."""
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return f"address:{request.META.get('REMOTE_ADDR', '')}"
