'use strict';

(() => {
  const {colours, styled, number, brief, tick, escaped, note, axis, valueAxis, option, nothing, line} = Charts;
  const data = Charts.data();
  let selected = 0;

  const DRAWN_MEASURES = {
    ttftMillis: 'ms',
    e2eMillis: 'ms',
    tokensPerSecond: 'tok/s',
    maxInterChunkMillis: 'ms',
  };

  /** The share of calls, in percent, that have this value or a lower one. */
  const steps = values => values.map((value, i) => [value, 100 * i / (values.length - 1)]);

  /** The far tail of a few calls would flatten what lies before it. */
  function bounds(curves) {
    const all = [...curves.first, ...curves.second];
    const least = Math.min(...all);
    const most = Math.max(...all);
    const common = Math.max(...[curves.first, curves.second]
      .filter(values => values.length > 0)
      .map(values => values[Math.floor(0.99 * (values.length - 1))]));
    const end = most > least + 3 * (common - least) && common > least ? least + 1.5 * (common - least) : most;
    const room = (end - least) * 0.03 || Math.abs(least) * 0.01 || 1;
    return {least: least - room, end: end + room, most, cut: end < most};
  }

  function curves(id, unit) {
    const found = data.keys[selected].curves[id];
    if (!found) {
      note(id, '');
      return nothing('Not measured');
    }
    const {least, end, most, cut} = bounds(found);
    note(id, `n = ${brief(found.firstN)} and ${brief(found.secondN)}${cut ? ` · axis ends at ${number(end)}, values reach ${number(most)} ${unit}` : ''}`);
    const drawn = [
      {name: 'A', values: found.first, colour: colours().grey, dashed: true},
      {name: 'B', values: found.second, colour: colours().blue},
    ].filter(item => item.values.length > 0);
    return option({
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
      series: drawn.map(item => line(item.name, item.colour, steps(item.values), {
        step: 'end',
        clip: true,
        showSymbol: true,
        symbolSize: 7,
        itemStyle: {opacity: 0},
        emphasis: {itemStyle: {opacity: 1}},
        lineStyle: {width: 2, type: item.dashed ? 'dashed' : 'solid', opacity: 1},
      })),
    });
  }

  const drawn = {};
  for (const [id, unit] of Object.entries(DRAWN_MEASURES)) {
    drawn[id] = () => curves(id, unit);
  }
  const draw = Charts.page(drawn);
  document.querySelectorAll('[data-picker]').forEach(picker => {
    data.keys.forEach((item, i) => picker.add(new Option(item.name, i)));
    picker.addEventListener('change', () => {
      selected = Number(picker.value);
      draw();
    });
  });
  draw();
})();
