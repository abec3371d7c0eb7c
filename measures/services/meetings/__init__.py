"""Meetings, resolutions, commitments and calendars."""
