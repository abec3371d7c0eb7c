"""Meetings, resolutions and commitments, for pages, calendars and the report."""
