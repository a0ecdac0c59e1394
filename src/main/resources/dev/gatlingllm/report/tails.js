'use strict';

/** Distribution functions with a logarithmic tail: what part of the calls took at most so long. */
const Tails = (() => {
  const {colours, styled, number, brief, note, valueAxis, option, absent, nothing, line} = Charts;
  const {valuesAxis, tickMarks, limitMarks, placed, markLine, LEFT, RIGHT} = Distributions;
  const FROM = ['from start', 'from arrival'];
  const LEGEND = 22;

  const percent = above => brief(Number((100 - above).toFixed(above < 0.01 ? 4 : 3)));

  function noted(tail, counted) {
    const [start, arrival] = tail.curves;
    const texts = [`n = ${brief(start.n)} ${counted}`];
    if (arrival?.longer > 0) {
      texts.push(`from arrival: ${brief(arrival.n)}, of which ${brief(arrival.longer)} never ended; the line ends below them`);
    } else if (arrival && arrival.n !== start.n) {
      texts.push(`from arrival: ${brief(arrival.n)}`);
    }
    return texts.join(' · ');
  }

  /** Percentiles as points of the curve, named on its empty side. */
  const points = marks => ({
    name: 'percentiles',
    type: 'scatter',
    color: colours().blue,
    symbolSize: 7,
    z: 5,
    silent: true,
    data: marks.map(mark => [mark.value, mark.above, mark.name]),
    label: {
      show: true, position: 'left', distance: 6, color: styled('--ink'), fontSize: 11.5,
      textBorderColor: styled('--surface'), textBorderWidth: 3,
      formatter: item => `${item.value[2]} ${number(item.value[0])}`,
    },
    labelLayout: {hideOverlap: true},
  });

  function draw(id, tail, unit, counted) {
    if (!tail) {
      return absent();
    }
    note(id, noted(tail, counted));
    if (tail.curves[0].n < 2) {
      return nothing(`One value only: ${number(tail.curves[0].points[0][1])} ${unit}`);
    }
    const palette = colours();
    const two = tail.curves.length > 1;
    const limits = placed(limitMarks(tail.limits), tail.axis, id, 'start');
    const least = Math.min(...tail.curves.map(curve => curve.points[curve.points.length - 1][0]));
    return option({
      legend: {...option({}).legend, show: two, data: FROM},
      grid: {left: LEFT, right: RIGHT, top: limits.height + (two ? LEGEND : 0), bottom: 46},
      xAxis: valuesAxis(tail.axis, tail.axis, unit),
      yAxis: valueAxis(`% of ${counted} at most`, {
        type: 'log',
        inverse: true,
        min: 0.8 * least,
        max: 100,
        axisLabel: {
          color: styled('--muted'), fontSize: 11.5, showMinLabel: false, hideOverlap: true, formatter: percent,
        },
      }),
      tooltip: {
        ...option({}).tooltip,
        trigger: 'item',
        formatter: item => `${percent(item.value[1])} % of ${counted}, ${item.seriesName},<br>at most <b>${number(item.value[0])}</b> ${unit}`,
      },
      series: [
        ...tail.curves.map((curve, i) => line(
          FROM[i],
          i === 0 ? palette.blue : palette.orange,
          curve.points.map(([above, value]) => [value, above]),
          {
            lineStyle: {width: 2, type: i === 0 ? 'solid' : 'dashed'},
            showSymbol: true,
            symbolSize: 3,
            markLine: i === 0 ? markLine([...tickMarks(tail.axis, id, 'end'), ...limits.data]) : undefined,
          })),
        points(tail.marks),
      ],
    });
  }

  const drawn = key => ({
    'tail-ttft': () => draw('tail-ttft', key().tails.ttftMillis, 'ms', 'calls'),
    'tail-e2e': () => draw('tail-e2e', key().tails.e2eMillis, 'ms', 'calls'),
    'tail-inter-chunk': () => draw('tail-inter-chunk', key().tails.interChunkMillis, 'ms', 'latencies'),
  });

  return {drawn};
})();
