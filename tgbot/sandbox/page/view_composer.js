// Where a person writes: the text box with its buttons, the command menu, editing and answering.

import { hasMouse, iconButton, newId, node, show } from "./dom.js";
import { InlineSearch } from "./inline_search.js";
import { quoteOf } from "./view_message.js";
import { ReplyKeyboard, wantedBelow } from "./view_reply_keyboard.js";
import { Suggestions } from "./view_suggestions.js";

const TALLEST = 160; // pixels of the text box

/** The foot of a chat. */
export class Composer {
  constructor(acts, store, chatId) {
    this.acts = acts;
    this.store = store;
    this.chatId = chatId;
    this.editing = null;
    this.isPassing = false;
    this.dismissed = 0;
    this.keyState = "";
    this.wanted = wantedBelow([], 0);
    this.box = node("textarea", {
      rows: 1, "aria-label": "Write a message", placeholder: "Message", enterkeyhint: "send", autocomplete: "off",
      id: newId("box"), dir: "auto", oninput: () => this.#typed(), onkeydown: (event) => this.#key(event),
    });
    this.suggestions = new Suggestions(this.box);
    this.search = new InlineSearch({
      username: () => store.bot.username, ask: acts.findInline, suggestions: this.suggestions,
      choose: (result) => this.#clear() && acts.chooseInline(result),
    });
    this.keys = new ReplyKeyboard(acts);
    this.#build();
    this.refresh();
  }

  #build() {
    this.menu = iconButton("menu", "Commands", () => this.#toggleCommands(), { class: "menu-button" });
    this.keyboardButton = iconButton("keyboard", "Keyboard from the bot", () => this.#showKeys(this.keys.root.hidden));
    this.extras = [
      this.keyboardButton,
      iconButton("sticker", "Send a sticker", () => this.acts.sendSticker()),
      iconButton("pin", "Share a location", () => this.acts.shareLocation()),
    ];
    this.sendButton = iconButton("send", "Send", null, { type: "submit", class: "send" });
    this.context = node("div", { class: "context", hidden: true });
    const line = node("div", { class: "line" }, this.menu, this.box, this.extras, this.sendButton);
    this.form = node("form", { class: "composer", onsubmit: (event) => this.#submit(event) }, this.suggestions.root, this.context, line, this.keys.root);
    this.gateButton = node("button", { type: "button", class: "primary big", onclick: () => this.#passGate() });
    this.gate = node("div", { class: "gate" }, this.gateButton);
    this.root = node("div", { class: "foot", onfocusout: (event) => this.#left(event) }, this.form, this.gate);
  }

  /** Fit everything to the present state of the chat. */
  refresh() {
    const thread = this.store.thread(this.chatId);
    const person = this.store.people.get(this.chatId);
    const gate = person?.blocked ? "Unblock the bot" : person && thread.length === 0 ? "Start" : "";
    if (gate) this.gateButton.textContent = gate;
    const opens = this.isPassing && !gate;
    show(this.gate, Boolean(gate));
    show(this.form, !gate);
    if (opens) this.#opened();
    show(this.menu, this.store.commands.length > 0);
    this.wanted = wantedBelow(thread, this.store.bot.id);
    if (this.editing && !thread.includes(this.editing)) this.#stopEditing();
    this.#refreshKeyboard();
    this.#refreshContext();
    this.#fit();
  }

  /** Put the focus into the text box, or on the one button when there is no box. */
  focus() {
    (this.form.hidden ? this.gateButton : this.box).focus();
  }

  /** Put text into the box as if it had been typed. */
  write(text) {
    this.search.reset();
    this.box.value = text;
    this.box.focus();
    this.box.setSelectionRange(text.length, text.length);
    this.#typed();
  }

  /** Change the newest text that this person wrote; false when there is none. */
  editLast(personId) {
    const own = this.store.thread(this.chatId).filter((message) => message.from?.id === personId && message.text && !message.via_bot);
    const message = own.at(-1);
    if (!message) return false;
    this.editing = message;
    this.write(message.text);
    this.suggestions.hide();
    this.#refreshContext();
    return true;
  }

  /** Close what is open, one thing at a time; false when nothing was. */
  escape() {
    if (this.suggestions.hide()) return true;
    if (this.editing) {
      this.#stopEditing();
    } else if (this.#isAnswering()) {
      this.dismissed = this.wanted.id;
    } else {
      return false;
    }
    this.#refreshContext();
    return true;
  }

  #typed() {
    this.#fit();
    const text = this.box.value;
    if (this.editing || !this.search.watch(text)) {
      const found = !this.editing && /^\/\w*$/.test(text) ? this.#commands(text.slice(1)) : [];
      if (found.length > 0) this.#showCommands(found);
      else this.suggestions.hide();
    }
  }

  #commands(start) {
    const low = start.toLowerCase();
    return this.store.commands.filter(({ command }) => command.startsWith(low));
  }

  #showCommands(commands) {
    const items = commands.map(({ command, description }) => ({ title: `/${command}`, detail: description }));
    this.suggestions.show("Commands", items, (item) => this.#clear() && this.acts.say(item.title), "commands");
  }

  #toggleCommands() {
    if (this.suggestions.hide()) return;
    this.#showCommands(this.store.commands);
    this.suggestions.focus(this.menu);
  }

  #key(event) {
    if (event.isComposing || this.suggestions.key(event)) return;
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    const done = {
      Enter: () => isPlain && this.form.requestSubmit() === undefined,
      Escape: () => this.escape(),
      ArrowUp: () => isPlain && this.box.value === "" && this.acts.editLast(),
      Tab: () => isPlain && this.#complete(),
    }[event.key]?.();
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Tab writes the command out, to add words to it. */
  #complete() {
    const item = this.suggestions.current;
    if (!item?.title.startsWith("/")) return false;
    this.suggestions.hide();
    this.box.value = `${item.title} `;
    this.#fit();
    return true;
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.box.value.trim();
    if (text === "") return;
    const extra = this.editing ? { edit_message_id: this.editing.message_id } : this.#answered();
    const { editing } = this;
    this.#clear();
    if (await this.acts.say(text, extra)) return;
    if (this.box.value !== "") return;
    this.box.value = text;
    this.editing = editing;
    this.refresh();
  }

  #answered() {
    return this.#isAnswering() ? { reply_to_message_id: this.wanted.force.message.message_id } : {};
  }

  #isAnswering() {
    return Boolean(this.wanted.force) && this.dismissed !== this.wanted.id;
  }

  /** Empty the box; always true, so that an act can follow. */
  #clear() {
    this.editing = null;
    this.box.value = "";
    this.search.reset();
    this.suggestions.hide();
    this.#refreshContext();
    this.#fit();
    return true;
  }

