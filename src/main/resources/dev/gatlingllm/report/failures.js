'use strict';

/** Failed calls by kind, each with what to do about it. */
const Failures = (() => {
  const {styled, brief, number, escaped, valueAxis, option, absent} = Charts;
  const data = Charts.data();
  const {failures} = data;
  const MOST = 12;

  function wrapped(text, width) {
    const lines = [''];
    for (const word of text.split(' ')) {
      const last = lines[lines.length - 1];
      if (last !== '' && 6 * (last.length + word.length) > width) {
        lines.push(word);
      } else {
        lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
      }
    }
    return lines;
  }

  /** The kind and what to do stand above the bar, so that neither is cut. */
  function draw(id) {
    const shown = failures.slice(0, MOST);
    if (shown.length === 0) {
      return absent();
    }
    Charts.note(id, failures.length > MOST ? `the ${MOST} most frequent of ${failures.length}; all are in the table` : '');
    const width = document.getElementById(id).clientWidth - 60;
    const texts = shown.map(item => {
      const {startedCalls} = data;
      const share = `${brief(item.calls)} of ${brief(startedCalls)} calls, ${number(100 * item.calls / startedCalls)} %`;
      return [...wrapped(`${item.kind}: ${item.error} · ${share}`, width), ...(item.advice === '' ? [] : wrapped(`→ ${item.advice}`, width))];
    });
    const most = Math.max(...texts.map(lines => lines.length));
    document.getElementById(id).style.height = `${60 + (most * 15 + 26) * shown.length}px`;
    return option({
      legend: {show: false},
      grid: {left: 16, right: 24, top: 12 + most * 15, bottom: 40},
      xAxis: valueAxis('calls', {min: 0, nameGap: 26, minInterval: 1}),
      yAxis: {type: 'category', inverse: true, data: shown.map(item => item.error), axisLabel: {show: false}, axisTick: {show: false}, axisLine: {show: false}},
      tooltip: {
        ...option({}).tooltip,
        axisPointer: {type: 'shadow'},
        formatter: points => texts[points[0].dataIndex].map(escaped).join('<br>'),
      },
      series: [{
        name: 'calls',
        type: 'bar',
        barWidth: 12,
        data: shown.map(item => ({value: item.calls, itemStyle: {color: Views.kindColour(item.kind)}})),
        label: {
          show: true,
          position: [0, -15 * most - 2],
          color: styled('--ink'),
          fontSize: 11.5,
          lineHeight: 15,
          formatter: point => [...Array(most - texts[point.dataIndex].length).fill(''), ...texts[point.dataIndex]].join('\n'),
        },
      }],
    });
  }

  return {draw};
})();
