"""The desk of items: form, list, files, and who may do what."""
