"""Views of Wagtail's admin that know no clinics, replaced by ones that do.

A site includes these addresses before Wagtail's own, which they hide; `clinics.E002` tells when it
does not.
"""

from __future__ import annotations

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import SearchView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from clinics.admin.welcome import Welcome
from clinics.gate.choosers import ChoosePage, PagesChosen
from clinics.gate.tags import PictureList, complete_tag, picture_chooser

_for_members = decorate_urlpatterns(
    [
        path("choose-page/", ChoosePage.as_view(), name="gate_choose_page"),
        path("choose-page/<int:parent_page_id>/", ChoosePage.as_view(), name="gate_choose_below"),
        path("choose-page/search/", SearchView.as_view(), name="gate_choose_page_search"),
        path("choose-page/chosen-multiple/", PagesChosen.as_view(), name="gate_pages_chosen"),
        path("tag-autocomplete/", complete_tag, name="gate_tags"),
        path(
            "tag-autocomplete/<slug:app_name>/<slug:model_name>/",
            complete_tag,
            name="gate_tags_of_model",
        ),
        path("images/", PictureList.as_view(), name="gate_pictures"),
        path(
            "images/results/",
            PictureList.as_view(results_only=True),
            name="gate_pictures_results",
        ),
        path("images/chooser/", picture_chooser.choose_view, name="gate_choose_picture"),
    ],
    require_admin_access,
)
urlpatterns = [
    # Whoever was invited has no password yet, so they cannot be signed in.
    path("welcome/<uidb64>/<token>/", Welcome.as_view(), name="clinics_welcome"),
    *_for_members,
]
