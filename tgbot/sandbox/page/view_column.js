// One chat of one person with the bot: head, messages, foot.

import { Answers, actsFor } from "./chat_acts.js";
import { avatar, icon, iconButton, newId, node, show } from "./dom.js";
import { clockTime } from "./times.js";
import { Composer } from "./view_composer.js";
import { Log } from "./view_log.js";
import { menuButton } from "./view_menu.js";
import { typingDots } from "./view_message.js";
import { Toast, openAlert } from "./view_notice.js";

const TYPING_STAYS = 5500; // milliseconds; Telegram's own is about five seconds
const DOING = { typing: "is writing", upload_photo: "is sending a picture", upload_video: "is sending an animation", upload_document: "is sending a file" };

/** A chat as the page shows it; it lives on while it is not shown. */
export class Column {
  constructor(app, chatId) {
    this.app = app;
    this.store = app.store;
    this.chatId = chatId;
    this.spokesman = null;
    this.answers = new Answers();
    this.toast = new Toast();
    this.acts = { ...actsFor(this, app), editLast: () => this.composer.editLast(this.speaker()) };
    const setting = { acts: this.acts, bot: this.store.bot, isGroup: this.chat.type !== "private" };
    this.newer = node("button", { type: "button", class: "newer", hidden: true, "aria-label": "More below", title: "More below", onclick: () => this.log.toBottom() }, icon("down"));
    this.log = new Log(setting, (waiting) => show(this.newer, waiting));
    this.composer = new Composer(this.acts, this.store, chatId);
    this.empty = node("div", { class: "empty" });
    this.#buildHead();
    const middle = node("div", { class: "middle" }, this.log.root, this.empty, this.newer, this.toast.root);
    this.root = node("section", { class: "column", "aria-labelledby": this.title.id, onkeydown: (event) => this.#key(event) }, this.head, middle, this.composer.root);
    this.reset();
  }

  /** The chat as the store knows it now. */
  get chat() {
    return this.store.chats.get(this.chatId) ?? { id: this.chatId, type: "private", title: "", members: [] };
  }

  /** Return the id of the person who writes here. */
  speaker() {
    if (this.chat.type === "private") return this.store.people.get(this.chatId)?.id ?? this.chatId;
    return this.chat.members.includes(this.spokesman) ? this.spokesman : this.chat.members[0];
  }

  /** Show a short note over the messages. */
  notice(text, isError = false) {
    this.toast.show(text, isError);
  }

  /** Build everything from the store again, keeping what did not change. */
  reset() {
    this.log.show(this.store.thread(this.chatId));
    this.composer.refresh();
    this.#refreshHead();
  }

  /** Take in one event of this chat. */
  hear(event, isShown) {
    if (event.type === "message" || event.type === "edited") {
      this.log.put(event.message, isShown);
      if (event.message.from?.id === this.store.bot.id) this.#stopTyping();
    } else if (event.type === "deleted") {
      this.log.remove(event.message_id);
    } else if (event.type === "typing") {
      this.#showTyping(event.action);
    } else if (event.type === "callback_answer") {
      this.#answer(event, isShown);
    }
    if (event.type !== "typing") this.composer.refresh();
    this.#refreshHead();
  }

  /** Show the bot's present time in the head, which a narrow screen needs. */
  showTime(date) {
    const time = clockTime(date);
    if (this.clockToggle.lastChild.textContent === time) return;
    this.clockToggle.lastChild.textContent = time;
    this.clockToggle.setAttribute("aria-label", `Bot clock, ${time}`);
  }

  #answer(event, isShown) {
    this.answers.arrive(event.callback_id);
    if (!event.text || !isShown) return;
    if (event.show_alert) openAlert(this.store.bot.first_name, event.text);
    else this.toast.show(event.text);
  }

  #buildHead() {
    this.title = node("h2", { id: newId("chat") });
    this.status = node("p", { class: "status" });
    this.voices = node("select", { "aria-label": "Who writes", onchange: () => { this.spokesman = Number(this.voices.value); } });
    this.faces = [node("span", { class: "face" }), node("span", { class: "face" })];
    const panelToggle = (name, label, ...inside) => node("button", {
      type: "button", class: `${name}-toggle`, "aria-label": label, "aria-controls": name, "aria-expanded": "false",
      onclick: (event) => this.app.togglePanel(name, event.currentTarget),
    }, inside);
    this.peopleToggle = panelToggle("people", "Choose another person", this.faces[0], icon("down"));
    this.clockToggle = panelToggle("clock", "Bot clock", icon("clock"), node("span", {}));
    this.closeButton = iconButton("close", "Close this chat", () => this.app.closeChat(this.chatId), { class: "close-chat" });
    const who = node("div", { class: "who" }, this.title, this.status, this.voices);
    this.head = node("header", { class: "chat-head" }, this.peopleToggle, node("div", { class: "wide-face" }, this.faces[1]), who, this.clockToggle, menuButton("Chat options", () => this.#options()), this.closeButton);
  }

  #refreshHead() {
    const { title, members, type } = this.chat;
    const bot = this.store.bot.first_name;
    if (this.title.textContent !== title) {
      this.title.textContent = title;
      for (const face of this.faces) face.replaceChildren(avatar(title, this.chatId));
    }
    show(this.voices, type !== "private");
    if (this.voices.length !== members.length) {
      this.voices.replaceChildren(...members.map((id) => node("option", { value: id }, `Write as ${this.store.people.get(id)?.first_name ?? id}`)));
    }
    const isBlocked = this.store.people.get(this.chatId)?.blocked;
    if (!this.typing) this.status.textContent = isBlocked ? `has blocked ${bot}` : type === "private" ? `with ${bot}` : `group with ${bot}`;
    const isEmpty = this.store.thread(this.chatId).length === 0;
    show(this.empty, isEmpty);
    if (isEmpty) this.empty.replaceChildren(...this.#emptyWords(type, isBlocked));
  }

  #emptyWords(type, isBlocked) {
    const bot = this.store.bot.first_name;
    const words = isBlocked
      ? `${this.chat.title} has blocked ${bot}. It cannot write here.`
      : type === "private" ? "Press Start to say hello. This is a place to try things out." : "Nobody has written here yet.";
    const mark = node("img", { src: "/page/icon.svg", alt: "", width: 72, height: 72 });
    return [mark, node("p", { class: "empty-title" }, bot), node("p", {}, words)];
  }

  #options() {
    const person = this.store.people.get(this.chatId);
    const all = [{ icon: "edit", text: "Edit my last message", act: () => this.acts.editLast() || this.notice("There is no message of yours to edit.") }];
    if (person) {
      const block = { icon: "block", text: "Block the bot", act: () => this.acts.block() };
      const unblock = { icon: "reply", text: "Unblock the bot", act: () => this.acts.unblock() };
      all.push(person.blocked ? unblock : block);
    }
    return all;
  }

  #showTyping(action) {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.#stopTyping(), TYPING_STAYS);
    this.status.replaceChildren(`${this.store.bot.first_name} ${DOING[action] ?? "is busy"}`, typingDots());
  }

  #stopTyping() {
    clearTimeout(this.typing);
    this.typing = 0;
    this.#refreshHead();
  }

  #key(event) {
    if (event.key !== "Escape") return;
    const isDone = this.toast.hide() || this.composer.escape();
    if (!isDone) this.composer.focus();
    event.preventDefault();
  }
}
