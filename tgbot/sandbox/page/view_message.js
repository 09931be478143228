// One message as a bubble that can change in place.

import { icon, node } from "./dom.js";
import { formatted } from "./entities.js";
import { clockTime, dayName, fromUnix } from "./times.js";
import { InlineKeys } from "./view_keys.js";
import { media, mediaKey } from "./view_media.js";

const SERVICE_FIELDS = new Set([
  "message_id", "from", "sender_chat", "chat", "date", "edit_date", "via_bot", "files", "reply_markup",
  "reply_to_message", "has_protected_content", "link_preview_options", "show_caption_above_media", "entities",
]);

/** The bubble of one message with its buttons; `root` also holds the line that names the day. */
export class MessageView {
  constructor(message, { acts, bot, isGroup }) {
    this.acts = acts;
    this.isOwn = message.from?.id !== bot.id;
    this.sender = message.from?.first_name ?? message.sender_chat?.title ?? bot.first_name;
    this.day = node("p", { class: "day", hidden: true });
    this.body = node("div", { class: "content", dir: "auto" });
    this.meta = node("span", { class: "meta" });
    this.text = node("div", { class: "text" }, this.body, this.meta);
    this.bubble = node("div", { class: "bubble" }, this.#headings(message, bot, isGroup), this.text);
    this.keys = new InlineKeys(acts, message.message_id);
    this.article = node("article", { class: `message ${this.isOwn ? "own" : "theirs"}`, tabindex: -1 }, this.bubble, this.keys.root);
    this.root = node("div", { class: "entry" }, this.day, this.article);
    this.media = null;
    this.update(message);
  }

  /** Show the message as it is now; only what changed is built again. */
  update(message) {
    const hadFocus = this.article.contains(document.activeElement);
    const before = this.message ?? {};
    this.message = message;
    if (textKey(before) !== textKey(message) || !this.body.hasChildNodes()) this.#writeText(message);
    if ((this.media?.key ?? "") !== mediaKey(message)) this.#showMedia(message);
    const rows = message.reply_markup?.inline_keyboard ?? [];
    this.article.classList.toggle("has-keys", rows.length > 0);
    this.keys.update(rows);
    this.#writeMeta(message);
    if (hadFocus && !this.article.contains(document.activeElement)) this.article.focus({ preventScroll: true });
  }

  /** Show a line with the day above the message when it is the first one of its day. */
  nameDay(isFirst) {
    this.day.hidden = !isFirst;
    this.day.textContent = isFirst ? dayName(fromUnix(this.message.date)) : "";
  }

  /** Return what a screen reader should say about the message. */
  spoken() {
    return `${this.sender}: ${plainText(this.message)}`;
  }

  #headings(message, bot, isGroup) {
    const headings = [];
    if (isGroup && this.isOwn) headings.push(node("p", { class: "sender" }, this.sender));
    if (message.via_bot) headings.push(node("p", { class: "via" }, `via @${message.via_bot.username ?? bot.username}`));
    const original = message.reply_to_message;
    if (original) {
      const name = node("b", {}, original.from?.first_name ?? "Message");
      headings.push(node("p", { class: "replied" }, name, node("span", {}, plainText(original))));
    }
    return headings;
  }

  #writeText(message) {
    const [text, entities] = wording(message);
    this.body.replaceChildren(...formatted(text, entities, this.acts));
    this.article.classList.toggle("wordless", text === "");
  }

  #showMedia(message) {
    this.media?.root.remove();
    this.media = media(message);
    if (this.media) this.text.before(this.media.root);
    this.article.dataset.media = this.media ? this.media.key.split(" ")[0] : "";
  }

  #writeMeta(message) {
    const time = clockTime(fromUnix(message.date));
    const words = message.edit_date ? `edited ${time}` : time;
    if (this.meta.textContent === words) return;
    this.meta.replaceChildren(message.edit_date ? node("span", {}, "edited ") : "", node("time", { datetime: fromUnix(message.date).toISOString() }, time));
    this.article.setAttribute("aria-label", `${this.sender}, ${words}`);
  }
}

/** Return the words of a message without formatting, or what it carries instead. */
export function plainText(message) {
  const said = message.text ?? message.caption;
  if (said) return said;
  if (message.photo) return "Picture";
  if (message.animation) return "Animation";
  if (message.document) return `File ${message.document.file_name ?? ""}`.trim();
  if (message.sticker) return `Sticker ${message.sticker.emoji ?? ""}`.trim();
  if (message.location) return "Location";
  return unknownKind(message);
}

function wording(message) {
  if (message.text !== undefined) return [message.text, message.entities];
  if (message.caption !== undefined) return [message.caption, message.caption_entities];
  return [mediaKey(message) ? "" : unknownKind(message), []];
}

function unknownKind(message) {
  const kind = Object.keys(message).find((name) => !SERVICE_FIELDS.has(name));
  return kind ? `This page cannot show this kind of message: ${kind.replaceAll("_", " ")}.` : "Empty message.";
}

function textKey(message) {
  return JSON.stringify(wording(message));
}

/** Return the three dots that move while the bot writes. */
export const typingDots = () => node("span", { class: "dots", "aria-hidden": "true" }, node("i"), node("i"), node("i"));

/** Return the line above the text box that quotes a message which is being edited or answered. */
export function quoteOf(message, kind, label) {
  const words = node("span", {}, node("b", {}, label), node("span", { class: "one-line" }, plainText(message)));
  return [icon(kind), words];
}
