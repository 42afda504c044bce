"""The book's own Sphinx extensions, one concern each; `_config.yml` lists them.

In the order in which a build meets them:

| extension          | Sphinx event      | what it does                                          |
|--------------------|-------------------|-------------------------------------------------------|
| language           | config-inited …   | the words of pages, in the language that code speaks  |
| cache_key          | config-inited     | names the code that the outputs of pages depend on    |
| honest_rebuild     | config-inited …   | an incremental build tells the same as a fresh one    |
| palette            | builder-inited    | the colours of the figures as a stylesheet            |
| typeset            | doctree-resolved  | sets the formulas, so that no page needs a script     |
| execution, outputs | before-read-docs  | runs the notebooks whose outputs are not kept         |
| faults             | before-read, read | finds what Sphinx lets pass: images without words, …  |
| checked_equations  | doctree-read      | holds each labelled result to its check               |
| solutions          | doctree-read      | shows solutions without the markers of exercises      |
| reference          | doctree-read      | the pages of the API; names in the text lead there    |
| hints              | doctree-resolved  | the hints under each question                         |
| punctuation        | doctree-resolved  | a formula and the full stop after it stay on one line |
| notebook_links     | html-page-context | the way to the notebook behind a page                 |
| icons              | build-finished    | the icons that the pages use as a stylesheet          |
| lean_assets        | build-finished    | leaves out the styles and files that no page uses     |
| addresses          | build-finished    | each style and script gets the hash of what is in it  |
"""
