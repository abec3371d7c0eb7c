"""Notices about rounds and submissions: of each step, of what is due, and from person to person."""
