/* The bar, the panel of errors, and loading again what has changed. */
"use strict";
(() => {
  const start = () => {
    const { data, say, make, fill, count, copy, problem, connect } = window.Gazette;
    const host = make("gazette-preview");
    const shade = host.attachShadow({ mode: "open" });
    const bar = make("div", { class: "bar", role: "region", "aria-label": "Gazette" });
    const list = make("div", { class: "list", hidden: true });
    const panel = make("div", { class: "panel", role: "alert", hidden: true });
    shade.append(make("link", { rel: "stylesheet", href: "/__gazette/static/preview.css" }), panel, list, bar);
    document.documentElement.append(host);

    const keep = {
      get: (name) => { try { return sessionStorage.getItem(`gazette-${name}`); } catch { return null; } },
      set: (name, value) => {
        try {
          if (value === null) sessionStorage.removeItem(`gazette-${name}`);
          else sessionStorage.setItem(`gazette-${name}`, value);
        } catch { /* storage is off: nothing is kept */ }
      },
    };
    let status = data.status;
    let offline = false;
    let folded = false;

    // Scrolling: a page that grows while its pictures load is put back as soon as it is long enough.
    let wanted = null;  // where the page is to be put, until it is there
    const restore = () => {
      const kept = JSON.parse(keep.get("scroll") || "null");
      keep.set("scroll", null);
      if (!kept || kept.page !== location.pathname) return;
      wanted = kept;
      const until = Date.now() + 2000;
      const put = () => {
        window.scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
        if (Math.abs(window.scrollY - kept.y) > 2 && Date.now() < until) requestAnimationFrame(put);
        else wanted = null;
      };
      put();
    };
    const reload = () => {
      keep.set("scroll", JSON.stringify(wanted || { page: location.pathname, x: scrollX, y: scrollY }));
      location.reload();
    };

    // Style sheets: the new one is loaded beside the old one, which goes when it is there. One that is
    // replaced before it has loaded leaves what it stood in for to its successor.
    const going = new Map();
    const swap = (sheets) => {
      for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
        if ([...going.values()].flat().includes(link)) continue;
        const [address] = link.href.split("?");
        for (const [before, after] of Object.entries(sheets)) {
          if (!address.endsWith(`/${before}`)) continue;
          const next = link.cloneNode();
          next.href = `${address.slice(0, -before.length)}${after}?${Date.now()}`;
          going.set(next, [...(going.get(link) || []), link]);
          going.delete(link);
          next.addEventListener("load", () => {
            for (const old of going.get(next) || []) old.remove();
            going.delete(next);
          });
          link.after(next);
          break;
        }
      }
    };

    // The bar
    const state = () => {
      if (offline) return ["offline", say("offline")];
      if (status.building) return ["busy", say("building")];
      if (!status.published) return ["bad", say("panel_title", { count: status.errors })];
      return ["good", say("ready")];
    };
    const draw = () => {
      const page = status.page;
      const [light, meaning] = state();
      const notes = page.problems || [];
      const following = keep.get("follow") === "1";
      bar.className = `bar ${keep.get("hidden") === "1" ? "small" : ""}`;
      fill(bar,
        make("button", {
          class: `light ${light}`, type: "button", title: `${meaning} — ${say(bar.classList.contains("small") ? "show" : "hide")}`,
          "aria-label": meaning,
          click: () => { keep.set("hidden", keep.get("hidden") === "1" ? null : "1"); draw(); },
        }, make("i")),
        page.state ? make("span", { class: `state ${page.state}` }, say(page.state)) : null,
        page.source
          ? make("code", { class: "source", title: page.source },
              make("span", { class: "folder" }, page.source.slice(0, page.source.lastIndexOf("/") + 1)),
              make("span", { class: "file" }, page.source.slice(page.source.lastIndexOf("/") + 1)))
          : make("span", { class: "source quiet" }, offline ? say("offline") : say("generated")),
        page.source ? make("button", {
          class: "copy", type: "button",
          click: async (event) => {
            const button = event.currentTarget;
            await copy(page.source);
            button.textContent = say("copied");
            setTimeout(() => { button.textContent = say("copy"); }, 1200);
          },
        }, say("copy")) : null,
        page.editor ? make("a", { class: "edit", href: page.editor }, say("edit")) : null,
        page.words != null ? make("span", { class: "words" }, say("words", { count: count(page.words) })) : null,
        make("span", { class: "gap" }),
        notes.length
          ? make("button", {
              class: `notes ${notes.some((note) => note.severity === "error") ? "error" : "warning"}`,
              type: "button", "aria-expanded": String(!list.hidden),
              click: () => { list.hidden = !list.hidden; draw(); },
            }, say("problems", { count: notes.length }))
          : page.source ? make("span", { class: "notes none" }, say("no_problems")) : null,
        make("label", { class: "follow", title: say("follow_hint") },
          make("input", {
            type: "checkbox", checked: following,
            change: (event) => keep.set("follow", event.target.checked ? "1" : null),
          }), say("follow")),
        make("a", { class: "desk", href: "/__gazette/" }, say("desk")),
      );
      if (!notes.length) list.hidden = true;
      list.replaceChildren(make("ul", {}, ...notes.map(problem)));
      document.documentElement.style.setProperty("scroll-padding-bottom", "40px");
    };

    // The panel
    const drawPanel = () => {
      const faults = status.problems || [];
      panel.hidden = status.published || status.building && panel.hidden;
      if (panel.hidden) { folded = false; return; }
      const more = status.errors - faults.length;
      panel.className = `panel ${folded ? "folded" : ""}`;
      fill(panel,
        make("header", {},
          make("h2", {}, say("panel_title", { count: status.errors })),
          make("button", {
            type: "button", "aria-expanded": String(!folded),
            click: () => { folded = !folded; drawPanel(); },
          }, say(folded ? "panel_unfold" : "panel_fold"))),
        folded ? null : make("ul", {}, ...faults.map(problem)),
        !folded && more > 0 ? make("p", { class: "more" }, say("panel_more", { count: more })) : null,
        folded ? null : make("p", { class: "note" }, say("panel_note")),
      );
    };

    let bound = "";
    const handle = (message) => {
      offline = false;
      if (message.command === "reload") {
        if (message.liveCSS && message.swap) swap(message.swap);
        else if (bound) return;  // this page is being left, and loading it again would call that off
        else { reload(); return; }
      } else if (message.command === "status") {
        status = message;
        drawPanel();
      } else if (message.command === "building") {
        status.building = true;
      } else if (message.command === "saved" && keep.get("follow") === "1") {
        if (decodeURI(location.pathname) !== decodeURI(message.href) && bound !== message.href) {
          bound = message.href;
          location.assign(bound);
        }
      }
      draw();
    };
    restore();
    draw();
    drawPanel();
    connect(handle, () => { offline = true; draw(); });
  };

  const script = document.createElement("script");
  script.src = "/__gazette/static/common.js";
  script.addEventListener("load", start);
  document.head.append(script);
})();
