/* What a figure or a term shows in place, and texts to cite. Without this script each link just
   leads to the passport or the entry, and a text to cite can be selected. Nothing is fetched. */
(() => {
  'use strict';
  const LINKS = 'a.figure-link, a.term-link, a[data-card], a[href^="#term-"]:not(.headerlink)';
  const GRACE = 200; // ms to come from the link to the card
  const card = document.createElement('div');
  card.id = 'passport-card';
  card.hidden = true;
  let current = null;
  let leaving = 0;
  let shownBefore = null; // the link whose card was there when the finger came down
  let pointer = 'mouse';

  const place = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));

  /* What a link of a text or of a drawing leads to on its page, with the mark. */
  const markOf = (link) => link.getAttribute('href').replace(/^[^#]*/, '');

  /* The lines of a link's card: from the link, or from the passport on its own page. */
  function lines(link) {
    const found = [];
    const same = `a[data-card][href="${CSS.escape(link.getAttribute('href'))}"]`;
    const bearer = link.dataset.card ? link : document.querySelector(same);
    if (bearer) return found.concat(bearer.dataset.card.split('\n'));
    const target = place(markOf(link));
    if (target && target.dataset.cell) return found.concat(target.dataset.cell.split('\n'));
    const summary = target && target.querySelector('summary');
    if (summary) {
      const small = summary.querySelector('small');
      const head = summary.textContent.slice(0, -small.textContent.length).trim();
      return found.concat(head, small.textContent);
    }
    const entry = target && target.matches('dt') && target.nextElementSibling;
    const told = entry ? [...entry.querySelectorAll('p')].map((p) => p.textContent) : [];
    return entry ? [target.firstChild.textContent, ...told] : [];
  }

  /* A line in pieces: each run of Chinese in a span that says so. */
  const CHINESE = /([\u2e80-\u9fff\uff00-\uffef]+)/;
  const marked = (line) => line.split(CHINESE).map((piece, index) =>
    (index % 2 ? Object.assign(document.createElement('span'), { lang: 'zh-Hans', textContent: piece }) : piece));

  function show(link) {
    clearTimeout(leaving);
    if (current === link) return;
    hide();
    const text = lines(link);
    if (!text.length) return;
    current = link;
    const body = document.createElement('div');
    body.id = 'passport-card-text';
    for (const line of text) {
      const paragraph = document.createElement('p');
      paragraph.append(...marked(line));
      body.append(paragraph);
    }
    const more = document.createElement('a');
    more.href = link.getAttribute('href');
    more.tabIndex = -1; // the link itself leads there by keyboard
    const name = markOf(link).startsWith('#term-') ? said('Glossary entry 词条') : said('The whole passport 完整出处');
    more.append(...marked(name));
    card.replaceChildren(body, more);
    link.setAttribute('aria-describedby', body.id);
    card.hidden = false;
    move();
  }

  function hide() {
    clearTimeout(leaving);
    if (!current) return;
    current.removeAttribute('aria-describedby');
    current = null;
    card.hidden = true;
  }

  function hideSoon() {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      if (current && !card.matches(':hover') && !current.matches(':hover, :focus-visible')) hide();
    }, GRACE);
  }

  /* Below the link where there is room, above it otherwise, never beyond the window. */
  function move() {
    if (!current) return;
    const box = current.getClientRects()[0];
    if (!box || box.bottom < 0 || box.top > innerHeight) return hide();
    const room = document.documentElement.clientWidth - card.offsetWidth - 8;
    card.style.left = `${Math.max(8, Math.min(box.left, room))}px`;
    const below = box.bottom + 2;
    const fits = below + card.offsetHeight <= innerHeight - 8;
    card.style.top = `${fits ? below : Math.max(8, box.top - card.offsetHeight - 2)}px`;
  }

  const linkOf = (event) => event.target instanceof Element && event.target.closest(LINKS);

  document.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'touch') return;
    const link = linkOf(event);
    if (link && !card.contains(link)) show(link);
    else if (card.contains(event.target)) clearTimeout(leaving);
    else hideSoon();
  });
  document.addEventListener('pointerdown', (event) => {
    pointer = event.pointerType;
    shownBefore = current;
    if (!card.contains(event.target) && linkOf(event) !== current) hide();
  });
  document.addEventListener('click', (event) => {
    const link = linkOf(event);
    if (!link || card.contains(link)) return void (card.contains(event.target) && hide());
    if (pointer !== 'touch' || event.detail === 0 || shownBefore === link) return hide();
    show(link);
    if (current === link) event.preventDefault();
  });
  document.addEventListener('focusin', (event) => {
    const link = linkOf(event);
    if (link && !card.contains(link) && link.matches(':focus-visible')) show(link);
  });
  document.addEventListener('focusout', (event) => {
    if (event.target === current && !card.contains(event.relatedTarget)) hideSoon();
  });
  document.addEventListener('keydown', (event) => {
    pointer = 'keyboard';
    if (event.key === 'Escape') hide();
  });
  addEventListener('scroll', move, { capture: true, passive: true });
  addEventListener('resize', move);

  /* A button that copies a text to cite, with its address (in a folder: in the site), or a letter, with its lines. */
  function complete(folded) {
    if (folded.querySelector('button')) return;
    const text = folded.querySelector('p:last-of-type');
    for (const link of folded.matches('.cite') ? text.querySelectorAll('a') : []) {
      const here = location.href.split('#')[0];
      const href = link.getAttribute('href');
      const whole = href === '#' ? here : new URL(href, here).href;
      const folder = new URL(document.documentElement.dataset.content_root, here).href;
      link.textContent = location.protocol === 'file:' ? whole.replace(folder, '') : whole;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = said('Copy 复制');
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(text.innerText);
      } catch {
        getSelection().selectAllChildren(text);
        document.execCommand('copy');
      }
      button.textContent = said('Copied 已复制');
    });
    folded.append(button);
  }

  function start() {
    (document.querySelector('main') || document.body).append(card);
    document.addEventListener('toggle', (event) => {
      if (event.target.matches('details.cite, details.request')) complete(event.target);
    }, true);
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
