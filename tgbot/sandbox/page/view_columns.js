// Which chats are open side by side: as many as the screen and the size of the text allow.

import { hasMouse } from "./dom.js";
import { Column } from "./view_column.js";

const WIDE = 46; // widths in rem, so that large text counts as a small screen
const COLUMN = 19.5;
const MOST_COLUMNS = 3;
const KEY = "surefoot.open";

/** The open chats, the one used last at the end. */
export class Columns {
  constructor(app, root, frame) {
    this.app = app;
    this.root = root;
    this.frame = frame;
    this.all = new Map();
    this.open = remembered();
    this.shown = [];
    this.room = 1;
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(frame);
    observer.observe(document.getElementById("ruler"));
    root.addEventListener("focusin", (event) => this.#used(event.target));
    this.#measure();
  }

  /** Whether people can see this chat now. */
  isShown(chatId) {
    return this.shown.includes(chatId);
  }

  /** Return the column of a chat, made when it is new. */
  column(chatId) {
    if (!this.all.has(chatId)) this.all.set(chatId, new Column(this.app, chatId));
    return this.all.get(chatId);
  }

  /** Open a chat and return its column. */
  show(chatId) {
    this.open = [...this.open.filter((id) => id !== chatId), chatId];
    this.render();
    const column = this.column(chatId);
    if (hasMouse()) column.composer.focus();
    return column;
  }

  /** Close a chat. */
  close(chatId) {
    this.open = this.open.filter((id) => id !== chatId);
    this.render();
    this.column(this.shown.at(-1))?.composer.focus();
  }

  /** Start again after the whole state was read: chats that are gone go, the rest is refreshed. */
  reset() {
    const known = this.app.store.chats;
    for (const [id, column] of this.all) {
      if (known.has(id)) column.reset();
      else this.all.delete(id);
    }
    this.open = this.open.filter((id) => known.has(id));
    if (this.open.length === 0) this.open = this.app.store.listed().slice(0, this.room).map((chat) => chat.id).reverse();
    this.render();
  }

  /** Put the columns on the page in the order of the list of people. */
  render() {
    const chosen = new Set(this.open.slice(-this.room));
    const order = this.app.store.listed().map((chat) => chat.id).filter((id) => chosen.has(id));
    remember(this.open);
    if (order.length > 0 && same(order, this.shown) && this.root.querySelector(".column")) return;
    this.shown = order;
    this.root.replaceChildren(...(order.length > 0 ? order.map((id) => this.column(id).root) : this.app.welcome()));
    this.frame.dataset.columns = order.length;
    for (const id of order) if (this.column(id).log.stuck) this.column(id).log.toBottom();
    this.app.shownChanged();
  }

  #used(target) {
    const id = this.shown.find((chatId) => this.column(chatId).root.contains(target));
    if (id !== undefined) this.open = [...this.open.filter((other) => other !== id), id];
  }

  #measure() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const width = this.frame.clientWidth / rem;
    const isWide = width >= WIDE;
    this.frame.toggleAttribute("data-wide", isWide);
    if (isWide) this.app.closePanel();
    const room = isWide ? Math.max(1, Math.min(MOST_COLUMNS, Math.floor((this.root.clientWidth / rem) / COLUMN))) : 1;
    if (room === this.room) return;
    this.room = room;
    if (this.app.isLoaded) this.render();
  }
}

function same(a, b) {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

function remembered() {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(ids) ? ids : [];
  } catch {
    return [];
  }
}

function remember(ids) {
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // A browser that stores nothing just forgets which chats were open.
  }
}
