'use strict';

/**
 * Renews the page while its run goes on. It compares what the server renders now with what it
 * rendered before, and changes only that: what the reader and other code have changed stays.
 */
(() => {
  const ELEMENT = 1;
  const TEXT = 3;
  const ids = [];
  const shown = new WeakMap();
  let latest = null;
  let run = '';
  let ended = false;
  let updated = 0;
  let standing = {phase: 'preparing', text: ''};

  // ---- the bar

  const bar = document.createElement('div');
  bar.className = 'live';
  bar.setAttribute('role', 'status');
  const words = document.createElement('span');
  const meter = document.createElement('progress');
  meter.max = 100;
  meter.hidden = true;
  meter.setAttribute('aria-label', 'Share of the load that is over');
  const age = document.createElement('span');
  bar.append(words, meter, age);

  function tell() {
    words.textContent = standing.text;
    meter.hidden = ended || standing.percent === undefined;
    meter.value = standing.percent ?? 0;
    bar.classList.toggle('ended', standing.phase === 'ended');
    const seconds = Math.round((Date.now() - updated) / 1000);
    age.textContent = ended || updated === 0 ? '' : `numbers below: ${seconds} s old`;
  }

  // ---- what the server has rendered, and where it is on the page

  const rendered = document.createElement('body');

  function pair(node, place) {
    shown.set(node, place);
    node.childNodes.forEach((child, i) => pair(child, place.childNodes[i]));
  }

  function remember() {
    const script = document.getElementById('live');
    for (const place of [...document.body.childNodes]) {
      if (place === script) {
        break;
      }
      const node = place.cloneNode(true);
      rendered.append(node);
      pair(node, place);
    }
    shown.set(rendered, document.body);
    rendered.querySelectorAll('.plot').forEach(plot => ids.push(plot.id));
  }

  // ---- renewing

  const alike = (was, now) => was.nodeType === now.nodeType && was.nodeName === now.nodeName && was.id === now.id;

  function renewAttributes(was, now) {
    const place = shown.get(was);
    for (const name of new Set([...was.getAttributeNames(), ...now.getAttributeNames()])) {
      const value = now.getAttribute(name);
      if (was.getAttribute(name) === value) {
        continue;
      }
      if (name === 'title') {
        Tools.plain(place);
      }
      for (const node of [was, place]) {
        if (value === null) {
          node.removeAttribute(name);
        } else {
          node.setAttribute(name, value);
        }
      }
    }
  }

  function renewChildren(was, now) {
    const old = [...was.childNodes];
    const fresh = [...now.childNodes];
    const shorter = Math.min(old.length, fresh.length);
    let head = 0;
    while (head < shorter && alike(old[head], fresh[head])) {
      head++;
    }
    let tail = 0;
    while (tail < shorter - head && alike(old[old.length - 1 - tail], fresh[fresh.length - 1 - tail])) {
      tail++;
    }
    for (let i = 0; i < head; i++) {
      renewNode(old[i], fresh[i]);
    }
    for (let i = 1; i <= tail; i++) {
      renewNode(old[old.length - i], fresh[fresh.length - i]);
    }
    const next = tail > 0 ? old[old.length - tail] : null;
    old.slice(head, old.length - tail).forEach(node => {
      shown.get(node).remove();
      node.remove();
    });
    fresh.slice(head, fresh.length - tail).forEach(node => {
      const place = node.cloneNode(true);
      const before = next ? shown.get(next) : null;
      (before ? before.parentNode : shown.get(was)).insertBefore(place, before);
      was.insertBefore(node, next);
      pair(node, place);
    });
  }

  function renewNode(was, now) {
    if (was.isEqualNode(now)) {
      return;
    }
    if (was.nodeType === TEXT) {
      was.data = now.data;
      shown.get(was).data = now.data;
    } else if (was.nodeType === ELEMENT) {
      renewAttributes(was, now);
      renewChildren(was, now);
    }
  }

  const isObject = value => typeof value === 'object' && value !== null;

  /** Makes an object equal to another in place: code of the page holds parts of it. */
  function renewData(was, now) {
    if (!isObject(was) || !isObject(now) || Array.isArray(was) !== Array.isArray(now)) {
      return now;
    }
    if (Array.isArray(was)) {
      was.length = now.length;
    } else {
      Object.keys(was).filter(name => !(name in now)).forEach(name => { delete was[name]; });
    }
    for (const name of Object.keys(now)) {
      was[name] = renewData(was[name], now[name]);
    }
    return was;
  }

  const names = data => data.keys.map(key => key.name).join('\n');

  function renew({body, data}) {
    const now = new DOMParser().parseFromString(`<body>${body}</body>`, 'text/html').body;
    const plots = [...now.querySelectorAll('.plot')].map(plot => plot.id);
    if (typeof Charts === 'undefined' || plots.join() !== ids.join() || names(data) !== names(Charts.data())) {
      // Other charts, or a list of calls that the page chooses from: as new as a page just opened.
      location.reload();
      return;
    }
    renewChildren(rendered, now);
    renewData(Charts.data(), data);
    document.dispatchEvent(new CustomEvent('renewed'));
    Charts.redraw();
    neutral();
  }

  /** Files beside the report on the disk are not served. */
  function neutral() {
    document.querySelectorAll('a[href]').forEach(link => {
      if (!link.getAttribute('href').startsWith('#')) {
        link.removeAttribute('href');
        link.title = 'In the run folder, once the run has ended';
      }
    });
  }

  /** A page that nobody sees is not drawn. */
  function show() {
    if (latest && !document.hidden) {
      const newest = latest;
      latest = null;
      renew(newest);
    }
  }

  // ---- from the server

  function listen() {
    const events = new EventSource('events');
    events.addEventListener('run', event => {
      if (run !== '' && run !== event.data) {
        location.reload();
      }
      run = event.data;
      bar.classList.remove('lost');
    });
    events.addEventListener('standing', event => {
      standing = JSON.parse(event.data);
      ended = standing.phase === 'ended';
      if (ended) {
        events.close();
      }
      tell();
    });
    events.addEventListener('page', event => {
      updated = Date.now();
      latest = JSON.parse(event.data);
      show();
      tell();
    });
    events.addEventListener('error', () => {
      if (!ended) {
        bar.classList.add('lost');
        words.textContent = 'The connection to the run is lost: the numbers below are the last that came.';
      }
    });
  }

  if (document.body.dataset.standing) {
    standing = JSON.parse(document.body.dataset.standing);
    ended = true;
    tell();
  }
  remember();
  document.body.prepend(bar);
  document.addEventListener('visibilitychange', show);
  document.addEventListener('DOMContentLoaded', () => {
    neutral();
    if (!ended) {
      listen();
    }
  });
  setInterval(() => {
    if (!bar.classList.contains('lost')) {
      tell();
    }
  }, 1000);
})();
