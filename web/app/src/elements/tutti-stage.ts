/**
 * The stage: the hall seen from above, you at the front edge, each musician where they sound. It and
 * the list of musicians show the same live objects of the session, so they are always in step.
 *
 * Properties: `session`, `readings` (how far and how well each is heard; both live objects).
 * Method: `drawLevels()`, at the rate of the levels; whatever else has changed is seen then too.
 * Events: `pan`, when somebody was moved here, and `open`, when somebody was pressed; the musician's
 * id as `detail`.
 *
 * For screen readers the stage is a group of sliders, one for each musician, whose value says left
 * or right and how far away: it is not hidden, as it can be reached and moved by keyboard, and who
 * does not see it may like to know where everybody stands. All that it can do, the list can do too,
 * under plain headings; nobody needs to come here. Nothing here is announced by itself: while a
 * musician has the focus, their distance is told anew only as they are moved.
 */
import { css, html } from 'lit';
import { customElement, property, query, queryAll } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PeerFace, SessionFace } from 'tutti';
import { PAN, roundPan } from '../logic/pan.js';
import type { Readings } from '../logic/readings.js';
import { BACK_M, panAt, placeOf, type StageSize } from '../logic/stage-place.js';
import { spread, type Room } from '../logic/stage-spread.js';
import { stageState, type StageState } from '../logic/stage-state.js';
import { spokenWords } from '../logic/stage-words.js';
import { TuttiElement } from './base.js';
import { StageHold } from './stage-hold.js';
import './tutti-figure.js';
import type { TuttiFigure } from './tutti-figure.js';
import './tutti-stage-lines.js';

/** What a figure takes with its words, and where many stand. */
const ROOMS: readonly Room[] = [
  { width: 124, height: 118 },
  { width: 92, height: 88 },
];
/** A second click within it makes a double click. */
const DOUBLE_CLICK_MS = 250;

/** A musician at this moment. */
interface Figure {
  peer: PeerFace;
  state: StageState;
  metres: number | null;
}

