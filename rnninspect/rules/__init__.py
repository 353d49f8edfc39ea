"""What is wrong with a model: one file a rule, in the folder of the subject it looks at."""
