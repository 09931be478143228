// The keyboard that the bot puts below the text box, and its request for an answer.

import { icon, node } from "./dom.js";

const MARKS = { request_location: "pin" };

/** Return what the newest markup of a thread asks for: {keyboard, force, usedUp}. */
export function wantedBelow(messages, botId) {
  let asked = null;
  let isUsed = false;
  for (const message of messages) {
    const markup = message.reply_markup ?? {};
    const isFromBot = message.from?.id === botId;
    if (isFromBot && (markup.keyboard || markup.remove_keyboard || markup.force_reply)) {
      asked = { markup, message };
      isUsed = false;
    } else if (!isFromBot && asked) {
      isUsed = true;
    }
  }
  const markup = asked?.markup ?? {};
  return {
    id: asked?.message.message_id ?? 0,
    keyboard: markup.keyboard ? markup : null,
    force: markup.force_reply && !isUsed ? asked : null,
    usedUp: Boolean(markup.one_time_keyboard && isUsed),
  };
}

/** The rows of buttons below the text box. */
export class ReplyKeyboard {
  constructor(acts) {
    this.acts = acts;
    this.root = node("div", { class: "reply-keys", role: "group", "aria-label": "Keyboard from the bot", hidden: true });
  }

  /** Show a ReplyKeyboardMarkup. */
  show(markup) {
    this.root.classList.toggle("tall", !markup.resize_keyboard);
    this.root.replaceChildren(...markup.keyboard.map((row) => node("div", { class: "key-row" }, row.map((button) => this.#key(button)))));
    this.root.hidden = false;
  }

  /** Put it away. */
  hide() {
    this.root.hidden = true;
  }

  #key(button) {
    const kind = Object.keys(button).find((name) => name.startsWith("request_") || name === "web_app");
    const mark = MARKS[kind];
    return node("button", { type: "button", class: "key", "data-kind": button.style ?? "plain", onclick: () => this.#press(button, kind) },
      mark ? icon(mark) : null, node("span", { dir: "auto" }, button.text));
  }

  #press(button, kind) {
    if (kind === "request_location") this.acts.shareLocation();
    else if (kind) this.acts.notice("This button only works in Telegram.");
    else this.acts.say(button.text);
  }
}
