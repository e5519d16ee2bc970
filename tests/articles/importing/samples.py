"""Texts of the shapes that scraped pages have, written for these tests, and two clinics' words."""

from __future__ import annotations

from articles.importing.words import ClinicWords

HILLSIDE = ClinicWords(
    name="Hillside Pain Care",
    city="Boulder",
    state_name="Colorado",
    state_code="CO",
    service_areas=("Boulder", "Longmont", "Lafayette"),
    location_names=("Main office", "Gunbarrel Annex"),
    other_towns=("Erie",),
)
HARBOUR = ClinicWords(
    name="Colorado Harbour Clinic",
    city="Pueblo",
    state_name="Colorado",
    state_code="CO",
    service_areas=("Pueblo", "Cañon City"),
)

INTRO = (
    "Migraine is more than a headache, and for some people it returns every week. "
    "Hillside Pain Care helps people in Boulder, Longmont and Lafayette, Colorado plan their care."
)
SIGNS = (
    "An attack often builds up slowly. Warning signs include yawning, a stiff neck, thirst, "
    "and trouble finding words."
)
CARE = (
    "Rest in a dark room helps many people. Some need medicine – taken early – to stop an attack."
)

# A title question first, and the share control as the last line.
WITH_TITLE = f"""What Should I Know About Migraine?

{INTRO}

How does an attack begin?

{SIGNS}

{CARE}
Share"""

# No title, curly quotes, and no chrome at all.
WITHOUT_TITLE = f"""{INTRO}

What sets off an attack

{SIGNS}

Care that “fits”

{CARE}
"""

# Everything that a page builder leaves behind.
WITH_CHROME = f"""Skip to main content
pic
IMG_0042.jpg
Living With Migraine
January 5, 2023
{INTRO}
Why Choose Hillside Pain Care
{CARE}
Call Us Text Us
Facebook Twitter Email
Back to top
"""
