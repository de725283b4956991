/**
 * The room page, from its address to leaving: starts the sound, shows the join card, joins, shows
 * the hall, and says what went wrong. No properties, no events.
 *
 * `/r/ROOM?name=Anna&join` joins without a question when the microphone is already allowed.
 */
import { css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Session, Tutti } from 'tutti';
import { openAudio, openSession } from '../library.js';
import { troubleOf, type Trouble } from '../logic/errors.js';
import { roomOfPath, roomPath } from '../logic/room-link.js';
import { openRemembered } from '../page/microphone.js';
import { OnlyTab } from '../page/only-tab.js';
import { restoreOutput } from '../page/output.js';
import { microphonePermission } from '../page/permission.js';
import { createRoom, findRoom } from '../page/rooms.js';
import { settings } from '../page/settings.js';
import { TuttiElement } from './base.js';
import './tutti-hall.js';
import './tutti-join-card.js';
import type { GoIn, TuttiJoinCard } from './tutti-join-card.js';
import './tutti-problem.js';
import './tutti-top.js';

type Phase =
  /** `going`: joining has begun. */
  | { at: 'card'; going: boolean; trouble: Trouble | null }
  /** Joining without a question: no card to be seen. */
  | { at: 'straight-in' }
  | { at: 'hall' }
  | { at: 'left' }
  /** Another tab of this browser has gone in. */
  | { at: 'elsewhere' }
  | { at: 'problem'; trouble: Trouble };

/** Troubles that the card cannot help with. */
const FINAL: ReadonlySet<string> = new Set([
  'insecure-origin',
  'browser-too-old',
  'engine-failed',
  'room-unknown',
  'room-full',
  'server-unreachable',
  'rate-limited',
  'signalling-failed',
]);

/** Troubles that another try may mend. */
const PASSING: ReadonlySet<string> = new Set([
  'engine-failed',
  'room-full',
  'server-unreachable',
  'rate-limited',
  'signalling-failed',
]);

@customElement('tutti-room')
export class TuttiRoom extends TuttiElement {
  static override styles = [
    TuttiElement.styles,
    css`
      :host {
        display: flex;
        flex-direction: column;
      }

      /* The hall scrolls inside, between the top and the dock. */
      :host([hall]) {
        height: 100dvh;
        max-height: 100dvh;
      }

      main {
        flex: 1;
        display: flex;
        flex-direction: column;
      }

      .going {
        margin: auto;
        color: var(--soft);
        font-size: 1.5rem;
      }

      a.button {
        display: inline-flex;
        align-items: center;
        min-height: var(--target);
      }
    `,
  ];

  @state() private phase: Phase = { at: 'card', going: false, trouble: null };
  @state() private audio: Tutti | null = null;
  @state() private session: Session | null = null;

  @query('tutti-join-card') private card!: TuttiJoinCard | null;

  readonly #room = roomOfPath(location.pathname);
  readonly #query = new URLSearchParams(location.search);
  #name = this.#query.get('name')?.trim() || settings.name;
  readonly #place = new OnlyTab(() => void this.#leave('elsewhere'));

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pointerdown', this.#wake);
    addEventListener('keydown', this.#wake);
    void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pointerdown', this.#wake);
    removeEventListener('keydown', this.#wake);
  }

  /** Any touch of the page is the click that the browser wants. */
  readonly #wake = (): void => {
    if (this.audio && !this.audio.running) void this.audio.resume().catch(() => undefined);
  };

