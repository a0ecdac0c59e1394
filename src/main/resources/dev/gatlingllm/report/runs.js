'use strict';

(() => {
  const {colours, nothing, line, along, endOf, some, dots, held, tickSeconds, overTime} = Charts;
  const runs = Charts.data().runs;

  const smooth = (field, name, colour, more) => ({field, name, colour, more});
  const TRENDS = {
    rpm: {unit: '1/min', lines: [smooth('startedPerMinute', 'started', 'grey'), smooth('succeededPerMinute', 'completed', 'blue')], stepped: true},
    failed: {unit: 'calls', lines: [smooth('failed', 'failed', 'red')], stepped: true},
    ttft: {unit: 'ms', lines: [smooth('ttftP50', 'p50', 'blue'), smooth('ttftP95', 'p95', 'orange', 'dashed'), smooth('ttftMax', 'max', 'grey')]},
    rate: {unit: 'tok/s', lines: [smooth('tokensPerSecondP50', 'p50', 'blue'), smooth('tokensPerSecondMin', 'min', 'grey')]},
    e2e: {unit: 'ms', lines: [smooth('e2eP50', 'p50', 'blue'), smooth('e2eP95', 'p95', 'orange', 'dashed'), smooth('e2eMax', 'max', 'grey')]},
    tokens: {unit: 'tok/s', lines: [smooth('outputTokensPerSecond', 'output tokens', 'blue')], stepped: true},
    flight: {unit: 'calls', lines: [smooth('inFlight', 'in flight', 'green')], stepped: true},
    utilization: {unit: '%', lines: [smooth('utilizationMean', 'mean', 'blue'), smooth('utilizationP95', 'p95', 'orange', 'dashed'), smooth('utilizationMax', 'max', 'grey')], missing: 'Not reported'},
  };

  const end = Math.max(...runs.map(endOf), 1);

  const top = trend => Math.max(0, ...runs.flatMap(run =>
    trend.lines.flatMap(item => run[item.field].filter(value => value !== null))));

  /** The next of 1, 2, 2.5, 5, 10 times a power of ten. */
  function round(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return power * [1, 2, 2.5, 5, 10].find(step => value <= step * power * (1 + 1e-9));
  }

  function trend(kind, run) {
    const {unit, lines, stepped, missing} = TRENDS[kind];
    const found = lines.filter(item => some(run[item.field]));
    if (found.length === 0) {
      return nothing(missing ?? 'Not measured');
    }
    const chart = overTime(run, unit, unit, found.map(item => stepped
      ? line(item.name, colours()[item.colour], held(run, run[item.field]), {step: 'end'})
      : line(item.name, colours()[item.colour], along(run, run[item.field]), {
        ...dots(run[item.field]),
        lineStyle: {width: item.colour === 'grey' ? 1 : 2, type: item.more ?? 'solid'},
      })));
    chart.xAxis.max = end;
    chart.xAxis.interval = tickSeconds(end * 2);
    chart.xAxis.name = '';
    chart.grid = {...chart.grid, bottom: 30};
    const most = top(TRENDS[kind]);
    if (most > 0) {
      chart.yAxis.max = round(most);
      chart.yAxis.interval = chart.yAxis.max / 5;
    }
    return {...chart, legend: {...chart.legend, show: found.length > 1}};
  }

  const drawn = {};
  for (const kind of Object.keys(TRENDS)) {
    runs.forEach((run, i) => {
      drawn[`${kind}-${i}`] = () => run.startSeconds.length === 0 ? nothing('No calls') : trend(kind, run);
    });
  }
  Charts.page(drawn)();
})();
