"""How long to wait before knocking again: exponential with full jitter, and no last attempt."""

import random
from collections.abc import Callable
from datetime import timedelta

SHORTEST_SECONDS = 1.0
LONGEST_SECONDS = 900.0
# 2**10 seconds is past the longest wait; a bigger power says nothing more.
_ENOUGH_DOUBLINGS = 10

# Gives a number from the first up to the second.
Jitter = Callable[[float, float], float]


def wait_before_next(attempts: int, jitter: Jitter = random.uniform) -> timedelta:
    """The wait after this many attempts (1 or more): from 1 second up to 15 minutes.

    Full jitter spreads the knocks of many deliveries after an outage of one receiver.
    """
    doublings = min(max(attempts - 1, 0), _ENOUGH_DOUBLINGS)
    ceiling = min(LONGEST_SECONDS, SHORTEST_SECONDS * 2.0**doublings)
    return timedelta(seconds=max(SHORTEST_SECONDS, jitter(0.0, ceiling)))
