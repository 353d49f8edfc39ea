"""Data in memory: arrays, tables and data sets, of which the shapes are followed."""
