// A list over the text box to pick from: commands, or the results of an inline query.

import { announce, newId, node } from "./dom.js";

/** A list box that is steered from the text box, or holds the focus itself. */
export class Suggestions {
  constructor(box) {
    this.box = box;
    this.items = [];
    this.active = -1;
    this.pick = null;
    this.back = null;
    this.note = node("p", { class: "suggestion-note", role: "status", hidden: true });
    this.list = node("ul", {
      role: "listbox", id: newId("suggestions"), tabindex: -1, hidden: true,
      onkeydown: (event) => this.key(event) && event.stopPropagation(),
    });
    this.root = node("div", { class: "suggestions", hidden: true }, this.note, this.list);
    box.setAttribute("aria-controls", this.list.id);
    box.setAttribute("aria-autocomplete", "list");
  }

  /** Whether there is something to pick. */
  get isOpen() {
    return !this.root.hidden && this.items.length > 0;
  }

  /** Show `items` ({title, detail}); `pick(item)` is called with the chosen one. */
  show(label, items, pick, counted) {
    const changed = items.length !== this.items.length;
    this.items = items;
    this.pick = pick;
    this.list.setAttribute("aria-label", label);
    this.list.replaceChildren(...items.map((item, index) => this.#option(item, index)));
    this.list.hidden = items.length === 0;
    this.note.hidden = true;
    this.root.hidden = items.length === 0;
    this.#activate(0);
    if (changed && items.length > 0) announce(`${items.length} ${counted}. Use the arrow keys, then Enter.`);
  }

  /** Show a sentence instead of a list. */
  say(text) {
    this.items = [];
    this.list.replaceChildren();
    this.list.hidden = true;
    this.note.textContent = text;
    this.note.hidden = false;
    this.root.hidden = false;
    this.#activate(-1);
  }

  /** Let the list hold the focus until it closes; then `back` gets it. */
  focus(back) {
    this.back = back;
    this.list.focus();
  }

  /** Close; false when nothing was open. */
  hide() {
    if (this.root.hidden) return false;
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = true;
    this.items = [];
    this.box.removeAttribute("aria-activedescendant");
    if (hadFocus) (this.back ?? this.box).focus();
    this.back = null;
    return true;
  }

  /** Use a key; true when it was for the list. */
  key(event) {
    if (event.key === "Escape") return this.hide() && stop(event);
    if (!this.isOpen) return false;
    const last = this.items.length - 1;
    const next = { ArrowDown: this.active === last ? 0 : this.active + 1, ArrowUp: this.active <= 0 ? last : this.active - 1 }[event.key];
    if (next !== undefined) this.#activate(next);
    else if (event.key === "Enter" && !event.shiftKey && this.active >= 0) this.#choose(this.active);
    else return false;
    return stop(event);
  }

  /** Return the item that Enter would choose. */
  get current() {
    return this.isOpen ? this.items[this.active] : undefined;
  }

  #option(item, index) {
    const detail = item.detail ? node("span", { class: "detail" }, item.detail) : null;
    const onclick = () => this.#choose(index);
    return node("li", { role: "option", id: newId("option"), "aria-selected": "false", onclick }, node("b", {}, item.title), detail);
  }

  #choose(index) {
    const item = this.items[index];
    const pick = this.pick;
    this.hide();
    pick(item);
  }

  #activate(index) {
    this.active = index < this.items.length ? index : -1;
    const options = [...this.list.children];
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.active)));
    const chosen = options[this.active];
    for (const owner of [this.box, this.list]) {
      if (chosen) owner.setAttribute("aria-activedescendant", chosen.id);
      else owner.removeAttribute("aria-activedescendant");
    }
    chosen?.scrollIntoView({ block: "nearest" });
  }
}

function stop(event) {
  event.preventDefault();
  return true;
}
