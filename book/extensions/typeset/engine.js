// One formula of TeX, set by MathJax without a browser. engine.py loads MathJax's own files first.

const part = MathJax._;
const adaptor = part.adaptors.liteAdaptor.liteAdaptor();
part.handlers.html_ts.RegisterHTMLHandler(adaptor);

// No package that defines macros: a formula means the same wherever and in whatever order it is set.
const page = part.mathjax.mathjax.document("", {
  InputJax: new part.input.tex_ts.TeX({
    packages: ["base", "ams", "boldsymbol", "cancel", "color"],
    formatError(jax, error) { throw error; },
  }),
  OutputJax: new part.output.chtml_ts.CHTML({
    font: new part.output.chtml.fonts.tex_ts.TeXFont({fontURL: "."}),
    adaptiveCSS: false,
  }),
});
const mathml = new part.core.MmlTree.SerializedMmlVisitor.SerializedMmlVisitor();

// Answers leave as JSON: quickjs cannot hand over a long string that is still in pieces.
function typeset(tex, display) {
  const formula = new page.options.MathItem(tex, page.inputJax[0], display);
  formula.start.node = adaptor.body(page.document);
  formula.setMetrics(16, 7.072, 1280, 1e6, 1);
  try {
    formula.compile(page);
    formula.typeset(page);
  } catch (error) {
    return JSON.stringify({error: error.message});
  }
  return JSON.stringify({
    html: adaptor.outerHTML(formula.typesetRoot),
    mathml: mathml.visitTree(formula.root),
  });
}

function stylesheet() {
  return JSON.stringify(adaptor.textContent(page.outputJax.styleSheet(page)));
}
