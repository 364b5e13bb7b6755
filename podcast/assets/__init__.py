"""The built-in sounds, the program that composes them, and the pages' font."""
