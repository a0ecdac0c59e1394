'use strict';

(() => {
  const {
    colours, styled, number, brief, clock, escaped, note, axis, valueAxis, option, nothing, absent, line,
    middle, pairs, some, dots, held, along, secondsOf, sliceName, endOf, bands, tickSeconds, overTime, legendHeight,
  } = Charts;
  const {LYING} = Views;
  const data = Charts.data();
  let selected = 0;

  // ---- over time

  const TAIL = /^p9/;

  function lineStyle(name, values) {
    const palette = colours();
    if (TAIL.test(name)) {
      return [palette.orange, {...dots(values), lineStyle: {width: 2, type: 'dashed'}}];
    }
    const extreme = ['min', 'max'].includes(name);
    return extreme ? [palette.grey, {...dots(values), lineStyle: {width: 1}, z: 1}] : [palette.blue, dots(values)];
  }

  /** A chart whose place says what its lines are. */
  function measureOverTime(place, series) {
    const {unit, lines} = place.dataset;
    const all = JSON.parse(lines);
    const drawn = all.filter(item => some(series[item.field]));
    if (drawn.length === 0) {
      return absent();
    }
    if (unit === 'ms') {
      note(place.id, all.filter(item => !drawn.includes(item))
        .map(item => `${item.name} of a slice is withheld: it needs ${item.needed} calls per slice`).join(' · '));
    }
    return overTime(series, unit, unit, drawn.map(({name, field}) => {
      const [colour, more] = lineStyle(name, series[field]);
      return line(name, colour, along(series, series[field]), series.stages ? {...more, showSymbol: true} : more);
    }));
  }

  function failureMarks(series) {
    const marks = [];
    series.failed.forEach((count, i) => {
      if (count > 0) {
        marks.push([series.startSeconds[i] + secondsOf(series, i) / 2, 0, count]);
      }
    });
    return {
      name: 'failed calls',
      type: 'scatter',
      data: marks,
      symbol: 'triangle',
      symbolSize: 9,
      color: colours().red,
      z: 5,
    };
  }

  function withFailures(drawn, series) {
    if (drawn.series && series.failed.some(count => count > 0)) {
      drawn.series.push(failureMarks(series));
      drawn.legend.data.push('failed calls');
    }
    return drawn;
  }

  const loadOverTime = series => overTime(series, '1/min', '1/min', [
    ...(series.duePerMinute && some(series.duePerMinute)
      ? [line('asked', colours().orange, held(series, series.duePerMinute), {step: 'end', lineStyle: {width: 1.5, type: 'dashed'}, z: 4})] : []),
    ...(series.asked ? [line('asked', colours().orange, series.asked, {lineStyle: {width: 1.5, type: 'dashed'}, z: 4})] : []),
    line('started', colours().grey, held(series, series.startedPerMinute), {step: 'end', lineStyle: {width: 1.5}}),
    line('completed', colours().blue, held(series, series.succeededPerMinute), {step: 'end'}),
  ]);

  /** Beside the clients of a closed load, each of which has at most one call in flight. */
  const flightOverTime = series => {
    const asked = series.askedClients ?? [];
    const chart = overTime(series, 'calls', 'mean of the slice', [
      ...(some(asked) ? [line('clients asked for', colours().orange, held(series, asked), {step: 'end', lineStyle: {width: 1.5, type: 'dashed'}, z: 4})] : []),
      line('in flight', colours().green, held(series, series.inFlight), {step: 'end', areaStyle: {opacity: 0.15}}),
    ]);
    return some(asked) ? chart : {...chart, legend: {show: false}};
  };

  const tokensOverTime = series => ({
    ...overTime(series, 'tok/s', 'tok/s', [
      line('output tokens', colours().blue, held(series, series.outputTokensPerSecond), {step: 'end', areaStyle: {opacity: 0.15}}),
    ]),
    legend: {show: false},
  });

  function leftOverTime(series, values, unit) {
    if (!some(values)) {
      return absent();
    }
    return {
      ...overTime(series, unit, `${unit}, least of the slice`, [
        line('left', colours().blue, along(series, values), dots(values)),
      ]),
      legend: {show: false},
    };
  }

  function errorsOverTime(series) {
    const kinds = Object.keys(series.failures);
    if (kinds.length === 0) {
      return nothing('No failed calls');
    }
    const drawn = overTime(series, 'calls', 'calls', []);
    const plot = document.getElementById('time-errors').clientWidth - 92;
    note('time-errors', 'what each kind means and what to do: see Errors');
    return {
      ...drawn,
      legend: {...option({}).legend, data: kinds},
      grid: {...drawn.grid, top: legendHeight('time-errors', kinds)},
      yAxis: valueAxis('calls', {min: 0, minInterval: 1}),
      tooltip: {
        ...option({}).tooltip,
        axisPointer: {type: 'shadow'},
        formatter: shown => {
          const rows = shown.filter(item => item.value[1] > 0)
            .map(item => `${item.marker}${escaped(item.seriesName)} <b>${brief(item.value[1])}</b>`);
          return `${sliceName(series, shown[0].dataIndex)}<br>${rows.join('<br>') || 'none'}`;
        },
      },
      series: [
        ...kinds.map(kind => ({
          name: kind,
          type: 'bar',
          stack: 'failed',
          barWidth: Math.max(2, 0.85 * plot * series.widthSeconds / endOf(series)),
          color: Views.kindColour(kind),
          data: pairs(middle(series), series.failures[kind]),
        })),
        ...bands(series, endOf(series)),
      ],
    };
  }

  // ---- the client's health

  const LIMIT_MARK = limit => ({
    silent: true,
    symbol: 'none',
    data: [{
      yAxis: limit,
      lineStyle: {width: 1.5, type: 'dashed', color: colours().red},
      label: {formatter: `limit ${number(limit)}`, position: 'insideEndTop', color: styled('--muted'), fontSize: 11.5},
    }],
  });

  /** On the time axis of the calls, and of all of them, whichever are picked. */
  function health(unit, lines, limit) {
    const samples = data.health;
    const drawn = lines.filter(item => some(samples[item.field]));
    if (drawn.length === 0) {
      return absent();
    }
    const at = middle(samples);
    const calls = data.keys[0].series;
    const end = Math.max(
      endOf(calls),
      endOf(samples));
    const chart = overTime(samples, unit, unit, drawn.map((item, i) => line(
      item.name,
      colours()[item.colour],
      pairs(at, samples[item.field]),
      {
        ...dots(samples[item.field]),
        lineStyle: {width: item.dashed ? 1.5 : 2, type: item.dashed ? 'dashed' : 'solid'},
        areaStyle: item.filled ? {opacity: 0.15} : undefined,
        markLine: i === 0 && limit !== undefined ? LIMIT_MARK(limit) : undefined,
      })));
    chart.xAxis.max = end;
    chart.xAxis.interval = tickSeconds(end);
    chart.xAxis.axisLabel.showMaxLabel = end % tickSeconds(end) === 0;
    return drawn.length > 1 ? chart : {...chart, legend: {show: false}};
  }

  // ---- the service's own monitoring

  const WAITING_MARK = seconds => ({
    silent: true,
    symbol: 'none',
    data: [{
      xAxis: seconds,
      lineStyle: {width: 1.5, type: 'dashed', color: colours().red},
      label: {formatter: `calls wait from ${clock(seconds)}`, position: 'insideEndTop', color: styled('--muted'), fontSize: 11.5},
    }],
  });

  /** A metric of the service on the left axis, and what the client saw meanwhile on the right. */
  function server(one) {
    const calls = data.keys[0].series;
    if (calls.startSeconds.length === 0) {
      return nothing('No calls');
    }
    const latency = ['ms', 's', 'requests'].includes(one.unit) && some(calls.ttftP50);
    const [seen, seenName] = latency ? [calls.ttftP50, 'TTFT p50, ms']
      : one.unit === '%' ? [calls.inFlight, 'calls in flight']
        : [calls.succeededPerMinute, 'calls completed, 1/min'];
    const palette = colours();
    const chart = overTime(calls, one.unit, one.unit, [
      line('service', palette.purple, pairs(one.seconds, one.values), {
        showSymbol: one.values.length < 60,
        lineStyle: {width: 2},
        markLine: one.mark === undefined ? undefined : WAITING_MARK(one.mark),
      }),
      line(seenName, palette.grey, along(calls, seen), {
        ...dots(seen), yAxisIndex: 1, lineStyle: {width: 1.5, type: 'dashed'},
      }),
    ]);
    const end = Math.max(chart.xAxis.max, ...one.seconds);
    return {
      ...chart,
      xAxis: {...chart.xAxis, max: end, interval: tickSeconds(end)},
      yAxis: [
        one.unit === '%' && one.values.every(value => value <= 100) ? {...chart.yAxis, max: 100} : chart.yAxis,
        valueAxis(seenName, {min: 0, splitLine: {show: false}, position: 'right'}),
      ],
      grid: {...chart.grid, right: 64},
    };
  }

  // ---- comparison

  /** How many calls are behind a bar, and the interval of a percentile. */
  function sure(key, field) {
    const {n, interval} = key.headline.of[field] ?? key.headline;
    return `n = ${brief(n)}${interval ? `, ${interval}` : ''}`;
  }

  function comparison(id, unit, lines) {
    const all = data.keys.slice(1);
    const drawn = lines.filter(item => all.some(key => key.headline[item.field] !== undefined));
    const keys = drawn.length === 0 ? all : Views.sorted(all, key => key.headline[drawn[0].field]);
    const named = keys.map(key => ({name: key.short}));
    const withheld = lines.filter(item => !drawn.includes(item) && item.needed);
    note(id, withheld.map(item => `${item.name} withheld: n too small (needs ${item.needed})`).join(' · '));
    if (drawn.length === 0) {
      return absent();
    }
    LYING.fit(id, named, 14 * drawn.length + 10);
    return option({
      legend: {...option({}).legend, show: drawn.length > 1},
      grid: {left: LYING.left(id), right: LYING.right(id, 190), top: 30, bottom: 46},
      xAxis: valueAxis(unit, {min: 0, nameGap: 28, splitNumber: 3}),
      yAxis: LYING.names(id, named),
      tooltip: {
        ...option({}).tooltip,
        axisPointer: {type: 'shadow'},
        formatter: shown => {
          const rows = shown.map(item =>
            `${item.marker}${escaped(item.seriesName)} <b>${number(item.value)}</b> ${unit}, ${sure(keys[item.dataIndex], drawn[item.seriesIndex].field)}`);
          return `${escaped(keys[shown[0].dataIndex].name)}<br>${rows.join('<br>')}`;
        },
      },
      series: drawn.map(item => ({
        name: item.name,
        type: 'bar',
        barMaxWidth: 14,
        color: colours()[item.colour],
        data: keys.map(key => key.headline[item.field] ?? null),
        label: {show: true, position: 'right', color: styled('--muted'), fontSize: 11, formatter: point => (point.value ?? null) === null ? ''
          : LYING.right(id, 190) < 190 ? number(point.value)
            : `${number(point.value)} · ${sure(keys[point.dataIndex], item.field)}`},
      })),
    });
  }

  // ---- the page

  const key = () => data.keys[selected];
  const series = () => key().series;
  const during = draw => () => series().startSeconds.length === 0 ? nothing('No calls') : draw(series());

  const DRAWN = {
    'compare-ttft': () => comparison('compare-ttft', 'ms', [
      {name: 'p50', field: 'ttftP50', colour: 'blue'},
      {name: 'p95', field: 'ttftP95', colour: 'orange', needed: 100},
    ]),
    'compare-rpm': () => comparison('compare-rpm', '1/min', [
      {name: 'completed', field: 'requestsPerMinute', colour: 'blue'},
    ]),
    'compare-rate': () => comparison('compare-rate', 'tok/s', [
      {name: 'p50', field: 'tokensPerSecondP50', colour: 'blue'},
      {name: 'p10', field: 'tokensPerSecondP10', colour: 'orange', needed: 50},
    ]),
    'compare-tokens': () => comparison('compare-tokens', 'tok/min', [
      {name: 'output tokens', field: 'outputTokensPerMinute', colour: 'blue'},
    ]),
    'ttft': () => Distributions.draw('ttft', key().bins.ttftMillis, 'ms', 'calls'),
    'rate': () => Distributions.draw('rate', key().bins.tokensPerSecond, 'tok/s', 'calls'),
    'inter-chunk': () => Distributions.draw('inter-chunk', key().bins.interChunkMillis, 'ms', 'inter-chunk latencies'),
    'e2e': () => Distributions.draw('e2e', key().bins.e2eMillis, 'ms', 'calls'),
    'output': () => Distributions.draw('output', key().bins.outputTokens, 'tok', 'calls'),
    'points': () => Views.points('points', 'inputTokens', 'ttftMillis', selected),
    'points-e2e': () => Views.points('points-e2e', 'outputTokens', 'e2eMillis', selected),
    'failures': () => Failures.draw('failures'),
    'timeline': () => Timeline.draw('timeline', selected),
    'time-load': during(loadOverTime),
    'time-flight': during(flightOverTime),
    'time-tokens': during(tokensOverTime),
    'time-errors': during(errorsOverTime),
    'health-loop': () => health('ms', [{name: 'event-loop delay', field: 'loopDelay', colour: 'blue'}], 250),
    'health-cpu': () => {
      const chart = health('%', [
        {name: 'this process', field: 'processCpu', colour: 'blue', filled: true},
        {name: 'machine', field: 'machineCpu', colour: 'grey', dashed: true},
      ], 80);
      return chart.yAxis ? {...chart, yAxis: {...chart.yAxis, max: 100, interval: 20}} : chart;
    },
    'health-pause': () => health('ms', [{name: 'longest pause', field: 'pause', colour: 'purple', filled: true}], 50),
    'health-schedule-delay': () => health('ms', [{name: 'schedule delay', field: 'scheduleDelay', colour: 'blue'}]),
    'health-backlog': () => health('ms', [{name: 'backlog', field: 'backlog', colour: 'blue'}]),
    'health-flight': () => health('calls', [{name: 'in flight', field: 'inFlight', colour: 'green', filled: true}]),
    'time-requests-left': during(s => leftOverTime(s, s.remainingRequests, 'requests')),
    'time-tokens-left': during(s => leftOverTime(s, s.remainingTokens, 'tokens')),
    ...Tails.drawn(key),
    ...Views.drawn,
    ...Curve.drawn,
  };

  document.querySelectorAll('[data-lines]').forEach(place => {
    DRAWN[place.id] = during(drawn => measureOverTime(place, drawn));
  });
  const ttft = document.getElementById('time-ttft');
  DRAWN[ttft.id] = during(drawn => withFailures(measureOverTime(ttft, drawn), drawn));
  (data.server ?? []).forEach((one, i) => { DRAWN[`server-${i}`] = () => server(one); });

  function pickers() {
    const all = document.querySelectorAll('[data-picker]');
    all.forEach(picker => {
      data.keys.forEach((item, i) => picker.add(new Option(item.name, i)));
      picker.addEventListener('change', () => {
        selected = Number(picker.value);
        all.forEach(other => { other.value = picker.value; });
        draw();
      });
    });
  }

  const draw = Charts.page(DRAWN, () => {
    const width = series().widthSeconds;
    const {partial, stages, cut} = series();
    document.getElementById('time-hint').textContent =
      `Slices of ${width < 60 ? `${width} s` : clock(width) + ' min'}. Starts and latencies count where the call starts, completions and failures where it ends.`
      + (stages ? ' Bands are the loads that followed one another; no slice holds calls of two.' : '')
      + (partial ? ` ${partial.length === 1 ? 'One slice is' : `${partial.length} slices are`} cut (dashed): too little is covered for a rate.` : '')
      + (cut ? ` The records end early (${cut}).` : '');
  });
  pickers();
  Timeline.choose(draw);
  draw();
})();
