'use strict';

/** What a reader does with a chart, a table or a definition, on every page. */
const Tools = (() => {
  const {charts, shown, adapters, brief, number, styled} = Charts;
  const SCALE = 2;
  const MOST_ROWS = 500;
  /** Series that are switched off, by the chart's id. */
  const off = new Map();

  // ---- what a chart shows, as a table

  const named = option => (option.series ?? []).filter(item => item.name && item.data && !(option.legend?.data && !option.legend.data.includes(item.name)));

  const plain = value => value === '-' || value === undefined ? null : value;
  const valueOf = item => plain(item !== null && typeof item === 'object' && !Array.isArray(item) ? item.value : item);

  /** Columns and rows of a chart. */
  function table(option) {
    const series = (option.series ?? []).filter(item => item.data && item.data.length > 0);
    const [xAxis] = [option.xAxis].flat();
    const yAxes = [option.yAxis].flat();
    const [yAxis] = yAxes;
    if (!xAxis || series.length === 0) {
      return {columns: [], rows: []};
    }
    const lying = yAxis.type === 'category';
    const names = lying ? yAxis.data : xAxis.type === 'category' ? xAxis.data : undefined;
    const unitOf = item => (lying ? xAxis : yAxes[item.yAxisIndex ?? 0]).name;
    const first = option.timed ? 'since the start of the run, s' : (lying ? yAxis.name : xAxis.name) || 'name';
    if (series.length === 1 && series[0].type === 'scatter') {
      return {columns: [first, unitOf(series[0])], rows: series[0].data.map(item => valueOf(item).slice(0, 2))};
    }
    const rows = new Map();
    series.forEach((item, k) => item.data.forEach((one, i) => {
      const value = valueOf(one);
      const pair = Array.isArray(value);
      const x = pair ? value[lying ? 1 : 0] : i;
      const y = pair ? value[lying ? 0 : item.type === 'scatter' && value.length > 2 ? 2 : 1] : value;
      if (!rows.has(x)) {
        rows.set(x, series.map(() => null));
      }
      rows.get(x)[k] = plain(y);
    }));
    const ordered = [...rows.entries()].filter(([, values]) => values.some(value => value !== null)).sort((one, other) => one[0] - other[0]);
    return {
      columns: [first, ...series.map(item => [item.name, item.type === 'scatter' ? '' : unitOf(item)].filter((text, i, all) => text && all.indexOf(text) === i).join(', '))],
      rows: ordered.map(([x, values]) => [names ? names[x] ?? x : x, ...values]),
    };
  }

  const cellText = value => value === null ? '–' : typeof value === 'number' ? number(value) : String(value);

  function csv({columns, rows}) {
    const field = value => {
      const text = value === null ? '' : String(value);
      return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return [columns, ...rows].map(row => row.map(field).join(',')).join('\r\n') + '\r\n';
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => {
      if (value !== false) {
        made.setAttribute(key, value === true ? '' : value);
      }
    });
    made.append(...children);
    return made;
  }

  // ---- saving

  function save(name, blob) {
    const link = element('a', {href: URL.createObjectURL(blob), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const titleOf = id => {
    const figure = document.getElementById(id).closest('figure');
    return [...figure.querySelectorAll('figcaption .chart-title, figcaption .unit')].map(part => part.textContent.trim()).filter(text => text).join(', ');
  };

  /** The chart with its title and note above, on the ground that it has on the page. */
  function png(id) {
    const place = document.getElementById(id);
    const note = document.getElementById(`${id}-note`)?.textContent ?? '';
    const head = note ? 44 : 26;
    const image = new Image();
    const [width, height] = [place.clientWidth, place.clientHeight];
    return new Promise((resolve, reject) => {
      image.onerror = () => reject(new Error('the chart could not be drawn as an image'));
      image.onload = () => {
        const canvas = element('canvas', {width: width * SCALE, height: (height + head) * SCALE});
        const pen = canvas.getContext('2d');
        pen.scale(SCALE, SCALE);
        pen.fillStyle = styled('--surface');
        pen.fillRect(0, 0, width, height + head);
        const font = getComputedStyle(document.body).fontFamily;
        pen.fillStyle = styled('--ink');
        pen.font = `600 14px ${font}`;
        pen.fillText(titleOf(id), 12, 20, width - 24);
        pen.fillStyle = styled('--muted');
        pen.font = `12px ${font}`;
        pen.fillText(note, 12, 38, width - 24);
        pen.drawImage(image, 0, head, width, height);
        canvas.toBlob(resolve, 'image/png');
      };
      const drawing = new XMLSerializer().serializeToString(place.querySelector('svg'));
      image.src = `data:image/svg+xml;charset=UTF-8,${encodeURIComponent(drawing)}`;
    });
  }

  // ---- below each chart: its series, its data, its files

  function fill(id, box) {
    const option = shown.get(id);
    const {columns, rows} = table(option);
    const series = [...new Set(named(option).map(item => item.name))];
    const toggles = series.length < 2 ? [] : [element('fieldset', {}, element('legend', {}, 'Series'), ...series.map(name => {
      const input = element('input', {type: 'checkbox', checked: !off.get(id)?.has(name)});
      input.addEventListener('change', () => charts.get(id).dispatchAction({type: 'legendToggleSelect', name}));
      input.dataset.series = name;
      return element('label', {}, input, ` ${name}`);
    }))];
    const button = (text, action) => {
      const made = element('button', {type: 'button'}, text);
      made.addEventListener('click', action);
      return made;
    };
    const heads = columns.map((column, i) => element('th', {scope: 'col', class: i > 0 && 'number'}, column));
    const lines = rows.slice(0, MOST_ROWS).map(row => element('tr', {}, ...row.map((value, i) => i === 0
      ? element('th', {scope: 'row'}, typeof value === 'number' ? brief(value) : String(value))
      : element('td', {class: typeof value !== 'string' && 'number'}, cellText(value)))));
    box.replaceChildren(
      ...toggles,
      element('p', {class: 'saves'},
        button('Save as PNG', () => png(id).then(blob => save(`${id}.png`, blob))),
        button('Save as CSV', () => save(`${id}.csv`, new Blob([csv({columns, rows})], {type: 'text/csv'})))),
      rows.length === 0
        ? element('p', {class: 'unit'}, 'There is no data.')
        : element('div', {class: 'data scroll', tabindex: '0', role: 'region', 'aria-label': `Data of ${titleOf(id)}`},
          element('table', {}, element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...lines))),
      ...(rows.length > MOST_ROWS ? [element('p', {class: 'unit'}, `The first ${MOST_ROWS} of ${brief(rows.length)} rows; the CSV file has all of them.`)] : []));
  }

  function toolsOf(id) {
    const figure = document.getElementById(id).closest('figure');
    let tools = figure.querySelector('.chart-tools');
    if (!tools) {
      const box = element('div', {});
      tools = element('details', {class: 'chart-tools'}, element('summary', {'aria-label': `Data and series of ${titleOf(id)}`}, 'Data and series'), box);
      tools.addEventListener('toggle', () => tools.open ? fill(id, box) : box.replaceChildren());
      figure.append(tools);
      charts.get(id).on('legendselectchanged', change => {
        off.set(id, new Set(Object.entries(change.selected).filter(([, on]) => !on).map(([name]) => name)));
        box.querySelectorAll('[data-series]').forEach(input => { input.checked = change.selected[input.dataset.series] !== false; });
      });
    } else if (tools.open && !tools.contains(document.activeElement)) {
      fill(id, tools.querySelector('div'));
    }
  }

  /** In words what a chart shows, for those who do not see it. */
  function said(id) {
    const option = shown.get(id);
    const {columns, rows} = table(option);
    if (rows.length === 0) {
      return `Chart: ${titleOf(id)}. ${option.graphic?.style?.text ?? 'No data'}.`;
    }
    const lines = columns.slice(1).map((column, i) => {
      const values = rows.map(row => row[i + 1]).filter(value => typeof value === 'number');
      return values.length === 0 ? '' : `${column}: from ${number(Math.min(...values))} to ${number(Math.max(...values))}`;
    }).filter(text => text);
    const note = document.getElementById(`${id}-note`)?.textContent;
    return [`Chart: ${titleOf(id)}`, ...lines, ...(note ? [note] : []), 'All values are under “Data and series”'].join('. ');
  }

  adapters.push((id, option) => {
    const hidden = off.get(id);
    return !hidden || !option.series ? option
      : {...option, legend: {...option.legend, selected: Object.fromEntries([...hidden].map(name => [name, false]))}};
  });

  // ---- definitions: at the pointer, by touch and by keyboard

  const bubble = element('div', {id: 'definition', class: 'definition', role: 'tooltip', hidden: true});
  let from;

  function hide() {
    bubble.hidden = true;
    from?.removeAttribute('aria-describedby');
    from = undefined;
  }

  function explain(term) {
    if (from === term) {
      return;
    }
    hide();
    from = term;
    bubble.textContent = term.dataset.definition;
    bubble.hidden = false;
    term.setAttribute('aria-describedby', 'definition');
    put(term);
  }

  function put(term) {
    const place = term.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(place.left, width - bubble.offsetWidth - 8));
    const below = place.bottom + bubble.offsetHeight + 8 < window.innerHeight;
    bubble.style.left = `${left}px`;
    bubble.style.top = `${below ? place.bottom + 4 : Math.max(8, place.top - bubble.offsetHeight - 4)}px`;
  }

  /** Makes a button of what has a definition, the words of a name alone and not its unit. */
  function term(item) {
    const text = item.getAttribute('title');
    item.removeAttribute('title');
    if (item.textContent.trim() === '–') {
      // Why a number is missing: hundreds of these would lie between the keyboard and the next chart.
      item.classList.add('why');
      item.dataset.definition = text;
      item.append(element('span', {class: 'for-ears'}, `: ${text}`));
      return;
    }
    const button = element('button', {type: 'button', class: 'term'});
    button.dataset.definition = text;
    const label = item.querySelector(':scope > .label');
    const place = label ?? item;
    const words = [...place.childNodes].filter(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    const about = words.length > 0 ? words : [...place.childNodes];
    if (about.length === 0) {
      return;
    }
    about[0].before(button);
    button.append(...about);
    about.filter(node => node.nodeType === Node.TEXT_NODE).forEach(node => { node.textContent = node.textContent.trim(); });
    button.after(' ');
  }

  /** Takes away what a definition that is to change has put into the page. */
  function undecorated(item) {
    item.classList.remove('why');
    delete item.dataset.definition;
    item.querySelectorAll('.for-ears').forEach(one => one.remove());
    item.querySelectorAll('button.term').forEach(button => button.replaceWith(...button.childNodes));
  }

  const folded = item => {
    const details = item.closest('details:not([open])');
    return details !== null && !item.closest('summary');
  };

  function terms(root) {
    root.querySelectorAll('main [title], .tile[title]').forEach(item => {
      if (!folded(item) && !item.closest('.plot')) {
        term(item);
      }
    });
  }

  function scrollers() {
    document.querySelectorAll('.scroll, .heat-scroll, .trends').forEach((box, i) => {
      if (box.classList.contains('data')) {
        return;
      }
      if (box.scrollWidth > box.clientWidth + 1) {
        const head = box.closest('section, figure, details')?.querySelector('h2, summary, .chart-title');
        box.tabIndex = 0;
        box.setAttribute('role', 'region');
        box.setAttribute('aria-label', `${head?.textContent.trim() ?? 'Table'}, table ${i + 1}, scrolls sideways`);
      } else {
        ['tabindex', 'role', 'aria-label'].forEach(name => box.removeAttribute(name));
      }
    });
  }

  function refresh() {
    charts.forEach((chart, id) => {
      if (!shown.get(id)?.absent) {
        toolsOf(id);
        document.getElementById(id).setAttribute('aria-label', said(id));
      }
    });
    terms(document);
    scrollers();
  }

  document.body.append(bubble);
  document.addEventListener('charts-drawn', refresh);
  document.addEventListener('toggle', event => {
    if (event.target.open) {
      terms(document);
      scrollers();
    }
  }, true);
  const termAt = event => event.target instanceof Element ? event.target.closest('.term, .why') : null;
  document.addEventListener('pointerover', event => {
    if (event.pointerType === 'mouse') {
      const at = termAt(event);
      if (at) {
        explain(at);
      } else if (from && from !== document.activeElement) {
        hide();
      }
    }
  });
  document.addEventListener('focusin', event => {
    const at = termAt(event);
    if (at) {
      explain(at);
    } else {
      hide();
    }
  });
  document.addEventListener('click', event => {
    const at = termAt(event);
    if (at) {
      explain(at);
    } else {
      hide();
    }
  });
  document.addEventListener('scroll', () => {
    if (from && from === document.activeElement) {
      put(from);
    } else {
      hide();
    }
  }, true);
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      hide();
    }
  });
  window.addEventListener('beforeprint', () => {
    hide();
    document.querySelectorAll('.chart-tools').forEach(tools => { tools.open = false; });
    document.querySelectorAll('#run details').forEach(details => { details.open = true; });
  });

  return {element, csv, table, png, plain: undecorated};
})();
