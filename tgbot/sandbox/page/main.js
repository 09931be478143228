// The chat page: joins the store, the stream of events and what is seen.

import { follow } from "./api.js";
import { announce } from "./dom.js";
import { Store } from "./store.js";
import { ClockPanel } from "./view_clock.js";
import { Columns } from "./view_columns.js";
import { People, welcome } from "./view_people.js";

const TICK = 1000; // milliseconds
const LOST = "Connection lost. Trying again…";

const byId = (id) => document.getElementById(id);

/** What the parts of the page ask of each other. */
class App {
  constructor() {
    this.frame = byId("app");
    this.chats = byId("chats");
    this.store = new Store();
    this.opener = null;
    this.isLoaded = false;
    this.openChat = this.openChat.bind(this);
    this.people = new People(this, byId("people"));
    this.clock = new ClockPanel(this, byId("clock"));
    this.columns = new Columns(this, this.chats, this.frame);
    this.store.subscribe((event) => this.#hear(event));
    byId("scrim").addEventListener("click", () => this.closePanel());
    byId("skip").addEventListener("click", (event) => this.#skip(event));
    byId("side").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closePanel();
    });
    setInterval(() => this.#tick(), TICK);
    follow(this.store, (isConnected) => this.#connected(isConnected));
  }

  /** Open a chat and return its column. */
  openChat(chatId) {
    this.closePanel();
    return this.columns.show(chatId);
  }

  closeChat(chatId) {
    this.columns.close(chatId);
  }

  isShown(chatId) {
    return this.columns.isShown(chatId);
  }

  /** Return what stands in place of chats. */
  welcome() {
    return welcome(this);
  }

  /** Hear that other chats are shown now. */
  shownChanged() {
    this.people.render();
    this.#tick();
  }

  /** On a narrow screen: show the people or the clock over the chat, or put them away. */
  togglePanel(name, opener) {
    const isOpen = this.frame.dataset.panel === name;
    this.closePanel();
    if (isOpen) return;
    this.opener = opener;
    opener.setAttribute("aria-expanded", "true");
    this.frame.dataset.panel = name;
    this.chats.inert = true;
    byId(name).querySelector("button:not([hidden])")?.focus();
  }

  /** Put the panel of a narrow screen away. */
  closePanel() {
    if (this.frame.dataset.panel === "none") return;
    this.frame.dataset.panel = "none";
    this.chats.inert = false;
    this.opener?.setAttribute("aria-expanded", "false");
    this.opener?.focus();
    this.opener = null;
  }

  #hear(event) {
    if (event.type === "reset") {
      this.isLoaded = true;
      const { first_name: name } = this.store.bot;
      byId("brand-name").textContent = name;
      document.title = `${name} sandbox`;
      this.columns.reset();
    } else if (event.type === "commands" || event.type === "person" || event.type === "chat") {
      for (const column of this.columns.all.values()) column.reset();
      if (this.columns.shown.length === 0) this.columns.reset();
    } else if (event.chat_id !== undefined) {
      this.#hearChat(event);
    }
    this.people.render();
    this.#tick();
  }

  #hearChat(event) {
    const isShown = this.isShown(event.chat_id);
    this.columns.column(event.chat_id).hear(event, isShown);
    if (isShown || event.type !== "message" || event.message.from?.id !== this.store.bot.id) return;
    this.people.count(event.chat_id);
    announce(`New message for ${this.store.chats.get(event.chat_id)?.title ?? "somebody"}.`);
  }

  #connected(isConnected) {
    const banner = byId("banner");
    const wasLost = !banner.hidden;
    banner.hidden = isConnected;
    banner.textContent = isConnected ? "" : LOST;
    if (isConnected && wasLost) announce("Connected again.");
  }

  #tick() {
    if (!this.isLoaded) return;
    this.clock.render();
    for (const id of this.columns.shown) this.columns.column(id).showTime(this.store.now());
  }

  #skip(event) {
    event.preventDefault();
    const [first] = this.columns.shown;
    if (first === undefined) this.chats.focus();
    else this.columns.column(first).composer.focus();
  }
}

new App();
