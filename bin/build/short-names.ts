/**
 * Short names for the properties that only the widget's own code reads, the same in every bundle of one build: what `beckon.js` makes, the
 * panel must understand. A property keeps its name if anybody else may ever see it:
 *
 * - the browser (the declarations of what browsers have), the gateway (`frames.ts` and what belongs to it), the site (`sdk/`): every word of these files stays;
 * - the next page, of this build or of a later one: what is stored on the device, `storedShapes`;
 * - code that reaches it by its text: every word that stands in quotes somewhere in the sources.
 *
 * So a name is shortened only if an interface or an object of ours declares it and nothing of the above knows it.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "..", "..");

const sources = [
  "widget/{chat,loader,store,texts,tracking,transports,ui}/*.ts",
  "protocol/{client*,codec,delivery,dialler,held-log,ladder,lists,log-book,outbox,ports,timers,whole-text,wire-words}.ts",
];
const publicFiles = [
  "protocol/es3.d.ts",
  "protocol/{client-frames,frames,rows}.ts",
  "widget/dom-es3.d.ts",
  "widget/sdk/beckon.d.mts",
];
/** What stands on the device, and what the page's one global shows to another copy of the script. */
const storedShapes: Readonly<Record<string, readonly string[]>> = {
  "protocol/client-contract.ts": ["OutboxMessage"],
  "protocol/held-log.ts": ["HeldLog"],
  "protocol/ladder.ts": ["RungMemory"],
  "protocol/outbox.ts": ["OutboxEntry"],
  "protocol/ports.ts": ["StoreEntry"],

  "widget/chat/tab-memory.ts": ["TabState"],
  "widget/loader/commands.ts": ["Api"],
  "widget/loader/kept-visitor.ts": ["Who"],
};

/** The most frequent letters of the language first: they cost the fewest bits anyway. */
const letters = "etaoinsrhldcumfpgwybvkxjqzABCDEFGHIJKLMNOPQRSTUVWXYZ_$";
const reservedWords = new Set(["do", "if", "in"]);

/** Long name -> short name, the most used ones shortest. */
export function shortNames(): Map<string, string> {
  const uses = new Map<string, number>();
  const declared = new Set<string>();
  const kept = new Set<string>();
  for (const path of globSync(publicFiles, { cwd: root })) {
    visitWords(parse(path), (word, node) => {
      if (!ts.isIdentifier(node) || isMemberName(node) || isGlobalName(node)) kept.add(word);
    });
  }
  for (const [path, shapes] of Object.entries(storedShapes)) {
    for (const shape of shapes) for (const name of membersOf(parse(path), shape)) kept.add(name);
  }
  for (const path of globSync(sources, { cwd: root }).filter(isShipped)) {
    visitWords(parse(path), (word, node) => {
      uses.set(word, (uses.get(word) ?? 0) + 1);
      if (isMemberName(node)) declared.add(word);
      if (!ts.isIdentifier(node) && !ts.isLiteralTypeNode(node.parent)) kept.add(word);
    });
  }
  const usesOf = (name: string): number => uses.get(name) ?? 0;
  const long = [...declared].filter((name) => name.length > 1 && !kept.has(name));
  long.sort((a, b) => usesOf(b) - usesOf(a) || (a < b ? -1 : 1));
  // A short name that anybody uses already could meet the other in one object.
  const free = names((name) => !kept.has(name) && !declared.has(name) && !reservedWords.has(name));
  return new Map(long.map((name) => [name, free.next().value as string]));
}

function* names(isFree: (name: string) => boolean): Generator<string, never> {
  for (let index = 0; ; index++) {
    const name = nameAt(index);
    if (isFree(name)) yield name;
  }
}

function nameAt(index: number): string {
  const first = letters.charAt(index % letters.length);
  return index < letters.length ? first : nameAt(Math.floor(index / letters.length) - 1) + first;
}

/** Of what a declaration file says to be there. */
function isGlobalName(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node.parent) || ts.isFunctionDeclaration(node.parent);
}

function isShipped(path: string): boolean {
  return !/\.test\.ts$|(^|\/)contract\.ts$/.test(path);
}

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true);
}

function visitWords(file: ts.Node, visit: (word: string, node: ts.Identifier | ts.StringLiteralLike) => void): void {
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) visit(node.text, node);
    ts.forEachChild(node, look);
  };
  look(file);
}

/** The name in its declaration: in an interface, a type or an object literal. */
function isMemberName(node: ts.Node): boolean {
  const { parent } = node;
  return (
    (ts.isPropertySignature(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isShorthandPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent)) &&
    parent.name === node
  );
}

function membersOf(file: ts.SourceFile, shape: string): string[] {
  const found = file.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === shape,
  );
  if (found === undefined) throw new Error(`${file.fileName} has no interface ${shape}`);
  const names: string[] = [];
  visitWords(found, (word, node) => isMemberName(node) && names.push(word));
  return names;
}
