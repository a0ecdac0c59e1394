'use strict';

/** Histograms with marked percentiles, limits, and what lies beyond the ends of the axis. */
const Distributions = (() => {
  const {colours, styled, number, brief, tick, note, axis, valueAxis, option, absent, line} = Charts;
  const LEFT = 68;
  const RIGHT = 24;
  const ROW = 15;
  const CHARACTER = 6.4;
  /** A bar of what lies beyond an end has this part of the axis. */
  const OUTSIDE = 0.05;

  // ---- the axis of values, linear or logarithmic

  const length = range => range.log ? Math.log(range.max / range.min) : range.max - range.min;

  /** A value that lies beyond another by a part of the axis, which may be negative. */
  const shifted = (range, value, part) =>
    range.log ? value * Math.exp(part * length(range)) : value + part * length(range);

  const share = (range, value) => (range.log ? Math.log(value / range.min) : value - range.min) / length(range);

  const plotWidth = id => document.getElementById(id).clientWidth - LEFT - RIGHT;

  /** 1, 2 and 5 of each power of ten, 1 and 3, or 1 alone, as there is room. */
  function logTicks(range, width) {
    const decades = length(range) / Math.LN10;
    const room = width / decades;
    const steps = room > 150 ? [1, 2, 5] : room > 75 ? [1, 3] : [1];
    const every = Math.max(1, Math.ceil(40 * decades / width));
    const ticks = [];
    for (let power = Math.floor(Math.log10(range.min)); power <= Math.log10(range.max); power++) {
      if (power % every === 0) {
        steps.map(step => Number(`${step}e${power}`))
          .filter(value => value >= range.min * 0.9999 && value <= range.max * 1.0001)
          .forEach(value => ticks.push(value));
      }
    }
    return ticks;
  }

  /** The axis of ECharts: on a logarithmic one it would label powers of ten only, so we do. */
  function valuesAxis(range, drawn, unit) {
    return axis(range.log ? `${unit}, logarithmic` : unit, {
      type: range.log ? 'log' : 'value',
      min: drawn.min,
      max: drawn.max,
      minInterval: unit === 'tok' && !range.log ? 1 : undefined,
      axisLabel: {
        show: !range.log,
        color: styled('--muted'),
        fontSize: 11.5,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: value => value < range.min || value > range.max ? '' : tick(value),
      },
    });
  }

  /** What labels a logarithmic axis, and draws nothing on a linear one. */
  const tickMarks = (range, id, bottom = 'start') => !range.log ? [] : logTicks(range, plotWidth(id)).map(value => ({
    xAxis: value,
    lineStyle: {width: 1, type: 'solid', color: styled('--line')},
    label: {position: bottom, distance: 8, formatter: tick(value), color: styled('--muted'), fontSize: 11.5},
  }));

  // ---- marks

  const named = names => names.length > 2 ? `${names[0]}–${names[names.length - 1]}` : names.join(' = ');

  /** Marks of the same number have one label. */
  function together(marks) {
    const merged = new Map();
    for (const mark of marks) {
      const text = number(mark.value);
      if (merged.has(text)) {
        merged.get(text).names.push(mark.name);
      } else {
        merged.set(text, {...mark, names: [mark.name]});
      }
    }
    return [...merged.values()].map(mark => ({...mark, text: `${named(mark.names)} ${number(mark.value)}`}));
  }

  const limitMarks = limits => (limits ?? []).map(limit => ({
    value: limit.value,
    text: limit.of === 'call' ? `limit of a call ${number(limit.value)}` : `limit ${limit.of} ${number(limit.value)}`,
    lineStyle: {color: colours().purple, type: 'solid', width: 2.5},
  }));

  /** Marked lines with labels above the plot, in as many rows as it takes for none to lie on another. */
  function placed(marks, drawn, id, top = 'end') {
    const width = plotWidth(id);
    const rows = [];
    const data = [...marks].sort((a, b) => a.value - b.value).map(mark => {
      const at = share(drawn, mark.value) * width;
      const needed = CHARACTER * mark.text.length + 8;
      const left = at + needed > width + RIGHT;
      const [from, to] = left ? [at - needed, at] : [at, at + needed];
      let row = rows.findIndex(taken => taken.every(([start, end]) => to <= start || from >= end));
      if (row < 0) {
        row = rows.push([]) - 1;
      }
      rows[row].push([from, to]);
      return {
        xAxis: mark.value,
        lineStyle: {width: 1.5, ...mark.lineStyle},
        label: {
          position: top, formatter: mark.text, align: left ? 'right' : 'left', distance: 4 + ROW * row, color: styled('--ink'), fontSize: 12,
        },
      };
    });
    return {data, height: 10 + ROW * rows.length};
  }

  const markLine = data => ({silent: true, symbol: 'none', data});

  // ---- a histogram

  function outline(bins, least) {
    const points = [[Math.max(least, bins.edges[0]), 0]];
    bins.counts.forEach((count, i) => points.push([Math.max(least, bins.edges[i]), count]));
    points.push([bins.edges[bins.edges.length - 1], 0]);
    return points;
  }

  /** What lies beyond an end of the bins: a bar that is not to scale, with its number. */
  function outside(range, count, edge, direction) {
    const ends = [0.15, 1].map(part => shifted(range, edge, direction * part * OUTSIDE)).sort((a, b) => a - b);
    const colour = colours().red;
    return [
      line('outside', colour, [[ends[0], 0], [ends[0], count], [ends[1], 0]], {
        step: 'end', silent: true, lineStyle: {width: 1.5, type: 'dotted'}, areaStyle: {opacity: 0.45},
      }),
      {
        name: 'outside', type: 'scatter', color: colour, symbolSize: 4, silent: true,
        data: [[shifted(range, edge, direction * 0.575 * OUTSIDE), count]],
        label: {
          show: true, position: 'top', distance: 3, formatter: `+${brief(count)}`,
          align: direction > 0 ? 'right' : 'left', color: styled('--ink'), fontSize: 11,
        },
      },
    ];
  }

  const percent = (part, whole) => `${number(100 * part / whole)} %`;

  function noted(bins, unit) {
    const first = bins.edges[0];
    const last = bins.edges[bins.edges.length - 1];
    const texts = [`n = ${brief(bins.n)}`];
    if (bins.below > 0) {
      texts.push(`${brief(bins.below)} of ${brief(bins.n)} (${percent(bins.below, bins.n)}) below ${number(first)} ${unit}, down to ${number(bins.min)}`);
    }
    if (bins.beyond > 0) {
      texts.push(`${brief(bins.beyond)} of ${brief(bins.n)} (${percent(bins.beyond, bins.n)}) above ${number(last)} ${unit}, up to ${number(bins.max)}`);
    }
    if (bins.withheld.length > 0) {
      texts.push(`withheld, n too small: ${bins.withheld.map(one => `${one.name} (needs ${one.needed})`).join(', ')}`);
    }
    return texts.join(' · ');
  }

  /** One axis for histograms that are to be compared by eye. */
  function shared(all) {
    const axes = all.filter(bins => bins.axis).map(bins => bins.axis);
    const min = Math.min(...axes.map(one => one.min));
    return axes.length === 0 ? undefined : {
      log: min > 0 && axes.some(one => one.log),
      min,
      max: Math.max(...axes.map(one => one.max)),
    };
  }

  function draw(id, bins, unit, counted, range = bins.axis) {
    if (bins.counts.length === 0) {
      return absent();
    }
    const palette = colours();
    const first = Math.max(bins.edges[0], range.log ? range.min : -Infinity);
    const last = bins.edges[bins.edges.length - 1];
    const drawn = {
      log: range.log,
      min: bins.below > 0 ? Math.min(range.min, shifted(range, first, -1.2 * OUTSIDE)) : range.min,
      max: bins.beyond > 0 ? Math.max(range.max, shifted(range, last, 1.2 * OUTSIDE)) : range.max,
    };
    const percentiles = together(bins.marks).map(mark => ({
      ...mark,
      lineStyle: mark.names[0] === 'p50' ? {color: palette.orange, type: 'solid'} : {color: palette.red, type: 'dashed'},
    }));
    const marks = placed([...percentiles, ...limitMarks(bins.limits)], drawn, id);
    note(id, noted(bins, unit));
    return option({
      legend: {show: false},
      grid: {left: LEFT, right: RIGHT, top: marks.height, bottom: 46},
      xAxis: valuesAxis(range, drawn, unit),
      yAxis: valueAxis(counted, {minInterval: 1}),
      tooltip: {
        ...option({}).tooltip,
        formatter: shown => {
          const at = shown[0].axisValue;
          if (at >= last || at < first) {
            return noted(bins, unit);
          }
          const i = bins.edges.findIndex((edge, k) => at >= edge && at < bins.edges[k + 1]);
          return `${number(bins.edges[i])} – ${number(bins.edges[i + 1])} ${unit}<br><b>${brief(bins.counts[i])}</b> ${counted}`;
        },
      },
      series: [
        line(counted, palette.blue, outline(bins, first), {
          step: 'end',
          lineStyle: {width: 1.25},
          areaStyle: {opacity: 0.25},
          markLine: markLine([...tickMarks(range, id), ...marks.data]),
        }),
        ...(bins.below > 0 ? outside(range, bins.below, first, -1) : []),
        ...(bins.beyond > 0 ? outside(range, bins.beyond, last, 1) : []),
      ],
    });
  }

  return {draw, shared, valuesAxis, tickMarks, limitMarks, placed, markLine, LEFT, RIGHT};
})();
