"""The publication's record over HTTP."""

from django.conf import settings
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.permissions import ReadOnly
from apps.common.schema import describe, operation
from apps.common.scopes import ANY_SCOPE
from apps.common.serializers import OutputSerializer
from apps.common.views import ContractView
from apps.site.services import get_site
from apps.site.validators import MAX_ADDRESS, MAX_LABEL, MAX_NAVIGATION


class NavigationEntrySerializer(OutputSerializer):
    label = serializers.CharField(max_length=MAX_LABEL)  # type: ignore[assignment]
    url = serializers.CharField(max_length=MAX_ADDRESS, help_text="A path on this site, or a whole address.")


class SiteSerializer(OutputSerializer):
    """Name and character of the publication."""

    name = serializers.CharField(max_length=80)
    description = serializers.CharField(max_length=300, allow_blank=True)
    logo_url = serializers.CharField(max_length=500, allow_blank=True)
    icon_url = serializers.CharField(max_length=500, allow_blank=True, help_text="Square.")
    share_image_url = serializers.CharField(
        max_length=500, allow_blank=True, help_text="For what is shared and has no picture of its own."
    )
    navigation = NavigationEntrySerializer(many=True, max_length=MAX_NAVIGATION)  # type: ignore[call-arg]
    footer_text = serializers.CharField(max_length=600, allow_blank=True)
    language = serializers.CharField(max_length=12)
    accent_color = serializers.CharField(max_length=7)
    registration_open = serializers.BooleanField()
    comment_edit_minutes = serializers.IntegerField(
        min_value=0, max_value=32_767, help_text="How long a comment can be edited; 0 sets no limit."
    )
    url = serializers.CharField(max_length=500)
    version = serializers.IntegerField(min_value=1)


@describe(get=operation("get_site", "Read the publication's record", SiteSerializer, public=True, tag="site"))
class SiteView(ContractView):
    permission_classes = [ReadOnly]
    scopes = {"get": ANY_SCOPE}

    def get(self, request: Request) -> Response:
        site = get_site()
        return Response(
            {
                "name": site.name,
                "description": site.description,
                "logo_url": site.logo_url,
                "icon_url": site.icon_url,
                "share_image_url": site.share_image_url,
                "navigation": site.navigation,
                "footer_text": site.footer_text,
                "language": site.language,
                "accent_color": site.accent_color,
                "registration_open": site.registration_open,
                "comment_edit_minutes": site.comment_edit_minutes,
                "url": settings.PUBLIC_URL,
                "version": site.version,
            }
        )
