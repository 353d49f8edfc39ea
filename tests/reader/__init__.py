"""Tests of the reader of programs."""
