'use strict';

/** A window of time and a choice of calls: which charts over time, tables and tiles they apply to. */
const TimeWindow = (() => {
  const {number, brief, clock, tickSeconds, charts, shown, adapters, endOf, redraw} = Charts;
  const {element} = Tools;
  const data = Charts.data();
  const source = data.window;
  const keys = source.keys;
  const STEPS = 200;
  const LEAST_DRAG = 6;
  const HIGH = ['p90', 'p95', 'p99', 'p99.9'];
  const LOW_AND_HIGH = ['p10', 'p5', 'p1', 'p90', 'p95', 'p99'];
  const definitions = new Map([...document.querySelectorAll('#definitions dt')].map(term => [term.textContent.trim(), term.nextElementSibling?.textContent]));
  const quantile = label => source.quantiles.find(item => item.label === label);

  const ROUND_STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
  let end;
  let counted;
  let step;
  let last = 0;
  let from = 0;
  let to = 0;

  /** While a run goes on it grows; a window that reached its end still does. */
  function fit() {
    const open = to >= last;
    end = endOf(data.keys[0].series);
    counted = !source.withheld && (source.calls ? source.calls.startMillis.length > 0 : source.slices.length > 0);
    // Of many calls only whole slices can be counted.
    step = source.sliceSeconds ?? ROUND_STEPS.find(one => end / one <= STEPS) ?? end / STEPS;
    last = Math.ceil(end / step - 1e-9) * step;
    from = Math.min(Math.round(from / step) * step, Math.max(0, last - step));
    to = open ? last : Math.max(from + step, Math.round(to / step) * step);
  }
  const chosen = {call: '', group: '', labels: {}};

  const whole = () => from <= 0 && to >= last;
  const filtered = () => chosen.call !== '' || chosen.group !== '' || Object.values(chosen.labels).some(value => value !== '');
  const time = seconds => step < 1 && seconds % 1 !== 0
    ? `${clock(Math.floor(seconds))}.${String(Math.round(seconds % 1 * 100)).padStart(2, '0').replace(/0$/, '')}`
    : clock(seconds);
  const span = () => `${time(from)} – ${time(Math.min(to, last))}`;

  // ---- values

  /** As many values as there are, each known exactly. */
  function exact(values) {
    const sorted = Float64Array.from(values).sort();
    const n = sorted.length;
    // Twice, as rounding takes its toll on a sum: what is left is added.
    let mean = sorted.reduce((sum, value) => sum + value, 0) / n;
    mean += sorted.reduce((sum, value) => sum + (value - mean), 0) / n;
    let squares = 0;
    sorted.forEach(value => { squares += (value - mean) ** 2; });
    return {n, mean, squares, at: rank => sorted[rank], min: sorted[0], max: sorted[n - 1]};
  }

  /** Histograms together: number, mean, deviation and ends are exact, ranks to 1 %. */
  function together(histograms) {
    const counts = new Map();
    let [n, mean, squares, min, max] = [0, 0, 0, Infinity, -Infinity];
    for (const [otherN, otherMean, otherSquares, otherMin, otherMax, first, text] of histograms) {
      const all = n + otherN;
      const distance = otherMean - mean;
      squares += otherSquares + distance * distance * (n * otherN / all);
      mean += distance * otherN / all;
      n = all;
      min = Math.min(min, otherMin);
      max = Math.max(max, otherMax);
      text.split(',').forEach((count, i) => {
        if (count !== '') {
          counts.set(first + i, (counts.get(first + i) ?? 0) + Number(count));
        }
      });
    }
    const ranks = [];
    let below = 0;
    [...counts.keys()].sort((one, other) => one - other).forEach(bucket => {
      below += counts.get(bucket);
      const middle = bucket === 0 ? 0 : source.least * source.growth ** bucket * 2 / (1 + source.growth);
      ranks.push([below, Math.max(min, Math.min(max, middle))]);
    });
    const at = rank => rank === 0 ? min : rank === n - 1 ? max : ranks.find(([most]) => rank < most)[1];
    return {n, mean, squares, at, min, max};
  }

  const ofHistograms = histograms => histograms.length === 0 ? undefined : together(histograms);
  const ofValues = values => values.length === 0 ? undefined : exact(values);

  /** Type 7 of Hyndman and Fan; of calls that rank above all others it is known that it is more. */
  function percentile(values, longer, percent) {
    const n = values.n + (longer?.n ?? 0);
    const at = rank => rank < values.n ? values.at(rank) : Math.max(values.max, longer.at(rank - values.n));
    const rank = (n - 1) * (percent / 100);
    const below = Math.floor(rank);
    const low = at(below);
    const value = below + 1 < n ? low + (rank - below) * (at(below + 1) - low) : low;
    return {value: Math.min(value, at(n - 1)), open: Math.ceil(rank) >= values.n};
  }

  // ---- the calls of some rows that started in the window

  const rowsOf = key => keys.map((item, i) => i).filter(i => key === 0 ? !keys[i].apart : i === key - 1);
  const matches = key => (chosen.call === '' || key.call === chosen.call)
    && (chosen.group === '' || key.group === chosen.group)
    && Object.entries(chosen.labels).every(([label, value]) => value === '' || key.labels[label] === value);

  const loadOf = key => key.labels.clients ?? key.labels.level ?? key.group;

  /** Whether calls of several levels of a ladder are among them: all together they are of no load. */
  const mixed = rows => data.views.levels.length > 0
    && new Set(rows.filter(i => counts(selection([i])).started > 0).map(i => loadOf(keys[i]))).size > 1;

  /** All that fit; those that were handed over only if no other fits, as in every number of all calls. */
  function chosenRows() {
    const fitting = keys.map((item, i) => i).filter(i => matches(keys[i]));
    const own = fitting.filter(i => !keys[i].apart);
    return own.length > 0 ? own : fitting;
  }

  function selection(rows) {
    const wanted = new Set(rows);
    if (source.calls) {
      const {startMillis, row, outcome, toCancel, values, exceeded} = source.calls;
      const cancelled = new Set(toCancel);
      const places = startMillis.map((start, i) => i).filter(i => wanted.has(row[i])
        && startMillis[i] >= from * 1000 && (to >= last || startMillis[i] < to * 1000));
      const tally = keep => source.outcomes.map((item, k) => places.filter(i => outcome[i] === k && keep(i)).length);
      const column = columns => field => columns[field] === undefined ? undefined
        : ofValues(places.map(i => columns[field][i]).filter(value => value !== null));
      return {all: tally(() => true), stay: tally(i => !cancelled.has(i)), of: column(values), exceeded: column(exceeded)};
    }
    const slices = source.slices.filter(slice => wanted.has(slice.row)
      && slice.number * step >= from - 1e-9 && (to >= last || (slice.number + 1) * step <= to + 1e-9));
    const sum = of => source.outcomes.map(item => slices.reduce((n, slice) => n + of(slice, item.code), 0));
    const column = name => field => ofHistograms(slices.map(slice => slice[name]?.[field]).filter(histogram => histogram));
    return {
      all: sum((slice, code) => slice.ended[code] ?? 0),
      stay: sum((slice, code) => (slice.ended[code] ?? 0) - (slice.toCancel?.[code] ?? 0)),
      of: column('values'),
      exceeded: column('exceeded'),
    };
  }

  function counts(selected) {
    const sum = (of, keep) => source.outcomes.reduce((n, item, i) => n + (keep(item) ? of[i] : 0), 0);
    const code = name => item => item.code === name;
    return {
      started: sum(selected.all, item => item.started),
      succeeded: sum(selected.all, code('succeeded')),
      failed: sum(selected.all, item => item.failed),
      throttled: sum(selected.all, code('throttled')),
      cancelled: sum(selected.all, code('cancelled')),
      unfinished: sum(selected.all, code('unfinished')),
      dropped: sum(selected.all, code('dropped')),
      judged: sum(selected.stay, item => item.started && item.code !== 'unfinished'),
      good: sum(selected.stay, code('succeeded')),
    };
  }

  // ---- tables

  const DASH = '–';

  function percentileText(values, longer, label) {
    const {percent, needed} = quantile(label);
    const n = values.n + (longer?.n ?? 0);
    if (n < needed) {
      return [DASH, `n too small (needs ${brief(needed)})`];
    }
    const {value, open} = percentile(values, longer, percent);
    return longer && open ? [`> ${number(value)}`, 'among the calls that rank above all others'] : [number(value)];
  }

  function spread(values, longer) {
    const n = values.n + (longer?.n ?? 0);
    if (n < quantile('p75').needed) {
      return [DASH, `n too small (needs ${brief(quantile('p75').needed)})`];
    }
    const [low, high] = ['p25', 'p75'].map(label => percentile(values, longer, quantile(label).percent));
    return longer && high.open ? [DASH] : [number(high.value - low.value)];
  }

  function row(measure, selected, labels) {
    const values = selected.of(measure.field);
    const longer = selected.exceeded(measure.field);
    const deviation = values.n < 2 ? undefined : Math.sqrt(values.squares / (values.n - 1));
    const cells = [
      [longer ? `${brief(values.n)} + ${brief(longer.n)}` : brief(values.n)],
      [number(values.mean)],
      percentileText(values, longer, 'p50'),
      spread(values, longer),
      ...labels.map(label => percentileText(values, longer, label)),
      deviation === undefined ? [DASH, 'needs 2 values'] : [number(deviation)],
      deviation === undefined || values.mean === 0 ? [DASH, 'needs 2 values and a mean other than 0'] : [number(deviation / values.mean)],
      [number(values.min)],
      [longer ? `> ${number(Math.max(values.max, longer.max))}` : number(values.max)],
    ];
    return element('tr', {'data-field': measure.field},
      element('th', {scope: 'row', title: definitions.get(`${measure.label} ${measure.unit}`) ?? false}, `${measure.label} `, element('span', {class: 'unit'}, measure.unit)),
      ...cells.map(([text, note]) => element('td', {class: 'number', title: note ?? false}, text)));
  }

  function tables(selected) {
    return [[false, 'measure', HIGH], [true, 'rate', LOW_AND_HIGH]].flatMap(([rate, first, labels]) => {
      const rows = source.measures.filter(measure => measure.rate === rate && selected.of(measure.field)).map(measure => row(measure, selected, labels));
      const heads = ['n', 'mean', 'median', 'IQR', ...labels, 'sd', 'CV', 'min', 'max'];
      return rows.length === 0 ? [] : [element('div', {class: 'scroll'}, element('table', {class: 'wide'},
        element('thead', {}, element('tr', {}, element('th', {}, first), ...heads.map(head => element('th', {class: 'number'}, head)))),
        element('tbody', {}, ...rows)))];
    });
  }

  function countsText(selected) {
    const found = counts(selected);
    return ['started', 'succeeded', 'failed', 'throttled', 'cancelled', 'unfinished', 'dropped']
      .filter((name, i) => i < 3 || found[name] > 0)
      .map(name => `${brief(found[name])} ${name === 'throttled' ? 'of them throttled' : name}`).join(', ');
  }

  function chosenText() {
    return [chosen.call, chosen.group, ...Object.entries(chosen.labels).map(([label, value]) => value && `${label} = ${value}`)].filter(text => text).join(', ');
  }

  const accuracy = () => source.sliceSeconds ? ' Percentiles are accurate to ±1 %; all other numbers are exact.' : '';

  function card(title, rows) {
    const selected = selection(rows);
    if (mixed(rows)) {
      return element('div', {class: 'windowed-card'},
        element('p', {class: 'windowed-title'}, title),
        element('p', {class: 'hint'}, `${countsText(selected)}. They are of several loads, and a percentile of all of them describes none: choose a group, or a window within one load.`));
    }
    return element('div', {class: 'windowed-card'},
      element('p', {class: 'windowed-title'}, title),
      element('p', {class: 'hint'}, `${countsText(selected)}. Inter-chunk latencies are known of the whole run only.${accuracy()}`),
      ...tables(selected));
  }

  function tableOf(details) {
    const key = data.keys.findIndex(item => item.name === details.querySelector('.key').textContent);
    return key < 0 ? undefined : card(`Calls that started ${span()}`, rowsOf(key));
  }

  function statistics() {
    const section = document.getElementById('statistics');
    document.querySelectorAll('.windowed-card').forEach(old => old.remove());
    const active = counted && (!whole() || filtered());
    section.classList.toggle('selected', active);
    const all = [...section.querySelectorAll(':scope > details')];
    all.forEach(details => {
      const key = data.keys.findIndex(item => item.name === details.querySelector('.key').textContent);
      details.hidden = filtered() && key > 0 && !matches(keys[key - 1]);
      if (active && !whole() && details.open && all.length > 1 && !details.hidden) {
        const made = tableOf(details);
        if (made) {
          details.querySelector('summary').after(made);
        }
      }
    });
    if (active) {
      const made = card(
        [filtered() ? chosenText() : data.keys[0].name, whole() ? 'whole run' : `calls that started ${span()}`].join(': '),
        chosenRows());
      made.id = 'selection';
      section.querySelector(':scope > .hint').after(made);
    }
  }

  // ---- tiles and headings

  function tileText(label, selected, several) {
    const found = counts(selected);
    if (/^calls started/i.test(label)) {
      return `${brief(found.started)}, ${brief(found.failed)} failed`;
    }
    if (/^success/i.test(label)) {
      return found.judged === 0 ? DASH : `${number(100 * found.good / found.judged)} %, n = ${brief(found.judged)}`;
    }
    for (const measure of several ? [] : source.measures) {
      for (const {label: name} of source.quantiles) {
        if (label === `${measure.label} ${name}`) {
          const values = selected.of(measure.field);
          return values ? `${percentileText(values, selected.exceeded(measure.field), name)[0]} ${measure.unit}, n = ${brief(values.n)}` : 'no value';
        }
      }
    }
    return undefined;
  }

  function tiles() {
    document.querySelectorAll('.tile .windowed').forEach(old => old.remove());
    if (!counted || (whole() && !filtered())) {
      return;
    }
    const selected = selection(chosenRows());
    const several = mixed(chosenRows());
    document.querySelectorAll('.tile').forEach(tile => {
      const text = tileText(tile.querySelector('.label').textContent.trim(), selected, several);
      tile.append(element('p', {class: 'windowed'}, text === undefined ? 'whole run' : `selected: ${text}`));
    });
  }

  function headings() {
    document.querySelectorAll('h2 .scope').forEach(old => old.remove());
    const active = !whole() || filtered();
    document.querySelectorAll('main section[id] h2').forEach(head => {
      const id = head.closest('section').id;
      const timed = ['time', 'server', 'client'].includes(id);
      const follows = id === 'statistics' || id === 'definitions' || id === 'run';
      if (active && !follows && !(timed && whole())) {
        head.append(' ', element('span', {class: 'scope'}, timed ? span() : 'whole run'));
      }
    });
  }

  // ---- charts over time

  const timed = option => option?.timed === true && !option.absent;
  const isTimed = id => timed(shown.get(id));

  /** What is seen and one point on each side: the axis of values fits what is seen. */
  function within(points) {
    if (!points.every((point, i) => Array.isArray(point) && (i === 0 || point[0] >= points[i - 1][0]))) {
      return points;
    }
    const first = points.findIndex(point => point[0] >= from);
    const after = points.findIndex(point => point[0] > to);
    return points.slice(first < 0 ? points.length - 1 : Math.max(0, first - 1), after < 0 ? points.length : after + 1);
  }

  adapters.push((id, option) => {
    const axis = option.xAxis;
    if (whole() || !timed(option)) {
      return option;
    }
    const interval = tickSeconds(to - from);
    const labels = {showMinLabel: from % interval === 0, showMaxLabel: to % interval === 0};
    return {
      ...option,
      xAxis: {...axis, min: from, max: to, interval, axisLabel: {...axis.axisLabel, ...labels, hideOverlap: true}},
      series: (option.series ?? []).map(item => item.type === 'line' && item.data ? {...item, data: within(item.data)} : item),
    };
  });

  // ---- the bar

  const bar = document.getElementById('window');
  const [low, high] = ['from', 'to'].map(name => element('input', {
    type: 'range', min: 0, class: `handle ${name}`, 'aria-label': `Window ${name}`,
  }));
  const track = element('div', {class: 'track'}, low, high);
  const text = element('output', {class: 'span', 'aria-live': 'polite'});
  const reset = element('button', {type: 'button', id: 'window-reset'}, 'Reset');
  const selects = [];

  function update() {
    [low, high].forEach(handle => {
      handle.step = step;
      handle.max = last;
    });
    low.value = from;
    high.value = to;
    [low, high].forEach(handle => handle.setAttribute('aria-valuetext', time(Number(handle.value))));
    track.style.setProperty('--from', `${100 * from / last}%`);
    track.style.setProperty('--to', `${100 * Math.min(to, last) / last}%`);
    const active = !whole() || filtered();
    bar.classList.toggle('active', active);
    reset.disabled = !active;
    document.documentElement.style.setProperty('--bar', getComputedStyle(bar).position === 'sticky' ? `${bar.offsetHeight}px` : '0px');
    if (!counted) {
      text.textContent = `${span()}: charts over time only${source.withheld ? ', there are too many names for tables of a window' : ''}`;
      return;
    }
    const found = counts(selection(chosenRows()));
    const total = counts(everything(rowsOf(0))).started;
    text.textContent = active ? `${span()}: ${brief(found.started)} of ${brief(total)} calls started` : `whole run, ${span()}`;
  }

  function everything(rows) {
    const kept = [from, to];
    [from, to] = [0, last];
    const all = selection(rows);
    [from, to] = kept;
    return all;
  }

  let later;

  function renumber() {
    clearTimeout(later);
    update();
    statistics();
    tiles();
    headings();
  }

  function show() {
    renumber();
    redraw(isTimed);
  }

  /** Sets the window, in seconds since the start of the run, to whole steps and at least one. */
  function set(newFrom, newTo) {
    const first = Math.max(0, Math.min(last - step, Math.round(newFrom / step) * step));
    from = Number(first.toFixed(6));
    to = Number(Math.min(last, Math.max(first + step, Math.round(newTo / step) * step)).toFixed(6));
    update();
    clearTimeout(later);
    later = setTimeout(show, 120);
  }

  function select(name, label, values, choose) {
    const box = element('select', {'aria-label': `Only ${name}`, 'data-filter': label}, element('option', {value: ''}, 'all'), ...values.map(value => element('option', {value}, value)));
    box.addEventListener('change', () => {
      choose(box.value);
      pick();
      show();
    });
    selects.push(box);
    return element('label', {}, name, box);
  }

  /** The charts are of one row of calls or of all of them. */
  function pick() {
    const fitting = filtered() ? keys.map((item, i) => i).filter(i => matches(keys[i])) : [];
    const picker = document.querySelector('[data-picker]');
    const wanted = String(fitting.length === 1 ? fitting[0] + 1 : 0);
    if (picker && picker.value !== wanted) {
      picker.value = wanted;
      picker.dispatchEvent(new Event('change'));
    }
    bar.querySelector('.charts-of').textContent = filtered() && fitting.length !== 1
      ? `Charts are of all calls: ${fitting.length === 0 ? 'none fits' : `${brief(fitting.length)} names fit, and a chart is of one`}.` : '';
  }

  function filters() {
    const distinct = of => [...new Set(keys.map(of))].filter(value => value !== undefined && value !== '').sort();
    const several = of => new Set(keys.map(of)).size > 1;
    const made = [];
    if (several(key => key.call)) {
      made.push(select('Name', 'call', distinct(key => key.call), value => { chosen.call = value; }));
    }
    if (several(key => key.group)) {
      made.push(select('Group', 'group', distinct(key => key.group), value => { chosen.group = value; }));
    }
    [...new Set(keys.flatMap(key => Object.keys(key.labels)))].sort().filter(label => several(key => key.labels[label])).forEach(label => {
      made.push(select(label, label, distinct(key => key.labels[label]), value => { chosen.labels[label] = value; }));
    });
    return made;
  }

  // ---- a window drawn over a chart

  function drag(event) {
    const place = event.target instanceof Element ? event.target.closest('.plot') : null;
    const chart = place && charts.get(place.id);
    if (!chart || event.button !== 0 || !isTimed(place.id)) {
      return;
    }
    const box = place.getBoundingClientRect();
    const startX = event.clientX - box.left;
    if (!chart.containPixel('grid', [startX, event.clientY - box.top])) {
      return;
    }
    const seconds = x => chart.convertFromPixel({xAxisIndex: 0}, x);
    let mark;
    const move = now => {
      const x = now.clientX - box.left;
      if (!mark && Math.abs(x - startX) > LEAST_DRAG) {
        mark = element('div', {class: 'brush'});
        place.append(mark);
      }
      if (mark) {
        mark.style.left = `${Math.min(x, startX)}px`;
        mark.style.width = `${Math.abs(x - startX)}px`;
      }
    };
    const stop = now => {
      ['pointermove', 'pointerup', 'pointercancel'].forEach((name, i) => document.removeEventListener(name, [move, stop, stop][i]));
      if (mark) {
        mark.remove();
        if (now.type === 'pointerup') {
          const ends = [startX, now.clientX - box.left].map(seconds).sort((one, other) => one - other);
          set(ends[0], ends[1]);
          show();
        }
      }
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', stop);
    document.addEventListener('pointercancel', stop);
  }

  function clear() {
    [from, to] = [0, last];
    chosen.call = '';
    chosen.group = '';
    chosen.labels = {};
    selects.forEach(box => { box.value = ''; });
    pick();
    show();
  }

  function begin() {
    fit();
    if (!bar || end === 0 || !bar.hidden) {
      return;
    }
    bar.hidden = false;
    bar.append(
      element('span', {class: 'what'}, 'Time window'), track, text, reset, ...filters(),
      element('span', {class: 'charts-of', role: 'status'}));
    bar.after(element('p', {class: 'hint window-rule'}, 'Zoom: drag over a chart of time, or move the handles; a double click ends it. Calls count that started in the window, whenever they ended.'));
    low.addEventListener('input', () => set(Math.min(Number(low.value), to - step), to));
    high.addEventListener('input', () => set(from, Math.max(Number(high.value), from + step)));
    [low, high].forEach(handle => handle.addEventListener('change', show));
    reset.addEventListener('click', clear);
    document.addEventListener('pointerdown', drag);
    document.addEventListener('dblclick', event => {
      const place = event.target instanceof Element ? event.target.closest('.plot') : null;
      if (place && isTimed(place.id) && !whole()) {
        [from, to] = [0, last];
        show();
      }
    });
    document.getElementById('statistics').addEventListener('toggle', event => {
      if (event.target.matches('#statistics > details') && !whole()) {
        statistics();
      }
    }, true);
    document.addEventListener('charts-drawn', () => charts.forEach((chart, id) => document.getElementById(id).classList.toggle('timed', isTimed(id))));
    update();
  }

  begin();
  document.addEventListener('renewed', () => {
    begin();
    if (!bar.hidden) {
      renumber();
    }
  });
  return {set, show, clear};
})();
