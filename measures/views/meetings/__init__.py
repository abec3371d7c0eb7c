"""The pages of meetings, resolutions, commitments, and of a person's calendar."""
