"""What makes a break-in worth less: hidden memory, and data alone in the cache."""
