// Dates and times in the viewer's own format and time zone.

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const SHORT_DAY = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
const MINUTE = 60;
const HOUR = 3600;
const DAY_LONG = 86400;

/** Return the time of day, such as "09:41" or "9:41 AM". */
export const clockTime = (date) => CLOCK.format(date);

/** Return the day, such as "Friday, November 20". */
export const dayName = (date) => DAY.format(date);

/** Return day and time in a few characters. */
export const dayAndTime = (date) => `${SHORT_DAY.format(date)}, ${CLOCK.format(date)}`;

/** Return a Date from the Bot API's Unix seconds. */
export const fromUnix = (seconds) => new Date(seconds * 1000);

/** Return a length of time in its two largest units: "2 days 3 hours". */
export function duration(seconds) {
  const parts = [
    [Math.floor(seconds / DAY_LONG), "day"],
    [Math.floor((seconds % DAY_LONG) / HOUR), "hour"],
    [Math.floor((seconds % HOUR) / MINUTE), "minute"],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`);
  return said.slice(0, 2).join(" ") || "less than a minute";
}
