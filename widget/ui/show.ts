export function show(element: HTMLElement, visible: boolean): void {
  element.style.display = visible ? "" : "none";
}
