'use strict';

/** Charts of what the calls of a run differ in: level, model, region, profile, tokens. */
const Views = (() => {
  const {colours, styled, number, brief, tick, escaped, note, axis, valueAxis, option, absent, line, legendHeight} = Charts;
  const data = Charts.data();
  const {levels, groups, fits} = data.views;

  /** An axis of percent where every value is 0. */
  const NO_FAILURE = {max: 1, interval: 0.5};

  const FAILURES = ['red', 'purple', 'orange', 'blue', 'green', 'grey'];

  /** A chart that lies has its names on the left, in at most two fifths of its width. */
  const LYING = {
    /** The room for what stands behind a bar; in a narrow chart for its number alone. */
    right: (id, wanted) => document.getElementById(id).clientWidth >= 480 ? wanted : 52,
    left: id => Math.min(210, 0.4 * document.getElementById(id).clientWidth),
    names: (id, items) => axis('', {
      type: 'category',
      inverse: true,
      data: items.map(item => item.name),
      axisLabel: {color: styled('--muted'), fontSize: 11, lineHeight: 13, width: LYING.left(id) - 16, overflow: 'break'},
    }),
    /** Makes the place as high as its rows need, which hold a whole name each. */
    fit: (id, items, least) => {
      const lines = Math.max(...items.map(item => Math.ceil(5.8 * item.name.length / (LYING.left(id) - 16))));
      document.getElementById(id).style.height = `${Math.max(180, 100 + Math.max(least, 13 * lines + 4) * items.length)}px`;
    },
  };

  /** The greatest first; what has no value comes last. */
  const sorted = (items, value) => [...items].sort((a, b) => (value(b) ?? -Infinity) - (value(a) ?? -Infinity) || 0);

  // ---- box plots, of bars and marked lines: the build of ECharts that is inlined has no boxes

  /** Where the axis ends: outliers far beyond every whisker would flatten the boxes. */
  function reach(boxes) {
    const whiskers = boxes.flatMap(box => box.five.length ? [box.five[4]] : box.outliers);
    const all = boxes.flatMap(box => [...box.five, ...box.outliers]);
    const most = Math.max(...all);
    const common = Math.max(...whiskers);
    return most > 3 * common ? {end: Number((1.5 * common).toPrecision(2)), most} : {end: undefined, most};
  }

  function boxes(id, items, field, unit, lying) {
    if (lying) {
      LYING.fit(id, items, 28);
    }
    const found = items.map(item => item.boxes[field]);
    if (!found.some(box => box.five.length + box.outliers.length > 0)) {
      return absent();
    }
    const {end, most} = reach(found);
    const outside = end === undefined ? 0 : found.flatMap(box => box.outliers).filter(value => value > end).length;
    note(id, 'box: quartiles and median; whiskers: last values within 1.5 boxes; dots: values beyond'
      + (found.some(box => box.five.length === 0 && box.outliers.length > 0) ? '; of fewer than 20 calls each is a dot' : '')
      + (outside > 0 ? ` · ${outside} beyond ${number(end)} ${unit}, up to ${number(most)}` : ''));
    const place = (i, value) => lying ? [value, i] : [ofLevel(levels[i], i), value];
    const palette = colours();
    const bar = (name, values, style) => ({
      name, type: 'bar', stack: 'box', barWidth: lying ? '45%' : numbered ? 26 : '38%', barMaxWidth: 44, silent: true,
      data: values.map((value, i) => lying || !numbered ? value ?? '-' : [levels[i].load, value ?? '-']), itemStyle: style,
    });
    const five = k => found.map(box => box.five[k]);
    const step = k => found.map(box => box.five.length ? box.five[k + 1] - box.five[k] : undefined);
    const whiskers = found.flatMap((box, i) => box.five.length === 0 ? [] : [[0, 1], [3, 4]].map(ends =>
      ends.map(k => ({coord: place(i, box.five[k])}))));
    // Bars stack on an axis of categories only.
    const onNumbers = !lying && numbered;
    const filled = !onNumbers ? [] : found.flatMap((box, i) => box.five.length === 0 ? [] : [[1, 2, 0.3], [2, 3, 0.5]].map(([low, high, opacity]) => [
      {coord: place(i, box.five[low]), lineStyle: {width: 26, opacity}}, {coord: place(i, box.five[high])},
    ]));
    const names = lying ? LYING.names(id, items) : clientsAxis();
    const values = valueAxis(unit, {min: 0, max: end, nameGap: lying ? 28 : 50});
    return option({
      legend: {show: false},
      grid: lying ? {left: LYING.left(id), right: 24, top: 12, bottom: 46} : {left: 68, right: 24, top: 12, bottom: 46},
      xAxis: lying ? values : names,
      yAxis: lying ? names : values,
      tooltip: {
        ...option({}).tooltip,
        trigger: 'item',
        formatter: shown => {
          const at = lying ? shown.value[1] : shown.value[0];
          const item = lying || !numbered ? items[at] : items.find(level => level.load === at);
          const box = item.boxes[field];
          const rows = box.five.length
            ? ['whisker', 'p25', 'median', 'p75', 'whisker'].map((text, k) => `${text} <b>${number(box.five[k])}</b>`)
            : [`<b>${number(lying ? shown.value[0] : shown.value[1])}</b>`];
          return `${escaped(item.name)}, n = ${brief(item.n)}<br>${rows.join('<br>')} ${unit}`;
        },
      },
      series: [
        {
          ...bar('base', five(1), {color: 'transparent'}),
          markLine: {
            silent: true, symbol: 'none', data: [...filled, ...whiskers], label: {show: false},
            lineStyle: {color: palette.blue, width: 1.5, type: 'solid'},
          },
        },
        ...(onNumbers ? [] : [
          bar('lower', step(1), {color: palette.blue, opacity: 0.3}),
          bar('upper', step(2), {color: palette.blue, opacity: 0.5}),
        ]),
        {
          name: 'median', type: 'scatter', symbol: 'rect', symbolSize: lying ? [3, 20] : numbered ? [26, 3] : [40, 3], color: palette.orange, z: 4,
          data: found.flatMap((box, i) => box.five.length ? [place(i, box.five[2])] : []),
        },
        {
          name: 'beyond', type: 'scatter', symbolSize: 4, color: palette.grey, itemStyle: {opacity: 0.7}, z: 3,
          data: found.flatMap((box, i) => box.outliers.filter(value => end === undefined || value <= end).map(value => place(i, value))),
        },
        ...(lying ? [] : levelNames(0)),
      ],
    });
  }

  // ---- against clients

  /** Whether every level is a number, which then has its place on a logarithmic axis. */
  const numbered = levels.length > 0 && levels.every(level => level.load > 0);
  const ofLevel = (level, i) => numbered ? level.load : i;
  const clientsAxis = () => numbered
    ? axis('clients', {
      type: 'log',
      logBase: 2,
      min: levels[0].load / Math.SQRT2,
      max: levels[levels.length - 1].load * Math.SQRT2,
      axisLabel: {show: false},
    })
    : axis('clients', {
      type: 'category',
      data: levels.map(level => level.name),
      axisLabel: {color: styled('--muted'), fontSize: 11.5, width: 120, overflow: 'truncate', hideOverlap: true},
    });

  /** The levels under the axis, each at its place. */
  const levelNames = least => !numbered ? [] : [{
    name: 'levels', type: 'scatter', symbolSize: 0.1, silent: true, color: 'transparent',
    data: levels.map(level => [level.load, least]),
    label: {
      show: true, position: 'bottom', distance: 4, color: styled('--muted'), fontSize: 11.5,
      formatter: item => levels[item.dataIndex].name,
    },
    labelLayout: {hideOverlap: true},
    clip: false,
    tooltip: {show: false},
  }];

  function againstClients(unit, field, colour) {
    if (!levels.some(level => level[field] !== undefined)) {
      return absent();
    }
    return option({
      legend: {show: false},
      grid: {left: 68, right: 24, top: 12, bottom: 46},
      xAxis: clientsAxis(),
      yAxis: valueAxis(unit, {min: 0, ...(field === 'errorPercent' && levels.every(level => !level[field]) ? NO_FAILURE : {})}),
      tooltip: {
        ...option({}).tooltip,
        formatter: shown => `${escaped(levels[shown[0].dataIndex].name)} clients, n = ${brief(levels[shown[0].dataIndex].n)}<br><b>${number(shown[0].value[1])}</b> ${unit}`,
      },
      series: [
        line(unit, colours()[colour], levels.map((level, i) => [ofLevel(level, i), level[field] ?? null]), {showSymbol: true, symbolSize: 7}),
        ...levelNames(0),
      ],
    });
  }

  // ---- by model, region and profile

  /** Bars lying in groups, or in one stack; each series says its value and its n of a group. */
  function bars(id, unit, series, more, by) {
    LYING.fit(id, data.views.groups, 40);
    const groups = sorted(data.views.groups, by ?? series[0].of);
    if (!series.some(item => groups.some(group => item.of(group) !== undefined))) {
      return absent();
    }
    const shown = series.filter(item => item.hidden !== true);
    return option({
      legend: {...option({}).legend, show: shown.length > 1, data: shown.map(item => item.name)},
      grid: {left: LYING.left(id), right: LYING.right(id, 190), top: 30, bottom: 46},
      xAxis: valueAxis(unit, {min: 0, nameGap: 28, splitNumber: 3}),
      yAxis: LYING.names(id, groups),
      tooltip: {
        ...option({}).tooltip,
        axisPointer: {type: 'shadow'},
        formatter: points => {
          const group = groups[points[0].dataIndex];
          const rows = points
            .filter(point => !series[point.seriesIndex].hidden)
            .map(point => `${point.marker}${escaped(point.seriesName)} <b>${number(point.value)}</b> ${unit}, ${series[point.seriesIndex].n(group)}`);
          return [escaped(group.name), ...rows].join('<br>');
        },
      },
      series: series.map(item => ({
        name: item.name,
        type: 'bar',
        barMaxWidth: 16,
        color: item.colour,
        data: groups.map(group => item.of(group) ?? null),
        label: {
          show: true, position: 'right', color: styled('--muted'), fontSize: 11,
          formatter: point => (point.value ?? null) === null ? ''
            : LYING.right(id, 190) < 190 ? number(point.value) : `${number(point.value)} · ${item.n(groups[point.dataIndex])}`,
        },
        ...item.more,
      })),
      ...more,
    });
  }

  const counted = (name, field, n, colour) => ({
    name, colour: colours()[colour], of: group => group[field], n: group => `n = ${brief(group[n])}${group[`${field}Interval`] ? `, ${group[`${field}Interval`]}` : ''}`,
  });

  /** Kinds of failures in one order and colour on the whole page. */
  const kinds = () => Object.keys(data.keys[0].series.failures);
  const kindColour = kind => colours()[FAILURES[kinds().indexOf(kind) % FAILURES.length]];

  /** A stack of the kinds; a last bar of no length carries the label of the whole. */
  function failures(id) {
    const share = (group, calls) => group.ended === 0 ? undefined : 100 * calls / group.ended;
    const stacked = {stack: 'failed', barMaxWidth: 22};
    const byFailures = sorted(groups, group => group.errorPercent);
    const failed = group => Object.values(group.failed).reduce((sum, calls) => sum + calls, 0);
    return bars(id, '%', [
      ...kinds().map(kind => ({
        name: kind,
        colour: kindColour(kind),
        of: group => share(group, group.failed[kind] ?? 0),
        n: group => `${brief(group.failed[kind] ?? 0)} of ${brief(group.ended)} calls`,
        more: {...stacked, label: {show: false}},
      })),
      {
        name: 'all',
        hidden: true,
        of: group => share(group, 0),
        more: {
          ...stacked,
          label: {
            show: true, position: 'right', color: styled('--muted'), fontSize: 11,
            formatter: point => {
              const group = byFailures[point.dataIndex];
              return group.ended === 0 ? '' : `${number(group.errorPercent)} · ${brief(failed(group))} of ${brief(group.ended)}`;
            },
          },
        },
      },
    ], {
      legend: {...option({}).legend, data: kinds()},
      grid: {left: LYING.left(id), right: 110, top: legendHeight(id, kinds()), bottom: 46},
      xAxis: valueAxis('% of calls that ended', {min: 0, nameGap: 28, ...(groups.some(failed) ? {} : NO_FAILURE)}),
    }, group => group.errorPercent);
  }

  const shared = field => Distributions.shared(groups.map(group => group.bins[field]));

  // ---- latency against tokens

  const COLUMNS = {inputTokens: 1, ttftMillis: 2, outputTokens: 3, e2eMillis: 4};
  const LABELS = {inputTokens: 'input tokens', outputTokens: 'output tokens'};

  /** How many of how many calls are points, and by what rule. */
  function drawnFrom(shown, selected) {
    const ofKeys = data.points.ofKey;
    const total = selected === 0 ? data.points.total : ofKeys[selected - 1];
    if (total <= shown.length || data.points.total <= data.points.shown.length) {
      return `${brief(shown.length)} calls`;
    }
    return `${brief(shown.length)} of ${brief(total)} calls, drawn at random`
      + (selected === 0 && ofKeys.length > 1 ? ', of each row as many as of any other, or all it has' : '');
  }

  /** Points that would all stand on one line are moved sideways, by the number of their call. */
  function scattered(shown, x) {
    const at = shown[0][0];
    const aside = id => (id * 0.6180339887) % 1 - 0.5;
    return {
      text: `all have ${brief(at)} ${LABELS[x]}: moved sideways only to be seen`,
      points: shown.map(([, y, id, real]) => [aside(id), y, id, real]),
      axis: {
        min: -1.5,
        max: 1.5,
        interval: 1.5,
        axisLabel: {
          color: styled('--muted'), fontSize: 11.5, showMinLabel: false, showMaxLabel: false,
          formatter: value => value === 0 ? tick(at) : '',
        },
      },
    };
  }

  function points(id, x, y, selected) {
    const shown = data.points.shown
      .filter(point => selected === 0 || point[0] === selected - 1)
      .map(point => [point[COLUMNS[x]], point[COLUMNS[y]], point[5], point[COLUMNS[x]]])
      .filter(point => point[0] !== null && point[1] !== null);
    if (shown.length === 0) {
      return absent();
    }
    const fit = selected === 0 ? fits.find(item => item.x === x && item.y === y) : undefined;
    const ends = [Math.min(...shown.map(point => point[0])), Math.max(...shown.map(point => point[0]))];
    const strip = ends[0] === ends[1] ? scattered(shown, x) : undefined;
    note(id, drawnFrom(shown, selected) + (strip ? ` · ${strip.text}` : '') + (fit
      ? ` · line through all ${brief(fit.n)}: ${number(fit.intercept)} ms ${fit.slope < 0 ? '−' : '+'} ${number(Math.abs(1000 * fit.slope))} ms per 1,000 tokens, r = ${fit.r.toFixed(2)}`
      : ''));
    const series = [{
      // Drawn piece by piece, a page that is printed would have the first piece alone.
      type: 'scatter', progressive: 0, data: strip ? strip.points : shown, symbolSize: 5, color: colours().blue, itemStyle: {opacity: 0.45},
    }];
    if (fit && ends[1] > ends[0]) {
      series.push(line('fit', colours().orange, ends.map(end => [end, fit.intercept + fit.slope * end]), {silent: true}));
    }
    return option({
      legend: {show: false},
      grid: {left: 68, right: 24, top: 16, bottom: 46},
      xAxis: axis(LABELS[x], {
        type: 'value',
        scale: true,
        axisLabel: {color: styled('--muted'), fontSize: 11.5, hideOverlap: true, formatter: tick},
        ...strip?.axis,
      }),
      yAxis: valueAxis('ms'),
      tooltip: {
        ...option({}).tooltip,
        trigger: 'item',
        formatter: item => `call ${item.value[2]}: ${brief(item.value[3])} ${LABELS[x]}<br><b>${number(item.value[1])} ms</b>`,
      },
      series,
    });
  }

  const drawn = {
    'level-ttft': () => boxes('level-ttft', levels, 'ttftMillis', 'ms', false),
    'level-ttlt': () => boxes('level-ttlt', levels, 'ttltMillis', 'ms', false),
    'level-rpm': () => againstClients('1/min', 'requestsPerMinute', 'blue'),
    'level-errors': () => againstClients('%', 'errorPercent', 'red'),
    'level-input': () => againstClients('tok/min', 'inputTokensPerMinute', 'purple'),
    'level-output': () => againstClients('tok/min', 'outputTokensPerMinute', 'green'),
    'group-ttft': () => boxes('group-ttft', groups, 'ttftMillis', 'ms', true),
    'group-rate': () => boxes('group-rate', groups, 'tokensPerSecond', 'tok/s', true),
    'group-e2e': () => boxes('group-e2e', groups, 'e2eMillis', 'ms', true),
    'group-tokens': () => bars('group-tokens', 'tok', [
      counted('input', 'inputTokens', 'inputTokensN', 'purple'),
      counted('output', 'outputTokens', 'outputTokensN', 'green'),
    ]),
    'group-errors': () => failures('group-errors'),
    'group-extremes': () => bars('group-extremes', 'ms', [
      counted('best', 'e2eMin', 'e2eN', 'green'),
      counted('worst', 'e2eMax', 'e2eN', 'red'),
    ]),
    'group-per-token': () => bars('group-per-token', 'ms/tok', [
      counted('best', 'perTokenMin', 'perTokenN', 'green'),
      counted('worst', 'perTokenMax', 'perTokenN', 'red'),
    ]),
  };
  groups.forEach((group, i) => {
    drawn[`group-ttft-${i}`] = () => Distributions.draw(`group-ttft-${i}`, group.bins.ttftMillis, 'ms', 'calls', shared('ttftMillis'));
    drawn[`group-rate-${i}`] = () => Distributions.draw(`group-rate-${i}`, group.bins.tokensPerSecond, 'tok/s', 'calls', shared('tokensPerSecond'));
  });

  return {drawn, points, kindColour, sorted, LYING};
})();
