// SPDX-License-Identifier: Apache-2.0
// Finds the sections that have all words that were typed. Nothing is fetched: the index is a script.
(() => {
  const up = document.body.dataset.up;
  const input = document.getElementById('q');
  const list = document.getElementById('found');
  const sections = window.searchIndex.map(section => ({
    ...section,
    heading: (section.page + ' ' + section.title).toLowerCase(),
    text: section.words.toLowerCase(),
  }));

  // A word in a heading says more about a section than one in its text.
  const weight = (section, words) => {
    let sum = 0;
    for (const word of words) {
      if (section.heading.includes(word)) sum += 10;
      else if (section.text.includes(word)) sum += 1;
      else return 0;
    }
    return sum;
  };

  const excerpt = (section, words) => {
    const at = Math.max(0, section.text.indexOf(words[0]) - 40);
    return (at > 0 ? '... ' : '') + section.words.slice(at, at + 140);
  };

  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
    const found = words.length === 0 ? [] : sections
      .map(section => ({ section, weight: weight(section, words) }))
      .filter(hit => hit.weight > 0)
      .sort((one, other) => other.weight - one.weight)
      .slice(0, 20);
    list.replaceChildren(...found.map(({ section }) => {
      const link = document.createElement('a');
      link.href = up + section.address;
      link.textContent = section.title === section.page ? section.title : section.page + ': ' + section.title;
      const small = document.createElement('small');
      small.textContent = excerpt(section, words);
      link.append(small);
      const item = document.createElement('li');
      item.append(link);
      return item;
    }));
    if (words.length > 0 && found.length === 0) {
      const item = document.createElement('li');
      item.textContent = 'Nothing has all of these words.';
      list.append(item);
    }
    list.hidden = words.length === 0;
  };

  input.addEventListener('input', show);
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') { input.value = ''; show(); }
    if (event.key === '/' && document.activeElement !== input) { event.preventDefault(); input.focus(); }
  });
})();
