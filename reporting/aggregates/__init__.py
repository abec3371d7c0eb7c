"""What is added up from figures, by rules 6 and 13: few queries, then plain arithmetic in Decimal."""
