/** Whether a stream is patchy: so much of its recent sound is made up that one hears it. */

/** Shares of the last ten seconds. Between the two it stays as it was: the word does not flicker. */
const BECOMES = 0.02;
const ENDS = 0.008;

export class Patchiness {
  #patchy = false;

  /** Takes the share of concealed sound, 0 to 1; null while it is not known. */
  read(concealedShare: number | null): void {
    if (concealedShare === null) return;
    if (concealedShare >= BECOMES) this.#patchy = true;
    else if (concealedShare <= ENDS) this.#patchy = false;
  }

  get patchy(): boolean {
    return this.#patchy;
  }
}