  #stopEditing() {
    this.editing = null;
    this.box.value = "";
    this.#fit();
  }

  #refreshContext() {
    const answers = this.#isAnswering() ? this.wanted.force.message : null;
    const shown = this.editing ?? answers;
    show(this.context, Boolean(shown));
    if (!shown) return;
    const words = this.editing ? quoteOf(shown, "edit", "Edit your message") : quoteOf(shown, "reply", `Answer ${shown.from.first_name}`);
    const cancel = iconButton("close", this.editing ? "Stop editing" : "Do not answer", () => this.escape() && this.box.focus());
    this.context.replaceChildren(...words, cancel);
  }

  #refreshKeyboard() {
    const { id, keyboard, usedUp, force } = this.wanted;
    const state = `${id} ${usedUp}`;
    this.box.placeholder = (keyboard ?? force?.markup)?.input_field_placeholder ?? "Message";
    show(this.keyboardButton, Boolean(keyboard));
    if (state === this.keyState) return;
    this.keyState = state;
    if (keyboard) this.keys.show(keyboard);
    this.#showKeys(Boolean(keyboard) && !usedUp);
  }

  #showKeys(visible) {
    if (!visible && this.keys.root.contains(document.activeElement)) this.box.focus();
    show(this.keys.root, visible);
    this.keyboardButton.setAttribute("aria-expanded", String(visible));
  }

  async #passGate() {
    this.isPassing = true;
    await (this.gateButton.textContent === "Start" ? this.acts.say("/start") : this.acts.unblock());
  }

  /** The button had the focus and is gone: the box takes it where that opens no keyboard. */
  #opened() {
    this.isPassing = false;
    if (hasMouse()) this.box.focus();
    else this.menu.focus();
  }

  /** The box grows with its text; buttons that a text does not need make room for it. */
  #fit() {
    const isEmpty = this.box.value === "";
    this.form.classList.toggle("writing", !isEmpty);
    this.sendButton.setAttribute("aria-label", this.editing ? "Save" : "Send");
    this.box.style.height = "auto";
    if (!isEmpty) this.box.style.height = `${Math.min(this.box.scrollHeight, TALLEST)}px`;
  }

  #left(event) {
    if (event.relatedTarget && !this.root.contains(event.relatedTarget)) this.suggestions.hide();
  }
}
