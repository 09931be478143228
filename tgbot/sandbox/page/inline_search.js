// Typing "@bot words": asks the bot for inline results once the typing pauses.

const PAUSE = 350; // milliseconds without a key

/** Watches the text box and shows what the bot finds. */
export class InlineSearch {
  constructor({ username, ask, choose, suggestions }) {
    this.username = username;
    this.ask = ask;
    this.choose = choose;
    this.suggestions = suggestions;
    this.timer = 0;
    this.turn = 0;
    this.query = null;
  }

  /** Look at the text; true when it is an inline query. */
  watch(text) {
    const query = this.#queryIn(text);
    if (query === this.query) return query !== null;
    this.query = query;
    this.turn += 1;
    clearTimeout(this.timer);
    if (query === null) return false;
    const turn = this.turn;
    this.suggestions.say("Searching…");
    this.timer = setTimeout(() => this.#search(query, turn), PAUSE);
    return true;
  }

  /** Forget the present query, so that the same words ask again. */
  reset() {
    clearTimeout(this.timer);
    this.turn += 1;
    this.query = null;
  }

  #queryIn(text) {
    const [first, ...rest] = text.split(/\s/);
    const isForBot = rest.length > 0 && first.toLowerCase() === `@${this.username().toLowerCase()}`;
    return isForBot ? rest.join(" ").trim() : null;
  }

  async #search(query, turn) {
    try {
      const { results } = await this.ask(query);
      if (turn !== this.turn) return;
      if (results.length === 0) this.suggestions.say("The bot found nothing for this.");
      else this.suggestions.show("Results from the bot", results.map(described), (item) => this.choose(item.result), "results");
    } catch (error) {
      if (turn === this.turn) this.suggestions.say(error.message);
    }
  }
}

function described(result) {
  const title = result.title || result.caption || result.type;
  return { title, detail: result.description ?? "", result };
}
