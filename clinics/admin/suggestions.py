"""Suggestions as they are read: the franchise's list over its clinics, and a clinic's own tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import BooleanField, ExpressionWrapper, F, QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView

from clinics.account_names import name_of
from clinics.admin.screens import ClinicScreen
from clinics.admin.suggestion_rows import SuggestedRow, suggested_rows
from clinics.choices import SuggestionState
from clinics.facts_words import label_of
from clinics.models import FactsSuggestion, LocationFacts
from clinics.roles.reach import clinics_of, decides_suggestions, has_clinics, suggestions_of
from clinics.suggesting.waiting import has_fact

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SUGGESTIONS_A_PAGE = 20
# What a label in a column says of more facts than fit.
MOST_LABELS = 3


class SuggestionsMenuItem(MenuItem):
    """Shown to whoever decides about suggestions."""

    def is_shown(self, request: HttpRequest) -> bool:
        return decides_suggestions(request.user)


def suggestions_menu_item() -> MenuItem:
    return SuggestionsMenuItem(
        gettext_lazy("Suggestions"),
        reverse("my_clinic:suggestions"),
        name="suggestions",
        icon_name="comment",
        order=55,
    )


class SuggestionFilters(WagtailFilterSet):
    """By clinic, of those that the user reaches, and by what became of a fact."""

    clinic = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Clinic"),
        queryset=lambda request: clinics_of(request.user).order_by("title"),
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=SuggestionState.choices, method="in_state"
    )

    class Meta:
        model = FactsSuggestion
        fields = ["clinic"]

    def in_state(self, found: QuerySet, _name: str, state: str) -> QuerySet:
        return found.filter(has_fact(state))


class SuggestionList(BaseListingView):
    """All suggestions for the clinics of a franchise, those that wait first."""

    http_method_names = ["get", "head", "options"]
    page_title = gettext_lazy("Suggestions")
    header_icon = "comment"
    template_name = "clinics/admin/suggestion_list.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    table_classname = "listing clinic-suggestion-table"
    index_url_name = "my_clinic:suggestions"
    index_results_url_name = "my_clinic:suggestions_results"
    is_searchable = False
    filterset_class = SuggestionFilters
    paginate_by = SUGGESTIONS_A_PAGE
    verbose_name_plural = gettext_lazy("suggestions")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_clinics(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever decides nothing and has one clinic reads its tab."""
        if not decides_suggestions(request.user) and not self.results_only:
            two = list(clinics_of(request.user).values_list("pk", flat=True)[:2])
            if len(two) == 1:
                return redirect("my_clinic:clinic_suggestions", two[0])
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[FactsSuggestion]:
        is_waiting = ExpressionWrapper(has_fact(SuggestionState.WAITING), BooleanField())
        found = suggestions_of(self.request.user).annotate(
            is_waiting=is_waiting, place=F("page__locationpage__facts__name")
        )
        found = found.select_related("clinic__facts", "proposed_by").prefetch_related("facts")
        return found.order_by("-is_waiting", "-proposed_at", "-pk")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "facts",
                label=_("What"),
                accessor=labels_of,
                get_url=lambda found: reverse("my_clinic:suggestion", args=[found.pk]),
            ),
            Column("place", label=_("Where"), accessor=place_of),
            Column("who", label=_("Suggested by"), accessor=who_suggested),
            DateColumn("proposed_at", label=_("When")),
            StateColumn("state", label=_("State"), accessor=states_of),
        ]


class StateColumn(Column):
    """Each state that some fact of the suggestion is in."""

    cell_template_name = "clinics/admin/includes/states_cell.html"


def labels_of(suggestion: FactsSuggestion) -> str:
    """The facts of a suggestion, shortened: "Main number, Fax and 2 more"."""
    labels = [label_of(fact.name) for fact in suggestion.facts.all()]
    first, more = ", ".join(labels[:MOST_LABELS]), len(labels) - MOST_LABELS
    if more <= 0:
        return first
    return _("%(facts)s and %(count)s more") % {"facts": first, "count": more}


def place_of(suggestion: Any) -> str:
    """`place` is the name of a location, None for the clinic as a whole."""
    clinic = suggestion.clinic.facts.name
    return f"{clinic}, {suggestion.place}" if suggestion.place else clinic


def who_suggested(suggestion: FactsSuggestion) -> str:
    return name_of(suggestion.proposed_by) or _("somebody who has left")


def states_of(suggestion: FactsSuggestion) -> list[tuple[str, str]]:
    """What became of its facts, as code and words: "Waiting", or "2 waiting" and "1 approved"."""
    states = [fact.state for fact in suggestion.facts.all()]
    found = [state for state in SuggestionState if state in states]
    if len(found) == 1:
        return [(found[0].value, str(found[0].label))]
    return [(state.value, f"{states.count(state)} {str(state.label).lower()}") for state in found]


@dataclass(frozen=True)
class SuggestionCard:
    """A suggestion in the tab of its clinic."""

    suggestion: FactsSuggestion
    place: str
    who: str
    rows: list[SuggestedRow]


class SuggestionsTab(ClinicScreen):
    """Everything that was suggested for a clinic and its locations, and what became of it."""

    template_name = "clinics/admin/clinic_suggestions.html"
    tab = "clinic_suggestions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = suggestions_of(self.request.user).filter(clinic=self.clinic)
        found = found.select_related("proposed_by").prefetch_related("facts__decided_by")
        paginator = WagtailPaginator(found, per_page=SUGGESTIONS_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            cards=self.cards(page),
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            may_decide=self.may("phones"),
            **kwargs,
        )

    def cards(self, page: Any) -> list[SuggestionCard]:
        places = dict(
            LocationFacts.objects.filter(clinic=self.clinic).values_list("page_id", "name")
        )
        facts = [fact for found in page for fact in found.facts.all()]
        rows: dict[int, list[SuggestedRow]] = {}
        for row in suggested_rows(facts, self.request.user):
            rows.setdefault(row.fact.suggestion_id, []).append(row)
        return [
            SuggestionCard(
                suggestion=found,
                place=places.get(found.page_id) or _("The clinic"),
                who=who_suggested(found),
                rows=rows.get(found.pk, []),
            )
            for found in page
        ]
