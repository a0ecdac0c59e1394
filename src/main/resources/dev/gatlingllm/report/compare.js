'use strict';

(() => {
  const {colours, styled, number, brief, tick, escaped, note, axis, valueAxis, option, absent, line,
    middle, pairs, some, dots, held, secondsOf, endOf, tickSeconds, overTime, legendHeight} = Charts;
  const data = Charts.data();
  let selected = 0;

  const DRAWN_MEASURES = {
    ttftMillis: 'ms',
    e2eMillis: 'ms',
    tokensPerSecond: 'tok/s',
    maxInterChunkMillis: 'ms',
  };

  const OVER_TIME = {
    'time-ttft': {field: 'ttftP50', unit: 'ms'},
    'time-rpm': {field: 'succeededPerMinute', unit: '1/min', stepped: true},
    'time-rate': {field: 'tokensPerSecondP50', unit: 'tok/s'},
    'time-failed': {field: 'failed', unit: '1/min', stepped: true, counted: true},
  };

  // Each run has a colour, a dash and a letter of its own: any one of them tells it apart.
  const LOOKS = [
    ['grey', 'dashed'],
    ['blue', 'solid'],
    ['orange', [9, 3, 2, 3]],
    ['green', 'dotted'],
    ['purple', [14, 4]],
    ['red', [5, 2]],
    ['blue', [2, 4]],
    ['orange', [12, 3, 2, 3, 2, 3]],
  ];

  /** The runs that have these calls, each with how it looks. */
  const runs = () => data.runs
    .map((run, i) => ({
      ...run,
      ...data.keys[selected].runs[i],
      colour: colours()[LOOKS[i][0]],
      dash: LOOKS[i][1],
      place: i,
    }));

  /** The share of calls, in percent, that have this value or a lower one. */
  const steps = values => values.map((value, i) => [value, 100 * i / (values.length - 1)]);

  const lettered = (item, coord) => ({
    silent: true,
    symbol: 'circle',
    symbolSize: 16,
    itemStyle: {color: styled('--surface'), borderColor: item.colour, borderWidth: 1.5},
    label: {show: true, formatter: item.letter, color: styled('--ink'), fontSize: 11, fontWeight: 600},
    data: [{coord}],
  });

  /** The far tail of a few calls would flatten what lies before it. */
  function bounds(curves) {
    const all = curves.flatMap(curve => curve.values);
    const least = Math.min(...all);
    const most = Math.max(...all);
    const common = Math.max(...curves.map(curve => curve.values[Math.floor(0.99 * (curve.values.length - 1))]));
    const end = most > least + 3 * (common - least) && common > least ? least + 1.5 * (common - least) : most;
    const room = (end - least) * 0.03 || Math.abs(least) * 0.01 || 1;
    return {least: least - room, end: end + room, most, cut: end < most};
  }

  const counts = drawn => drawn.map(item => `${item.letter} n = ${brief(item.n)}`).join(', ');

  function distribution(id, unit) {
    const drawn = runs()
      .filter(run => run.curves?.[id]?.values.length > 0)
      .map(run => ({...run, ...run.curves[id]}));
    if (drawn.length === 0) {
      return absent();
    }
    const {least, end, most, cut} = bounds(drawn);
    note(id, counts(drawn) + (cut ? ` · axis ends at ${number(end)}, values reach ${number(most)} ${unit}` : ''));
    return option({
      grid: {...option({}).grid, top: legendHeight(id, drawn.map(item => item.letter))},
      xAxis: axis(unit, {
        type: 'value',
        min: least,
        max: end,
        axisLabel: {color: styled('--muted'), fontSize: 11.5, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: tick},
      }),
      yAxis: valueAxis('% of calls at or below', {min: 0, max: 100, interval: 25}),
      tooltip: {
        ...option({}).tooltip,
        trigger: 'item',
        formatter: item => `${escaped(item.seriesName)}<br>${brief(item.value[1])} % of calls: at most <b>${number(item.value[0])} ${unit}</b>`,
      },
      series: drawn.map((item, i) => {
        // Letters at heights of their own do not hide each other where curves meet.
        const at = Math.round((item.values.length - 1) * (0.35 + 0.5 * i / Math.max(drawn.length - 1, 1)));
        return line(item.letter, item.colour, steps(item.values), {
          step: 'end',
          clip: true,
          showSymbol: true,
          symbolSize: 7,
          itemStyle: {opacity: 0},
          emphasis: {itemStyle: {opacity: 1}},
          lineStyle: {width: 2, type: item.dash, opacity: 1},
          markPoint: lettered(item, [item.values[at], 100 * at / (item.values.length - 1)]),
        });
      }),
    });
  }

  function course(id, {field, unit, stepped, counted}) {
    const drawn = runs().filter(run => run.series?.startSeconds.length > 0 && some(run.series[field]));
    if (drawn.length === 0) {
      return absent();
    }
    const end = run => endOf(run.series);
    const longest = drawn.reduce((a, b) => (end(b) > end(a) ? b : a));
    const widths = [...new Set(drawn.map(run => run.series.widthSeconds))];
    note(id, widths.length === 1
      ? `slices of ${brief(widths[0])} s`
      : `slices of ${drawn.map(run => `${run.letter} ${brief(run.series.widthSeconds)} s`).join(', ')}`);
    const chart = overTime(longest.series, unit, unit, drawn.map(item => {
      // Slices of two runs may differ in width, and so do counts in them.
      const values = item.series[field].map((value, i) =>
        (counted && value !== null ? value * 60 / secondsOf(item.series, i) : value));
      const known = values.map((value, i) => i).filter(i => values[i] !== null);
      const at = counted
        ? values.indexOf(Math.max(...values))
        : known[Math.floor((known.length - 1) * (0.2 + 0.6 * item.place / Math.max(data.runs.length - 1, 1)))];
      const points = stepped ? held(item.series, values) : pairs(middle(item.series), values);
      return line(item.letter, item.colour, points, {
        ...(stepped ? {step: 'end'} : dots(values)),
        lineStyle: {width: 2, type: item.dash},
        markPoint: lettered(item, [middle(item.series)[at], values[at]]),
      });
    }));
    return {
      ...chart,
      grid: {...chart.grid, top: legendHeight(id, drawn.map(item => item.letter))},
      xAxis: {...chart.xAxis, name: 'since the start of each run, min:s', interval: tickSeconds(end(longest))},
      tooltip: {
        ...chart.tooltip,
        formatter: shown => shown
          .map(item => `${item.marker}${escaped(item.seriesName)} <b>${number(item.value[item.value.length - 1])}</b>`)
          .join('<br>'),
      },
    };
  }

  const drawn = {};
  for (const [id, how] of Object.entries(OVER_TIME)) {
    drawn[id] = () => course(id, how);
  }
  for (const [id, unit] of Object.entries(DRAWN_MEASURES)) {
    drawn[id] = () => distribution(id, unit);
  }
  const draw = Charts.page(drawn);
  document.querySelectorAll('[data-picker]').forEach(picker => {
    data.keys.forEach((item, i) => picker.add(new Option(item.name, i)));
    picker.closest('label').hidden = data.keys.length < 2;
    picker.addEventListener('change', () => {
      selected = Number(picker.value);
      draw();
    });
  });
  draw();
})();
