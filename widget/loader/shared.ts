/**
 * What `beckon.js` has brought and the panel's script, which comes later, uses too. The build leaves these modules out of the panel's
 * bundle and reads them off `Beckon.shared`, so that no visitor loads them twice; the sources import them as if nothing were special.
 */
export { decodeServerMessage, encodeClientFrame, isFinal } from "../../protocol/codec.ts";
export { wholeText } from "../../protocol/whole-text.ts";
export { isArray, owns } from "../../protocol/wire-words.ts";
export { fill } from "../texts/fill.ts";
export { pageVisible } from "../tracking/visibility.ts";
export { websocketTransport } from "../transports/websocket.ts";
export { accentFor } from "../ui/color.ts";
export { builder, button } from "../ui/element.ts";
export { icon } from "../ui/icon.ts";
export { createSurface } from "../ui/surface.ts";
export { credentialOf, keepVisitor, readVisitor, storagePrefix, visitorItem, whoOf } from "./kept-visitor.ts";
export { listen } from "./listen.ts";
