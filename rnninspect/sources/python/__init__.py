"""An abstract interpreter: source text becomes the models it builds. Nothing is run or imported."""
