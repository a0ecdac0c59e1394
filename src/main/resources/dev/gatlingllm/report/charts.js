'use strict';

/** What the charts of all pages share: text, axes, colours, and a page's life. */
const Charts = (() => {
  const darkScheme = window.matchMedia('(prefers-color-scheme: dark)');
  const charts = new Map();
  const shown = new Map();
  const adapters = [];
  const MOST_UNFOLDED = 12;
  const drawers = [];
  let printing = false;

  // Okabe and Ito's palette, told apart by readers with any colour vision; lighter on dark ground.
  const COLOURS = {
    light: {blue: '#0072b2', orange: '#d98a00', green: '#00895f', red: '#d55e00', purple: '#b0578d', grey: '#8a96a3'},
    dark: {blue: '#56b4e9', orange: '#f0b23c', green: '#3fc49a', red: '#f08a5d', purple: '#dd9cc4', grey: '#7f8c9a'},
  };

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
      axisLabel: {color: styled('--muted'), fontSize: 11.5, hideOverlap: true, formatter: tick},
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

  /** The room above a chart, in pixels, for a legend of these names: in a narrow chart it has several rows. */
  function legendHeight(id, names) {
    const width = document.getElementById(id).clientWidth;
    let rows = 1;
    let used = 0;
    for (const name of names) {
      const needed = 36 + 7 * name.length;
      if (used > 0 && used + needed > width) {
        rows++;
        used = 0;
      }
      used += needed;
    }
    return 14 + 20 * rows;
  }

  /** Of what was not measured there is no chart: its place is taken away, and it is named below its section. */
  const absent = () => ({absent: true});

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

  // ---- over time

  const secondsOf = (series, i) => series.seconds?.[i] ?? series.widthSeconds;
  const middle = series => series.startSeconds.map((start, i) => start + secondsOf(series, i) / 2);
  const sliceAt = (series, seconds) => Math.max(0, series.startSeconds.findLastIndex(start => start <= seconds + 1e-9));
  const endOf = series => series.startSeconds.length === 0
    ? 0 : series.startSeconds[series.startSeconds.length - 1] + series.widthSeconds;

  /** A value in the middle of each slice; between two stages there is no line. */
  function along(series, values) {
    const points = [];
    middle(series).forEach((at, i) => {
      if (i > 0 && series.stage && series.stage[i] !== series.stage[i - 1]) {
        points.push([series.startSeconds[i], null]);
      }
      points.push([at, values[i]]);
    });
    return points;
  }
  const pairs = (xs, ys) => xs.map((x, i) => [x, ys[i]]);
  const some = values => values.some(value => value !== null && value !== undefined);

  /** A value between two absent ones is no line: it needs a dot to be seen. */
  const dots = values => ({
    showSymbol: values.length < 40
      || values.some((value, i) => value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null),
  });

  /** Each value from the start of its slice to the next; before an absent one, to its own end. */
  function held(series, values) {
    const points = [];
    values.forEach((value, i) => {
      const end = series.startSeconds[i] + secondsOf(series, i);
      points.push([series.startSeconds[i], value]);
      if (value !== null && ((values[i + 1] ?? null) === null || series.startSeconds[i + 1] > end + 1e-6)) {
        points.push([end - series.widthSeconds * 1e-6, value], [end, null]);
      }
    });
    return points;
  }

  const TICK_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
  const tickSeconds = end => TICK_SECONDS.find(step => end / step <= 7) ?? end;

  /** Stages as bands with their names where they fit, and the slices that are cut, dashed. */
  function bands(series, end) {
    const plot = document.querySelector('#time .plot');
    const perSecond = Math.max(100, (plot?.clientWidth ?? 600) - 92) / end;
    const fitting = (name, seconds) => [name, name.replace(/ clients?$/, '').replace(/^probe (\d+).*/, '$1')]
      .find(text => 6.2 * text.length < seconds * perSecond) ?? '';
    const stages = (series.stages ?? []).map(([name, from, to], i) => [
      {
        name: fitting(name, to - from),
        xAxis: from,
        itemStyle: {color: styled('--muted'), opacity: i % 2 === 0 ? 0.05 : 0.14},
        label: {position: 'top', distance: 3, color: styled('--muted'), fontSize: 11},
      },
      {xAxis: to},
    ]);
    const cut = (series.partial ?? []).map(i => [
      {
        xAxis: series.startSeconds[i],
        itemStyle: {
          color: styled('--muted'), opacity: 0.16, borderColor: styled('--muted'), borderWidth: stages.length > 0 ? 0.5 : 1, borderType: 'dashed',
        },
      },
      {xAxis: series.startSeconds[i] + secondsOf(series, i)},
    ]);
    const ended = series.cut ? {
      silent: true,
      symbol: 'none',
      data: [{
        xAxis: series.startSeconds[series.startSeconds.length - 1] + secondsOf(series, series.startSeconds.length - 1),
        lineStyle: {color: colours().red, width: 1.5, type: 'dashed'},
        label: {formatter: series.cut, position: 'insideEndTop', color: styled('--muted'), fontSize: 11},
      }],
    } : undefined;
    const data = [...stages, ...cut];
    return data.length === 0 && !ended ? [] : [{
      name: 'slices', type: 'line', data: [], silent: true,
      markArea: data.length === 0 ? undefined : {silent: true, data},
      markLine: ended,
    }];
  }

  function sliceName(series, i) {
    const start = series.startSeconds[i];
    const stage = series.stages && series.stage ? `, ${escaped(series.stages[series.stage[i]][0])}` : '';
    return `${clock(start)} – ${clock(start + secondsOf(series, i))}${stage}${series.partial?.includes(i) ? ', cut' : ''}`;
  }

  function overTime(series, name, unit, lines) {
    const end = endOf(series);
    return option({
      timed: true,
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
          const rows = shown.filter(item => item.value[item.value.length - 1] !== null).map(item =>
            `${item.marker}${escaped(item.seriesName)} <b>${number(item.value[item.value.length - 1])}</b>`);
          return `${sliceName(series, sliceAt(series, shown[0].value[0]))}, ${unit}<br>${rows.join('<br>')}`;
        },
      },
      legend: {...option({}).legend, data: lines.map(item => item.name)},
      series: [...lines, ...bands(series, end)],
    });
  }

  // ---- a page

  /** Names the charts of a section that are not there. */
  function nameAbsent(section) {
    const titles = [...section.querySelectorAll(':scope > figure[hidden] .chart-title')].map(title => title.textContent);
    let hint = section.nextElementSibling;
    if (!hint || !hint.classList.contains('absent')) {
      hint = document.createElement('p');
      hint.className = 'hint absent';
      section.after(hint);
    }
    hint.hidden = titles.length === 0;
    hint.textContent = `Not measured: ${titles.join(', ')}.`;
  }

  /** Draws each chart into the element of its id, again when colours or sizes change. */
  function page(drawn, after) {
    function draw(wanted) {
      for (const [id, chart] of charts) {
        if (typeof wanted === 'function' && !wanted(id)) {
          continue;
        }
        const option = adapters.reduce((adapted, adapt) => adapt(id, adapted), drawn[id]());
        shown.set(id, option);
        document.getElementById(id).closest('figure').hidden = option.absent === true;
        chart.clear();
        if (!option.absent) {
          chart.resize();
          chart.setOption(option);
        }
      }
      if (typeof wanted !== 'function') {
        document.querySelectorAll('.charts').forEach(nameAbsent);
      }
      if (after) {
        after();
      }
      document.dispatchEvent(new Event('charts-drawn'));
    }
    // Charts take the size of their place, and paper has its own only after they are drawn. So the
    // page on the screen is made as wide as paper, and light, for as long as it is printed.
    // Of hundreds of tables nobody wants all on paper, and printing them takes minutes.
    const tables = document.querySelectorAll('#statistics details');
    function print(begins) {
      printing = begins;
      document.documentElement.classList.toggle('paper', begins);
      if (begins && tables.length <= MOST_UNFOLDED) {
        tables.forEach(table => { table.open = true; });
      }
      draw();
    }
    for (const id of Object.keys(drawn)) {
      const place = document.getElementById(id);
      if (place) {
        charts.set(id, echarts.init(place, null, {renderer: 'svg'}));
      }
    }
    darkScheme.addEventListener('change', draw);
    window.addEventListener('resize', draw);
    window.addEventListener('beforeprint', () => print(true));
    window.addEventListener('afterprint', () => print(false));
    drawers.push(draw);
    return draw;
  }

  /** One object for all code of the page: while a run goes on, it is renewed in place. */
  const shared = JSON.parse(document.getElementById('data').textContent);
  const data = () => shared;
  /** Draws all charts of the page, or those with a wanted id. */
  const redraw = wanted => drawers.forEach(draw => draw(wanted));

  return {
    data, colours, styled, number, brief, tick, clock, escaped, note, axis, valueAxis, option, nothing, absent, line,
    middle, pairs, some, dots, held, along, secondsOf, sliceName, endOf, bands, tickSeconds, overTime, legendHeight, page, redraw,
    charts, shown, adapters,
  };
})();
