"""A small book for each file of tests, as it was at the start for each test."""

from collections.abc import Iterator

import pytest

from tests.book.small_book import Book


@pytest.fixture(scope="module")
def shared_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    book = Book(tmp_path_factory.mktemp("small") / "book")
    try:
        said = book.build()
        assert "1 of 1  chapters/one.md" in said
        assert said.splitlines()[-1] == str(book.html / "index.html")
        yield book
    finally:
        book.close()


@pytest.fixture
def book(shared_book: Book) -> Book:
    shared_book.reset()
    return shared_book
