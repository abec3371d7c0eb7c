"""A report as a workbook: its tables as sheets, with numbers that can be calculated with."""
