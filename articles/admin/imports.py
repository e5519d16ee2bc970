"""Importing articles: upload, read the report, choose, get drafts, undo. For whoever adds articles.

Whoever may not add an article to a library gets a 404, as does an import that is not there. The
acts are POSTs to `articles.importing.batches`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from articles.choices import ArticleKind
from articles.importing.batches import (
    MOST_FILES,
    SUFFIXES,
    discard,
    is_untouched,
    may_import,
    start_import,
    take_in,
    undo_import,
)
from articles.importing.reading import SIZE_LIMIT
from articles.models import ArticleImport, ArticleLibraryPage, ImportedFile
from clinics.models import ClinicPage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

IMPORTS_A_PAGE = 20


def libraries_imported_to(user: AbstractUser) -> list[ArticleLibraryPage]:
    """The libraries to which the user may add articles."""
    if not user.is_active:
        return []
    return [each for each in ArticleLibraryPage.objects.all() if may_import(user, each)]


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadForm(forms.Form):
    """Which files, of which kind, and for which clinic they were written."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ArticleKind.choices)
    clinic: Any = forms.ModelChoiceField(
        ClinicPage.objects.order_by("title"),
        label=gettext_lazy("Written for the clinic"),
        required=False,
        empty_label=gettext_lazy("No clinic: they are general"),
        help_text=gettext_lazy(
            "Its name, towns and numbers become tokens, which every clinic fills with its own."
        ),
    )
    # Looked at by `start_import`: a file field takes one file.
    uploads = forms.Field(
        label=gettext_lazy("Files"),
        required=False,
        widget=_Files(attrs={"multiple": True, "accept": ",".join(SUFFIXES)}),
    )


@dataclass(frozen=True)
class FileRow:
    """One file as the page shows it; `state` is one of `_LABELS`."""

    file: ImportedFile
    state: str

    @property
    def report(self) -> dict[str, Any]:
        return dict(self.file.report)

    @property
    def is_importable(self) -> bool:
        return self.state in ("ready", "title")

    @property
    def problems(self) -> list[str]:
        """Errors without the name of the file, which stands above them."""
        found = [each.removeprefix(f"{self.file.name}: ") for each in self.file.report["errors"]]
        return [each[:1].upper() + each[1:] for each in found]

    @property
    def label(self) -> str:
        return str(_LABELS[self.state])


_LABELS = {
    "ready": gettext_lazy("Can be imported"),
    "title": gettext_lazy("Needs a title"),
    "same": gettext_lazy("There already, the same"),
    "error": gettext_lazy("Cannot be imported"),
    "draft": gettext_lazy("Draft"),
    "edited": gettext_lazy("Edited since"),
    "gone": gettext_lazy("Not there any more"),
    "left": gettext_lazy("Left out"),
}


class ImportsScreen(WagtailAdminTemplateMixin, TemplateView):
    """What the list and one import have in common."""

    header_icon = "upload"
    page_title = gettext_lazy("Import articles")
    http_method_names = ["get", "head", "options", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.libraries:
            raise Http404

    @cached_property
    def libraries(self) -> list[ArticleLibraryPage]:
        return libraries_imported_to(self.request.user)

    @cached_property
    def imports(self) -> QuerySet[ArticleImport]:
        found = ArticleImport.objects.filter(library__in=self.libraries)
        return found.select_related("clinic", "started_by").prefetch_related("files")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        first = {"url": reverse("articles_imports"), "label": _("Import articles")}
        return [*self.breadcrumbs_items, first]


class Imports(ImportsScreen):
    """The form for new files, and the earlier imports below it."""

    template_name = "articles/admin/imports.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            batch = start_import(
                self.libraries[0],
                ArticleKind(form.cleaned_data["kind"]),
                form.cleaned_data["clinic"],
                request.FILES.getlist("uploads"),
                request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.render_to_response(self.get_context_data(form=form))
        return redirect("articles_import", batch.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", UploadForm(initial={"kind": ArticleKind.CONDITION}))
        paginator = WagtailPaginator(self.imports, IMPORTS_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            most_files=MOST_FILES,
            most_megabytes=SIZE_LIMIT // 1_000_000,
            **kwargs,
        )


class OneImport(ImportsScreen):
    """The report of each file. POST imports the chosen ones, forgets them all, or undoes."""

    template_name = "articles/admin/import.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.batch = get_object_or_404(self.imports, pk=kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        acts = {"import": self._import, "discard": self._discard, "undo": self._undo}
        try:
            return acts.get(request.POST.get("act", ""), self._nothing)()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return self._again()

    def _import(self) -> HttpResponse:
        posted = self.request.POST.getlist("file")
        chosen = {int(each) for each in posted if each.isascii() and each.isdigit()}
        files = take_in(self.batch, chosen, self.request.user)
        count = sum(1 for file in files if file.article_id)
        text = ngettext("%(count)s draft was made.", "%(count)s drafts were made.", count)
        messages.success(self.request, text % {"count": count})
        return self._again()

    def _discard(self) -> HttpResponse:
        discard(self.batch, self.request.user)
        messages.success(self.request, _("The files are forgotten; nothing was imported."))
        return redirect("articles_imports")

    def _undo(self) -> HttpResponse:
        done = undo_import(self.batch, self.request.user)
        count = len(done.removed)
        text = ngettext("%(count)s draft was removed.", "%(count)s drafts were removed.", count)
        text %= {"count": count}
        if done.kept:
            names = ", ".join(f"“{title}”" for title in done.kept)
            text += " " + _("Kept, since somebody has worked on it: %(names)s.") % {"names": names}
        messages.success(self.request, text)
        return self._again()

    def _nothing(self) -> HttpResponse:
        return self._again()

    def _again(self) -> HttpResponse:
        return redirect("articles_import", self.batch.pk)

    def get_page_subtitle(self) -> str:
        return str(self.batch.get_kind_display())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.batch)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = self.batch.files.select_related("article")
        rows = [FileRow(file, _state(self.batch, file)) for file in files]
        return super().get_context_data(
            batch=self.batch,
            rows=rows,
            ready=sum(row.is_importable for row in rows),
            going=[row for row in rows if row.state == "draft"],
            kept=[row for row in rows if row.state == "edited"],
            **kwargs,
        )


def _state(batch: ArticleImport, file: ImportedFile) -> str:
    if file.article is not None:
        return "draft" if is_untouched(file) else "edited"
    if file.revision:
        return "gone"
    if file.report["errors"]:
        return "error"
    if file.report["status"] == "unchanged":
        return "same"
    if batch.imported_at:
        return "left"
    return "title" if file.report["status"] == "title_needed" else "ready"
