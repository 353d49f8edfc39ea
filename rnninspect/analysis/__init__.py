"""Model becomes Analysis: shapes, parameters, masks, and the rows that a summary shows."""
