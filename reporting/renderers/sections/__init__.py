"""The sections of a report: each a function from the frozen data to its blocks."""
