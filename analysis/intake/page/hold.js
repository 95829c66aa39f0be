// What the server has not kept yet stays in the memory of the browser, by text and reading: a window that ends takes nothing with it.

import { desk } from "./dom.js";

const name = () => `coding ${desk.content.source_id} ${desk.content.pass} ${desk.content.coder}`;

export function hold(state) {
  try {
    localStorage.setItem(name(), JSON.stringify(state));
  } catch {
    // full or forbidden: then the server alone keeps
  }
}

export function release() {
  try {
    localStorage.removeItem(name());
  } catch {
    // as above
  }
}

// What was held, or null.
export function held() {
  try {
    const state = JSON.parse(localStorage.getItem(name()));
    return state && Array.isArray(state.rows) && Array.isArray(state.base) ? state : null;
  } catch {
    return null;
  }
}
