/** The line that a site owner pastes into every page. */
export function snippetOf(siteKey: string): string {
  return `<script async src="${location.origin}/beckon.js" data-site="${siteKey}"></script>`;
}
