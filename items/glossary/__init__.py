"""The glossary at work: terms found in texts, files brought in and given out, and what machines are told.

    linker(language).link(html)                the first mention of each term becomes a link
    reconcile(read_file(name, content), ...)   a CSV or SKOS file into the glossary
    graph(concepts, name=…)                      the glossary as SKOS

Knows the models and the analyser; no request, no template.
"""

from items.glossary.current import linker
from items.glossary.files import read_file
from items.glossary.linking import Entry, Linked, Linker, short
from items.glossary.publish import as_json, graph, term_node, term_set_node
from items.glossary.reconcile import Outcome, Result, reconcile
from items.glossary.row import GlossaryFileError, Row

__all__ = [
    "Entry",
    "GlossaryFileError",
    "Linked",
    "Linker",
    "Outcome",
    "Result",
    "Row",
    "as_json",
    "graph",
    "linker",
    "read_file",
    "reconcile",
    "short",
    "term_node",
    "term_set_node",
]
