'use strict';

/** Histograms with marked statistics. */
const Distributions = (() => {
  const {colours, styled, number, brief, tick, note, axis, valueAxis, option, absent, line} = Charts;

  function outline(bins) {
    const points = [[bins.edges[0], 0]];
    bins.counts.forEach((count, i) => points.push([bins.edges[i], count]));
    points.push([bins.edges[bins.edges.length - 1], 0]);
    return points;
  }

  function mark(value, text, row, range, line) {
    const share = range.type === 'log'
      ? Math.log(value / range.min) / Math.log(range.max / range.min)
      : (value - range.min) / (range.max - range.min);
    return {
      xAxis: value,
      lineStyle: {width: 1.5, ...line},
      label: {
        formatter: `${text} ${number(value)}`,
        align: share > 0.75 ? 'right' : 'left',
        distance: 4 + 16 * row,
        color: styled('--ink'),
        fontSize: 12,
      },
    };
  }

  function draw(id, bins, unit, counted, tail, type, shared) {
    if (bins.counts.length === 0) {
      return absent();
    }
    const palette = colours();
    const last = bins.edges[bins.edges.length - 1];
    // Within a decade or so a logarithmic axis has hardly a tick to label.
    const drawnType = type === 'log' && last < 20 * bins.edges[0] ? 'value' : type;
    const range = {type: drawnType, min: bins.edges[0], max: last, ...shared};
    if (bins.counts.length < 3 && drawnType === 'value' && !shared) {
      // A bar or two would fill the whole chart and say nothing. No value is below 0.
      range.min = Math.max(0, range.min - 2 * (last - bins.edges[0]));
      range.max += 2 * (last - bins.edges[0]);
    }
    const marks = [mark(bins.median, 'median', 1, range, {color: palette.orange, type: 'solid'})];
    if (bins.mean !== undefined && bins.mean <= range.max) {
      marks.push(mark(bins.mean, 'mean', 2, range, {color: palette.green, type: 'dotted'}));
    }
    if (bins[tail] !== undefined) {
      marks.push(mark(bins[tail], tail, 0, range, {color: palette.red, type: 'dashed'}));
    }
    const needed = tail === 'p95' ? 100 : 50;
    note(id, `n = ${brief(bins.n)}`
      + (bins[tail] === undefined ? ` · ${tail} withheld: n too small (needs ${needed})` : '')
      + (bins.beyond > 0 ? ` · ${brief(bins.beyond)} beyond ${brief(last)} ${unit}, up to ${number(bins.max)}` : ''));
    return option({
      legend: {show: false},
      grid: {left: 68, right: 24, top: 56, bottom: 46},
      xAxis: axis(unit, {
        ...range,
        minInterval: unit === 'tok' ? 1 : undefined,
        axisLabel: {
          color: styled('--muted'),
          fontSize: 11.5,
          hideOverlap: true,
          showMinLabel: false,
          showMaxLabel: false,
          formatter: tick,
        },
      }),
      yAxis: valueAxis(counted, {minInterval: 1}),
      tooltip: {
        ...option({}).tooltip,
        formatter: shown => {
          const from = shown[0].value[0];
          const i = Math.min(bins.edges.indexOf(from), bins.counts.length - 1);
          return `${number(bins.edges[i])} – ${number(bins.edges[i + 1])} ${unit}<br><b>${brief(bins.counts[i])}</b> ${counted}`;
        },
      },
      series: [
        line(counted, palette.blue, outline(bins), {
          step: 'end',
          lineStyle: {width: 1.25},
          areaStyle: {opacity: 0.25},
          markLine: {silent: true, symbol: 'none', data: marks},
        }),
      ],
    });
  }

  return {draw};
})();
