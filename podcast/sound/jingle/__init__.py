"""The built-in sounds, and the program that composes them."""
