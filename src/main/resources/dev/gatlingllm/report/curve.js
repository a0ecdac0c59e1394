'use strict';

/** Latency against throughput, and throughput against load, a point for each load. */
const Curve = (() => {
  const {colours, styled, number, brief, note, valueAxis, option, absent, line} = Charts;
  const {curve} = Charts.data();
  /** A limit farther above all values would flatten the curve. */
  const FARTHEST = 3;
  const CLOSE = 1.15;

  const loadName = () => curve.load === 'clients' ? 'clients' : 'calls a minute, planned';

  /** Of loads that are next to each other one has a label: others would lie over it. */
  function named() {
    const found = new Set();
    let last = 0;
    curve.points.forEach((point, i) => {
      if (point.load > CLOSE * last) {
        found.add(i);
        last = point.load;
      }
    });
    return found;
  }

  const marked = {showSymbol: true, symbolSize: 7};

  function labelled() {
    const told = named();
    return {
      ...marked,
      label: {
        show: true, position: 'top', distance: 9, fontSize: 11, color: styled('--muted'), formatter: item => told.has(item.value[3]) ? number(item.value[2]) : '',
      },
    };
  }

  function ring(points, colour) {
    const at = curve.knee.point;
    return {
      name: 'knee',
      type: 'scatter',
      data: points.filter(point => point[3] === at && point[1] !== null),
      symbolSize: 17,
      silent: true,
      z: 5,
      color: 'transparent',
      itemStyle: {color: 'transparent', borderColor: colour, borderWidth: 2.5},
    };
  }

  function tooltip(says) {
    return {
      ...option({}).tooltip,
      trigger: 'item',
      formatter: item => `${number(item.value[2])} ${loadName()}<br>${says(item)}`,
    };
  }

  function points(field) {
    return curve.points
      .map((point, i) => [point.requestsPerMinute, point[field] ?? null, point.load, i])
      .filter(point => point[0] !== undefined);
  }

  function limitLines(limits) {
    return {
      silent: true,
      symbol: 'none',
      data: limits.map(limit => ({
        yAxis: limit.millis,
        lineStyle: {width: 1.5, type: 'dashed', color: colours().red},
        label: {
          formatter: `limit ${limit.statistic} ${number(limit.millis)}`, position: 'insideStartTop', color: styled('--muted'), fontSize: 11.5,
        },
      })),
    };
  }

  function latency(id, measure) {
    const palette = colours();
    const drawn = [['p50', palette.blue, 'solid'], ['p95', palette.orange, 'dashed']]
      .map(([name, colour, type]) => ({name, colour, type, points: points(`${measure}${name.toUpperCase()}Millis`)}))
      .filter(item => item.points.some(point => point[1] !== null));
    if (drawn.length === 0) {
      return absent();
    }
    const greatest = Math.max(...drawn.flatMap(item => item.points.map(point => point[1])));
    const limits = (curve.limits ?? []).filter(limit => limit.of.startsWith(measure));
    const shown = limits.filter(limit => limit.millis <= FARTHEST * greatest);
    const highest = Math.max(0, ...shown.map(limit => limit.millis));
    const withheld = drawn.length === 2 && drawn.every(item => item.points.every(point => point[1] !== null))
      ? [] : ['p95 is withheld where fewer than 100 calls succeeded'];
    note(id, [
      ...withheld,
      ...limits.filter(limit => !shown.includes(limit)).map(limit => `limit ${limit.statistic} ${number(limit.millis)} ms is above the chart`),
    ].join(' · '));
    const series = drawn.map((item, i) => line(item.name, item.colour, item.points, {
      ...(i === 0 ? labelled() : marked),
      lineStyle: {width: 2, type: item.type},
      markLine: i === 0 ? limitLines(shown) : undefined,
    }));
    return option({
      legend: {...option({}).legend, data: drawn.map(item => item.name)},
      xAxis: valueAxis('succeeded calls a minute', {min: 0, nameGap: 28}),
      yAxis: valueAxis('ms', {min: 0, max: highest > greatest ? Number((1.1 * highest).toPrecision(2)) : undefined}),
      tooltip: tooltip(item => `${item.seriesName} <b>${number(item.value[1])}</b> ms<br><b>${number(item.value[0])}</b> calls a minute`),
      series: [...series, ...drawn.map(item => ring(item.points, item.colour))],
    });
  }

  const logarithmic = (name, more) => valueAxis(name, {
    type: 'log',
    logBase: 2,
    axisLabel: {color: styled('--muted'), fontSize: 11.5, hideOverlap: true, formatter: brief},
    ...more,
  });

  function throughput(id) {
    const measured = curve.points
      .map((point, i) => [point.load, point.requestsPerMinute, point.load, i])
      .filter(point => point[1] > 0);
    const [first, last] = [measured[0], measured[measured.length - 1]];
    const ideal = [first, last].map(point => [point[0], first[1] * point[0] / first[0], point[0]]);
    note(id, 'ideal: in proportion to the first point');
    const palette = colours();
    return option({
      legend: {...option({}).legend, data: ['measured', 'ideal']},
      xAxis: logarithmic(loadName(), {nameGap: 28}),
      yAxis: logarithmic('1/min'),
      tooltip: tooltip(item => `<b>${number(item.value[1])}</b> calls a minute`),
      series: [
        line('ideal', palette.grey, ideal, {lineStyle: {width: 1.5, type: 'dashed'}, silent: true}),
        line('measured', palette.blue, measured, labelled()),
        ring(measured, palette.blue),
      ],
    });
  }

  const drawn = {
    'curve-ttft': () => latency('curve-ttft', 'ttft'),
    'curve-e2e': () => latency('curve-e2e', 'e2e'),
    'curve-throughput': () => throughput('curve-throughput'),
  };

  return {drawn};
})();
