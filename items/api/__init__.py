"""The API: the same listings as the pages, for programs. Read only; JSON; errors as RFC 9457 has them.

Each view answers with plain data. What all of them share (parameters, language, conditional GET, errors, limits) is in
`view.py` and the modules that it names.
"""
