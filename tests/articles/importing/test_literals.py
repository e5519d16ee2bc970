from __future__ import annotations

from articles.importing.literals import Literal, report_known_clinics
from tests.articles.importing.samples import HARBOUR, HILLSIDE


def test_known_clinics_and_their_towns_are_reported() -> None:
    """I-04, without a clinic."""
    text = "Hillside Pain Care and hillside pain care, in Pueblo."

    assert report_known_clinics(text, (HILLSIDE, HARBOUR)) == (
        Literal("Hillside Pain Care", "clinic", "names the clinic Hillside Pain Care"),
        Literal("hillside pain care", "clinic", "names the clinic Hillside Pain Care"),
        Literal("Pueblo", "town", "is a town of Colorado Harbour Clinic"),
    )


def test_text_about_no_clinic_reports_nothing() -> None:
    assert report_known_clinics("A hillside in Colorado.", (HILLSIDE, HARBOUR)) == ()
