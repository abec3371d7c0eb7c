"""The frozen data set of a progress report: approved figures in, plain data out."""

from reporting.snapshot.collection import Collected, collect

__all__ = ["Collected", "collect"]
