"""Pages on which figures are entered beside the grid."""