  async #begin(): Promise<void> {
    const room = this.#room;
    if (room === null) return this.#fail({ code: 'room-unknown', detail: '' });
    const straight = this.#query.has('join') && this.#name !== '';
    await this.#open(room, straight);
  }

  /** `straight`: goes in without a question where the browser asks none. */
  async #open(room: string, straight: boolean): Promise<void> {
    if (straight) this.phase = { at: 'straight-in' };
    const permission = microphonePermission();
    let audio: Tutti;
    try {
      audio = await openAudio();
    } catch (error) {
      return this.#fail(troubleOf(error, 'engine-failed'));
    }
    audio.quality = settings.quality;
    this.audio = audio;
    restoreOutput(audio);
    void audio.resume().catch(() => undefined);

    const allowed = await permission;
    if (straight && (allowed === 'granted' || allowed === 'unknown')) {
      return this.#straightIn(audio);
    }
    this.phase = { at: 'card', going: false, trouble: null };
    findRoom(room).catch((error: unknown) => {
      const trouble = troubleOf(error, 'server-unreachable');
      if (trouble.code === 'room-unknown' && this.phase.at === 'card') this.#fail(trouble);
    });
    await this.updateComplete;
    if (allowed === 'granted') await this.card?.openMicrophone();
  }

  async #straightIn(audio: Tutti): Promise<void> {
    try {
      await openRemembered(audio);
    } catch {
      // The card says why: it tries once more and shows the words.
      this.phase = { at: 'card', going: false, trouble: null };
      await this.updateComplete;
      await this.card?.openMicrophone();
      return;
    }
    await this.#goIn(this.#name);
  }

  async #goIn(name: string): Promise<void> {
    const { audio } = this;
    if (!audio || this.#room === null) return;
    if (this.phase.at === 'card') this.phase = { at: 'card', going: true, trouble: null };
    const session = openSession(audio, { room: this.#room, name });
    session.caution = settings.caution;
    try {
      await session.join();
    } catch (error) {
      const trouble = troubleOf(error, 'signalling-failed');
      if (FINAL.has(trouble.code)) this.#fail(trouble);
      else this.phase = { at: 'card', going: false, trouble };
      return;
    }
    session.addEventListener('state', () => {
      if (session === this.session && session.state === 'failed') {
        this.#out();
        this.#fail(troubleOf(session.error, 'signalling-failed'));
      }
    });
    // The name may change.
    const takePlace = (): void => {
      if (session === this.session) this.#place.take(session.room, session.name);
    };
    session.addEventListener('peers', takePlace);
    this.session = session;
    takePlace();
    window.tutti = { session, audio };
    this.phase = { at: 'hall' };
  }

  async #leave(to: 'left' | 'elsewhere'): Promise<void> {
    const { session, audio } = this;
    this.#name = session?.name ?? this.#name;
    this.phase = { at: to };
    this.audio = null;
    this.#out();
    await session?.leave().catch(() => undefined);
    await audio?.close().catch(() => undefined);
  }

  #out(): void {
    this.#place.leave();
    this.session = null;
    delete window.tutti;
  }

  #fail(trouble: Trouble): void {
    this.phase = { at: 'problem', trouble };
  }

  async #openAnother(): Promise<void> {
    try {
      const { id } = await createRoom();
      location.assign(roomPath(id));
    } catch (error) {
      this.#fail(troubleOf(error, 'server-unreachable'));
    }
  }

  #problem(trouble: Trouble) {
    const { title, text } = this.w.errors[trouble.code](trouble.detail);
    const again = PASSING.has(trouble.code);
    return html`<tutti-problem .heading=${title} .text=${text}>
      ${
        again
          ? html`<button class="main" type="button" @click=${() => location.reload()}>
              ${this.w.tryAgain}
            </button>`
          : nothing
      }
      ${
        trouble.code === 'room-unknown'
          ? html`<button class="main" type="button" @click=${this.#openAnother}>
              ${this.w.lobby.open}
            </button>`
          : nothing
      }
      <a class="button" href="/">${this.w.toStart}</a>
    </tutti-problem>`;
  }

  #left() {
    const w = this.w.room;
    return html`<tutti-problem .heading=${w.leftTitle} .text=${w.leftText}>
      <button class="main" type="button" @click=${() => location.reload()}>${w.again}</button>
      <a class="button" href="/">${this.w.toStart}</a>
    </tutti-problem>`;
  }

  #elsewhere() {
    const w = this.w.troubles.elsewhere;
    return html`<tutti-problem .heading=${w.title} .text=${w.text}>
      <button class="main" type="button" @click=${() => this.#open(this.#room!, true)}>
        ${w.back}
      </button>
      <a class="button" href="/">${this.w.toStart}</a>
    </tutti-problem>`;
  }

  #body() {
    const { phase, audio, session } = this;
    switch (phase.at) {
      case 'card':
        return html`<main>
          <tutti-join-card
            .audio=${audio}
            .name=${this.#name}
            .trouble=${phase.trouble}
            ?busy=${phase.going}
            @go-in=${(event: CustomEvent<GoIn>) => this.#goIn(event.detail.name)}
          ></tutti-join-card>
        </main>`;
      case 'straight-in':
        return html`<main><p class="going" role="status">${this.w.room.goingIn}</p></main>`;
      case 'hall':
        return html`<tutti-hall
          .audio=${audio}
          .session=${session}
          @leave=${() => this.#leave('left')}
        ></tutti-hall>`;
      case 'left':
        return html`<main>${this.#left()}</main>`;
      case 'elsewhere':
        return html`<main>${this.#elsewhere()}</main>`;
      case 'problem':
        return html`<main>${this.#problem(phase.trouble)}</main>`;
    }
  }

  protected override willUpdate(): void {
    this.toggleAttribute('hall', this.phase.at === 'hall');
  }

  override render() {
    return html`<tutti-top ?home=${this.phase.at !== 'hall'}></tutti-top>${this.#body()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tutti-room': TuttiRoom;
  }
}
