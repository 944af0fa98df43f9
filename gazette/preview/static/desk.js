/* The editor's desk: all articles, filters, and the form for a new one. */
"use strict";
(() => {
  const { data, say, make, fill, count, problem, connect } = window.Gazette;
  const COLUMNS = ["state", "title", "category", "bureau", "date", "words", "problems"];
  const HEADINGS = { words: "length", problems: "notes" };
  const STATES = ["faulty", "draft", "scheduled", "published", "expired"];
  const asked = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const question = { text: "", state: "", bureau: "", category: "", sort: "", page: "1", ...asked };
  let status = data.status;
  let offline = false;
  let awaited = null;
  const saved = new Map();
  let base = data.home;

  // What stands on the desk
  const light = make("span", { class: "light", role: "status" });
  const search = make("input", {
    type: "search", placeholder: say("search"), "aria-label": say("search"), value: question.text,
    input: () => { question.text = search.value; ask(true); },
  });
  const choose = (name, any) => make("select", {
    "aria-label": say(name), change: (event) => { question[name] = event.target.value; ask(true); },
  }, make("option", { value: "" }, say(any)));
  const bureaus = choose("bureau", "any_bureau");
  const categories = choose("category", "any_category");
  const tabs = make("nav", { class: "tabs", "aria-label": say("state") });
  const faults = make("section", { class: "faults", hidden: true });
  const notice = make("p", { class: "notice", role: "status", hidden: true });
  const body = make("tbody");
  const head = make("tr");
  const foot = make("p", { class: "foot" });
  const empty = make("p", { class: "empty", hidden: true });
  const dialog = make("dialog", { class: "form", "aria-label": say("new") });
  document.getElementById("desk").append(
    make("header", {},
      make("p", { class: "site" }, make("a", { href: data.home, title: say("home") }, data.site)),
      make("h1", {}, say("desk")), light,
      data.local
        ? make("button", { class: "main", type: "button", click: () => openForm() }, `＋ ${say("new")}`)
        : make("p", { class: "quiet" }, say("not_here"))),
    faults, notice,
    make("div", { class: "tools" }, search, categories, bureaus), tabs,
    make("div", { class: "frame" }, make("table", {}, make("thead", {}, head), body), empty), foot, dialog,
  );

  const drawStatus = () => {
    const kind = offline ? "offline" : status.building ? "busy" : status.published ? "good" : "bad";
    light.className = `light ${kind}`;
    light.replaceChildren(make("i"), {
      offline: say("offline"), busy: say("building"), good: say("ready"),
      bad: say("faults", { count: status.errors }),
    }[kind]);
    faults.hidden = status.published || !(status.problems || []).length;
    if (!faults.hidden) faults.replaceChildren(make("ul", {}, ...status.problems.map(problem)));
  };

  const drawHead = () => head.replaceChildren(...COLUMNS.map((column) => {
    const down = question.sort === `-${column}`;
    const up = question.sort === column;
    const first = ["date", "words", "problems"].includes(column) ? `-${column}` : column;
    return make("th", { class: column, scope: "col", "aria-sort": up ? "ascending" : down ? "descending" : null },
      make("button", {
        type: "button",
        click: () => { question.sort = up ? `-${column}` : down ? column : first; ask(); },
      }, say(HEADINGS[column] || column), up ? " ▲" : down ? " ▼" : ""));
  }));

  const row = (found) => make("tr", { class: found.state },
    make("td", { class: "state" }, make("span", { class: `tag ${found.state}` }, say(found.state))),
    make("td", { class: "title" },
      found.href ? make("a", { href: base + found.href }, found.title) : make("span", {}, found.title),
      make("small", {}, found.editor ? make("a", { href: found.editor }, found.source) : found.source)),
    make("td", { class: "category" }, found.category),
    make("td", { class: "bureau" }, found.bureau),
    make("td", { class: "date" }, found.date),
    make("td", { class: "words" }, found.words ? count(found.words) : ""),
    make("td", { class: "problems" },
      found.errors ? make("b", { class: "error" }, String(found.errors)) : null,
      found.warnings ? make("span", { class: "warning" }, String(found.warnings)) : null));

  const options = (select, values, chosen) => {
    const [any] = select.options;
    select.replaceChildren(any, ...values.map((value) => make("option", { value, selected: value === chosen }, value)));
    select.value = values.includes(chosen) ? chosen : "";
  };

  const draw = (found) => {
    base = found.base;
    drawHead();
    body.replaceChildren(...found.rows.map(row));
    const all = Object.values(found.states).reduce((sum, value) => sum + value, 0);
    tabs.replaceChildren(...["", ...STATES].map((state) => {
      const number = state ? found.states[state] : all;
      return make("button", {
        type: "button", class: state || "all", disabled: Boolean(state) && !number,
        "aria-pressed": String(question.state === state),
        click: () => { question.state = state; ask(true); },
      }, say(state || "all"), make("b", {}, count(number)));
    }));
    options(bureaus, found.bureaus, question.bureau);
    options(categories, found.categories, question.category);
    empty.hidden = found.rows.length > 0;
    empty.textContent = all ? say("none") : say("empty");
    const turn = (name, page) => make("button", {
      type: "button", disabled: page < 1 || page > found.pages,
      click: () => { question.page = String(page); ask(); scrollTo(0, 0); },
    }, say(name));
    foot.replaceChildren(
      say("total", { count: count(found.total) }),
      ...(found.pages > 1
        ? [turn("previous", found.page - 1), say("page_of", { page: found.page, pages: found.pages }),
           turn("next", found.page + 1)]
        : []));
  };

  // Only the answer to the last question counts.
  let last = 0;
  const ask = async (afresh = false) => {
    if (afresh) question.page = "1";
    const set = Object.entries(question).filter(([name, value]) => value && !(name === "page" && value === "1"));
    history.replaceState(null, "", `#${new URLSearchParams(set)}`);
    const mine = ++last;
    try {
      const found = await (await fetch(`/__gazette/articles?${new URLSearchParams(set)}`)).json();
      if (mine === last) draw(found);
    } catch { /* the preview has ended; the light says so */ }
  };

  // The form
  const field = (name, input, hint) => make("label", {},
    make("span", {}, say(name), hint ? make("small", {}, hint) : null), input,
    make("em", { class: "wrong", "data-of": name }));
  const openForm = async () => {
    const offered = await (await fetch("/__gazette/new")).json();
    // The name is what editors know; where two have the same one, the slug tells them apart.
    const names = (pairs) => pairs.map(([slug, title]) => {
      const once = pairs.filter((pair) => pair[1] === title).length === 1;
      return make("option", once ? { value: title } : { value: slug }, once ? slug : title);
    });
    const inputs = {
      title: make("input", { name: "title", required: true, autocomplete: "off" }),
      category: make("input", { name: "category", list: "g-categories", autocomplete: "off" }),
      bureau: make("input", { name: "bureau", list: "g-bureaus", autocomplete: "off" }),
      date: make("input", { name: "date", value: offered.now, autocomplete: "off" }),
      archetype: make("select", { name: "archetype" }, ...offered.archetypes.map((name) => make("option", {}, name))),
    };
    const general = make("p", { class: "wrong" });
    const send = make("button", { class: "main", type: "submit" }, say("create"));
    const form = make("form", {
      method: "dialog",
      submit: async (event) => {
        event.preventDefault();
        send.disabled = true;
        for (const mark of dialog.querySelectorAll(".wrong")) mark.textContent = "";
        try {
          const given = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value]));
          const response = await fetch("/__gazette/new", {
            method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given),
          });
          if (response.status === 403) { general.textContent = say("not_here"); return; }
          const made = await response.json();
          for (const [name, text] of Object.entries(made.errors || {})) {
            dialog.querySelector(`[data-of="${name}"]`).textContent = text;
            inputs[name].focus();
          }
          if (made.source) {
            awaited = made.source;
            if (saved.has(awaited)) location.assign(saved.get(awaited));  // it was built before this was told
            fill(notice,
              say("created", { path: made.source }), " ",
              made.editor ? make("a", { href: made.editor }, say("edit")) : null);
            notice.hidden = false;
            dialog.close();
          }
        } catch {
          general.textContent = say("failed");
        } finally {
          send.disabled = false;
        }
      },
    },
    make("h2", {}, say("new")),
    field("title", inputs.title),
    field("category", inputs.category),
    field("bureau", inputs.bureau, say("optional")),
    field("date", inputs.date, say("date_hint")),
    offered.archetypes.length > 1 ? field("archetype", inputs.archetype) : null,
    general,
    make("p", { class: "buttons" },
      make("button", { type: "button", click: () => dialog.close() }, say("cancel")), send));
    dialog.replaceChildren(form,
      make("datalist", { id: "g-categories" }, ...names(offered.categories)),
      make("datalist", { id: "g-bureaus" }, ...names(offered.bureaus)));
    dialog.showModal();
    inputs.title.focus();
  };

  const handle = (message) => {
    offline = false;
    if (message.command === "status") {
      status = message;
      ask();
    } else if (message.command === "building") {
      status.building = true;
    } else if (message.command === "saved") {
      for (const source of message.sources) saved.set(source, message.href);
      if (awaited && message.sources.includes(awaited)) location.assign(message.href);
    }
    drawStatus();
  };
  drawHead();
  drawStatus();
  ask();
  connect(handle, () => { offline = true; drawStatus(); });
})();
