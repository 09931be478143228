// The bot's clock: what time it has, and ways not to wait for tomorrow.

import { call } from "./api.js";
import { icon, node, show } from "./dom.js";
import { clockTime, dayAndTime, dayName, duration } from "./times.js";

const HOUR = 3600;
const DAY = 86400;

/** The panel of the clock. */
export class ClockPanel {
  constructor(app, root) {
    this.app = app;
    this.time = node("b", { class: "clock-time" });
    this.day = node("span", { class: "clock-day" });
    this.ahead = node("p", { class: "clock-ahead" });
    this.note = node("p", { class: "clock-note", role: "status", "aria-live": "polite" });
    this.jump = this.#button("primary", "Jump to the next reminder", { to: "next" });
    root.append(
      node("h2", { id: "clock-title" }, icon("clock"), "Bot clock"),
      node("p", { class: "clock-now" }, this.time, this.day),
      this.ahead,
      node("div", { class: "clock-buttons" }, this.jump,
        this.#button("secondary", "+1 hour", { advance_seconds: HOUR }),
        this.#button("secondary", "+1 day", { advance_seconds: DAY })),
      this.note,
    );
  }

  /** Show the present moment. */
  render() {
    const now = this.app.store.now();
    const { offset_seconds: offset, can_jump: canJump } = this.app.store.clock;
    put(this.time, clockTime(now));
    put(this.day, dayName(now));
    put(this.ahead, offset >= 1 ? `${duration(Math.round(offset))} ahead of real time` : "Same as real time");
    show(this.jump, Boolean(canJump));
  }

  #button(kind, text, body) {
    return node("button", { type: "button", class: kind, onclick: (event) => this.#turn(event.currentTarget, body) }, text);
  }

  async #turn(button, body) {
    if (button.hasAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await call("/api/clock", body);
      this.note.textContent = said(answer, body);
      if (answer.jumped_to) this.app.closePanel();
    } catch (error) {
      this.note.textContent = error.message;
    }
    button.removeAttribute("aria-busy");
  }
}

function said({ now, jumped_to: jumpedTo }, { to }) {
  if (to === "next" && !jumpedTo) return "No reminder is waiting.";
  return `The bot's time is now ${dayAndTime(new Date(now))}.`;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
