"""Dashboards: each view is a subject with its question, numbers, tables and charts, all in one frame."""
