"""What unknown names are, weighed from the signs around them."""

from __future__ import annotations

import pytest

from pipeline.extract.cast import Cast
from pipeline.extract.kinds import weighed
from pipeline.extract.page import read_page
from pipeline.extract.read import readings
from pipeline.model import Document
from tests.extract.test_names import partnerships

PROJECTS = [
    "LumaForge started in March 2024 and runs until 2027. LumaForge is coordinated by Tuscany.",
    "LumaForge ist im März 2024 gestartet. Koordiniert wird LumaForge von der Toskana.",
    "LumaForge a démarré en mars 2024. La Toscane coordonne LumaForge.",
    "LumaForge rozpoczął się w marcu 2024 r. LumaForge koordynuje Toskania.",
    "Το LumaForge ξεκίνησε τον Μάρτιο του 2024. Το LumaForge συντονίζεται από την Τοσκάνη.",
    "LumaForge käynnistyi maaliskuussa 2024. LumaForge päättyy vuonna 2027. Sitä johtaa Toscana.",
]


@pytest.mark.parametrize("text", PROJECTS)
def test_what_begins_and_is_led_is_a_project_in_any_language(text: str) -> None:
    assert partnerships(text) == {"LumaForge"}


def test_who_leads_and_speaks_is_none() -> None:
    assert not partnerships("The firm NexoTex spoke at the conference. NexoTex and Navarra are members of ERRIN.") & {
        "NexoTex"
    }


def test_all_places_of_a_name_count_together_and_in_any_order() -> None:
    one, two = "LumaForge is led by Tuscany.", "Navarra met LumaForge in May."
    both = seen(one, two)
    assert both == seen(two, one)
    assert seen(one)[weighed.PLACES] == 1.0 and both[weighed.PLACES] == 2.0
    assert (seen(one) | seen(two)).keys() == both.keys()


def test_of_a_name_without_any_sign_nothing_is_likely() -> None:
    chances = weighed.chances({})
    assert sum(chances.values()) == pytest.approx(1.0)
    assert max(chances, key=lambda kind: chances[kind]) == weighed.NEITHER


def seen(*paragraphs: str) -> dict[str, float]:
    """The signs of LumaForge when the model is asked."""
    text = "\n\n".join(("News of the month", *paragraphs, "All this can be read in full."))
    page = read_page(Document("d", "d.txt", "0" * 64, "text/plain", text))
    asked: list[dict[str, float]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "pipeline.extract.read.type_by_weight", lambda p, out: asked.append(weighed.unknown(p, out)["lumaforge"][1])
        )
        readings(page, Cast(page))
    return asked[0]
