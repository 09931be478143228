// The messages of one chat, oldest first: keeps its place while messages come, change and vanish.

import { announce, node, show } from "./dom.js";
import { dayName, fromUnix } from "./times.js";
import { MessageView } from "./view_message.js";

const NEAR = 48; // pixels from the bottom that still count as the bottom
const TOP_GAP = 12;

/** The scrolling list of bubbles. */
export class Log {
  constructor(setting, onLatest) {
    this.setting = setting;
    this.views = new Map();
    this.stuck = true;
    this.list = node("div", { class: "bubbles" });
    this.root = node("div", {
      class: "log", role: "log", "aria-live": "off", "aria-label": "Messages", tabindex: 0,
      onscroll: () => this.#scrolled(),
    }, this.list);
    this.onLatest = onLatest;
    this.size = "";
    const observer = new ResizeObserver(() => {
      this.size = this.#measure();
      if (this.stuck) this.toBottom();
    });
    observer.observe(this.root);
    observer.observe(this.list);
  }

  /** Make the list show exactly `messages`. */
  show(messages) {
    const wanted = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.views.keys()]) if (!wanted.has(id)) this.#drop(id);
    this.#keepPlace(() => messages.forEach((message) => this.#put(message)));
    this.#nameDays();
  }

  /** Add a new message or change one that is there; new ones are announced when `aloud`. */
  put(message, aloud) {
    const isNew = !this.views.has(message.message_id);
    const wasStuck = this.stuck;
    this.#keepPlace(() => this.#put(message));
    this.#nameDays();
    const view = this.views.get(message.message_id);
    if (aloud && !view.isOwn) announce(isNew ? view.spoken() : `Changed. ${view.spoken()}`);
    if (view.isOwn && isNew) this.toBottom();
    else if (wasStuck) this.#reveal(view.root);
    else if (isNew) this.onLatest(true);
  }

  /** Take a message away. */
  remove(id) {
    this.#keepPlace(() => this.#drop(id));
    this.#nameDays();
  }

  /** Go to the newest message. */
  toBottom() {
    this.root.scrollTop = this.root.scrollHeight;
    this.stuck = true;
    this.onLatest(false);
  }

  #put(message) {
    const known = this.views.get(message.message_id);
    if (known) {
      if (JSON.stringify(known.message) !== JSON.stringify(message)) known.update(message);
      return;
    }
    const view = new MessageView(message, this.setting);
    const later = [...this.views.entries()].filter(([id]) => id > message.message_id).sort(([a], [b]) => a - b)[0];
    this.list.insertBefore(view.root, later ? later[1].root : null);
    this.views.set(message.message_id, view);
  }

  #drop(id) {
    const view = this.views.get(id);
    if (!view) return;
    const hadFocus = view.root.contains(document.activeElement);
    view.root.remove();
    this.views.delete(id);
    if (hadFocus) this.root.focus({ preventScroll: true });
  }

  /** Keep what the person reads where it is while `change` alters the list. */
  #keepPlace(change) {
    const top = this.root.getBoundingClientRect().top;
    const anchor = this.stuck ? null : [...this.views.values()].find((view) => view.root.getBoundingClientRect().bottom > top);
    const before = anchor?.root.getBoundingClientRect().top;
    change();
    if (anchor?.root.isConnected) this.root.scrollTop += anchor.root.getBoundingClientRect().top - before;
    else if (this.stuck) this.root.scrollTop = this.root.scrollHeight;
  }

  /** Show a message from its beginning: one that is taller than the list must not start out of sight. */
  #reveal(element) {
    const bottom = this.root.scrollHeight - this.root.clientHeight;
    const top = element.offsetTop - this.list.offsetTop - TOP_GAP;
    this.root.scrollTop = Math.min(bottom, Math.max(0, top));
    this.stuck = bottom - this.root.scrollTop <= NEAR;
    this.onLatest(!this.stuck);
  }

  #measure() {
    return `${this.root.scrollHeight} ${this.root.clientHeight}`;
  }

  /** Only a person's own scrolling counts, not one that a change of size brought about. */
  #scrolled() {
    if (this.size !== this.#measure()) return;
    const { scrollHeight, scrollTop, clientHeight } = this.root;
    this.stuck = scrollHeight - scrollTop - clientHeight <= NEAR;
    if (this.stuck) this.onLatest(false);
  }

  #nameDays() {
    let day = "";
    let sender = null;
    const ordered = [...this.views.entries()].sort(([a], [b]) => a - b);
    for (const [, view] of ordered) {
      const own = dayName(fromUnix(view.message.date));
      const isFirst = own !== day;
      view.nameDay(isFirst);
      view.article.classList.toggle("joined", !isFirst && sender === view.sender);
      day = own;
      sender = view.sender;
    }
    show(this.list, ordered.length > 0);
  }
}
