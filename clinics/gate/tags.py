"""Tags of pictures: words that another clinic may have invented, so each sees only its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from django.http import JsonResponse
from taggit.models import Tag
from wagtail.images import get_image_model
from wagtail.images.views.chooser import ImageChooserViewSet, ImageChooseView
from wagtail.images.views.images import ImagesFilterSet, IndexView
from wagtail.permissions import policy_registry

from clinics.gate.rules import ANY_ACTION

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest

OFFERED = 10


def tags_in_reach(user: AbstractUser) -> QuerySet[Tag]:
    """Tags of the pictures that the user may choose or change, the most used ones first."""
    model = get_image_model()
    pictures = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, set(ANY_ACTION)
    )
    tags = Tag.objects.filter(
        taggit_taggeditem_items__content_type=ContentType.objects.get_for_model(model),
        taggit_taggeditem_items__object_id__in=pictures.values("pk"),
    )
    return tags.annotate(uses=Count("taggit_taggeditem_items")).order_by("-uses", "name")


def complete_tag(request: HttpRequest, **_model: str) -> JsonResponse:
    """The tags that begin with `term`, by name, as Wagtail's field of tags expects them."""
    term = request.GET.get("term", "")
    found = (
        tags_in_reach(request.user).filter(name__istartswith=term) if term else Tag.objects.none()
    )
    return JsonResponse(sorted(tag.name for tag in found[:OFFERED]), safe=False)


class PictureFilters(ImagesFilterSet):
    """The filters of the list of pictures; Wagtail's would offer everybody's tags."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tags = tags_in_reach(self.request.user)[:OFFERED]
        if not tags:
            self.filters.pop("tag", None)
        elif "tag" in self.filters:
            self.filters["tag"].extra["choices"] = [(tag.name, tag.name) for tag in tags]


class PictureList(IndexView):
    filterset_class = PictureFilters


class ChoosePicture(ImageChooseView):
    """The chooser of pictures, with the tags of those that it shows."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["popular_tags"] = tags_in_reach(self.request.user)[:OFFERED]
        return context


class _PictureChooser(ImageChooserViewSet):
    choose_view_class = ChoosePicture


picture_chooser = _PictureChooser(
    "wagtailimages_chooser", model=get_image_model(), url_prefix="images/chooser"
)
