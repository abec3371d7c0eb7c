"""Whom it concerns what happens to a submission."""
