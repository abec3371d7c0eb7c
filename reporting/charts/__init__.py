"""What a chart is, and one module for each kind of it.

A chart is one Vega-Lite specification as plain data, drawn by the browser on a page and by the server for
downloads, documents and pages without JavaScript. Its builders get values with their words ready, so that
numbers read the same in charts, tables and texts; what they draw is for eyes: nothing is computed from it.
"""
