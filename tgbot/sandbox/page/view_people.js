// The people and groups of the sandbox, and the dialogs that add some.

import { call } from "./api.js";
import { avatar, icon, node } from "./dom.js";
import { plainText } from "./view_message.js";
import { dialogButtons, errorLine, openDialog } from "./view_notice.js";

const LANGUAGES = [
  ["en", "English"], ["de", "Deutsch"], ["es", "Español"], ["fr", "Français"], ["it", "Italiano"],
  ["pt", "Português"], ["tr", "Türkçe"], ["ar", "العربية"], ["hi", "हिन्दी"],
];

/** The list of chats. */
export class People {
  constructor(app, root) {
    this.app = app;
    this.unread = new Map();
    this.list = node("ul", { class: "people-list" });
    const add = (text, onclick) => node("button", { type: "button", class: "secondary", onclick }, icon("add"), text);
    root.append(
      node("h2", { id: "people-title" }, "People"),
      this.list,
      node("div", { class: "add-row" }, add("Add a person", () => askPerson(app)), add("New group", () => askGroup(app))),
    );
  }

  /** Count a message in a chat that nobody sees. */
  count(chatId) {
    this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
  }

  /** Show the list as it is now; entries stay the same elements, so that the focus stays. */
  render() {
    const chats = this.app.store.listed();
    for (const chat of chats) if (this.app.isShown(chat.id)) this.unread.delete(chat.id);
    chats.forEach((chat, index) => {
      const entry = this.list.children[index] ?? this.list.appendChild(this.#entry());
      this.#refresh(entry, chat);
    });
    while (this.list.children.length > chats.length) this.list.lastElementChild.remove();
  }

  #entry() {
    const onclick = (event) => this.app.openChat(Number(event.currentTarget.dataset.chat));
    return node("li", {}, node("button", { type: "button", class: "person", onclick }));
  }

  #refresh(entry, chat) {
    const button = entry.firstElementChild;
    const unread = this.unread.get(chat.id) ?? 0;
    const last = this.app.store.thread(chat.id).at(-1);
    const isBlocked = this.app.store.people.get(chat.id)?.blocked;
    const preview = isBlocked ? "Has blocked the bot" : last ? plainText(last) : "Not started yet";
    const state = JSON.stringify([chat, unread, preview]);
    button.setAttribute("aria-current", String(this.app.isShown(chat.id)));
    if (button.dataset.state === state) return;
    button.dataset.state = state;
    button.dataset.chat = chat.id;
    const words = node("span", { class: "person-words" }, node("b", {}, chat.title), node("span", { class: "one-line" }, preview));
    const badge = unread ? node("span", { class: "badge" }, String(unread), node("span", { class: "unseen" }, " new")) : null;
    button.replaceChildren(avatar(chat.title, chat.id), words, ...(badge ? [badge] : []));
  }
}

/** Return what stands in place of a chat while there is nobody. */
export function welcome(app) {
  const [wrong, complain] = errorLine();
  const name = node("input", { type: "text", value: "Alex", maxlength: 60, required: true, autocomplete: "off" });
  const form = node("form", { onsubmit: (event) => addFrom(event, app, name, "en", complain) },
    node("label", { class: "field" }, node("span", {}, "First name"), name),
    wrong,
    node("button", { type: "submit", class: "primary big" }, "Open a chat"));
  return [node("section", { class: "welcome", "aria-labelledby": "welcome-title" },
    node("img", { src: "/page/icon.svg", alt: "", width: 88, height: 88 }),
    node("h1", { id: "welcome-title" }, `Try ${app.store.bot.first_name} here`),
    node("p", {}, "Make up a person and talk to the bot as they would. Nothing goes to Telegram."),
    form)];
}

function askPerson(app) {
  openDialog("Add a person", (close) => {
    const [wrong, complain] = errorLine();
    const name = node("input", { type: "text", maxlength: 60, required: true, autofocus: true, autocomplete: "off" });
    const language = node("select", {}, LANGUAGES.map(([code, title]) => node("option", { value: code }, title)));
    const onsubmit = async (event) => {
      if (await addFrom(event, app, name, language.value, complain, close)) close();
    };
    return [node("form", { novalidate: true, onsubmit },
      node("label", { class: "field" }, node("span", {}, "First name"), name),
      node("label", { class: "field" }, node("span", {}, "Language of their Telegram"), language),
      wrong, dialogButtons(close, "Add"))];
  });
}

async function addFrom(event, app, name, language, complain, close = () => {}) {
  event.preventDefault();
  if (name.value.trim() === "") {
    complain("Please type a name.");
    name.focus();
    return;
  }
  try {
    const person = await call("/api/people", { first_name: name.value.trim(), language_code: language });
    close();
    app.store.add("person", person);
    app.openChat(person.chat_id ?? person.id);
  } catch (error) {
    complain(error.message);
  }
}

function askGroup(app) {
  openDialog("New group", (close) => {
    const [wrong, complain] = errorLine();
    const title = node("input", { type: "text", maxlength: 60, value: "Family", autocomplete: "off" });
    const boxes = [...app.store.people.values()].map((person) => node("input", { type: "checkbox", value: person.id, checked: true, "data-name": person.first_name }));
    const onsubmit = async (event) => {
      event.preventDefault();
      const members = boxes.filter((box) => box.checked).map((box) => Number(box.value));
      if (members.length === 0) {
        complain("Please choose somebody.");
        return;
      }
      try {
        const chat = await call("/api/groups", { title: title.value.trim() || "Group", members });
        close();
        app.store.add("chat", chat);
        app.openChat(chat.id);
      } catch (error) {
        complain(error.message);
      }
    };
    return [node("form", { novalidate: true, onsubmit },
      node("label", { class: "field" }, node("span", {}, "Name of the group"), title),
      node("fieldset", { class: "ticks" }, node("legend", {}, "Who is in it, besides the bot"), boxes.map((box) => node("label", { class: "tick" }, box, node("span", {}, box.dataset.name)))),
      wrong, dialogButtons(close, "Make the group"))];
  });
}
