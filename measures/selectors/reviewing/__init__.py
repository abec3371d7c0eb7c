"""What the page of a review shows of a submission."""
