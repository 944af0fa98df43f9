/* What bar and desk share: making elements, the words, and the socket. */
"use strict";
window.Gazette = (() => {
  const data = JSON.parse(document.getElementById("gazette-preview").textContent);

  /* A text of the preview, with {name} put in. */
  const say = (name, values = {}) =>
    (data.texts[name] || name).replace(/\{(\w+)\}/g, (all, key) => (key in values ? values[key] : all));

  /* An element with attributes and children; functions become listeners, texts stay texts. */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    return fill(element, ...children);
  };

  /* Give an element these children and no others; what is not there is left out. */
  const fill = (element, ...children) => {
    element.replaceChildren(...children.filter((child) => child != null && child !== false));
    return element;
  };

  /* Numbers as people read them. */
  const count = (number) => number.toLocaleString(data.language === "zh" ? "zh-CN" : "en");

  /* Copy a text; the clipboard is only there on secure origins, and another computer's is none. */
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = make("textarea", { style: "position:fixed;opacity:0" });
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  /* A problem as bar, panel and desk show it. */
  const problem = (found) => {
    const place = found.file + (found.line ? ` · ${say("line", { line: found.line })}` : "");
    return make(
      "li",
      { class: `problem ${found.severity}` },
      found.file
        ? make(
            "p",
            { class: "place" },
            found.editor ? make("a", { href: found.editor }, place) : make("code", {}, place),
          )
        : null,
      make("p", { class: "message" }, found.message),
      found.hint ? make("p", { class: "hint" }, make("b", {}, say("fix")), " ", found.hint) : null,
    );
  };

  /* livereload's protocol 7; a lost connection is taken up again. `handle` gets every message. */
  const connect = (handle, lost) => {
    let wait = 300;
    let before = false;
    const open = () => {
      const socket = new WebSocket(`ws://${location.host}/__gazette/livereload`);
      socket.onopen = () => {
        socket.send(JSON.stringify({
          command: "hello",
          protocols: ["http://livereload.com/protocols/official-7"],
        }));
        socket.send(JSON.stringify({ command: "info", plugins: {}, url: location.href, shown: data.shown }));
        wait = 300;
        if (before) handle({ command: "reload", path: "", liveCSS: false });
        before = true;
      };
      socket.onmessage = (event) => handle(JSON.parse(event.data));
      socket.onclose = () => {
        lost();
        setTimeout(open, wait);
        wait = Math.min(wait * 1.5, 4000);
      };
    };
    open();
  };

  return { data, say, make, fill, count, copy, problem, connect };
})();
