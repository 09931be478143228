// Short notes over a chat, and dialogs that must be closed.

import { newId, node } from "./dom.js";

const SHORTEST = 5000; // milliseconds a note stays
const PER_LETTER = 70;

/** A note over one chat that goes away by itself; a press or Escape takes it away sooner. */
export class Toast {
  constructor() {
    this.root = node("div", { class: "toast", role: "status", "aria-live": "polite" });
    this.timer = 0;
    this.root.addEventListener("click", () => this.hide());
  }

  /** Show `text`; `isError` also marks it as something that went wrong. */
  show(text, isError = false) {
    clearTimeout(this.timer);
    this.root.replaceChildren(node("p", { class: isError ? "error" : "" }, text));
    this.timer = setTimeout(() => this.hide(), SHORTEST + text.length * PER_LETTER);
  }

  /** Take the note away; false when there was none. */
  hide() {
    const wasThere = this.root.hasChildNodes();
    this.root.replaceChildren();
    return wasThere;
  }
}

/** Open a dialog with a title; `build(close)` returns what is in it. It goes when it is closed. */
export function openDialog(title, build, props = {}) {
  const heading = node("h2", { id: newId("title") }, title);
  const dialog = node("dialog", { "aria-labelledby": heading.id, ...props });
  dialog.append(heading, ...build(() => dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Show what the bot answered to a tap, to be closed by hand. */
export function openAlert(botName, text) {
  const words = node("p", { class: "alert-text", id: newId("alert"), dir: "auto" }, text);
  openDialog(botName, (close) => [
    words,
    node("div", { class: "dialog-buttons" }, node("button", { type: "button", class: "primary", autofocus: true, onclick: close }, "OK")),
  ], { role: "alertdialog", "aria-describedby": words.id });
}

/** Return the row with a Cancel button and the button that submits the form. */
export function dialogButtons(close, submitText) {
  return node("div", { class: "dialog-buttons" },
    node("button", { type: "button", class: "secondary", onclick: close }, "Cancel"),
    node("button", { type: "submit", class: "primary" }, submitText));
}

/** Return a line for what is wrong with a form, and a way to fill it. */
export function errorLine() {
  const line = node("p", { class: "form-error", role: "alert" });
  return [line, (text) => { line.textContent = text; }];
}
