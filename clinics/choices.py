"""The fixed lists that models, forms and rules share. Codes are stored, labels are shown."""

from __future__ import annotations

from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _
from localflavor.us.us_states import STATE_CHOICES


class ClinicStatus(models.TextChoices):
    PREPARING = "PREPARING", _("In preparation")
    LIVE = "LIVE", _("Live")
    CLOSED = "CLOSED", _("Closed")


class LocationStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    OPENING_SOON = "OPENING_SOON", _("Opening soon")
    CLOSED_FOR_NOW = "CLOSED_FOR_NOW", _("Closed for now")
    CLOSED = "CLOSED", _("Closed for good")


class TextStatus(models.TextChoices):
    """Registration of a number for text messages with the carriers (10DLC, toll-free)."""

    NONE = "NONE", _("Not registered")
    PENDING = "PENDING", _("Registration pending")
    APPROVED = "APPROVED", _("Approved")


class IndexPolicy(models.TextChoices):
    """What search engines may list of a shared article at a clinic that does not own it (L-05)."""

    COMPUTED = "COMPUTED", _("Own words decide; other shared pages stay out")
    HUB = "HUB", _("Own words decide; other shared pages point to the owner's copy")
    OWN = "OWN", _("Every shared page")
    NOINDEX = "NOINDEX", _("No shared page")


class LocalPageKind(models.TextChoices):
    """In the order of the menu."""

    ABOUT = "ABOUT", _("About")
    PAGE = "PAGE", _("Page")
    TEAM = "TEAM", _("Team")
    CONTACT = "CONTACT", _("Contact")
    NOTICE = "NOTICE", _("Notice")


class Specialty(models.TextChoices):
    """Fields of medicine of clinics like ours, as schema.org's `MedicalSpecialty` names them.
    It has none for pain (S-05).
    """

    ANESTHESIA = "Anesthesia", _("Anesthesiology")
    EMERGENCY = "Emergency", _("Emergency medicine")
    MUSCULOSKELETAL = "Musculoskeletal", _("Muscles, bones and joints")
    NEUROLOGIC = "Neurologic", _("Neurology")
    NURSING = "Nursing", _("Nursing")
    PHYSIOTHERAPY = "Physiotherapy", _("Physical therapy")
    PRIMARY_CARE = "PrimaryCare", _("Primary care")
    PSYCHIATRIC = "Psychiatric", _("Psychiatry")
    RHEUMATOLOGIC = "Rheumatologic", _("Rheumatology")
    SURGICAL = "Surgical", _("Surgery")


class StatementKind(models.TextChoices):
    OFF_LABEL = "OFF_LABEL", _("Off-label use")
    TEXT_DISCLOSURE = "TEXT_DISCLOSURE", _("Text message disclosure")
    EMERGENCY = "EMERGENCY", _("Emergency line")


class SuggestionState(models.TextChoices):
    """What became of one suggested fact. Overtaken: somebody saved the same value first."""

    WAITING = "WAITING", _("Waiting")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", _("Rejected")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    OVERTAKEN = "OVERTAKEN", _("Saved meanwhile")


class Role(models.TextChoices):
    CLINIC_EDITOR = "CLINIC_EDITOR", _("Clinic editor")
    CLINIC_PUBLISHER = "CLINIC_PUBLISHER", _("Clinic publisher")
    FRANCHISE_ADMIN = "FRANCHISE_ADMIN", _("Franchise admin")
    LIBRARY_EDITOR = "LIBRARY_EDITOR", _("Library editor")
    LIBRARY_PUBLISHER = "LIBRARY_PUBLISHER", _("Library publisher")
    MEDICAL_REVIEWER = "MEDICAL_REVIEWER", _("Medical reviewer")


class MemberState(models.TextChoices):
    """Whether somebody of a team can sign in."""

    WAITING = "WAITING", _("Invited")
    ACTIVE = "ACTIVE", _("Active")
    DEACTIVATED = "DEACTIVATED", _("Deactivated")


class BulkKind(models.TextChoices):
    IMPORT = "IMPORT", _("Import")
    EDIT = "EDIT", _("Change of several")


class BulkState(models.TextChoices):
    """In the order in which a change goes through them."""

    DRAFT = "DRAFT", _("Not checked")
    CHECKED = "CHECKED", _("Checked")
    PLANNED = "PLANNED", _("Planned")
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    UNDOING = "UNDOING", _("Being undone")
    UNDONE = "UNDONE", _("Undone")


class RowState(models.TextChoices):
    ERROR = "ERROR", _("Error")
    SAME = "SAME", _("Nothing to change")
    WAITING = "WAITING", _("Will be changed")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Not done")
    UNDONE = "UNDONE", _("Undone")
    KEPT = "KEPT", _("Kept")


# The IANA zones of the United States: never derived from the state (H-01), since Texas has two.
TIME_ZONES = [
    ("America/New_York", _("Eastern (New York)")),
    ("America/Chicago", _("Central (Chicago)")),
    ("America/Denver", _("Mountain (Denver)")),
    ("America/Phoenix", _("Mountain without daylight saving (Phoenix)")),
    ("America/Los_Angeles", _("Pacific (Los Angeles)")),
    ("America/Anchorage", _("Alaska (Anchorage)")),
    ("Pacific/Honolulu", _("Hawaii (Honolulu)")),
    ("America/Puerto_Rico", _("Atlantic (Puerto Rico)")),
]


@cache
def state_choices() -> list[tuple[str, str]]:
    """The states and territories. A function, so that migrations do not repeat the list.

    Kept: the package sorts sixty translated names each time, and a list of clinics asks for each.
    """
    return list(STATE_CHOICES)


class SizesProblem(models.TextChoices):
    """Why a picture has not all of its sizes. What the editor reads is in `forms/picture.py`."""

    NONE = "", _("None")
    LOST = "LOST", _("The file is lost")
    UNREADABLE = "UNREADABLE", _("The file is broken")
    PARTLY = "PARTLY", _("Some sizes could not be made")


class LicenseKind(models.TextChoices):
    """What lets a clinic advertise pain management where its state asks for a license."""

    REGISTRATION = "REGISTRATION", _("Registration")
    EXEMPTION = "EXEMPTION", _("Certificate of exemption")


class EmployeeBand(models.TextChoices):
    """By the lines that federal rules draw, such as 15 for when a site has to be accessible."""

    UNDER_15 = "UNDER_15", _("Fewer than 15")
    FROM_15 = "FROM_15", _("15 to 49")
    FROM_50 = "FROM_50", _("50 or more")


class RegulatedSubject(models.TextChoices):
    """What a state may ask a license for before it is advertised."""

    PAIN_MANAGEMENT = "PAIN_MANAGEMENT", _("Pain management")
