/* Comforts of the portal theme: nothing that one reads or follows needs this script.
   A classic script, so that it loads from disk; ES2017, for Chromium 80 and iOS 13. */
(function () {
  'use strict';

  var html = document.documentElement;
  var body = document.body;

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function make(tag, attributes, text) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      element.setAttribute(name, attributes[name]);
    });
    if (text) element.textContent = text;
    return element;
  }

  /* Some browsers refuse storage (private windows, pages from disk); choices then last for the page. */
  var memory = {
    get: function (name) {
      try {
        return localStorage.getItem('gazette-' + name) || '';
      } catch (refused) {
        return '';
      }
    },
    set: function (name, value) {
      try {
        localStorage.setItem('gazette-' + name, value);
      } catch (refused) { /* see above */ }
    }
  };

  /* Older readers' mode: by link, by ?elder=1 or ?elder=0, remembered. */
  function olderReaders() {
    var link = document.getElementById('g-elder');
    if (!link) return;
    var texts = [link.textContent, link.getAttribute('data-off')];
    var asked = /[?&]elder=([01])/.exec(location.search);
    if (asked) memory.set('elder', asked[1]);

    function show(on) {
      html.classList.toggle('elder', on);
      link.textContent = texts[on ? 1 : 0];
      link.setAttribute('href', '?elder=' + (on ? 0 : 1));
    }
    link.addEventListener('click', function (event) {
      event.preventDefault();
      var on = !html.classList.contains('elder');
      memory.set('elder', on ? '1' : '0');
      show(on);
    });
    show(asked ? asked[1] === '1' : memory.get('elder') === '1');
  }

  /* 字号: large, medium, small; remembered. */
  function textSize() {
    var buttons = all('.sizes [data-size]');

    function show(size) {
      html.classList.toggle('size-l', size === 'l');
      html.classList.toggle('size-s', size === 's');
      buttons.forEach(function (button) {
        button.setAttribute('aria-pressed', button.getAttribute('data-size') === size);
      });
    }
    buttons.forEach(function (button) {
      button.addEventListener('click', function () {
        var size = button.getAttribute('data-size');
        memory.set('size', size);
        show(size);
      });
    });
    if (buttons.length) show(memory.get('size'));
  }

  /* Reads the article aloud, paragraph by paragraph. */
  function readAloud(button) {
    var voice = window.speechSynthesis;
    var article = document.getElementById('g-body');
    if (!voice || !window.SpeechSynthesisUtterance || !article) return;
    var texts = [button.textContent, button.getAttribute('data-stop')];
    var run = 0;

    function parts() {
      return all('p, li, h2, h3, h4, dt, dd, figcaption, td, th', article).filter(function (part) {
        return part.textContent.trim() && !part.querySelector('p, li, dd');
      });
    }

    function stop() {
      run += 1;
      voice.cancel();
      all('.reading').forEach(function (part) { part.classList.remove('reading'); });
      button.textContent = texts[0];
    }

    function say(queue, mine) {
      if (mine !== run) return;
      all('.reading').forEach(function (part) { part.classList.remove('reading'); });
      var part = queue.shift();
      if (!part) return stop();
      part.classList.add('reading');
      /* Long utterances break off in some browsers: sentence by sentence. */
      var sentences = part.textContent.match(/[^。！？；!?;]+[。！？；!?;”’」]*/g) || [];
      sentences.forEach(function (sentence, index) {
        var words = new SpeechSynthesisUtterance(sentence);
        words.lang = html.lang;
        if (index === sentences.length - 1) {
          words.onend = words.onerror = function () { say(queue, mine); };
        }
        voice.speak(words);
      });
      if (!sentences.length) say(queue, mine);
    }

    button.hidden = false;
    button.addEventListener('click', function () {
      var started = button.textContent === texts[1];
      stop();
      if (started) return;
      button.textContent = texts[1];
      say(parts(), run);
    });
    window.addEventListener('pagehide', stop);
  }

  function print(button) {
    button.addEventListener('click', function () { window.print(); });
  }

  function copy(button) {
    var text = button.textContent;
    var url = button.getAttribute('data-url');

    function old() {
      var field = make('textarea', { readonly: '' });
      field.value = url;
      body.appendChild(field);
      field.select();
      var copied = document.execCommand('copy');
      field.remove();
      return copied ? Promise.resolve() : Promise.reject(new Error('not copied'));
    }

    function done() {
      button.textContent = button.getAttribute('data-done');
      setTimeout(function () { button.textContent = text; }, 2000);
    }
    button.hidden = false;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', function () {
      var copied = navigator.clipboard ? navigator.clipboard.writeText(url).catch(old) : old();
      copied.then(done, function () { window.prompt(text, url); });
    });
  }

  /* Picture news: buttons; moves by itself only where asked, and until a reader takes hold of it. */
  function carousel(section) {
    var track = section.querySelector('.slides');
    var slides = all('li', track);
    if (slides.length < 2) return;
    var seconds = Number(section.getAttribute('data-seconds'));
    var still = window.matchMedia && matchMedia('(prefers-reduced-motion: reduce)').matches;
    var current = 0;
    var timer = 0;
    var bar = make('div', { 'class': 'slide-buttons' });
    var strip = make('span', { 'class': 'slide-bar' });
    var dots = make('span', { 'class': 'dots' });

    function go(index) {
      track.scrollLeft = ((index + slides.length) % slides.length) * track.clientWidth;
    }

    function mark() {
      current = Math.round(track.scrollLeft / (track.clientWidth || 1));
      all('button', dots).forEach(function (dot, index) {
        if (index === current) dot.setAttribute('aria-current', 'true');
        else dot.removeAttribute('aria-current');
      });
    }

    function button(name, label, action) {
      var made = make('button', { type: 'button', 'aria-label': name }, label);
      made.addEventListener('click', action);
      return made;
    }

    function stop() {
      clearInterval(timer);
      timer = 0;
      if (pause) {
        pause.setAttribute('aria-label', section.getAttribute('data-play'));
        pause.textContent = '▶';
      }
    }

    function start() {
      timer = setInterval(function () { go(current + 1); }, seconds * 1000);
      pause.setAttribute('aria-label', section.getAttribute('data-pause'));
      pause.textContent = '❚❚';
    }

    var pause = null;
    bar.appendChild(button(section.getAttribute('data-previous'), '‹', function () { stop(); go(current - 1); }));
    slides.forEach(function (slide, index) {
      var title = slide.querySelector('.slide-title span').textContent;
      dots.appendChild(button(index + 1 + ' ' + title, '', function () { stop(); go(index); }));
    });
    if (slides.length < 9) strip.appendChild(dots);
    if (seconds > 0) {
      pause = button(section.getAttribute('data-pause'), '❚❚', function () {
        if (timer) stop();
        else start();
      });
      strip.appendChild(pause);
    }
    bar.appendChild(strip);
    bar.appendChild(button(section.getAttribute('data-next'), '›', function () { stop(); go(current + 1); }));
    section.appendChild(bar);
    section.classList.add('with-buttons');
    track.addEventListener('scroll', mark, { passive: true });
    ['mouseenter', 'touchstart', 'focusin'].forEach(function (name) {
      track.addEventListener(name, stop, { passive: true });
    });
    mark();
    if (pause) {
      if (still || html.classList.contains('elder')) stop();
      else start();
    }
  }

  /* Pieces that change with every publication; from disk the plain link stays. */
  function fragment(place) {
    if (location.protocol === 'file:' || !window.fetch) return;
    var address = new URL(place.getAttribute('data-fragment'), location.href).href;
    fetch(address).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.text();
    }).then(function (text) {
      var found = new DOMParser().parseFromString(text, 'text/html').querySelector('.fragment');
      if (!found) return;
      all('h1', found).forEach(function (heading) { heading.remove(); });
      ['href', 'src'].forEach(function (name) {
        all('[' + name + ']', found).forEach(function (element) {
          element.setAttribute(name, new URL(element.getAttribute(name), address).href);
        });
      });
      all('[srcset]', found).forEach(function (element) {
        element.setAttribute('srcset', element.getAttribute('srcset').replace(/[^\s,]\S*(?= \d+w)/g, function (href) {
          return new URL(href, address).href;
        }));
      });
      place.textContent = '';
      while (found.firstChild) place.appendChild(document.adoptNode(found.firstChild));
    }).catch(function () { /* the plain link stays */ });
  }

  /* What scrolls by itself can be reached by keyboard; what does not is no stop on the way. */
  function wideThings() {
    all('.scroll, .body pre').forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.setAttribute('tabindex', '0');
      else box.removeAttribute('tabindex');
    });
  }

  /* The directory: hides what has neither the typed name nor one below it that has. */
  function filter(form) {
    var list = document.getElementById(form.getAttribute('data-list'));
    var input = form.querySelector('input');
    var output = form.querySelector('output');

    function has(entry, wanted) {
      var link = entry.querySelector('a');
      return (link.textContent + ' ' + link.getAttribute('data-name')).toLowerCase().indexOf(wanted) >= 0;
    }

    function show() {
      var wanted = input.value.trim().toLowerCase();
      var found = 0;
      all('li', list).forEach(function (entry) {
        var itself = has(entry, wanted);
        if (itself) found += 1;
        entry.hidden = !(itself || all('li', entry).some(function (below) { return has(below, wanted); }));
      });
      all('section', list).forEach(function (section) {
        if (has(section.querySelector('h2, h3'), wanted)) found += 1;
      });
      output.textContent = wanted ? form.getAttribute('data-found').replace('{n}', found) : '';
    }
    form.hidden = false;
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    input.addEventListener('input', show);
  }

  /* To a page of a list by its number. */
  function jump(form) {
    form.hidden = false;
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      var number = form.querySelector('input').value;
      location.href = form.getAttribute('data-pattern').replace(/\d+(\.html)$/, number + '$1');
    });
  }

  /* A notice before one leaves for a site outside government. */
  function leaving() {
    var text = body.getAttribute('data-leave');
    if (!text) return;

    function outside(link) {
      return /^https?:$/.test(link.protocol) && link.host !== location.host &&
        !/(^|\.)gov\.cn$/.test(link.hostname) && !link.hasAttribute('data-known');
    }

    function ask(link) {
      var question = text.replace('{host}', link.hostname);
      var dialog = make('dialog', { 'class': 'leave', 'aria-label': link.hostname });
      if (!dialog.showModal) {
        if (window.confirm(question)) location.href = link.href;
        return;
      }
      var form = make('form', { method: 'dialog' });
      form.appendChild(make('p', {}, question));
      form.appendChild(make('button', { value: 'go' }, body.getAttribute('data-go')));
      form.appendChild(make('button', { value: '' }, body.getAttribute('data-stay')));
      dialog.appendChild(form);
      dialog.addEventListener('close', function () {
        dialog.remove();
        link.focus();
        if (dialog.returnValue === 'go') location.href = link.href;
      });
      body.appendChild(dialog);
      dialog.showModal();
    }
    document.addEventListener('click', function (event) {
      if (html.classList.contains('elder')) return; /* no pop-ups for older readers */
      var link = event.target.closest ? event.target.closest('a[href]') : null;
      if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !outside(link)) return;
      event.preventDefault();
      ask(link);
    });
  }

  olderReaders();
  textSize();
  all('.tools').forEach(function (tools) { tools.hidden = false; });
  all('[data-do=read]').forEach(readAloud);
  all('[data-do=print]').forEach(print);
  all('[data-do=copy]').forEach(copy);
  all('.carousel').forEach(carousel);
  wideThings();
  window.addEventListener('resize', wideThings);
  all('form.filter').forEach(filter);
  all('form.jump').forEach(jump);
  leaving();
  all('[data-fragment]').forEach(fragment);
})();
