// What a page of the console does where scripts run: it follows the system as it goes on, and moves the clock without leaving
// the place where its reader is. Without it every page works by links and forms alone.
(() => {
  const parts = (root) => [...root.querySelectorAll('[data-live]')];
  const shown = new Map(parts(document).map((part) => [part.dataset.live, part.outerHTML]));

  const address = new URL(location.href);
  if (address.searchParams.has('said')) {
    address.searchParams.delete('said');
    history.replaceState(null, '', address);
  }

  /** Puts what has changed in its place; leaves alone what somebody is typing into. */
  function show(next) {
    const names = (root) =>
      parts(root)
        .map((part) => part.dataset.live)
        .join();
    if (names(next) !== names(document)) {
      document.querySelector('main').replaceWith(next.querySelector('main'));
    }
    for (const fresh of parts(next)) {
      const name = fresh.dataset.live;
      const old = document.querySelector(`[data-live="${name}"]`);
      const text = fresh.outerHTML;
      if (shown.get(name) === text || old === null || isTypedInto(old) || old.contains(dragged)) continue;
      shown.set(name, text);
      if (old !== fresh) replace(old, fresh);
    }
  }

  const isTypedInto = (part) => {
    const { activeElement: active } = document;
    if (!part.contains(active)) return false;
    return active.matches('input, select, textarea') || [...(active.closest('form')?.elements ?? [])].some(isChosen);
  };

  /** Something else is chosen in a list than the page came with. */
  const isChosen = ({ options = [] }) =>
    [...options].some((option) => option.defaultSelected) &&
    [...options].some((option) => option.selected && !option.defaultSelected);

  // A deal is dragged to another stage of the CRM: then its own form does the rest.
  let dragged = null;
  const mark = (column) => {
    document.querySelector('.dropping')?.classList.remove('dropping');
    column?.classList.add('dropping');
  };
  const columnAt = (event) => (dragged === null ? null : event.target.closest('[data-stage]'));
  document.addEventListener('dragstart', (event) => {
    dragged = event.target.closest?.('[data-deal]') ?? null;
    if (dragged === null) return;
    dragged.classList.add('dragged');
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.dataset.deal);
  });
  document.addEventListener('dragover', (event) => {
    const column = columnAt(event);
    if (dragged !== null) mark(column);
    if (column !== null) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    const column = columnAt(event);
    if (column === null) return;
    event.preventDefault();
    const form = dragged.querySelector('form.move');
    if (column.contains(dragged)) return;
    form.elements.stage.value = column.dataset.stage;
    form.requestSubmit(form.querySelector('button'));
  });
  document.addEventListener('dragend', () => {
    dragged?.classList.remove('dragged');
    dragged = null;
    mark(null);
    refresh();
  });

  // Of a timeline, the newest is what is looked at, until its reader goes back in it.
  const end = 1e6;
  const follows = (pane) => pane.querySelector(':scope > .card > .timeline') !== null;
  for (const part of parts(document)) if (follows(part)) part.scrollTo(0, end);

  function replace(old, fresh) {
    const reachable = (part) => [...part.querySelectorAll('a, button, summary, [tabindex]')];
    const panes = (part) => [part, ...part.querySelectorAll('.picture, .agenda ol')];
    const focused = reachable(old).indexOf(document.activeElement);
    const folded = (part) => [...part.querySelectorAll('details')].map((details, i) => [details.id || i, details]);
    const open = new Map(folded(old).map(([key, details]) => [key, details.open]));
    const places = panes(old).map((pane) => ({
      left: pane.scrollLeft,
      top: follows(pane) && pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 8 ? end : pane.scrollTop,
    }));
    for (const [key, details] of folded(fresh)) details.open = open.get(key) ?? details.open;
    old.replaceWith(fresh);
    for (const [i, pane] of panes(fresh).entries()) pane.scrollTo(places[i]?.left ?? 0, places[i]?.top ?? 0);
    if (focused >= 0) reachable(fresh)[focused]?.focus({ preventScroll: true });
  }

  const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), 'text/html');

  let asked = false;
  let asking = false;
  async function refresh() {
    asked = true;
    if (asking) return;
    asking = true;
    while (asked) {
      asked = false;
      const answer = await fetch(location.href).catch(() => undefined);
      if (answer?.ok) show(await parsed(answer));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    asking = false;
  }

  // A browser opens few connections to one server: only the page that is looked at holds one.
  let source;
  function listen() {
    source?.close();
    source = undefined;
    if (document.hidden) return;
    source = new EventSource('/live');
    source.onmessage = refresh;
  }
  document.addEventListener('visibilitychange', listen);
  listen();

  document.addEventListener('change', (event) => {
    const form = event.target.closest('form[data-auto]');
    if (form !== null && event.target.type !== 'search') form.requestSubmit();
  });

  // The clock moves under the page that is shown.
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.matches('.clockbar form')) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    document.body.setAttribute('aria-busy', 'true');
    const answer = await fetch(form.action, { method: 'POST', body }).catch(() => undefined);
    document.body.removeAttribute('aria-busy');
    if (answer === undefined) return;
    document.activeElement?.blur();
    const next = await parsed(answer);
    show(next);
    const said = next.querySelector('main > .note');
    const known = document.querySelector('main > .note');
    if (said === null) known?.remove();
    else if (known === null) document.querySelector('main').prepend(said);
    else known.replaceWith(said);
  });
})();
