"""What the index holds of an item: the stems of its words, by field."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from items import text
from items.models import Attachment, AttachmentText, DataTable, Item, ItemKeyword, Keyword, KeywordAlias
from items.models.language import default_language
from items.tables.table import Table

LAYOUT = "2"
"""Raise this when what is indexed changes: then every index is made anew."""

BREAK = "¶"
"""Stands between texts that follow each other in one field, so that no phrase reaches across. No word contains it."""

MOST_WORDS = 100_000
"""Words that are indexed of one field of an item."""


@dataclass
class Document:
    """The stems of an item, in order."""

    pk: int
    title: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def fields(self) -> tuple[list[str], ...]:
        """The fields, the weightiest first."""
        return self.title, self.keywords, self.summary, self.body, self.files


@dataclass(frozen=True)
class Word:
    """A word as it is folded and as it is written, and how often it was met."""

    word: str
    shown: str
    uses: int


class Reader:
    """Makes documents of items, and collects the words that it meets."""

    def __init__(self):
        self._uses: Counter[str] = Counter()
        self._shown: dict[str, str] = {}

    @property
    def words(self) -> list[Word]:
        """The words met that are worth suggesting, in order of the alphabet."""
        worth = (word for word in sorted(self._uses) if len(word) > 3 and word.isalpha())
        return [Word(word, self._shown.get(word, word)[: text.LONGEST], self._uses[word]) for word in worth]

    def documents(self, pks: Collection[int]) -> list[Document]:
        """The documents of those items that exist, in six queries."""
        keywords, tables, files = self._keywords(pks), self._tables(pks), self._files(pks)
        documents = []
        rows = Item.objects.filter(pk__in=pks).values_list("pk", "language", "title", "summary", "body")
        for pk, language, title, summary, body in rows:
            document = Document(
                pk,
                title=self._stems(title, language),
                summary=self._stems(summary, language),
                body=self._joined([(part, language) for part in (text.plain(body), *tables[pk])]),
                keywords=self._joined(keywords[pk]),
                files=self._joined([(part, own or language) for part, own in files[pk]], meet=False),
            )
            documents.append(document)
        return documents

    def _keywords(self, pks: Collection[int]) -> dict[int, list[tuple[str, str]]]:
        """Names, labels and other names of each item's keywords, with the language of each."""
        links = ItemKeyword.objects.filter(content_object__in=pks).order_by("pk").values_list("content_object", "tag")
        links = list(links)
        tags = {tag for _, tag in links}
        names: dict[int, list[tuple[str, str]]] = defaultdict(list)
        site = default_language()
        keywords = Keyword.objects.filter(pk__in=tags).values_list("pk", "name", "labels")  # type: ignore[misc]
        for tag, name, labels in keywords:
            names[tag] = [(name, site), *((label, code) for code, label in (labels or {}).items())]
        for tag, name in KeywordAlias.objects.filter(term__in=tags).exclude(name="").values_list("term", "name"):
            names[tag].append((name, site))
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for pk, tag in links:
            found[pk] += names[tag]
        return found

    def _tables(self, pks: Collection[int]) -> dict[int, list[str]]:
        """What each item's data tables say in words."""
        found: dict[int, list[str]] = defaultdict(list)
        rows = DataTable.objects.filter(item__in=pks).values_list("item", "caption", "unit", "notes", "data")
        for pk, caption, unit, notes, data in rows:
            table = Table.from_data(data)
            names = [table.label, *(part.name for part in table.columns), *(part.label for part in table.rows)]
            found[pk] += [caption, unit, notes, *names]
        return found

    def _files(self, pks: Collection[int]) -> dict[int, list[tuple[str, str]]]:
        """Titles and texts of each item's attachments, with the language of each, "" for the item's."""
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        rows = list(Attachment.objects.filter(item__in=pks).values_list("pk", "item", "title", "language"))
        texts = dict(AttachmentText.objects.filter(pk__in=[row[0] for row in rows]).values_list("pk", "text"))
        for attachment, pk, title, language in rows:
            found[pk] += [(title, language), (texts.get(attachment, ""), language)]
        return found

    def _stems(self, content: str, language: str, *, meet: bool = True) -> list[str]:
        words = text.words_and_compounds(content)[:MOST_WORDS]
        if meet:
            self._uses.update(words)
            if not content.isascii():
                for printed in text.printed_words(content):
                    self._shown.setdefault(text.fold(printed), printed)
        stem = text.stem
        return [stem(word, language) for word in words]

    def _joined(self, parts: list[tuple[str, str]], *, meet: bool = True) -> list[str]:
        joined: list[str] = []
        for content, language in dict.fromkeys(parts):
            if content:
                joined += [*([BREAK] if joined else []), *self._stems(content, language, meet=meet)]
        return joined[:MOST_WORDS]
