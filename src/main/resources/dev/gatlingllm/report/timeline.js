'use strict';

/** Calls as rows: arrival, start, first and last token, end. */
const Timeline = (() => {
  const {colours, styled, number, brief, clock, escaped, note, axis, option, absent, legendHeight, endOf} = Charts;
  const {timeline, keys} = Charts.data();
  const [KEY, ID, ARRIVAL, START, FIRST, LAST, END, OUTCOME] = [0, 1, 2, 3, 4, 5, 6, 7];
  const SYMBOLS = {cancelled: 'diamond', unfinished: 'emptyCircle', dropped: 'pin'};
  const LONG = 60;
  let aligned;

  const outcome = row => timeline.outcomes[row[OUTCOME]];

  /** Whether a call would be a dot on the axis of the run: then each row begins at its own arrival. */
  function begin() {
    const lengths = timeline.rows.map(row => row[END] / 1e3).sort((a, b) => a - b);
    return endOf(keys[0].series) > LONG * lengths[Math.floor(lengths.length / 2)];
  }

  function rule(shown) {
    const {total, every, slowest} = timeline;
    const bad = shown.filter(row => outcome(row) !== 'succeeded').length;
    return (every === 1
      ? `${brief(shown.length)} calls`
      : `${brief(shown.length)} of ${brief(total)} calls: one in ${brief(every)} by its number, and the ${slowest} that waited longest`)
      + (bad > 0 ? ` · ${brief(bad)} did not succeed` : '');
  }

  /** Where each part of a row ends, in seconds since the arrival; what did not happen has no length. */
  function parts(row) {
    const end = row[END];
    const start = row[START] ?? end;
    const first = Math.max(start, row[FIRST] ?? end);
    const last = row[FIRST] === null ? first : Math.max(first, row[LAST] ?? end);
    return [start, first - start, last - first, Math.max(0, end - last)].map(millis => Math.max(0, millis) / 1e3);
  }

  function told(row) {
    const at = (name, millis) => millis === null ? [] : [`${name} <b>${number(millis)}</b> ms`];
    return [
      `call ${row[ID]}, ${escaped(keys[row[KEY] + 1].name)}`,
      `arrival <b>${clock(row[ARRIVAL])}</b> (${number(row[ARRIVAL])} s)`,
      ...at('start +', row[START]), ...at('first token +', row[FIRST]), ...at('last token +', row[LAST]), ...at('end +', row[END]),
      `<b>${outcome(row)}</b>`,
    ].join('<br>');
  }

  function draw(id, selected) {
    const shown = (timeline?.rows ?? []).filter(row => selected === 0 || row[KEY] === selected - 1);
    if (shown.length === 0) {
      return absent();
    }
    aligned ??= begin();
    const height = shown.length <= 60 ? 12 : shown.length <= 120 ? 7 : 5;
    document.getElementById(id).style.height = `${110 + Math.max(8, shown.length) * height}px`;
    note(id, rule(shown));
    const palette = colours();
    const cells = shown.map(parts);
    const base = row => aligned ? 0 : row[ARRIVAL];
    const bar = (name, colour, values, more) => ({
      name, type: 'bar', stack: 'call', barWidth: Math.max(2, height - 2), color: colour, data: values, ...more,
    });
    const marks = timeline.outcomes.filter(name => name !== 'succeeded');
    const rowEnd = (row, i) => base(row) + cells[i].reduce((sum, part) => sum + part, 0);
    const names = ['waits to start', 'first token', 'streams', 'ends'].filter((name, k) => cells.some(cell => cell[k] > 0));
    const present = marks.filter(name => shown.some(row => outcome(row) === name));
    return option({
      timed: !aligned,
      legend: {...option({}).legend, data: [...names, ...present]},
      grid: {left: 68, right: 24, top: legendHeight(id, [...names, ...present]), bottom: 46},
      xAxis: axis(aligned ? 'since the arrival of each call, s' : 'since the start of the run, min:s', {
        type: 'value',
        min: 0,
        max: aligned ? undefined : Math.max(endOf(keys[0].series), ...shown.map(rowEnd)),
        splitLine: {show: true, lineStyle: {color: styled('--line')}},
        axisLabel: {color: styled('--muted'), fontSize: 11.5, hideOverlap: true, formatter: aligned ? brief : clock},
      }),
      yAxis: axis('arrival', {
        type: 'category',
        inverse: true,
        nameGap: 50,
        data: shown.map(row => clock(row[ARRIVAL])),
        axisLabel: {color: styled('--muted'), fontSize: 11, hideOverlap: true, interval: Math.max(0, Math.ceil(16 / height) - 1)},
      }),
      tooltip: {
        ...option({}).tooltip,
        axisPointer: {type: 'shadow'},
        formatter: items => told(shown[items[0].dataIndex]),
      },
      series: [
        bar('arrival', 'transparent', shown.map(base), {silent: true}),
        bar('waits to start', palette.orange, cells.map(cell => cell[0])),
        bar('first token', palette.grey, cells.map(cell => cell[1])),
        bar('streams', palette.blue, cells.map(cell => cell[2])),
        bar('ends', palette.purple, cells.map(cell => cell[3])),
        ...marks.map(name => ({
          name, type: 'scatter', symbol: SYMBOLS[name] ?? 'triangle', symbolSize: 9, z: 5, silent: true,
          color: SYMBOLS[name] ? styled('--ink') : palette.red,
          data: shown.flatMap((row, i) => outcome(row) === name ? [[rowEnd(row, i), i]] : []),
        })),
      ],
    });
  }

  /** Lets the reader choose where rows begin. */
  function choose(redraw) {
    const place = document.getElementById('timeline-begin');
    if (!place || !timeline) {
      return;
    }
    place.value = begin() ? 'arrival' : 'run';
    place.addEventListener('change', () => {
      aligned = place.value === 'arrival';
      redraw();
    });
  }

  return {draw, choose};
})();
