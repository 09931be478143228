// What the page knows: people, chats, messages, commands and the bot's clock.

/** The state of the sandbox as far as it is known, and those who want to hear of changes. */
export class Store {
  constructor() {
    this.seq = 0;
    this.bot = { id: 0, first_name: "Surefoot", username: "" };
    this.people = new Map();
    this.chats = new Map();
    this.messages = new Map();
    this.commands = [];
    this.clock = { offset_seconds: 0, can_jump: false };
    this.ahead = 0; // milliseconds from this machine's time to the bot's
    this.listeners = new Set();
  }

  /** Hear of every change as an event of the sandbox, or as {type: "reset"} after a (re)load. */
  subscribe(listener) {
    this.listeners.add(listener);
  }

  /** Take over the whole state. */
  load(state) {
    this.seq = state.seq;
    this.bot = state.bot;
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
    for (const person of state.people) this.#addPrivateChat(person);
    this.messages = new Map(
      Object.entries(state.messages).map(([chat, list]) => [
        Number(chat),
        new Map(list.map((message) => [message.message_id, message])),
      ]),
    );
    this.commands = state.commands ?? [];
    this.#setClock(state.clock);
    this.#tell({ type: "reset" });
  }

  /** Take over one event of the stream; an event already known changes nothing. */
  apply(event) {
    if (event.seq <= this.seq) return;
    this.seq = event.seq;
    this.#change(event);
    this.#tell(event);
  }

  /** Take over a person or chat that a call returned, before its event arrives. */
  add(kind, value) {
    this.#change({ type: kind, [kind]: value });
    this.#tell({ type: kind, [kind]: value });
  }

  /** Return the messages of a chat, oldest first. */
  thread(chatId) {
    const list = [...(this.messages.get(chatId)?.values() ?? [])];
    return list.sort((a, b) => a.message_id - b.message_id);
  }

  /** Return the bot's present moment. */
  now() {
    return new Date(Date.now() + this.ahead);
  }

  /** Return the chats in the order of the list: people first, then groups. */
  listed() {
    const all = [...this.chats.values()];
    return [...all.filter((chat) => chat.type === "private"), ...all.filter((chat) => chat.type !== "private")];
  }

  #change(event) {
    switch (event.type) {
      case "message":
      case "edited":
        this.#messagesOf(event.chat_id).set(event.message.message_id, event.message);
        break;
      case "deleted":
        this.#messagesOf(event.chat_id).delete(event.message_id);
        break;
      case "person":
        this.people.set(event.person.id, event.person);
        this.#addPrivateChat(event.person);
        break;
      case "chat":
        this.chats.set(event.chat.id, event.chat);
        break;
      case "commands":
        this.commands = event.commands;
        break;
      case "clock":
        this.#setClock(event);
        break;
      default: // typing and callback_answer leave no trace
    }
  }

  #messagesOf(chatId) {
    if (!this.messages.has(chatId)) this.messages.set(chatId, new Map());
    return this.messages.get(chatId);
  }

  #addPrivateChat(person) {
    const id = person.chat_id ?? person.id;
    this.chats.set(id, { id, type: "private", title: person.first_name, members: [person.id] });
  }

  #setClock(clock) {
    this.clock = { ...this.clock, ...clock };
    this.ahead = Date.parse(clock.now) - Date.now();
  }

  #tell(event) {
    for (const listener of this.listeners) listener(event);
  }
}
