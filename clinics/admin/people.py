"""People in the admin: listed, edited and chosen within what the user reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.views import generic
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from clinics.forms.person import PersonForm
from clinics.models import Person
from clinics.roles.reach import people_offered_to

if TYPE_CHECKING:
    from django.http import HttpRequest


class _OwnPeople:
    """Somebody else's person is not there: the views of Wagtail ask for every row of the model."""

    request: HttpRequest

    def get_queryset(self) -> QuerySet[Person]:
        policy = policy_registry.get_by_type(Person)
        return policy.instances_user_has_any_permission_for(self.request.user, {"change"})

    get_base_queryset = get_base_object_queryset = get_queryset


class PeopleList(_OwnPeople, generic.IndexView):
    get_queryset = generic.IndexView.get_queryset


class EditPerson(_OwnPeople, generic.EditView):
    pass


class DeletePerson(_OwnPeople, generic.DeleteView):
    pass


class PersonHistory(_OwnPeople, HistoryView):
    get_queryset = HistoryView.get_queryset
    get_base_queryset = HistoryView.get_base_queryset


class PersonUsage(_OwnPeople, UsageView):
    get_queryset = UsageView.get_queryset
    get_base_queryset = UsageView.get_base_queryset


class PersonViewSet(ModelViewSet):
    """Doctors, authors and reviewers."""

    model = Person
    icon = "group"
    menu_label = _("People")
    menu_order = 350
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "job_title", "clinic"]
    search_fields = ["name", "job_title"]
    search_backend_name = None
    index_view_class = PeopleList
    edit_view_class = EditPerson
    delete_view_class = DeletePerson
    history_view_class = PersonHistory
    usage_view_class = PersonUsage

    def get_edit_handler(self) -> Any:
        return ObjectList(Person.panels, base_form_class=PersonForm).bind_to_model(Person)


class _OfferedPeople:
    """What a chooser shows, and what it hands over, are the same rows."""

    request: HttpRequest

    def get_object_list(self) -> QuerySet[Person]:
        return people_offered_to(self.request.user)

    def get_object(self, pk: str) -> Person:
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks: Iterable[str]) -> QuerySet[Person]:
        return self.get_object_list().filter(pk__in=pks)


class ChoosePerson(_OfferedPeople, ChooseView):
    pass


class ChoosePersonResults(_OfferedPeople, ChooseResultsView):
    pass


class PersonChosen(_OfferedPeople, ChosenView):
    pass


class PeopleChosen(_OfferedPeople, ChosenMultipleView):
    pass


class PersonChooserViewSet(ChooserViewSet):
    """Chooses an author or a reviewer. People are made on their own screen, not in a dialog."""

    model = Person
    icon = "group"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit this person")
    choose_view_class = ChoosePerson
    choose_results_view_class = ChoosePersonResults
    chosen_view_class = PersonChosen
    chosen_multiple_view_class = PeopleChosen

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


people = PersonViewSet("people")
people_chooser = PersonChooserViewSet("people_chooser")
