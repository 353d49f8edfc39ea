"""Small programs with one trap each, and what a hasty reader would claim at their points."""
