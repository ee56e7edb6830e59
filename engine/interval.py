"""Whole numbers that are only partly known: `[lo, hi]`, `hi` open when unbounded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """Every number from `lo` to `hi`, both included; no `hi` means unbounded."""

    lo: int
    hi: int | None

    @property
    def is_exact(self) -> bool:
        """Whether only one number is left."""
        return self.lo == self.hi

    def __str__(self) -> str:
        if self.is_exact:
            return str(self.lo)
        return f"{self.lo}–{'∞' if self.hi is None else self.hi}"
