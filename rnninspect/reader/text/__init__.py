"""The text of a program: files, notebooks and cells become syntax trees."""
