"""What libraries do, one file a library: functions by dotted path, methods by kind of value.

A function that stands in no table counts as one that may keep, change and hand out whatever it is
given; ``effects.py`` lists the libraries that do not.
"""
