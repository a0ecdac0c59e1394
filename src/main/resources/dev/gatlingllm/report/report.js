'use strict';

(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const darkScheme = window.matchMedia('(prefers-color-scheme: dark)');
  const charts = new Map();
  let selected = 0;
  let printing = false;

  // Okabe and Ito's palette, told apart by readers with any colour vision; lighter on dark ground.
  const COLOURS = {
    light: {blue: '#0072b2', orange: '#d98a00', green: '#00895f', red: '#d55e00', purple: '#b0578d', grey: '#8a96a3'},
    dark: {blue: '#56b4e9', orange: '#f0b23c', green: '#3fc49a', red: '#f08a5d', purple: '#dd9cc4', grey: '#7f8c9a'},
  };
  const FAILURES = ['red', 'purple', 'orange', 'blue', 'green', 'grey'];

  const colours = () => COLOURS[darkScheme.matches && !printing ? 'dark' : 'light'];
  const styled = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // ---- text

  function number(value) {
    if (value === null || value === undefined || Number.isNaN(value)) {
      return '–';
    }
    const size = Math.abs(value);
    const decimals = Number.isInteger(value) || size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    return value.toLocaleString('en-US', {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
  }

  const brief = value => value.toLocaleString('en-US', {maximumFractionDigits: 3});

  // On an axis a label must stay short: 80k, 1.2M.
  function tick(value) {
    const size = Math.abs(value);
    if (size >= 1e6) {
      return `${brief(value / 1e6)}M`;
    }
    return size >= 1e4 ? `${brief(value / 1e3)}k` : brief(value);
  }

  function clock(seconds) {
    const whole = Math.round(seconds);
    const two = part => String(part).padStart(2, '0');
    const minutes = Math.floor(whole / 60);
    return whole < 3600
      ? `${minutes}:${two(whole % 60)}`
      : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
  }

  function escaped(text) {
    const span = document.createElement('span');
    span.textContent = text;
    return span.innerHTML;
  }

  function note(id, text) {
    document.getElementById(`${id}-note`).textContent = text;
  }

  // ---- what all charts share

  function axis(name, more) {
    return {
      name,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: {color: styled('--muted'), fontSize: 12},
      axisLabel: {color: styled('--muted'), fontSize: 11.5, hideOverlap: true},
      axisLine: {show: true, lineStyle: {color: styled('--line')}},
      axisTick: {show: false},
      splitLine: {show: false},
      ...more,
    };
  }

  function valueAxis(name, more) {
    return axis(name, {
      type: 'value',
      nameGap: 50,
      axisLine: {show: false},
      splitLine: {show: true, lineStyle: {color: styled('--line')}},
      axisLabel: {color: styled('--muted'), fontSize: 11.5, formatter: tick},
      splitNumber: 4,
      ...more,
    });
  }

  function option(more) {
    return {
      animation: false,
      textStyle: {fontFamily: getComputedStyle(document.body).fontFamily},
      grid: {left: 68, right: 24, top: 34, bottom: 46},
      legend: {
        top: 0,
        right: 0,
        itemWidth: 14,
        itemHeight: 8,
        itemGap: 16,
        textStyle: {color: styled('--muted'), fontSize: 12},
      },
      tooltip: {
        trigger: 'axis',
        confine: true,
        backgroundColor: styled('--surface'),
        borderColor: styled('--line'),
        textStyle: {color: styled('--ink'), fontSize: 12.5},
        axisPointer: {lineStyle: {color: styled('--muted'), type: 'dashed'}},
      },
      ...more,
    };
  }

  const nothing = text => ({
    graphic: {
      type: 'text',
      left: 'center',
      top: 'middle',
      style: {text, fill: styled('--muted'), fontSize: 13},
    },
  });

  function line(name, colour, points, more) {
    return {
      name,
      type: 'line',
      data: points,
      color: colour,
      lineStyle: {width: 2},
      showSymbol: false,
      symbol: 'circle',
      symbolSize: 5,
      ...more,
    };
  }

  // ---- distributions

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

  function distribution(id, bins, unit, counted, tail, type) {
    if (bins.counts.length === 0) {
      note(id, '');
      return nothing('Not measured');
    }
    const palette = colours();
    const last = bins.edges[bins.edges.length - 1];
    const range = {type, min: bins.edges[0], max: last};
    if (bins.counts.length < 5 && type === 'value') {
      // A bar or two would fill the whole chart and say nothing.
      range.min -= 2 * (last - bins.edges[0]);
      range.max += 2 * (last - bins.edges[0]);
    }
    const marks = [mark(bins.median, 'median', 1, range, {color: palette.orange, type: 'solid'})];
    if (bins[tail] !== undefined) {
      marks.push(mark(bins[tail], tail, 0, range, {color: palette.red, type: 'dashed'}));
    }
    const needed = tail === 'p10' ? 50 : 100;
    note(id, `n = ${brief(bins.n)}`
      + (bins[tail] === undefined ? ` · ${tail} withheld: n too small (needs ${needed})` : '')
      + (bins.beyond > 0 ? ` · ${brief(bins.beyond)} beyond ${brief(last)} ${unit}, up to ${number(bins.max)}` : ''));
    return option({
      legend: {show: false},
      grid: {left: 68, right: 24, top: 40, bottom: 46},
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

  function points(id) {
    const shown = data.points.shown.filter(point => selected === 0 || point[0] === selected - 1);
    if (shown.length === 0) {
      note(id, '');
      return nothing('Not measured');
    }
    note(id, data.points.total > data.points.shown.length
      ? `${brief(data.points.shown.length)} of all ${brief(data.points.total)} calls, drawn at random`
      : `${brief(shown.length)} calls`);
    const base = option({});
    return option({
      legend: {show: false},
      xAxis: axis('input tokens', {
        type: 'value',
        scale: true,
        axisLabel: {color: styled('--muted'), fontSize: 11.5, hideOverlap: true, formatter: tick},
      }),
      yAxis: valueAxis('ms'),
      tooltip: {
        ...base.tooltip,
        trigger: 'item',
        formatter: item => `${brief(item.value[0])} input tokens<br><b>${number(item.value[1])} ms</b>`,
      },
      series: [{
        type: 'scatter',
        data: shown.map(point => [point[1], point[2]]),
        symbolSize: 5,
        color: colours().blue,
        itemStyle: {opacity: 0.45},
      }],
    });
  }

  // ---- over time

  const middle = series => series.startSeconds.map(start => start + series.widthSeconds / 2);
  const pairs = (xs, ys) => xs.map((x, i) => [x, ys[i]]);
  const some = values => values.some(value => value !== null && value !== undefined);

  /** A value between two absent ones is no line: it needs a dot to be seen. */
  const dots = values => ({
    showSymbol: values.length < 40
      || values.some((value, i) => value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null),
  });

  function held(series, values) {
    const points = pairs(series.startSeconds, values);
    const last = points[points.length - 1];
    points.push([last[0] + series.widthSeconds, last[1]]);
    return points;
  }

  const TICK_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
  const tickSeconds = end => TICK_SECONDS.find(step => end / step <= 7) ?? end;

  function overTime(series, name, unit, lines) {
    const end = series.startSeconds[series.startSeconds.length - 1] + series.widthSeconds;
    return option({
      xAxis: axis('since the start of the run, min:s', {
        type: 'value',
        min: 0,
        max: end,
        interval: tickSeconds(end),
        axisLabel: {
          color: styled('--muted'),
          fontSize: 11.5,
          showMaxLabel: end % tickSeconds(end) === 0,
          formatter: clock,
        },
      }),
      yAxis: valueAxis(name, {min: 0}),
      tooltip: {
        ...option({}).tooltip,
        formatter: shown => {
          const slot = Math.floor(shown[0].value[0] / series.widthSeconds) * series.widthSeconds;
          const rows = shown.map(item =>
            `${item.marker}${escaped(item.seriesName)} <b>${number(item.value[item.value.length - 1])}</b>`);
          return `${clock(slot)} – ${clock(slot + series.widthSeconds)}, ${unit}<br>${rows.join('<br>')}`;
        },
      },
      series: lines,
    });
  }

  function latencyOverTime(id, series, highName, high, median, max, needed) {
    const palette = colours();
    const at = middle(series);
    if (!some(max)) {
      note(id, '');
      return nothing('Not measured');
    }
    const lines = [
      line('p50', palette.blue, pairs(at, median), dots(median)),
      line('max', palette.grey, pairs(at, max), {...dots(max), lineStyle: {width: 1}, z: 1}),
    ];
    if (some(high)) {
      lines.splice(1, 0, line(highName, palette.orange, pairs(at, high), {...dots(high), lineStyle: {width: 2, type: 'dashed'}}));
    }
    note(id, some(high) ? '' : `${highName} of a slice is withheld: it needs ${needed} calls per slice`);
    return overTime(series, 'ms', 'ms', lines);
  }

  function failureMarks(series) {
    const marks = [];
    series.failed.forEach((count, i) => {
      if (count > 0) {
        marks.push([series.startSeconds[i] + series.widthSeconds / 2, 0, count]);
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

  function ttftOverTime(series) {
    const drawn = latencyOverTime('time-ttft', series, 'p95', series.ttftP95, series.ttftP50, series.ttftMax, 100);
    if (drawn.series && series.failed.some(count => count > 0)) {
      drawn.series.push(failureMarks(series));
    }
    return drawn;
  }

  function rateOverTime(series) {
    if (!some(series.tokensPerSecondP50)) {
      return nothing('Not measured');
    }
    const at = middle(series);
    return overTime(series, 'tok/s', 'tok/s', [
      line('p50', colours().blue, pairs(at, series.tokensPerSecondP50), dots(series.tokensPerSecondP50)),
      line('min', colours().grey, pairs(at, series.tokensPerSecondMin), {...dots(series.tokensPerSecondMin), lineStyle: {width: 1}, z: 1}),
    ]);
  }

  const loadOverTime = series => overTime(series, '1/min', '1/min', [
    line('started', colours().grey, held(series, series.startedPerMinute), {step: 'end', lineStyle: {width: 1.5}}),
    line('completed', colours().blue, held(series, series.succeededPerMinute), {step: 'end'}),
  ]);

  const flightOverTime = series => ({
    ...overTime(series, 'calls', 'mean of the slice', [
      line('in flight', colours().green, held(series, series.inFlight), {step: 'end', areaStyle: {opacity: 0.15}}),
    ]),
    legend: {show: false},
  });

  const tokensOverTime = series => ({
    ...overTime(series, 'tok/s', 'tok/s', [
      line('output tokens', colours().blue, held(series, series.outputTokensPerSecond), {step: 'end', areaStyle: {opacity: 0.15}}),
    ]),
    legend: {show: false},
  });

  function errorsOverTime(series) {
    const kinds = Object.keys(series.failures);
    if (kinds.length === 0) {
      return nothing('No failed calls');
    }
    const drawn = overTime(series, 'calls', 'calls', []);
    const every = tickSeconds(series.startSeconds.length * series.widthSeconds);
    const palette = colours();
    return {
      ...drawn,
      xAxis: {
        ...drawn.xAxis,
        type: 'category',
        min: undefined,
        max: undefined,
        data: series.startSeconds.map(clock),
        axisLabel: {
          color: styled('--muted'),
          fontSize: 11.5,
          interval: i => series.startSeconds[i] % every === 0,
        },
      },
      yAxis: valueAxis('calls', {min: 0, minInterval: 1}),
      tooltip: {
        ...option({}).tooltip,
        axisPointer: {type: 'shadow'},
        formatter: shown => {
          const slot = series.startSeconds[shown[0].dataIndex];
          const rows = shown.filter(item => item.value > 0)
            .map(item => `${item.marker}${escaped(item.seriesName)} <b>${brief(item.value)}</b>`);
          return `${clock(slot)} – ${clock(slot + series.widthSeconds)}<br>${rows.join('<br>') || 'none'}`;
        },
      },
      series: kinds.map((kind, i) => ({
        name: kind,
        type: 'bar',
        stack: 'failed',
        barCategoryGap: '15%',
        color: palette[FAILURES[i % FAILURES.length]],
        data: series.failures[kind],
      })),
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
      return nothing('Not measured');
    }
    const at = middle(samples);
    const calls = data.keys[0].series;
    const end = Math.max(
      calls.startSeconds.length * calls.widthSeconds,
      samples.startSeconds.length * samples.widthSeconds);
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

  /** A metric of the service on the left axis, and what the client saw meanwhile on the right. */
  function server(one) {
    const calls = data.keys[0].series;
    if (calls.startSeconds.length === 0) {
      return nothing('No calls');
    }
    const latency = ['ms', 's'].includes(one.unit) && some(calls.ttftP50);
    const [seen, seenName] = latency ? [calls.ttftP50, 'TTFT p50, ms']
      : one.unit === '%' ? [calls.inFlight, 'calls in flight']
        : [calls.succeededPerMinute, 'calls completed, 1/min'];
    const palette = colours();
    const chart = overTime(calls, one.unit, one.unit, [
      line('service', palette.purple, pairs(one.seconds, one.values), {showSymbol: true, lineStyle: {width: 2}}),
      line(seenName, palette.grey, pairs(middle(calls), seen), {
        ...dots(seen), yAxisIndex: 1, lineStyle: {width: 1.5, type: 'dashed'},
      }),
    ]);
    const end = Math.max(chart.xAxis.max, ...one.seconds);
    return {
      ...chart,
      xAxis: {...chart.xAxis, max: end, interval: tickSeconds(end)},
      yAxis: [chart.yAxis, valueAxis(seenName, {min: 0, splitLine: {show: false}, position: 'right'})],
      grid: {...chart.grid, right: 64},
    };
  }

  // ---- comparison

  function comparison(id, unit, lines) {
    const keys = data.keys.slice(1);
    const drawn = lines.filter(item => keys.some(key => key.headline[item.field] !== undefined));
    const withheld = lines.filter(item => !drawn.includes(item) && item.needed);
    note(id, withheld.map(item => `${item.name} withheld: n too small (needs ${item.needed})`).join(' · '));
    if (drawn.length === 0) {
      return nothing('Not measured');
    }
    return option({
      xAxis: axis('', {
        type: 'category',
        boundaryGap: keys.length < 3,
        data: keys.map(key => key.short),
        axisLabel: {color: styled('--muted'), fontSize: 11.5, hideOverlap: true, width: 120, overflow: 'truncate'},
      }),
      yAxis: valueAxis(unit, {min: 0}),
      grid: {left: 68, right: 32, top: 34, bottom: 30},
      tooltip: {
        ...option({}).tooltip,
        formatter: shown => {
          const rows = shown.map(item =>
            `${item.marker}${escaped(item.seriesName)} <b>${number(item.value)}</b> ${unit}`);
          return `${escaped(keys[shown[0].dataIndex].name)}<br>${rows.join('<br>')}`;
        },
      },
      series: drawn.map(item => line(
        item.name,
        colours()[item.colour],
        keys.map(key => key.headline[item.field] ?? null),
        {showSymbol: true, symbolSize: 7, lineStyle: {width: 2, type: item.dashed ? 'dashed' : 'solid'}})),
    });
  }

  // ---- the page

  const key = () => data.keys[selected];
  const series = () => key().series;
  const during = draw => () => series().startSeconds.length === 0 ? nothing('No calls') : draw(series());

  const DRAWN = {
    'compare-ttft': () => comparison('compare-ttft', 'ms', [
      {name: 'p50', field: 'ttftP50', colour: 'blue'},
      {name: 'p95', field: 'ttftP95', colour: 'orange', dashed: true, needed: 100},
    ]),
    'compare-rpm': () => comparison('compare-rpm', '1/min', [
      {name: 'completed', field: 'requestsPerMinute', colour: 'blue'},
    ]),
    'compare-rate': () => comparison('compare-rate', 'tok/s', [
      {name: 'p50', field: 'tokensPerSecondP50', colour: 'blue'},
      {name: 'p10', field: 'tokensPerSecondP10', colour: 'orange', dashed: true, needed: 50},
    ]),
    'compare-tokens': () => comparison('compare-tokens', 'tok/min', [
      {name: 'output tokens', field: 'outputTokensPerMinute', colour: 'blue'},
    ]),
    'ttft': () => distribution('ttft', key().bins.ttftMillis, 'ms', 'calls', 'p95', 'value'),
    'rate': () => distribution('rate', key().bins.tokensPerSecond, 'tok/s', 'calls', 'p10', 'value'),
    'gap': () => distribution('gap', key().bins.gapMillis, 'ms', 'gaps', 'p95', 'log'),
    'output': () => distribution('output', key().bins.outputTokens, 'tok', 'calls', 'p95', 'value'),
    'points': () => points('points'),
    'time-ttft': during(ttftOverTime),
    'time-rate': during(rateOverTime),
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
    'health-lag': () => health('ms', [{name: 'lag', field: 'lag', colour: 'blue'}]),
    'health-backlog': () => health('ms', [{name: 'backlog', field: 'backlog', colour: 'blue'}]),
    'health-flight': () => health('calls', [{name: 'in flight', field: 'inFlight', colour: 'green', filled: true}]),
    'time-lag': during(s => latencyOverTime('time-lag', s, 'p99', s.lagP99, s.lagP50, s.lagMax, 500)),
  };

  (data.server ?? []).forEach((one, i) => { DRAWN[`server-${i}`] = () => server(one); });

  function draw() {
    for (const [id, chart] of charts) {
      chart.clear();
      chart.setOption(DRAWN[id]());
    }
    const width = series().widthSeconds;
    document.getElementById('time-hint').textContent =
      `Slices of ${width < 60 ? `${width} s` : clock(width) + ' min'}. Starts and latencies count where the call starts, completions and failures where it ends.`;
  }

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

  function print(begins) {
    printing = begins;
    document.documentElement.classList.toggle('light', begins);
    document.querySelectorAll('#statistics details').forEach(table => { table.open = table.open || begins; });
    draw();
  }

  for (const id of Object.keys(DRAWN)) {
    const place = document.getElementById(id);
    if (place) {
      charts.set(id, echarts.init(place, null, {renderer: 'svg'}));
    }
  }
  pickers();
  draw();
  darkScheme.addEventListener('change', draw);
  window.addEventListener('resize', () => charts.forEach(chart => chart.resize()));
  window.addEventListener('beforeprint', () => print(true));
  window.addEventListener('afterprint', () => print(false));
})();
