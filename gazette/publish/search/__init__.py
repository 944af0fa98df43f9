"""Site -> search index, by Pagefind's program, in yearly parts that the browser merges."""
