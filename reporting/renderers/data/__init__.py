"""The numbers of a report for programs: one list of figures with its dictionary, in several formats."""
