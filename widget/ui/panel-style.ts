/**
 * Of panel and invitation. Logical properties only, so that right-to-left pages mirror it; every state is a shape or a word before it is a
 * colour. Written without blanks that gzip would have to carry.
 */
export const panelCss = `html,body,.body{height:100%;margin:0}
.body,body{--ground:#fff;--ink:#182022;--faint:#566266;--them:#eef1f0;--line:#e3e7e6;--field:#848f8d;--warm:#734400;--warm-ground:#fbe3bd;--hot:#ad2c14;--accent:#0a5f78;color:var(--ink);font:15px/21px system-ui,sans-serif;font-variant-numeric:tabular-nums}
*{box-sizing:border-box}
h2,p{margin:0;font:inherit}
svg{display:block;flex:none}
button{font:inherit;color:inherit;background:none;border:0;margin:0;padding:0;cursor:pointer}
:focus{outline:0}
:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
.panel{position:relative;display:flex;flex-direction:column;height:100%;overflow:hidden;background:var(--ground)}
.head{display:flex;align-items:center;flex:none;height:60px;padding-inline:14px 8px;border-bottom:1px solid var(--line)}
.faces{display:flex}
.face{flex:none;width:36px;height:36px;border-radius:50%;background:#dcecf1;color:#0f262d;font-weight:600;line-height:36px;text-align:center;object-fit:cover}
.face+.face{margin-inline-start:-12px;box-shadow:0 0 0 2px var(--ground)}
.who{flex:1;min-width:0;margin-inline-start:10px}
.who *{overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
h2{font-weight:600}
.who p,.line,.meta,.typing,.note,.trouble{font-size:13px;line-height:18px;color:var(--faint)}
.icon{display:flex;align-items:center;justify-content:center;width:44px;height:44px;border-radius:6px}
.log{flex:1;min-height:0;overflow:hidden auto;overscroll-behavior:contain;padding:12px 14px 6px}
.rows{display:flex;flex-direction:column;justify-content:flex-end;min-height:100%}
.line{margin:14px auto 4px;max-width:90%;text-align:center;overflow-wrap:anywhere}
.message{display:flex;flex-direction:column;align-items:flex-start;margin-top:10px}
.follows{margin-top:3px}
.own{align-items:flex-end}
.bubble{max-width:82%;padding:8px 12px;border-radius:12px;background:var(--them);white-space:pre-wrap;overflow-wrap:anywhere;border-end-start-radius:3px}
.follows .bubble{border-start-start-radius:3px}
.own .bubble{background:var(--own);color:var(--own-text);border-end-start-radius:12px;border-end-end-radius:3px}
.own.follows .bubble{border-start-start-radius:12px;border-start-end-radius:3px}
.waiting .bubble,.failed .bubble,.deleted .bubble{background:none;color:var(--ink);border:1px solid var(--field);padding:7px 11px}
.failed .bubble{border-color:var(--hot)}
.deleted .bubble{color:var(--faint);border-style:dashed}
a{color:inherit;text-underline-offset:2px}
.meta{display:flex;align-items:center;flex-wrap:wrap;gap:2px 5px;margin-top:3px}
.read .meta{color:var(--accent)}
.failed .meta{color:var(--hot)}
.meta button,.trouble button{min-height:36px;padding:0 4px;text-decoration:underline;text-underline-offset:2px}
.typing{display:flex;align-items:center;gap:10px;padding:0 14px 6px}
.note{padding:6px 14px;border-top:1px solid var(--line)}
.trouble{display:flex;align-items:center;gap:8px;padding:6px 14px;background:var(--warm-ground);color:var(--warm)}
.trouble div{flex:1;text-wrap:balance}
.trouble button{font-weight:600;white-space:nowrap}
.composer{display:flex;align-items:flex-end;padding:8px;padding-inline-start:14px;border-top:1px solid var(--line)}
.composer:focus-within{box-shadow:inset 0 2px 0 var(--accent)}
textarea{flex:1;min-width:0;height:36px;max-height:130px;margin:0;padding:7px 0;border:0;resize:none;background:none;color:inherit;font:inherit}
textarea:focus-visible{outline:0}
::placeholder{color:var(--faint);opacity:1}
.send{display:flex;flex:none;align-items:center;justify-content:center;width:40px;height:40px;margin-inline-start:8px;border-radius:50%;background:var(--accent);color:var(--accent-ink)}
.send:focus-visible{outline-offset:2px}
.send:disabled{opacity:.45;cursor:default}
.spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.phone,.phone textarea{font-size:16px;line-height:24px}
.phone textarea{height:44px;padding:10px 0}
.card{position:relative;padding:14px;background:var(--ground)}
.card .head{height:auto;padding:0 28px 8px 0;border:0}
.card .face{width:44px;height:44px;line-height:44px}
.words{white-space:pre-wrap;overflow-wrap:anywhere;max-height:168px;overflow:auto}
.card .icon{position:absolute;inset-inline-end:4px;top:4px;width:36px;height:36px;color:var(--faint)}
.answer{display:flex;align-items:center;justify-content:space-between;width:100%;height:40px;margin-top:12px;padding:0 12px;border:1px solid var(--field);border-radius:6px;color:var(--faint)}
.answer svg{color:var(--accent)}
@media(prefers-color-scheme:dark){.body,body{--ground:#1a2123;--ink:#e4eaea;--faint:#9aa7aa;--them:#273033;--line:#303b3f;--field:#6d7b7f;--warm:#f3c069;--warm-ground:#3f2e0e;--hot:#f58b75}}
@media(forced-colors:active){.bubble,.send{border:1px solid}}`;
