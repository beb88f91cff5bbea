"""The vocabulary desk's pages: each changes nothing before it has shown all items that it touches."""
