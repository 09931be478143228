// Formatted text: the Bot API's entities, counted in UTF-16 units like JavaScript's own strings.

import { icon, node, safeUrl } from "./dom.js";

const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const NAMES = new Set(["mention", "text_mention", "hashtag", "cashtag", "email", "phone_number", "bank_card_number"]);
const LONG_QUOTE = 160;
const LONG_QUOTE_LINES = 3;

/** Return nodes for `text`; `acts` says what a command, an own link or a mention of the bot does. */
export function formatted(text, entities = [], acts) {
  const sorted = entities
    .filter(({ offset, length }) => Number.isInteger(offset) && length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, 0, text.length, sorted, acts);
}

function pieces(text, start, end, entities, acts) {
  const made = [];
  let waiting = entities;
  let at = start;
  while (waiting.length > 0) {
    const [outer, ...others] = waiting;
    const from = Math.max(outer.offset, at);
    const to = Math.min(outer.offset + outer.length, end);
    waiting = others;
    if (from >= to) continue;
    const inner = others.filter((other) => other.offset < to);
    // What crosses the end of this entity goes on behind it.
    waiting = [...inner.filter((other) => other.offset + other.length > to), ...others.filter((other) => other.offset >= to)];
    if (from > at) made.push(text.slice(at, from));
    made.push(wrapped(outer, text.slice(from, to), pieces(text, from, to, inner, acts), acts));
    // A block already ends its line.
    at = BLOCKS.has(outer.type) && text[to] === "\n" ? to + 1 : to;
  }
  if (at < end) made.push(text.slice(at, end));
  return made;
}

function wrapped(entity, plain, inside, acts) {
  const { type } = entity;
  if (PLAIN_TAGS[type]) return node(PLAIN_TAGS[type], {}, inside);
  if (type === "text_link") return link(entity.url, inside, acts);
  if (type === "url") return link(plain, inside, acts);
  if (type === "spoiler") return spoiler(inside);
  if (type === "pre") return pre(entity.language, inside);
  if (type === "blockquote") return node("blockquote", {}, inside);
  if (type === "expandable_blockquote") return foldedQuote(plain, inside);
  if (type === "bot_command") return command(plain, acts);
  if (type === "mention" && acts.isBot(plain)) return mentionOfBot(plain, acts);
  if (NAMES.has(type)) return node("span", { class: "name" }, inside);
  return node("span", {}, inside);
}

/** Return a link that opens elsewhere, or plain text when the address is not one to open. */
function link(address, inside, acts) {
  const url = safeUrl(address);
  if (url === null) return node("span", {}, inside);
  const props = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return node("a", { ...props, onclick: (event) => acts.follow(event, url) }, inside);
}

function command(text, acts) {
  return node("button", { type: "button", class: "text-button", onclick: () => acts.say(text) }, text);
}

function mentionOfBot(text, acts) {
  return node("button", { type: "button", class: "text-button", onclick: () => acts.askInline("") }, text);
}

function pre(language, inside) {
  const label = language ? node("span", { class: "language" }, language) : null;
  return node("pre", {}, label, node("code", {}, inside));
}

function spoiler(inside) {
  const hidden = node("span", {
    class: "spoiler", role: "button", tabindex: 0, "aria-label": "Hidden text. Press to show it.",
  }, node("span", { class: "spoiled" }, inside));
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    hidden.classList.add("shown");
    for (const name of ["role", "aria-label"]) hidden.removeAttribute(name);
    hidden.setAttribute("tabindex", "-1");
    hidden.removeEventListener("click", reveal);
    hidden.removeEventListener("keydown", reveal);
  };
  hidden.addEventListener("click", reveal);
  hidden.addEventListener("keydown", reveal);
  return hidden;
}

function foldedQuote(plain, inside) {
  const isShort = plain.length <= LONG_QUOTE && plain.split("\n").length <= LONG_QUOTE_LINES;
  if (isShort) return node("blockquote", {}, inside);
  const words = node("span", {}, "Show all");
  const toggle = node("button", { type: "button", class: "fold", "aria-expanded": "false" }, words, icon("down"));
  const quote = node("blockquote", { class: "folded" }, node("div", { class: "quoted" }, inside), toggle);
  toggle.addEventListener("click", () => {
    const folded = quote.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
    words.textContent = folded ? "Show all" : "Show less";
  });
  return quote;
}
