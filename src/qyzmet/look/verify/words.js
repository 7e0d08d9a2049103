// Sentences, days and names in the language of the page; all of them stand in the page as data.

const data = JSON.parse(document.getElementById("words").textContent);
const PARTS = ["what", "why", "field"];
export const LANGUAGES = data.languages;
export let lang = LANGUAGES[0];

export function choose(wanted) {
  if (LANGUAGES.includes(wanted)) lang = wanted;
}

export function say(code, values = {}) {
  const part = (name) => PARTS.includes(name) ? (data.words[name]?.[values[name]]?.[lang] ?? values[name] ?? "") : (values[name] ?? "");
  const text = data.words[code][lang].replace(/\{(\w+)\}/g, (_, name) => String(part(name)));
  return text.replaceAll(" ()", "").replaceAll(" .", ".").replaceAll(" г..", " г.");
}

export const event = (code) => data.events[code]?.[lang] ?? String(code ?? "");

// "TC 195(1)2; TC 196(1)2": the rule of the term, then those for which its clock stood.
export function rule(text) {
  const named = String(text ?? "").split("; ").map((one) => {
    const [act, ...article] = one.split(" ");
    return [data.acts[act]?.[lang] ?? act, ...article].join(" ").trim();
  });
  return named.join("; ") || "–";
}

export function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  const form = data.date[lang];
  return form.replace("{year}", year).replace("{month}", data.months[lang][month - 1]).replace("{day}", date);
}

// The clock of Almaty: UTC+6 until 1 March 2024, UTC+5 since. Browsers do not all know it.
export function moment(milliseconds) {
  const hours = milliseconds < Date.UTC(2024, 1, 29, 18) ? 6 : 5;
  const here = new Date(milliseconds + hours * 3_600_000);
  if (Number.isNaN(here.getTime())) return String(milliseconds);
  const iso = here.toISOString();
  return `${day(iso.slice(0, 10))}, ${iso.slice(11, 16)}`;
}
