from __future__ import annotations

from articles.importing.words import ClinicWords
from tests.articles.importing.samples import HARBOUR, HILLSIDE


def test_towns_stand_once_with_the_service_areas_first() -> None:
    assert HILLSIDE.towns == ("Boulder", "Longmont", "Lafayette", "Erie")


def test_name_parts_are_the_words_that_only_this_clinic_has() -> None:
    assert HILLSIDE.name_parts == ("Hillside",)
    assert HARBOUR.name_parts == ("Harbour",)
    assert ClinicWords(name="Pueblo Pain Clinic", city="Pueblo").name_parts == ()


def test_longer_town_is_found_before_the_shorter_one_inside_it() -> None:
    words = ClinicWords(name="A Clinic", service_areas=("Boca", "Boca Raton"))

    assert words.towns_in("Boca Raton and Boca") == ("Boca Raton", "Boca")
