"""What is wrong with a model: one function a rule, its docstring is its documentation."""
