"""What a program does with Keras: layers, models, tensors and the data it feeds to them."""
