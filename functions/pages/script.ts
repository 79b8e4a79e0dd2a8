import { createHash } from 'node:crypto';

/**
 * The one script, in pages with the package form: it saves each field when it is left, and tells so beside it. The page does
 * all of it without, by its buttons. What somebody chooses between two answers is sent by a button only.
 *
 * `data-part` stands around each field with all its cells, with `typed` where the page shows what is not saved yet; `data-note`
 * in it is where its note goes. The answer is `SavedFields`.
 */
export const script = `
(() => {
  const form = document.querySelector('form[data-saves]');
  const live = document.getElementById('package-live');
  if (!form || !live) return;
  document.getElementById('package-as-you-go').hidden = false;
  const touched = new Set(document.querySelectorAll('[data-part=typed]'));
  const waiting = new Set();
  let isSending = false;

  const partOf = ({ target }) => (target.name && !target.name.startsWith('keep:') ? target.closest('[data-part]') : null);
  const sentOf = (part) => {
    const body = new URLSearchParams();
    for (const name of ['nonce', 'round', 'packageVersion']) body.append(name, form.elements[name].value);
    for (const { name, type, value, checked } of part.querySelectorAll('input, select, textarea'))
      if (name && (checked || !/^(radio|checkbox)$/.test(type))) body.append(name, value);
    return body.toString();
  };
  const tell = (part, note, isProblem) => {
    const place = part.querySelector('[data-note]');
    if (place) {
      place.textContent = note;
      place.className = isProblem ? 'error' : 'hint';
    }
    if (live.textContent !== note) live.textContent = note;
  };
  const replace = (id, markup) => {
    const old = document.getElementById(id);
    if (!old || old.contains(document.activeElement)) return;
    const made = document.createElement('template');
    made.innerHTML = markup;
    old.replaceWith(made.content);
  };
  const take = (part, body, { note, isProblem, nonce, shown, parts }) => {
    for (const field of document.getElementsByName('nonce')) field.value = nonce;
    for (const [name, mark] of Object.entries(shown)) form.elements[name].value = mark;
    if (sentOf(part).replace(/shown[^&]*|nonce[^&]*/g, '') === body.replace(/shown[^&]*|nonce[^&]*/g, '')) touched.delete(part);
    for (const old of part.querySelectorAll('.error:not([data-note])')) old.remove();
    for (const field of part.querySelectorAll('[aria-invalid]')) if (!isProblem) field.removeAttribute('aria-invalid');
    tell(part, note, isProblem);
    for (const [id, markup] of Object.entries(parts)) if (id !== part.id || !touched.has(part)) replace(id, markup);
  };
  const send = async () => {
    const [part] = waiting;
    if (isSending || !part) return;
    isSending = true;
    waiting.delete(part);
    const body = sentOf(part);
    try {
      const answer = await fetch(form.dataset.saves, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        keepalive: body.length < 60000,
      });
      const said = await answer.json();
      if (said.refused) tell(part, said.refused, true);
      else take(part, body, said);
    } catch {
      tell(part, 'Not saved yet. Press “Save draft”.', true);
    }
    isSending = false;
    send();
  };
  form.addEventListener('input', (event) => {
    const part = partOf(event);
    if (part) touched.add(part);
  });
  form.addEventListener('focusout', ({ target, relatedTarget }) => {
    const part = target.closest('[data-part]');
    if (!touched.has(part) || part.contains(relatedTarget)) return;
    waiting.add(part);
    send();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return;
    for (const part of touched) waiting.add(part);
    send();
  });
})();
`;

let hash: string | undefined;

/** The script's hash, as a policy names it. */
export function scriptHash(): string {
  hash ??= `sha256-${createHash('sha256').update(script).digest('base64')}`;
  return hash;
}
