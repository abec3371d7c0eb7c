"""What the documents of a report cost: an annual report of many pages, and an annex of very many rows."""