@customElement('tutti-stage')
export class TuttiStage extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: block;
        height: 420px;
      }

      .card {
        display: flex;
        flex-direction: column;
        height: 100%;
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: var(--radius-large);
        background: radial-gradient(ellipse 60% 90% at 50% 96%, var(--glow), transparent);
      }

      .stage {
        position: relative;
        isolation: isolate;
        flex: 1;
        min-height: 0;
        contain: strict;
      }

      tutti-stage-lines {
        z-index: -1;
      }

      .hint {
        padding: 4px var(--s2) 12px;
        line-height: 1.25;
        text-align: center;
      }
    `,
  ];

  @property({ attribute: false }) session!: SessionFace;
  @property({ attribute: false }) readings!: Readings;

  @query('.stage') private stage!: HTMLElement;
  @queryAll('tutti-figure') private drawn!: NodeListOf<TuttiFigure>;

  #size: StageSize = { width: 0, height: 0 };
  #room = 0;
  #seen = '';
  #hold: StageHold | null = null;
  #dragged = false;
  #opening = 0;
  /** The musician with the focus, and the distance that was told. */
  #told: { id: string; metres: number | null } | null = null;

  readonly #resized = new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect;
    this.#size = { width, height };
    this.requestUpdate();
  });

  drawLevels(): void {
    if (this.#size.width === 0) return;
    // Whoever moved somebody, the list or a script: it is seen here.
    const seen = JSON.stringify(
      this.#figures().map(({ peer, ...rest }) => [peer.id, peer.name, peer.pan, rest]),
    );
    if (seen !== this.#seen) this.requestUpdate();
    this.#seen = seen;
    for (const figure of this.drawn) figure.breathe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    clearTimeout(this.#opening);
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.stage);
  }

  #figures(): Figure[] {
    const { peers } = this.session;
    const anySolo = peers.some(({ solo }) => solo);
    return peers.map((peer) => {
      const metres = this.readings.metres(peer.id);
      const patchy = this.readings.patchy(peer.id);
      return { peer, metres, state: stageState(peer, anySolo && !peer.solo, metres, patchy) };
    });
  }

  /** Who is not heard yet stands at the back wall. */
  #metres(id: string): number {
    return this.readings.metres(id) ?? BACK_M;
  }

  // ---- moving somebody -------------------------------------------------------------------------

  #pan(peer: PeerFace, pan: number): void {
    peer.pan = roundPan(pan);
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('pan', { detail: peer.id }));
  }

  #take(event: PointerEvent, { id }: PeerFace): void {
    if (event.button !== 0) return;
    const figure = event.currentTarget as TuttiFigure;
    figure.setPointerCapture(event.pointerId);
    this.#dragged = false;
    const { left } = this.stage.getBoundingClientRect();
    const seat = figure.getBoundingClientRect();
    this.#hold = new StageHold(id, event.clientX, seat.left + seat.width / 2 - left);
  }

  #drag(event: PointerEvent, peer: PeerFace): void {
    const hold = this.#hold;
    if (hold?.id !== peer.id || !hold.move(event.clientX)) return;
    this.#dragged = true;
    this.#pan(peer, panAt(hold.x, this.#metres(peer.id), this.#size));
  }

  #letGo(): void {
    this.#hold = null;
    this.requestUpdate();
  }

  /** A press opens; two put them back in the middle; the end of a drag is neither. */
  #click({ detail }: MouseEvent, peer: PeerFace): void {
    clearTimeout(this.#opening);
    if (this.#dragged) return;
    if (detail > 1) this.#pan(peer, 0);
    else this.#opening = window.setTimeout(() => this.#open(peer), DOUBLE_CLICK_MS);
  }

  #open({ id }: PeerFace): void {
    this.dispatchEvent(new CustomEvent('open', { detail: id }));
  }

  #key(event: KeyboardEvent, peer: PeerFace): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = KEYS[event.key];
    if (to !== undefined) this.#pan(peer, to(peer.pan));
    else if (event.key === 'Enter' || event.key === ' ') this.#open(peer);
    else return;
    event.preventDefault();
    if (this.#told) this.#told = { id: peer.id, metres: this.readings.metres(peer.id) };
  }

  #focus({ id }: PeerFace): void {
    this.#told = { id, metres: this.readings.metres(id) };
  }

  // ---- drawing ---------------------------------------------------------------------------------

  protected override updated(): void {
    if (this.#size.width === 0) return;
    const standing = this.session.peers.map(({ id, pan }) => {
      const hold = this.#hold?.id === id && this.#hold.dragging ? this.#hold : null;
      const metres = this.#metres(id);
      const at = hold ? panAt(hold.x, metres, this.#size) : pan;
      return { pan: at, metres, held: hold !== null };
    });
    const { places, room } = spread(standing, this.#size, ROOMS);
    const figures = [...this.drawn];
    for (const [i, place] of places.entries()) {
      const { pan, metres } = standing[i]!;
      figures[i]?.stand(place, placeOf(pan, metres, this.#size));
    }
    if (room !== this.#room) {
      this.#room = room;
      this.requestUpdate();
    }
  }

  override render() {
    const w = this.w.stage;
    return html`
      <div class="card" role="group" aria-label=${w.label} aria-describedby="how">
        <div class="stage">
          <tutti-stage-lines labelled></tutti-stage-lines>
          ${repeat(
            this.#figures(),
            ({ peer }) => peer.id,
            (figure) => this.#figure(figure),
          )}
        </div>
        <p class="hint" aria-hidden="true">${w.hint}</p>
        <p id="how" hidden>${w.how}</p>
      </div>
    `;
  }

  #figure({ peer, state, metres }: Figure) {
    const told = this.#told?.id === peer.id ? this.#told.metres : metres;
    return html`<tutti-figure
      role="slider"
      tabindex="0"
      aria-label=${peer.name}
      aria-valuemin=${PAN.min}
      aria-valuemax=${PAN.max}
      aria-valuenow=${peer.pan}
      aria-valuetext=${spokenWords(peer.pan, state, told, this.w)}
      .peer=${peer}
      .state=${state}
      .metres=${metres}
      ?small=${this.#room > 0}
      ?held=${this.#hold?.id === peer.id && this.#hold.dragging}
      @pointerdown=${(event: PointerEvent) => this.#take(event, peer)}
      @pointermove=${(event: PointerEvent) => this.#drag(event, peer)}
      @pointerup=${this.#letGo}
      @pointercancel=${this.#letGo}
      @click=${(event: MouseEvent) => this.#click(event, peer)}
      @keydown=${(event: KeyboardEvent) => this.#key(event, peer)}
      @focus=${() => this.#focus(peer)}
      @blur=${() => (this.#told = null)}
    ></tutti-figure>`;
  }
}

/** Home is the middle here, as on a balance knob; all left and all right are a few steps away. */
const KEYS: Partial<Record<string, (pan: number) => number>> = {
  ArrowLeft: (pan) => pan - PAN.step,
  ArrowRight: (pan) => pan + PAN.step,
  PageDown: (pan) => pan - 5 * PAN.step,
  PageUp: (pan) => pan + 5 * PAN.step,
  Home: () => 0,
  '0': () => 0,
};

declare global {
  interface HTMLElementTagNameMap {
    'tutti-stage': TuttiStage;
  }
}
