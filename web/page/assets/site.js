// What pages do better with a script; none needs it.
'use strict';

// A form with data-draft keeps its words in this browser until they are sent, so that nothing typed is lost.
// Name, phone and address are left out (data-private): the browser may belong to somebody else tomorrow.
for (const form of document.querySelectorAll('form[data-draft]')) {
  const key = 'draft:' + form.dataset.draft;
  const fields = () => [...form.elements].filter((f) => f.name && !f.closest('[data-private]') &&
    (f.tagName === 'TEXTAREA' || (f.tagName === 'INPUT' && ['text', 'search'].includes(f.type))));
  try {
    const kept = JSON.parse(localStorage.getItem(key) || '{}');
    for (const f of fields()) if (!f.value && kept[f.name]) f.value = kept[f.name];
    let timer;
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        localStorage.setItem(key, JSON.stringify(Object.fromEntries(fields().map((f) => [f.name, f.value]))));
      }, 400);
    });
  } catch (e) {
    // No storage allowed here: the form works without it.
  }
}

// The page after a sent form forgets the draft: <main> holds an element with data-draft-sent="write".
for (const sent of document.querySelectorAll('[data-draft-sent]')) {
  try { localStorage.removeItem('draft:' + sent.dataset.draftSent); } catch (e) { /* nothing was kept */ }
}

// One press is one letter: a second press while the first is on its way does nothing.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sending) { event.preventDefault(); return; }
  form.dataset.sending = 'yes';
  setTimeout(() => delete form.dataset.sending, 4000);
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sending]')) delete form.dataset.sending;
});

// data-print: a button that prints the page.
for (const button of document.querySelectorAll('[data-print]')) button.addEventListener('click', () => window.print());
