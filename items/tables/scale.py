"""The scale of an axis: where it begins and ends, and the round numbers on it.

Works in floats, for drawing only; what is written on the axis is made of decimals again.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

NARROW = 0.75
"""An axis of lines begins above zero when the least number is more than this share of the greatest."""


@dataclass(frozen=True)
class Scale:
    """From `low` to `high`, with `ticks` between, both ends included. `decimals` are those of the ticks."""

    low: float
    high: float
    ticks: list[Decimal]
    decimals: int

    def at(self, value: float) -> float:
        """Where a number stands: 0 at the low end, 1 at the high one."""
        return (value - self.low) / (self.high - self.low)

    @property
    def has_zero(self) -> bool:
        return self.low <= 0 <= self.high


def scale(low: float, high: float, *, from_zero: bool = True, whole: bool = False, wanted: int = 5) -> Scale:
    """A scale that holds both numbers, with about as many round steps as wanted (1, 2 or 5 times a power of ten).

    `whole`: no step is a part of one, for what is counted.
    """
    if from_zero or low <= 0 or low < high * NARROW:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low - abs(low) * 0.1, high + abs(high) * 0.1) if low else (0.0, 1.0)
    rough = max((high - low) / wanted, 1.0 if whole else 0.0)
    power = floor(log10(rough))
    step, exponent = next(
        (times, exponent)
        for times, exponent in ((1, power), (2, power), (5, power), (1, power + 1), (2, power + 1))
        if Decimal(times).scaleb(exponent) >= Decimal(rough) * Decimal("0.999")
    )
    size = float(Decimal(step).scaleb(exponent))
    first, last = floor(low / size + 1e-9), ceil(high / size - 1e-9)
    last = max(last, first + 1)
    ticks = [(Decimal(place) * step).scaleb(exponent) for place in range(first, last + 1)]
    return Scale(float(ticks[0]), float(ticks[-1]), ticks, max(0, -exponent))
