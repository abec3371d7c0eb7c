"""The board of a round: every organisation asked, where it stands, and who records there."""
