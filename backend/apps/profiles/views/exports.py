"""An archive of everything about the caller."""

from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller, require_confirmation, session_of
from apps.accounts.clients import client_of
from apps.common.renderers import JSONRenderer
from apps.common.views import ContractView
from apps.profiles import export_docs as docs
from apps.profiles.export_serializers import ExportSerializer
from apps.profiles.exports import ask_for_export, downloadable_export, latest_export, note_download


class ZipRenderer(JSONRenderer):
    """Lets callers accept archives alone; what is rendered are problem documents all the same."""

    media_type = "application/zip"
    format = "zip"


@docs.export
class ExportView(ContractView):
    permission_classes = [IsAuthenticated]

    def get(self, request: Request) -> Response:
        session_of(request)
        return Response(ExportSerializer().to_representation(latest_export(caller(request))))

    def post(self, request: Request) -> Response:
        require_confirmation(request)
        export = ask_for_export(user=caller(request), client=client_of(request))
        return Response(ExportSerializer(export).data, status=status.HTTP_202_ACCEPTED)


@docs.download
class ExportDownloadView(ContractView):
    """The file itself, for whoever shows an access token of a session: no address holds a secret."""

    permission_classes = [IsAuthenticated]
    renderer_classes: list[type[BaseRenderer]] = [JSONRenderer, ZipRenderer]

    def get(self, request: Request) -> HttpResponseBase:
        require_confirmation(request)
        user = caller(request)
        export = downloadable_export(user)
        if export is None:
            raise NotFound("There is no archive to download. Ask for one, and wait until it is ready.")
        if request.method == "GET":
            note_download(export, client=client_of(request))
        day = timezone.localdate(export.ready_at).isoformat()
        response = FileResponse(
            export.path.open("rb"),
            as_attachment=True,
            filename=f"{user.username}-{day}.zip",
            content_type="application/zip",
        )
        response.headers["Cache-Control"] = "no-store"
        return response
