"""The desk of the glossary."""
