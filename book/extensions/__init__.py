"""The book's own Sphinx extensions, one concern each; `_config.yml` lists them.

In the order in which a build meets them:

| extension          | Sphinx event      | what it does                                         |
|--------------------|-------------------|------------------------------------------------------|
| language           | config-inited …   | the words of pages, in the language that code speaks |
| cache_key          | config-inited     | names the code that the outputs of pages depend on   |
| honest_rebuild     | config-inited …   | an incremental build tells the same as a fresh one   |
| palette            | builder-inited    | the colours of the figures as a stylesheet           |
| execution, outputs | before-read-docs  | runs the notebooks whose outputs are not kept        |
| faults             | before-read, read | finds what Sphinx lets pass: images without words, … |
| refutations        | doctree-read      | a pitfall and its refutation are one box             |
| folds              | doctree-read, …   | what is read only when asked for is folded           |
| checked_equations  | doctree-read, …   | a formula that was run carries a tick to its check   |
| minutes            | doctree-read, …   | how long a chapter and each of its sections take     |
| solutions          | doctree-read      | shows solutions without the markers of exercises     |
| reference          | doctree-read      | the pages of the API; names in the text lead there   |
| readable           | doctree-read, …   | the page for those who listen, or hold it on paper   |
| kept_findings      | read, updated     | keeps what was found for the pages that list it      |
| every_check        | doctree-resolved  | the appendix of every equation and its check         |
| auditors           | doctree-resolved  | which claims of the documents the book covers        |
| bibliography       | doctree-resolved  | citations by author and year                         |
| terms              | doctree-resolved  | a term away from its chapter leads to the glossary   |
| previews           | read, resolved    | what a link names is shown beside it                 |
| outline            | read … context    | the book in the sidebar and on the landing page      |
| answers            | doctree-resolved  | questions are answered where they stand              |
| forms, overview    |                   | their boxes, and the one over all of a page          |
| own                | (directives)      | a reader's own function, a reader's own graph        |
| punctuation        | doctree-resolved  | a formula and its full stop stay on one line         |
| typeset            | doctree-resolved  | sets the formulas, so that no page needs a script    |
| letters            | html-page-context | the outlines that pictures share, once on a page     |
| page_head          | html-page-context | what a page says of itself, in its head and foot     |
| notebook_links     | html-page-context | the way to the notebook behind a page                |
| icons              | build-finished    | the icons that the pages use as a stylesheet         |
| answers_script     | build-finished    | the script that judges answers, and all it knows     |
| lean_assets        | build-finished    | leaves out the styles and files that no page uses    |
| light_assets       | build-finished    | styles and scripts without what only we read         |
| addresses          | build-finished    | each style and script gets the hash of its content   |
| cells, tables      |                   | what these ask of the cells and tables of a page     |
"""
