"""What a page needs to judge answers by itself: questions and tables, as JSON."""
