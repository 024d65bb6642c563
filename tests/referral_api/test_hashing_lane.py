"""A lane: few at a time, a bounded queue, and never more than that."""

import asyncio
import threading

import pytest

from referral_api.hashing_lane import HashingLane, LaneFull


async def outcome(lane: HashingLane, gate: threading.Event) -> str:
    try:
        await lane.run(gate.wait)
    except LaneFull:
        return "refused"
    return "done"


@pytest.mark.parametrize(("slots", "queue"), [(1, 0), (2, 3)])
def test_what_does_not_fit_is_refused_at_once(slots: int, queue: int) -> None:
    lane, gate = HashingLane("test", slots, queue), threading.Event()

    async def crowd() -> list[str]:
        waiting = [asyncio.create_task(outcome(lane, gate)) for _ in range(slots + queue + 4)]
        await asyncio.sleep(0)
        refused = [task for task in waiting if task.done()]
        assert len(refused) == 4
        gate.set()
        return await asyncio.gather(*waiting)

    assert sorted(asyncio.run(crowd())) == ["done"] * (slots + queue) + ["refused"] * 4
    lane.close()


def test_there_is_room_again_afterwards() -> None:
    lane, gate = HashingLane("test", 1, 0), threading.Event()
    gate.set()

    async def one_by_one() -> list[str]:
        return [await outcome(lane, gate) for _ in range(20)]

    assert asyncio.run(one_by_one()) == ["done"] * 20
    lane.close()


def test_an_error_in_the_lane_reaches_the_caller_and_frees_the_slot() -> None:
    lane = HashingLane("test", 1, 0)

    def fail() -> None:
        raise ValueError("no")

    async def twice() -> None:
        for _ in range(2):
            with pytest.raises(ValueError, match="no"):
                await lane.run(fail)

    asyncio.run(twice())
    lane.close()


def test_somebody_who_hangs_up_keeps_the_slot_until_the_work_is_done() -> None:
    lane, gate = HashingLane("test", 1, 0), threading.Event()

    async def hang_up() -> str:
        task = asyncio.create_task(outcome(lane, gate))
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.sleep(0)
        return await outcome(lane, gate)

    assert asyncio.run(hang_up()) == "refused"
    gate.set()
    lane.close()
