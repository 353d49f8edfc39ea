"""Rules on a file that was checked, with the comments that turn findings off."""
