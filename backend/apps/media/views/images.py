"""The caller's library of images over HTTP."""

from django.db.models import Q
from django.urls import reverse
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller
from apps.accounts.scopes import Scope
from apps.common.pagination import Order
from apps.common.views import ContractViewSet
from apps.media import services
from apps.media.docs import images as docs
from apps.media.models import Image
from apps.media.parsers import PictureParser
from apps.media.permissions import ImagePermission
from apps.media.serializers.images import (
    ImageListQuery,
    ImageUploadSerializer,
    ImageWriteSerializer,
    represent_image,
)

NEWEST = Order("newest", ("-id",))


@docs.library
class LibraryViewSet(ContractViewSet):
    permission_classes = [ImagePermission]
    parser_classes = [PictureParser]
    scopes = {"list": Scope.POSTS_READ, "create": Scope.POSTS_WRITE}
    query_serializers = {"list": ImageListQuery}

    def list(self, request: Request) -> Response:
        images = Image.objects.library_of(caller(request))
        if words := self.query.get("q"):
            images = images.filter(Q(alt__icontains=words) | Q(name__icontains=words))
        page = self.page(images, NEWEST)
        return self.page_response(page, [represent_image(image) for image in page.rows])

    def create(self, request: Request) -> Response:
        serializer = ImageUploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        file, alt = serializer.validated_data["file"], serializer.validated_data["alt"]
        image = services.add_picture(user=caller(request), file=file, size=file.size, name=file.name, alt=alt)
        location = reverse("media:image", kwargs={"pk": image.pk})
        return Response(represent_image(image), status=status.HTTP_201_CREATED, headers={"Location": location})


@docs.images
class ImageViewSet(ContractViewSet):
    permission_classes = [ImagePermission]
    scopes = {"retrieve": Scope.POSTS_READ, "partial_update": Scope.POSTS_WRITE, "destroy": Scope.POSTS_WRITE}

    def get_object(self) -> Image:
        image = Image.objects.library_of(caller(self.request)).filter(pk=self.kwargs["pk"]).first()
        if image is None:
            raise NotFound("You have no image of this id.")
        return image

    def retrieve(self, request: Request, pk: int) -> Response:
        return Response(represent_image(self.get_object()))

    def partial_update(self, request: Request, pk: int) -> Response:
        serializer = ImageWriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        image = services.describe_picture(image=self.get_object(), alt=serializer.validated_data["alt"])
        return Response(represent_image(image))

    def destroy(self, request: Request, pk: int) -> Response:
        services.delete_picture(image=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
