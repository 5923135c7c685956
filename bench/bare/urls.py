"""`/posts` and `/posts/{slug}` by the book: ModelViewSet, ModelSerializer, router. Lists read and send no bodies."""

from rest_framework.pagination import CursorPagination
from rest_framework.routers import SimpleRouter
from rest_framework.serializers import ModelSerializer
from rest_framework.viewsets import ModelViewSet

from bare.models import Post

BODIES = ("body", "body_format", "body_html")


class PostSerializer(ModelSerializer):
    class Meta:
        model = Post
        fields = "__all__"


class SummarySerializer(ModelSerializer):
    class Meta:
        model = Post
        exclude = BODIES


class TwentyAtATime(CursorPagination):
    page_size = 20
    ordering = ("-published_at", "-id")


class PostViewSet(ModelViewSet):
    queryset = Post.objects.filter(status="published")
    serializer_class = PostSerializer
    lookup_field = "slug"
    pagination_class = TwentyAtATime

    def get_queryset(self):
        posts = super().get_queryset()
        return posts.defer(*BODIES) if self.action == "list" else posts

    def get_serializer_class(self):
        return SummarySerializer if self.action == "list" else PostSerializer


router = SimpleRouter(trailing_slash=False)
router.register("posts", PostViewSet)
urlpatterns = router.urls
