const names = /bot\b|crawl|spider|slurp|headless|lighthouse|facebookexternal|phantom|preview/i;

/**
 * Crawlers and browsers under remote control are no visitors: nothing is drawn for them and nothing is sent.
 * `automation`: `data-automation="allow"` on the script element lets remote-controlled browsers in, for tests of the site's own.
 */
export function isBot(automation: boolean): boolean {
  const { navigator } = window;
  return !automation && (navigator.webdriver === true || names.test(navigator.userAgent));
}
