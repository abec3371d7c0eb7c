"""One set of figures beside another: two years, two Länder, an organisation and its peers."""
