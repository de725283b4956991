/**
 * In a room, one tab of this browser plays under one name: the newest. Two would be heard twice, as
 * an echo of oneself. (Under two names it is two people at one computer.)
 */
export class OnlyTab {
  readonly #gaveWay: () => void;
  #place = '';
  #letGo: () => void = () => undefined;

  /** `gaveWay` is called when another tab has taken the place. */
  constructor(gaveWay: () => void) {
    this.#gaveWay = gaveWay;
  }

  /** Takes the place from whichever tab has it. */
  take(room: string, name: string): void {
    const place = `tutti ${room} ${name}`;
    if (place === this.#place || !('locks' in navigator)) return;
    this.leave();
    this.#place = place;
    const held = new Promise<void>((resolve) => (this.#letGo = resolve));
    navigator.locks
      .request(place, { steal: true }, () => held)
      .catch(() => {
        if (place !== this.#place) return;
        this.#place = '';
        this.#gaveWay();
      });
  }

  leave(): void {
    this.#place = '';
    this.#letGo();
  }
}
