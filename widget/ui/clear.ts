export function clear(node: Node): void {
  while (node.firstChild) node.removeChild(node.firstChild);
}
