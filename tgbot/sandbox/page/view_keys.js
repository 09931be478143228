// The buttons under a message; an edit changes them in place, so that the focus stays.

import { icon, node, safeUrl } from "./dom.js";

/** The inline keyboard of one message. */
export class InlineKeys {
  constructor(acts, messageId) {
    this.acts = acts;
    this.messageId = messageId;
    this.rows = [];
    this.root = node("div", { class: "keys", role: "group", "aria-label": "Buttons of this message", hidden: true });
  }

  /** Show `rows` of InlineKeyboardButton; buttons at the same place stay the same element. */
  update(rows = []) {
    this.rows = rows;
    this.root.hidden = rows.length === 0;
    fit(this.root, rows, () => node("div", { class: "key-row" }), (line, row, y) => {
      fit(line, row, (button) => this.#make(button), (element, button, x) => this.#refresh(element, button, y, x));
      return true;
    });
  }

  #make(button) {
    const url = button.url ? safeUrl(button.url) : null;
    if (url) return node("a", { class: "key", target: "_blank", rel: "noopener noreferrer", onclick: (event) => this.#press(event) });
    return node("button", { type: "button", class: "key", onclick: (event) => this.#press(event) });
  }

  /** Make an element show `button`; false when another kind of element is needed. */
  #refresh(element, button, y, x) {
    const url = button.url ? safeUrl(button.url) : null;
    if ((element.tagName === "A") !== Boolean(url)) return false;
    const at = `${y} ${x}`;
    const same = JSON.stringify(button);
    if (element.dataset.same === same && element.dataset.at === at) return true;
    element.dataset.same = same;
    element.dataset.at = at;
    element.dataset.kind = button.style ?? "plain";
    element.removeAttribute("aria-busy");
    element.toggleAttribute("aria-disabled", Boolean(button.disabled));
    if (url) element.href = url;
    const mark = markOf(button, url);
    element.replaceChildren(node("span", { dir: "auto" }, button.text), ...(mark ? [icon(mark)] : []));
    return true;
  }

  async #press(event) {
    const element = event.currentTarget;
    const [y, x] = element.dataset.at.split(" ");
    const button = this.rows[y][x];
    if (element.tagName === "A") {
      this.acts.follow(event, element.href);
      return;
    }
    if (element.hasAttribute("aria-busy") || button.disabled) return;
    if (button.callback_data !== undefined) {
      element.setAttribute("aria-busy", "true");
      await this.acts.tap(this.messageId, button.callback_data);
      element.removeAttribute("aria-busy");
    } else {
      this.#otherwise(button);
    }
  }

  #otherwise(button) {
    const elsewhere = button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query;
    if (button.switch_inline_query_current_chat !== undefined) {
      this.acts.askInline(button.switch_inline_query_current_chat);
    } else if (elsewhere !== undefined) {
      this.acts.askInlineElsewhere(elsewhere);
    } else if (button.copy_text) {
      this.acts.copy(button.copy_text.text);
    } else {
      this.acts.notice("This button only works in Telegram.");
    }
  }
}

function markOf(button, url) {
  if (url) return "link";
  if (button.switch_inline_query !== undefined) return "reply";
  return button.copy_text ? "copy" : null;
}

/** Give `parent` one child per item: kept where `refresh` says yes, else made anew. */
function fit(parent, items, make, refresh) {
  items.forEach((item, index) => {
    let child = parent.children[index];
    if (child && refresh(child, item, index)) return;
    const fresh = make(item);
    if (child) child.replaceWith(fresh);
    else parent.append(fresh);
    refresh(fresh, item, index);
  });
  while (parent.children.length > items.length) parent.lastElementChild.remove();
}
