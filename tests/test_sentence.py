"""Texts for the user from floors that know no window."""

from unet_studio.sentence import Sentence


def test_a_sentence_is_its_template_with_the_places_filled_in() -> None:
    assert Sentence("Paint {name}", name="Liver {x}") == "Paint Liver {x}"
    assert Sentence("{share:.0%} of slice {number}", share=0.25, number=3) == "25% of slice 3"
