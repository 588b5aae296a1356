// The search box suggests while somebody types: a combobox with a list, as WAI-ARIA 1.2 has it. Without this script it
// is a plain field of a form.
'use strict';

for (const box of document.querySelectorAll('[data-suggest]')) {
  const input = box.querySelector('input');
  const list = box.querySelector('ul');
  const said = box.querySelector('[role=status]');
  let asked = '', timer, active = -1, leaving, taken = false;

  const options = () => [...list.querySelectorAll('[role=option]')];
  const open = () => !list.hidden;

  list.setAttribute('role', 'listbox');
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', list.id]]) {
    input.setAttribute(name, value);
  }

  const point = (at) => {
    active = at;
    options().forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
    const option = options()[at];
    if (!option) { input.removeAttribute('aria-activedescendant'); return; }
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({block: 'nearest'});
  };

  const show = (yes) => {
    list.hidden = !yes;
    input.setAttribute('aria-expanded', String(yes));
    point(-1);
    if (!yes) said.textContent = '';
  };

  // What arrives after something else was typed, or after the reader went on, is not shown.
  const ask = async () => {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    if (!text) { list.replaceChildren(); show(false); return; }
    let answer = '';
    try {
      const response = await fetch(box.dataset.suggest + '?q=' + encodeURIComponent(text));
      if (response.status === 200) answer = await response.text();
    } catch (e) {
      // No suggestions: the form works without them.
    }
    if (text !== asked || document.activeElement !== input) return;
    const pointed = options()[active]?.dataset.text;
    list.innerHTML = answer;
    show(options().length > 0);
    // A late answer must not take away what the keys stand on.
    if (pointed) point(options().findIndex((option) => option.dataset.text === pointed));
    said.textContent = list.querySelector('[data-said]')?.dataset.said || '';
  };

  const choose = (option) => {
    if (option.dataset.address) { location.assign(option.dataset.address); return; }
    asked = input.value = option.dataset.text;
    show(false);
    input.form.requestSubmit();
  };

  const move = (by) => {
    const n = options().length;
    if (!n) return;
    if (!open()) { show(true); by = by > 0 ? 1 : -1; }
    // One step beyond either end is the field itself.
    point(((active + 1 + by + n + 1) % (n + 1)) - 1);
  };

  // While an input method composes, the letters and keys are its own.
  const later = (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  };
  input.addEventListener('input', later);
  input.addEventListener('compositionend', later);

  input.addEventListener('keydown', (event) => {
    taken = false;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case 'ArrowDown': case 'ArrowUp':
        if (!options().length) return;
        move(event.key === 'ArrowDown' ? 1 : -1);
        break;
      case 'Enter':
        if (!open() || active < 0) return;
        taken = true;
        choose(options()[active]);
        break;
      case 'Escape':
        if (!open()) return;
        show(false);
        break;
      default: return;
    }
    event.preventDefault();
  });

  // On a busy machine the character of an Enter that chose comes in spite of the line above, and would send the form.
  input.addEventListener('keypress', (event) => { if (taken) event.preventDefault(); });

  // A press must not take the focus away before it counts.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role=option]');
    if (option) choose(option);
  });
  input.addEventListener('blur', () => { leaving = setTimeout(() => show(false), 100); });
  input.addEventListener('focus', () => clearTimeout(leaving));
}
