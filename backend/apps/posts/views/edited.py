"""What belongs to a post and is for those who may edit it: the base of those views."""

from apps.common.views import ContractViewSet
from apps.posts.models import Post
from apps.posts.permissions import PostEditingPermission
from apps.posts.views.posts import visible_post


class EditedPostViewSet(ContractViewSet):
    """Actions on what belongs to a post, for those who may edit it."""

    permission_classes = [PostEditingPermission]

    def get_post(self) -> Post:
        """The post at this address. 404 for whom it is not to be seen by, 403 for whom it is not to be edited by."""
        post = visible_post(self.request, self.kwargs["slug"])
        self.check_object_permissions(self.request, post)
        return post
