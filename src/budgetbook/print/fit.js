// Sets tables that are too wide in smaller type, then on a page across, then row by row as lists;
// returns what is too wide even so. Half a millimetre is what a line may be out.
() => {
  const across = 253 / 25.4 * 96;
  const room = t => t.closest('.wide') ? across : t.parentElement.clientWidth;
  for (const table of document.querySelectorAll('table')) {
    for (const way of ['small', 'smaller', 'wide', 'records']) {
      if (table.scrollWidth > room(table) + 1) table.classList.add(way);
    }
    if (!table.classList.contains('records')) continue;
    for (let up = table; (up = up.closest('.wide'));) up.classList.remove('wide');
    const heads = [...table.tHead.rows[0].cells].map(cell => cell.innerText);
    for (const row of table.tBodies[0].rows) {
      [...row.cells].forEach((cell, column) => { cell.dataset.head = heads[column]; });
    }
  }
  const sheet = document.querySelector('.chapter');
  const over = e => e.closest('.wide') ? e.scrollWidth - across
    : e.getBoundingClientRect().right - sheet.getBoundingClientRect().right;
  return [...document.querySelectorAll('.chapter *')].filter(e => over(e) > 2)
    .map(e => e.outerHTML.slice(0, 100));
}
