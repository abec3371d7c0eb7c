"""What was downloaded: the files of records and pages, and their addresses in words."""
