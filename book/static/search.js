// A page is listed once for each of its titles that is found. Sphinx lists it again for its entries
// in the index and for its text, under the same words.
{
  const search = Search._performSearch;
  Search._performSearch = (...query) => {
    const best = new Map(); // the best stand last
    for (const result of search(...query)) best.set(`${result[0]} ${result[1]}`, result);
    return [...best.values()].sort((one, other) => one[4] - other[4]);
  };
}
