/** Tells the chat something; before its script has loaded the page's stub keeps the command. */
export function tellBeckon(...command) {
  window.Beckon?.(...command);
}
