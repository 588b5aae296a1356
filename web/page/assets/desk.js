// Keys and quiet reloading at the desk. Every page works without.
'use strict';

// j and k walk the queue, Enter opens as on any link, u goes back to the queue, p goes to the main step.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  if (event.key === '/') { document.getElementById('seek')?.focus(); event.preventDefault(); }
  if (event.key === 'u') document.querySelector('[data-queue]')?.click();
  if (event.key === 'p') document.querySelector('[data-primary]')?.focus();
  if (event.key !== 'j' && event.key !== 'k') return;
  const rows = [...document.querySelectorAll('[data-row]')].filter((row) => row.offsetParent);
  let at = rows.indexOf(document.activeElement);
  if (at < 0) at = rows.findIndex((row) => row.getAttribute('aria-current'));
  const next = rows[event.key === 'j' ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0)];
  if (next) { next.focus(); next.scrollIntoView({ block: 'nearest' }); }
});

// A screen at which nobody sits must not keep its session alive: after ten minutes without a hand it stops asking.
let touched = Date.now();
for (const sign of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
  document.addEventListener(sign, () => { touched = Date.now(); }, { passive: true, capture: true });
}
document.addEventListener('htmx:beforeRequest', (event) => {
  if (event.detail.elt.closest('[data-poll]') && Date.now() - touched > 600000) event.preventDefault();
});
