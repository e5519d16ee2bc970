"""Draws every picture of the demo site into `content/images`; nothing is fetched.

Run it as `python -m cms.demo.draw_images`, with keys to draw only some. The files are kept in the
repository, and the same Pillow draws the same bytes again.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

from cms.demo.illustrations import (
    clinics_own,
    conditions,
    exteriors,
    guides,
    homes,
    journeys,
    logos,
    plates,
    treatments,
)
from cms.demo.illustrations.sheet import Sheet

IMAGES = Path(__file__).parent / "content" / "images"
HERO, PLATE, MARK = (1600, 900), (1200, 900), (256, 256)
LARGEST_BYTES = 120_000
QUALITIES = (82, 80, 78, 76, 74, 72, 70, 68, 66, 64)

type Drawing = Callable[[Sheet], None]

PICTURES: dict[str, tuple[Drawing, tuple[int, int]]] = {
    "fibromyalgia": (conditions.fibromyalgia, HERO),
    "migraine": (conditions.migraine, HERO),
    "complex-regional-pain-syndrome": (conditions.complex_regional_pain_syndrome, HERO),
    "neuropathic-pain": (conditions.neuropathic_pain, HERO),
    "treatment-resistant-depression": (conditions.treatment_resistant_depression, HERO),
    "post-traumatic-stress-disorder": (conditions.post_traumatic_stress_disorder, HERO),
    "chronic-low-back-pain": (conditions.chronic_low_back_pain, HERO),
    "ketamine-infusion": (treatments.ketamine_infusion, HERO),
    "nerve-blocks": (treatments.nerve_blocks, HERO),
    "trigger-point-injections": (treatments.trigger_point_injections, HERO),
    "pain-management-consultation": (treatments.pain_management_consultation, HERO),
    "your-first-visit": (guides.your_first_visit, HERO),
    "how-to-prepare-for-an-infusion": (guides.how_to_prepare_for_an_infusion, HERO),
    "understanding-off-label-treatment": (guides.understanding_off_label_treatment, HERO),
    "nerve-signal": (plates.nerve_signal, PLATE),
    "pain-signals": (plates.pain_signals, PLATE),
    "headache-diary": (journeys.headache_diary, PLATE),
    "first-visit-folder": (journeys.first_visit_folder, PLATE),
    "two-offices-map": (journeys.two_offices_map, PLATE),
    "travel-plan": (journeys.travel_plan, PLATE),
    "parking-and-arriving": (journeys.parking_and_arriving, HERO),
    "visiting-from-out-of-town": (journeys.visiting_from_out_of_town, HERO),
    "dallas-fibromyalgia": (clinics_own.dallas_fibromyalgia, HERO),
    "kairos-infusion": (clinics_own.kairos_infusion, HERO),
    "two-visits": (clinics_own.kairos_two_visits, HERO),
    "infusion-room": (plates.infusion_room, PLATE),
    "clinic-dallas": (exteriors.clinic_dallas, PLATE),
    "clinic-plano": (exteriors.clinic_plano, PLATE),
    "clinic-delray-beach": (exteriors.clinic_delray_beach, PLATE),
    "clinic-kairos": (exteriors.clinic_kairos, PLATE),
    "home-dallas": (homes.home_dallas, HERO),
    "home-delray-beach": (homes.home_delray_beach, HERO),
    "home-kairos": (homes.home_kairos, HERO),
    "home-hub": (homes.home_hub, HERO),
    "logo-dallas": (logos.logo_dallas, MARK),
    "logo-delray-beach": (logos.logo_delray_beach, MARK),
    "logo-kairos": (logos.logo_kairos, MARK),
}


def draw(key: str) -> tuple[str, bytes]:
    """The file name and the bytes of one picture: PNG for a mark, JPEG for all others."""
    drawing, size = PICTURES[key]
    sheet = Sheet(*size, key, transparent=size == MARK)
    drawing(sheet)
    if sheet.transparent:
        return f"{key}.png", _encoded(sheet, "PNG", optimize=True)
    sheet.finish()
    for quality in QUALITIES:
        picture = _encoded(sheet, "JPEG", quality=quality, optimize=True, progressive=True)
        if len(picture) <= LARGEST_BYTES:
            break
    return f"{key}.jpg", picture


def _encoded(sheet: Sheet, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    sheet.image.save(file, kind, **options)
    return file.getvalue()


def main(keys: list[str]) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    for key in keys or PICTURES:
        name, picture = draw(key)
        (IMAGES / name).write_bytes(picture)
        print(f"{name}: {len(picture) // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
