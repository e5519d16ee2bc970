"""The fixed lists of articles. Codes are stored, labels are shown."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArticleKind(models.TextChoices):
    """The kind decides which mount of a clinic serves the article."""

    CONDITION = "CONDITION", _("Condition")
    TREATMENT = "TREATMENT", _("Treatment")
    ARTICLE = "ARTICLE", _("General article")


class ChangeClass(models.TextChoices):
    """What a release changes. A safety change is shown everywhere at once."""

    WORDING = "WORDING", _("Wording")
    FACTS = "FACTS", _("Facts")
    SAFETY = "SAFETY", _("Safety")


class OfferStatus(models.TextChoices):
    """What became of a section that a clinic offered to the library.

    TAKEN stands in a draft of the article; ADOPTED is live, and the clinic follows again.
    """

    OPEN = "OPEN", _("Waits for an answer")
    TAKEN = "TAKEN", _("Taken into a draft")
    ADOPTED = "ADOPTED", _("Adopted by the library")
    DECLINED = "DECLINED", _("Declined")
    WITHDRAWN = "WITHDRAWN", _("Taken back")


class ReviewAct(models.TextChoices):
    """What somebody did about the clinical text of a page."""

    SENT = "SENT", _("Sent to medical review")
    CHANGES = "CHANGES", _("Changes asked for")
    APPROVED = "APPROVED", _("Whole page reviewed")


class HeroChoice(models.TextChoices):
    INHERIT = "INHERIT", _("The library's picture")
    OWN = "OWN", _("Our own picture")
    NONE = "NONE", _("No picture")


class SourceKind(models.TextChoices):
    """Type of evidence (C-05)."""

    GUIDELINE = "GUIDELINE", _("Guideline")
    LABEL = "LABEL", _("Drug label")
    TRIAL = "TRIAL", _("Human controlled study")
    REVIEW = "REVIEW", _("Review")
    AGENCY = "AGENCY", _("Public health agency")
    OTHER = "OTHER", _("Other")


class FigureUnit(models.TextChoices):
    """What the numbers of a kept figure count. Texts are compared with the first two."""

    PERCENT = "PERCENT", _("Percent")
    MILLION = "MILLION", _("Million")
    OTHER = "OTHER", _("Something else: texts are not compared with it")


MOUNT_SLUGS = {
    ArticleKind.CONDITION: "conditions",
    ArticleKind.TREATMENT: "treatments",
    ArticleKind.ARTICLE: "articles",
}

# So many articles stand below "Read next".
MOST_RELATED = 3
