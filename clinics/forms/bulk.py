"""The forms of an import: the file, then which of its columns is which of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinics.bulk.columns import CLINIC, COLUMNS, FACT_OF, ID, NEIGHBOUR
from clinics.bulk.reading import Cells, read_spreadsheet
from clinics.facts_words import label_of
from clinics.models import FranchisePage

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from clinics.models import BulkChange

SAMPLES = 3
_LABELS: dict[str, str | Promise] = {
    ID: gettext_lazy("Id of the location"),
    CLINIC: gettext_lazy("Clinic"),
    NEIGHBOUR: gettext_lazy("Neighbour that takes its patients"),
    "location": gettext_lazy("Name of the location"),
}


def label_of_column(column: str) -> str:
    """What a column is called on the screen."""
    return str(_LABELS.get(column) or label_of(FACT_OF[column]))


class ImportForm(forms.Form):
    """A file; which franchise it is about where the user runs several."""

    franchise: forms.ModelChoiceField[FranchisePage] = forms.ModelChoiceField(
        label=gettext_lazy("Franchise"), queryset=FranchisePage.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(
            "CSV or XLSX, one location a row, the names of the columns in the first row. The "
            "export of the list of locations has the right shape."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt"}),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )

    def __init__(self, *args: Any, franchises: QuerySet[FranchisePage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["franchise"].queryset = franchises
        self.fields["franchise"].initial = franchises.first()
        if len(franchises) == 1:
            self.fields["franchise"].widget = forms.HiddenInput()

    def clean_file(self) -> tuple[Cells, list[Cells]]:
        """Headers and rows; the name stays in `file_name`."""
        file = self.cleaned_data["file"]
        self.file_name: str = file.name
        return read_spreadsheet(file, file.name, file.size)


@dataclass(frozen=True)
class ColumnLine:
    """A line of the mapping: our column, the field, and how the file's begins."""

    field: forms.BoundField
    samples: list[str]


class ColumnsForm(forms.Form):
    """Which header of the file is which of our columns."""

    clears_blank = forms.ChoiceField(
        label=gettext_lazy("A blank cell"),
        choices=[
            ("", gettext_lazy("leaves the fact as it is")),
            ("yes", gettext_lazy("clears the fact")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, bulk: BulkChange, rows: Iterable[Cells]) -> None:
        super().__init__(data)
        self.rows = list(rows)
        self.headers = bulk.headers
        self.fields["clears_blank"].initial = "yes" if bulk.clears_blank else ""
        choices = [("", _("not in the file"))]
        choices += [(str(number), name) for number, name in enumerate(bulk.headers) if name]
        for column in COLUMNS:
            self.fields[column] = forms.ChoiceField(
                label=label_of_column(column),
                choices=choices,
                required=False,
                initial=str(bulk.columns.get(column, "")),
            )

    def lines(self) -> list[ColumnLine]:
        return [ColumnLine(self[column], self._samples(self[column])) for column in COLUMNS]

    def unused(self) -> list[str]:
        """Headers that no column takes."""
        taken = {str(self[column].value() or "") for column in COLUMNS}
        return [name for n, name in enumerate(self.headers) if name and str(n) not in taken]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for column in COLUMNS:
            number = cleaned.get(column)
            if number and number in taken:
                text = _("This column of the file is “%(other)s” already: choose another.")
                other = label_of_column(taken[number])
                self.add_error(column, ValidationError(text % {"other": other}))
            elif number:
                taken[number] = column
        if not cleaned.get(ID) and not cleaned.get("location") and not self.errors:
            text = _("Say which column is the id or the name of the location.")
            self.add_error("location", text)
        return cleaned

    def columns(self) -> dict[str, int]:
        return {name: int(self.cleaned_data[name]) for name in COLUMNS if self.cleaned_data[name]}

    def _samples(self, field: forms.BoundField) -> list[str]:
        number = str(field.value() or "")
        if not number.isdecimal() or int(number) >= len(self.headers):
            return []
        found = (row[int(number)] for row in self.rows if int(number) < len(row))
        return list(dict.fromkeys(filter(None, found)))[:SAMPLES]
