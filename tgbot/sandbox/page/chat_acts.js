// What the person of one chat can do; every act ends well or with a plain note over the chat.

import { call } from "./api.js";
import { node } from "./dom.js";
import { openLocation } from "./view_location.js";
import { openDialog } from "./view_notice.js";

const LONGEST_WAIT = 15000; // milliseconds that a tap waits for its answer
const TELEGRAM_HOSTS = new Set(["t.me", "telegram.me"]);

/** Answers to taps: they may come before the sandbox has said which tap they belong to. */
export class Answers {
  constructor() {
    this.early = new Set();
    this.waiting = new Map();
  }

  /** Note that a tap was answered. */
  arrive(id) {
    this.waiting.get(id)?.();
    this.early.add(id);
  }

  /** Wait until the tap is answered, or too long. */
  wait(id) {
    if (this.early.has(id)) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      setTimeout(resolve, LONGEST_WAIT);
    }).finally(() => this.waiting.delete(id));
  }
}

/** Return the acts for one chat; `column` offers chatId, speaker(), notice(), composer and answers. */
export function actsFor(column, { store, openChat }) {
  const who = () => ({ chat_id: column.chatId, person_id: column.speaker() });

  /** Call the sandbox; on a refusal show why and return null. */
  async function tryCall(path, body) {
    try {
      return await call(path, body);
    } catch (error) {
      column.notice(error.message, true);
      return null;
    }
  }

  const acts = {
    say: (text, extra = {}) => tryCall("/api/send", { ...who(), text, ...extra }),
    sendSticker: () => tryCall("/api/send", { ...who(), sticker: true }),
    shareLocation: () => openLocation((location) => tryCall("/api/send", { ...who(), location })),
    unblock: () => tryCall("/api/block", { person_id: column.speaker(), blocked: false }),
    block: () => tryCall("/api/block", { person_id: column.speaker(), blocked: true }),
    notice: (text) => column.notice(text),
    isBot: (mention) => mention.toLowerCase() === `@${store.bot.username}`.toLowerCase(),
    askInline: (query) => column.composer.write(`@${store.bot.username} ${query}`),
    findInline: (query) => call("/api/inline", { person_id: column.speaker(), query }),
    chooseInline: (result) => tryCall("/api/inline/choose", { ...who(), result }),

    async tap(message_id, data) {
      const answer = await tryCall("/api/tap", { ...who(), message_id, data });
      if (answer) await column.answers.wait(answer.callback_id);
    },

    askInlineElsewhere(query) {
      openDialog("Choose a chat", (close) => [node("div", { class: "choices" }, store.listed().map((chat) => {
        const pick = () => {
          close();
          openChat(chat.id).acts.askInline(query);
        };
        return node("button", { type: "button", class: "secondary", onclick: pick }, chat.title);
      }))]);
    },

    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        column.notice("Copied.");
      } catch {
        column.notice(`Copy this: ${text}`);
      }
    },

    /** A link to this very bot stays in the sandbox: it opens the private chat and starts it. */
    follow(event, url) {
      const start = startOf(url, store.bot.username);
      if (start === null) return;
      event.preventDefault();
      const person = store.people.get(column.speaker());
      const target = openChat(person?.chat_id ?? column.chatId);
      if (start || store.thread(target.chatId).length === 0) target.acts.say(`/start ${start}`.trim());
    },
  };
  return acts;
}

/** Return the start parameter of a link to the bot ("" for none), null for any other link. */
function startOf(address, username) {
  const url = new URL(address);
  const isResolve = url.protocol === "tg:" && (url.host === "resolve" || url.pathname === "resolve");
  const name = isResolve ? url.searchParams.get("domain") : TELEGRAM_HOSTS.has(url.host) && url.pathname.slice(1);
  const isThisBot = username && String(name).toLowerCase() === username.toLowerCase();
  return isThisBot ? url.searchParams.get("start") ?? "" : null;
}
