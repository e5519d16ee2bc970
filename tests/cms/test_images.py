from __future__ import annotations

import re

from cms.images import ClinicImage
from tests.articles.every_section import make_image
from tests.factories import World


def test_nobody_guesses_the_address_of_a_picture(world: World) -> None:
    first, second = make_image("Our team"), make_image("Our team")

    names = [image.file.name for image in (first, second)]

    assert len(set(names)) == 2
    for name in names:
        assert re.fullmatch(r"original_images/[0-9a-f]{10}-our-team\.png", name)


def test_long_name_keeps_what_cannot_be_guessed(world: World) -> None:
    image = ClinicImage(title="Long")

    name = image.get_upload_to("a" * 200 + ".png")

    assert re.match(r"original_images/[0-9a-f]{10}-a+\.png", name)
    assert len(name) < 100
