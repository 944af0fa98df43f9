/* The search page: asks Pagefind, whose index the build makes, and shows what it finds.
   Chinese is indexed as overlapping pairs of characters (see gazette/publish/search/words.py), so
   queries are cut likewise, and a phrase is found where its pairs stand in a row. */
(function () {
  'use strict';

  var form = document.getElementById('g-search');
  if (!form) return;
  var status = document.getElementById('g-found');
  var list = document.getElementById('g-results');
  var more = document.getElementById('g-more');
  var input = form.elements.q;
  var size = Number(form.getAttribute('data-size'));
  var index = new URL(form.getAttribute('data-index'), location.href).href;
  var narrowed = ['bureau', 'category', 'year'].filter(function (name) { return form.elements[name]; });
  var title = document.title;

  var WIDE = '\\u2e80-\\u2fdf\\u3005\\u3007\\u3021-\\u3029\\u3031-\\u3035\\u3040-\\u30ff\\u31f0-\\u31ff' +
    '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';
  var RUN = new RegExp('([' + WIDE + ']+)|(?:(?![' + WIDE + '])[\\p{L}\\p{N}])+', 'gu');
  var PAIR = new RegExp('^[' + WIDE + ']{2}$', 'u');
  var END = '\ua78f';
  var SPACE = '\u2060';
  var BREAK = '\u2063';
  var MOST_PHRASES = 8;
  var EXCERPT = 110;
  var BEFORE = 24;
  var MOST_HITS = 200;

  function say(name, values) {
    status.textContent = status.getAttribute('data-' + name).replace(/\{(\w+)\}/g, function (_, key) {
      return values[key];
    });
  }

  /* The query as phrases: what stands between spaces and signs, cut into indexed words. */
  function phrases(query) {
    var found = [];
    var end = -1;
    var run;
    RUN.lastIndex = 0;
    while ((run = RUN.exec(query))) {
      if (run.index !== end) found.push({ text: '', words: [] });
      var phrase = found[found.length - 1];
      phrase.text += run[0];
      var characters = Array.from(run[0]);
      if (run[1] && characters.length > 1) {
        for (var at = 0; at < characters.length - 1; at += 1) {
          phrase.words.push(characters[at] + characters[at + 1]);
        }
      } else phrase.words.push(run[0]);
      end = RUN.lastIndex;
    }
    return found.slice(0, MOST_PHRASES);
  }

  /* The text that was indexed. */
  function plain(content) {
    return content.split(' ').map(function (word) {
      if (word === SPACE) return ' ';
      if (word.slice(-1) === END) return word.slice(0, -1);
      return PAIR.test(word) ? Array.from(word)[0] : word;
    }).join('');
  }

  /* Pagefind, with all parts of the index. */
  var loading = null;
  function load() {
    if (!loading) loading = start();
    return loading;
  }

  async function start() {
    var answer = await fetch(index + 'parts.json', { cache: 'no-cache' });
    if (!answer.ok) throw new Error('parts.json: ' + answer.status);
    var parts = await answer.json();
    var first = parts[0];
    var others = parts.slice(1);
    var pagefind = await import(index + first[0] + '/pagefind.js?' + first[1]);
    /* Without its worker: that would need the looser policy for its own file too. */
    await pagefind.options({ noWorker: true, metaCacheTag: first[1] });
    /* Pagefind takes the page's language, and would cut Chinese queries by a dictionary. */
    var html = document.documentElement;
    var language = html.lang;
    html.lang = 'unknown';
    pagefind.init();
    html.lang = language;
    await Promise.all([pagefind.search('')].concat(others.map(function (part) {
      return pagefind.mergeIndex(index + part[0] + '/', {
        language: 'unknown', mergeFilter: { year: part[0].slice(0, 4), part: part[0] }, metaCacheTag: part[1]
      });
    })));
    var names = others.map(function (part) { return part[0]; });
    offer(names.map(function (name) { return name.slice(0, 4); }));
    return { pagefind: pagefind, parts: names };
  }

  function offer(years) {
    var choice = form.elements.year;
    if (!choice) return;
    years.forEach(function (year) {
      if (has(choice, year)) return;
      choice.appendChild(new Option(year, year));
    });
  }

  function has(choice, value) {
    return Array.from(choice.options).some(function (option) { return option.value === value; });
  }

  function inARow(places, count) {
    var run = 1;
    for (var at = 1; at < places.length && run < count; at += 1) {
      run = places[at] === places[at - 1] + 1 ? run + 1 : 1;
    }
    return places.length > 0 && run >= count;
  }

  /* All that holds every phrase: id -> { score, data }. Pagefind leaves out words that it does not know,
     so each phrase is asked for by itself. */
  async function holding(pagefind, wanted, filters) {
    var answers = await Promise.all(wanted.map(function (phrase) {
      return pagefind.search(phrase.words.join(' '), { filters: filters });
    }));
    return answers.reduce(function (found, answer, number) {
      var next = new Map();
      answer.results.forEach(function (result) {
        var before = number ? found.get(result.id) : { score: 0, data: result.data };
        if (before && inARow(result.words, wanted[number].words.length)) {
          next.set(result.id, { score: before.score + result.score, data: before.data });
        }
      });
      return next;
    }, new Map());
  }

  /* Gives results one after another, in the order asked for. */
  function inOrder(search, wanted, filters, found, byDate) {
    var parts = byDate ? search.parts.slice() : [];
    var ready = [];

    function byScore() {
      var rest = Array.from(found.values());
      found.clear();
      return rest.sort(function (a, b) { return b.score - a.score; });
    }

    /* Pagefind sorts within a part only; the parts follow each other in time. */
    async function nextPart() {
      var answer = await search.pagefind.search(wanted[0].words.join(' '), {
        filters: Object.assign({}, filters, { part: parts.shift() }), sort: { date: 'desc' }
      });
      answer.results.forEach(function (result) {
        var held = found.get(result.id);
        if (held) ready.push(held);
        found.delete(result.id);
      });
    }

    return async function (count) {
      while (ready.length < count && found.size) {
        if (parts.length) await nextPart();
        else ready = ready.concat(byScore());
      }
      return Promise.all(ready.splice(0, count).map(function (result) { return result.data(); }));
    };
  }

  /* Showing */

  function marker(wanted) {
    var texts = wanted.map(function (phrase) { return phrase.text; });
    texts.sort(function (a, b) { return b.length - a.length; });
    return new RegExp('(' + texts.join('|') + ')', 'gi');
  }

  function marked(element, text, pattern) {
    text.split(pattern).forEach(function (piece, number) {
      if (!piece) return;
      var node = number % 2 ? document.createElement('mark') : document.createTextNode('');
      node.textContent = piece;
      element.appendChild(node);
    });
    return element;
  }

  function occurrences(text, pattern) {
    var found = [];
    var hit;
    pattern.lastIndex = 0;
    while ((hit = pattern.exec(text)) && found.length < MOST_HITS) {
      found.push({ at: hit.index, word: hit[0].toLowerCase() });
    }
    return found;
  }

  /* Where the words stand nearest together, from the beginning of a clause if one is near. */
  function densest(text, hits) {
    var best = { at: 0, count: 0 };
    hits.forEach(function (one) {
      var near = hits.filter(function (other) {
        return other.at >= one.at && other.at < one.at + EXCERPT - BEFORE;
      });
      var count = new Set(near.map(function (hit) { return hit.word; })).size;
      if (count > best.count) best = { at: one.at, count: count };
    });
    var from = Math.max(0, best.at - BEFORE);
    var clause = /^.*[。！？；，\s]/.exec(text.slice(from, best.at));
    return from && clause ? from + clause[0].length : from;
  }

  /* Stretches of the text: the one that holds most of the words, and one more if that leaves some out. */
  function excerpt(text, pattern) {
    var hits = occurrences(text, pattern);
    var shown = [];
    var pieces = [];
    while (pieces.length < 2 && (hits.length || !pieces.length)) {
      var from = densest(text, hits);
      var length = pieces.length ? EXCERPT / 2 : EXCERPT;
      var cut = text.slice(from, from + length);
      pieces.push({ from: from, text: cut + (from + length < text.length ? '…' : '') });
      shown = shown.concat(occurrences(cut, pattern).map(function (hit) { return hit.word; }));
      hits = hits.filter(function (hit) { return shown.indexOf(hit.word) < 0; });
    }
    pieces.sort(function (a, b) { return a.from - b.from; });
    var joined = pieces.map(function (piece) { return piece.text; }).join(' … ').replace(/…\s…\s/g, '… ');
    return (pieces[0].from ? '…' : '') + joined;
  }

  /* The name of the lowest of the bureaus, or of the first category. */
  function named(name, values) {
    var choice = form.elements[name];
    if (!choice || !values) return '';
    var texts = Array.from(choice.options).filter(function (option) {
      return values.indexOf(option.value) >= 0;
    }).map(function (option) { return option.text; });
    texts.sort(function (a, b) { return b.lastIndexOf('\u3000') - a.lastIndexOf('\u3000'); });
    return (texts[0] || '').trim();
  }

  function item(data, pattern) {
    var entry = document.createElement('li');
    var heading = document.createElement('h2');
    var link = document.createElement('a');
    var name = plain(data.meta.title);
    link.href = form.getAttribute('data-root') + data.anchors[0].id;
    heading.appendChild(marked(link, name, pattern));
    entry.appendChild(heading);
    /* The text, then what else is on its page: authors, attachments, tags. */
    var parts = plain(data.content).slice(name.length).split(BREAK);
    var text = parts[0].trim() || parts.slice(1).join(' ');
    if (text) entry.appendChild(marked(document.createElement('p'), excerpt(text, pattern), pattern));
    var facts = document.createElement('p');
    facts.className = 'facts-line';
    if (data.anchors[1]) {
      var time = document.createElement('time');
      time.textContent = data.anchors[1].id;
      facts.appendChild(time);
      facts.appendChild(document.createTextNode(' '));
    }
    ['bureau', 'category'].forEach(function (kind) {
      var span = document.createElement('span');
      span.textContent = named(kind, data.filters[kind]);
      if (!span.textContent) return;
      facts.appendChild(span);
      facts.appendChild(document.createTextNode(' '));
    });
    if (parts[0].trim()) parts.slice(1).filter(function (part) { return occurrences(part, pattern).length; }).forEach(function (part) {
      facts.appendChild(marked(document.createElement('span'), part, pattern));
      facts.appendChild(document.createTextNode(' '));
    });
    if (facts.firstChild) entry.appendChild(facts);
    return entry;
  }

  var asked = 0;
  var next = null;

  async function show(first) {
    var mine = asked;
    more.disabled = true;
    var results = await next.give(size);
    if (mine !== asked) return;
    more.disabled = false;
    if (first) clear();
    results.forEach(function (data) { list.appendChild(item(data, next.pattern)); });
    next.left -= results.length;
    more.hidden = next.left <= 0;
    if (!first && results.length) list.children[list.children.length - results.length].querySelector('a').focus();
  }

  /* Searches for what the form holds. */
  async function run() {
    var mine = asked += 1;
    var query = input.value.normalize('NFKC').trim();
    var wanted = phrases(query);
    document.title = wanted.length ? query + ' - ' + title : title;
    if (!wanted.length) {
      clear();
      say('ask');
      load().catch(failed);
      return;
    }
    say('busy');
    list.setAttribute('aria-busy', 'true');
    try {
      var search = await load();
      var filters = {};
      narrowed.forEach(function (name) {
        if (form.elements[name].value) filters[name] = form.elements[name].value;
      });
      var found = await holding(search.pagefind, wanted, filters);
      if (mine !== asked) return;
      var count = found.size;
      next = {
        give: inOrder(search, wanted, filters, found, form.elements.sort.value === 'date'),
        pattern: marker(wanted), left: count
      };
      await show(true);
      if (mine !== asked) return;
      if (count) say(count === 1 ? 'one' : 'many', { n: count });
      else nothing(query);
    } catch (fault) {
      if (mine === asked) failed(fault);
    }
  }

  function clear() {
    list.textContent = '';
    list.removeAttribute('aria-busy');
    more.hidden = true;
  }

  function nothing(query) {
    say('none', { words: query });
    var hint = document.createElement('span');
    hint.textContent = status.getAttribute('data-hint');
    status.appendChild(hint);
  }

  function failed(fault) {
    clear();
    say('failed');
    if (window.console) console.warn('Search:', fault);
  }

  /* The address holds the query, so that it can be kept, shared and gone back to. */
  var kept = ['q'].concat(narrowed, 'sort');

  function fromAddress() {
    var values = new URLSearchParams(location.search);
    kept.forEach(function (name) {
      var field = form.elements[name];
      var value = values.get(name) || '';
      if (name === 'year' && /^\d{4}$/.test(value) && !has(field, value)) field.appendChild(new Option(value, value));
      field.value = name === 'q' || has(field, value) ? value : '';
    });
  }

  function toAddress() {
    var values = new URLSearchParams();
    kept.forEach(function (name) {
      if (form.elements[name].value) values.set(name, form.elements[name].value);
    });
    var query = values.toString();
    var address = location.pathname + (query ? '?' + query : '');
    if (address !== location.pathname + location.search) history.pushState(null, '', address);
  }

  function links() {
    return Array.from(list.querySelectorAll('h2 a'));
  }

  /* Up and down go from result to result. */
  function walk(event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    var all = links();
    var at = all.indexOf(document.activeElement);
    if (!step || !all.length || event.altKey || event.ctrlKey || event.metaKey) return;
    if (at < 0 && document.activeElement !== input) return;
    event.preventDefault();
    (all[at + step] || (step < 0 ? input : all[all.length - 1])).focus();
  }

  if (location.protocol === 'file:') {
    say('disk');
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    return;
  }
  form.querySelector('.narrow').hidden = false;
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    toAddress();
    run();
  });
  form.addEventListener('change', function (event) {
    if (event.target === input) return;
    toAddress();
    run();
  });
  more.addEventListener('click', function () { show(false).catch(failed); });
  document.addEventListener('keydown', walk);
  window.addEventListener('popstate', function () {
    fromAddress();
    run();
  });
  fromAddress();
  run();
})();
