"""A page that stays alive: 2,000 deltas, and how long it goes without a frame meanwhile."""

from __future__ import annotations

import pytest
from frames import PROSE, stream
from frontend import FrontEnd
from playwright.sync_api import expect

from gateway import Gateway

pytestmark = pytest.mark.browser


def test_two_thousand_deltas_are_painted_whole_while_the_page_draws_frames(
    front: FrontEnd, gateway: Gateway, record_property: pytest.RecordProperty
):
    answer, gaps = stream(front, gateway)
    # A figure, not a limit: on a machine that does other things a frame may be late.
    record_property("longest_frame_gap_ms", max(gaps))
    print(f"{front.server.app.name}: longest frame gap {max(gaps):.0f} ms")
    # Where every delta is painted, almost all of the time goes by in gaps of more than 100 ms.
    assert sum(gap for gap in gaps if gap > 100) < 0.05 * sum(gaps)
    expect(answer.get_by_text("The last word.")).to_be_visible()
    assert answer.locator("pre > code").count() == PROSE.count("```") // 2
