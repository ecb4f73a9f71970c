/** Logical properties only, so that right-to-left pages mirror it; every state is a shape or a word before it is a colour. */
export const panelCss = `
html,body,.body{height:100%;margin:0}
.panel{--ground:#fff;--ink:#182022;--faint:#566266;--them:#eef1f0;--line:#e3e7e6;--field:#848f8d;--warm:#734400;--warm-ground:#fbe3bd;--hot:#ad2c14;
position:relative;display:flex;flex-direction:column;height:100%;overflow:hidden;background:var(--ground);color:var(--ink);
font:15px/21px system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;font-variant-numeric:tabular-nums}
.panel *{box-sizing:border-box}
button{font:inherit;color:inherit;background:none;border:0;margin:0;padding:0;cursor:pointer}
button:focus,textarea:focus,.log:focus,a:focus{outline:0}
button:focus-visible,.log:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:-2px;border-radius:6px}
.head{display:flex;align-items:center;flex:none;height:60px;padding:0 8px 0 14px;padding-inline:14px 8px;border-bottom:1px solid var(--line)}
.faces{display:flex;flex:none}
.face{flex:none;width:36px;height:36px;border-radius:50%;background:#dcecf1;color:#0f262d;font-weight:600;line-height:36px;text-align:center;object-fit:cover}
.face+.face{margin-inline-start:-12px;box-shadow:0 0 0 2px var(--ground)}
.who{flex:1;min-width:0;margin-inline-start:10px}
.who h2,.who p{margin:0;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
.who h2{font-size:15px;line-height:20px;font-weight:600}
.who p{font-size:13px;line-height:18px;color:var(--faint)}
.icon{display:flex;flex:none;align-items:center;justify-content:center;width:44px;height:44px;border-radius:6px}
.icon:hover{background:var(--them)}
.log{flex:1;min-height:0;overflow-x:hidden;overflow-y:auto;overscroll-behavior:contain;padding:12px 14px 6px}
.rows{display:flex;flex-direction:column;justify-content:flex-end;min-height:100%}
.line{align-self:center;max-width:90%;margin:14px 0 4px;font-size:13px;line-height:18px;text-align:center;color:var(--faint);overflow-wrap:anywhere}
.empty{margin:auto;padding:24px;text-align:center;color:var(--faint)}
.message{display:flex;flex-direction:column;align-items:flex-start;margin-top:10px}
.message.follows{margin-top:3px}
.message.own{align-items:flex-end}
.bubble{max-width:82%;padding:8px 12px;border-radius:12px;background:var(--them);white-space:pre-wrap;overflow-wrap:anywhere;border-end-start-radius:3px}
.follows .bubble{border-start-start-radius:3px}
.own .bubble{background:var(--own);color:var(--own-text);border-end-start-radius:12px;border-end-end-radius:3px}
.own.follows .bubble{border-start-start-radius:12px;border-start-end-radius:3px}
.waiting .bubble,.failed .bubble{background:none;color:var(--ink);border:1.5px solid var(--field);padding:6.5px 10.5px}
.failed .bubble{border-color:var(--hot)}
.deleted .bubble{background:none;color:var(--faint);border:1px dashed var(--field);padding:7px 11px}
.bubble a{color:inherit;text-decoration:underline;text-underline-offset:2px}
.meta{display:flex;align-items:center;flex-wrap:wrap;gap:2px 5px;margin-top:3px;font-size:13px;line-height:18px;color:var(--faint)}
.read .meta{color:var(--accent-text)}
.failed .meta{color:var(--hot)}
.meta svg{flex:none}
.meta button{min-height:24px;padding:0 4px;text-decoration:underline;text-underline-offset:2px}
.typing{display:flex;align-items:center;flex:none;gap:10px;min-height:24px;padding:2px 14px;padding-inline:14px;font-size:13px;line-height:18px;color:var(--faint)}
.dots i{display:inline-block;width:6px;height:6px;margin-inline-end:3px;border-radius:50%;background:currentColor}
.dots i+i{opacity:.65}.dots i+i+i{opacity:.35}
.new{position:absolute;bottom:100%;left:50%;transform:translateX(-50%);margin-bottom:8px;min-height:32px;padding:0 14px;border-radius:16px;background:var(--accent);color:var(--accent-ink);font-size:13px;box-shadow:0 2px 8px rgba(16,32,38,.3)}
.note{flex:none;margin:0;padding:6px 14px;font-size:13px;line-height:18px;color:var(--faint);border-top:1px solid var(--line)}
.trouble{display:flex;flex:none;align-items:center;gap:12px;padding:6px 14px;font-size:13px;line-height:18px;background:var(--warm-ground);color:var(--warm)}
.trouble span{flex:1}
.trouble button{flex:none;min-height:36px;font-weight:600;text-decoration:underline;text-underline-offset:2px}
.composer{position:relative;display:flex;flex:none;align-items:flex-end;padding:8px 8px 8px 14px;padding-inline:14px 8px;border-top:1px solid var(--line)}
textarea{flex:1;min-width:0;height:36px;max-height:126px;margin:0;padding:7px 8px 7px 0;padding-inline:0 8px;border:0;border-radius:0;resize:none;background:none;color:inherit;font:inherit;line-height:21px}
textarea::placeholder{color:var(--faint);opacity:1}
.composer:focus-within{box-shadow:inset 0 2px 0 var(--accent)}
.send{display:flex;flex:none;align-items:center;justify-content:center;width:36px;height:36px;border-radius:50%;background:var(--accent);color:var(--accent-ink)}
.send:focus-visible{outline-offset:2px;border-radius:50%}
.send:disabled{background:none;color:var(--faint);box-shadow:inset 0 0 0 1px var(--line);cursor:default}
[dir=rtl] .send svg{transform:scaleX(-1)}
.long{flex:none;margin:0;padding:0 14px 6px;font-size:13px;color:var(--hot)}
.spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0);clip-path:inset(50%);white-space:nowrap}
.phone{font-size:16px;line-height:24px}
.phone textarea{font-size:16px;line-height:24px;height:44px;padding-block:10px;max-height:140px}
.phone .send{width:44px;height:44px}
.phone .meta button{min-height:36px}
@media(prefers-color-scheme:dark){
.panel{--ground:#1a2123;--ink:#e4eaea;--faint:#9aa7aa;--them:#273033;--line:#303b3f;--field:#6d7b7f;--warm:#f3c069;--warm-ground:#3f2e0e;--hot:#f58b75}}
@media(prefers-reduced-motion:no-preference){
.panel{animation:rise .14s ease-out}@keyframes rise{from{opacity:0;transform:translateY(4px)}}}
@media(forced-colors:active){
.bubble,.send{border:1px solid;forced-color-adjust:auto}.own .bubble{border-width:2px}.waiting .bubble{border-style:dashed}}
`;
