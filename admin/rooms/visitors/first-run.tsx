import { useEffect, useState } from "preact/hooks";
import type { SiteInfo } from "../../../protocol/api.ts";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { snippetOf } from "../../components/snippet.ts";
import { useApp, useDesk } from "../../components/use-app.ts";

/** Nobody is here: the line that brings the first visitor. */
export function FirstRun() {
  const { api, texts } = useApp();
  const { mayAdminister } = useDesk();
  const [sites, setSites] = useState<readonly SiteInfo[] | null>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    void api.sites().then((answer) => answer.ok && setSites(answer.value));
  }, [api]);
  const t = texts.value.visitors;
  const site = sites?.[0];
  if (!site || !mayAdminister) return <EmptyState title={t.quietTitle} text={t.quietText} />;
  const line = snippetOf(site.key);
  return (
    <EmptyState title={t.emptyTitle} text={t.emptyText(site.name)}>
      <code class="snippet">{line}</code>
      <Button
        kind="main"
        onClick={() => {
          void navigator.clipboard?.writeText(line).then(() => setCopied(true));
        }}
      >
        {copied ? t.copied : t.copyLine}
      </Button>
      <a class="button button-quiet" href="/demo/" target="_blank" rel="noopener">
        {t.openDemo}
      </a>
      <span class="listening">
        <span class="dot dot-offline" />
        {t.listening}
      </span>
    </EmptyState>
  );
}
