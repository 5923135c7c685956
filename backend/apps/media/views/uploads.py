"""Resumable uploads of images over HTTP: tus 1.0.0 with creation, expiration and termination."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.urls import reverse
from rest_framework import status
from rest_framework.exceptions import NotFound, UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.common.views import ContractView
from apps.media import tus
from apps.media.docs import uploads as docs
from apps.media.errors import MalformedHeader
from apps.media.models import Image, Upload
from apps.media.parsers import OctetsParser
from apps.media.permissions import ImagePermission
from apps.media.serializers.images import MAX_ALT, represent_image
from apps.media.serializers.uploads import represent_upload
from apps.media.services import resumable
from apps.media.services.library import MAX_PICTURE_BYTES


class TusView(ContractView):
    permission_classes = [ImagePermission]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        tus.check_version(request.headers)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Tus-Resumable"] = tus.VERSION
        if request.method == "OPTIONS" or response.status_code == status.HTTP_412_PRECONDITION_FAILED:
            response.headers["Tus-Version"] = tus.VERSION
            response.headers["Tus-Extension"] = tus.EXTENSIONS
            response.headers["Tus-Max-Size"] = str(MAX_PICTURE_BYTES)
        return response


@docs.uploads
class UploadsView(TusView):
    scopes = {"post": Scope.POSTS_WRITE}

    def post(self, request: Request) -> Response:
        length = tus.number(request.headers, "Upload-Length")
        text, found = tus.metadata(request.headers)
        alt = found.get("alt", "").replace("\0", "")
        if not length or len(alt) > MAX_ALT:
            raise MalformedHeader(f"A file has at least one byte, its alternative text at most {MAX_ALT} characters.")
        upload = resumable.begin_upload(
            user=caller(request), length=length, name=found.get("filename", ""), alt=alt, metadata=text
        )
        location = reverse("media:upload", kwargs={"pk": upload.pk})
        headers = {**tus.headers_of(upload), "Location": location}
        return Response(represent_upload(upload, None), status=status.HTTP_201_CREATED, headers=headers)


@docs.upload
class UploadView(TusView):
    parser_classes = [OctetsParser]
    scopes = {"get": Scope.POSTS_WRITE, "patch": Scope.POSTS_WRITE, "delete": Scope.POSTS_WRITE}

    def get(self, request: Request, pk: UUID) -> Response:
        """Also takes in what has arrived whole, where whoever sent the end of it did not live to do so."""
        upload = self._upload(request, pk)
        image = resumable.finish(upload) if upload.is_complete else None
        return Response(represent_upload(upload, image), headers=tus.headers_of(upload))

    def patch(self, request: Request, pk: UUID) -> Response:
        upload = self._upload(request, pk)
        if (request.content_type or "").partition(";")[0].strip().lower() != OctetsParser.media_type:
            raise UnsupportedMediaType(request.content_type or "")
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
        stream: Any = request.data if announced else BytesIO()
        offset = tus.number(request.headers, "Upload-Offset")
        resumable.append(upload, stream, offset=offset, announced=announced)
        image = resumable.finish(upload) if upload.is_complete else None
        return self._answer(request, upload, image)

    def delete(self, request: Request, pk: UUID) -> Response:
        resumable.forget_upload(self._upload(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _upload(self, request: Request, pk: UUID) -> Upload:
        upload = resumable.upload_of(caller(request), pk)
        if upload is None:
            raise NotFound("You have no upload at this address, or it has expired.")
        return upload

    def _answer(self, request: Request, upload: Upload, image: Image | None) -> Response:
        """An empty answer, as tus has it; the finished image for who asks for it."""
        headers = tus.headers_of(upload)
        if image is None:
            return Response(status=status.HTTP_204_NO_CONTENT, headers=headers)
        headers["Content-Location"] = reverse("media:image", kwargs={"pk": image.pk})
        if "application/json" in request.headers.get("Accept", ""):
            return Response(represent_image(image), headers=headers)
        return Response(status=status.HTTP_204_NO_CONTENT, headers=headers)
