// A button that opens a short list of things to do.

import { icon, iconButton, node } from "./dom.js";

/** Return a menu button; `items()` gives [{icon, text, act}] at the moment it opens. */
export function menuButton(label, items) {
  const list = node("div", { class: "menu", role: "menu", "aria-label": label, hidden: true });
  const button = iconButton("more", label, () => (list.hidden ? open() : close()), { "aria-haspopup": "menu", "aria-expanded": "false" });
  const root = node("div", { class: "menu-place", onkeydown: onKey, onfocusout: onLeave }, button, list);

  function open() {
    list.replaceChildren(...items().map(({ icon: name, text, act }) =>
      node("button", { type: "button", role: "menuitem", tabindex: -1, onclick: () => { close(); act(); } }, icon(name), text)));
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    list.firstElementChild?.focus();
  }

  function close() {
    if (list.hidden) return;
    const hadFocus = list.contains(document.activeElement);
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (hadFocus) button.focus();
  }

  function onLeave(event) {
    if (!root.contains(event.relatedTarget)) close();
  }

  function onKey(event) {
    if (list.hidden) return;
    const entries = [...list.children];
    const at = entries.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (next !== undefined) entries.at(next % entries.length).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return root;
}
