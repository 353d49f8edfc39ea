"""The lesson behind every number and every complaint, as Markdown."""
