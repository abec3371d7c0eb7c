"""The forms of dashboards, saved views and reports."""
