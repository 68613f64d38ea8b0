"""A page that stays alive: 2,000 deltas, and how long it goes without a frame meanwhile."""

from __future__ import annotations

import pytest
from frames import PROSE, stream
from frontend import FrontEnd
from playwright.sync_api import expect

from gateway import Gateway

pytestmark = pytest.mark.browser


LONGEST = 100  # milliseconds: what a reader of the page takes for at once
TRIES = 3


def test_two_thousand_deltas_are_painted_whole_and_no_frame_is_late(
    front: FrontEnd, gateway: Gateway, record_property: pytest.RecordProperty
):
    # What the page is too slow for comes again each time; what the machine does meanwhile does not.
    found: list[float] = []
    while len(found) < TRIES and min(found, default=LONGEST + 1) > LONGEST:
        front.close()
        answer, gaps = stream(front, gateway)
        found.append(max(gaps))
        expect(answer.get_by_text("The last word.")).to_be_visible()
        assert answer.locator("pre > code").count() == PROSE.count("```") // 2
    record_property("longest_frame_gap_ms", min(found))
    print(f"{front.server.app.name}: longest frame gap {min(found):.0f} ms")
    assert min(found) <= LONGEST
