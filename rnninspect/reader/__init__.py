"""The reader of programs: an abstract interpreter that follows a program without running it."""
