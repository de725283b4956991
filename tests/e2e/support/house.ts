/** The real server with the real pages; a recorder worklet and the library are among their assets. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { RoomCreated } from 'tutti/protocol';
import { readConfig } from '../../../web/server/src/config.js';
import { createServer, type TuttiServer } from '../../../web/server/src/server.js';

const DIST = new URL('../../../web/app/dist', import.meta.url).pathname;
const LIBRARY = new URL('../../../bindings/dist', import.meta.url).pathname;

/** Keeps the first channel of what it hears, and says so when it has enough. */
const RECORDER = `
registerProcessor('recorder', class extends AudioWorkletProcessor {
  constructor({ processorOptions }) {
    super();
    this.kept = new Float32Array(processorOptions.frames);
    this.at = 0;
  }
  process([[sound]]) {
    if (sound === undefined) return true;
    this.kept.set(sound.subarray(0, this.kept.length - this.at), this.at);
    this.at = Math.min(this.at + sound.length, this.kept.length);
    if (this.at < this.kept.length) return true;
    this.port.postMessage(this.kept);
    return false;
  }
});`;
export const RECORDER_URL = '/assets/recorder.js';
/** As it was built, for pages that do not bring what a test needs of it. */
export const LIBRARY_URL = '/assets/tutti/';

export class House {
  private constructor(
    private readonly pages: string,
    private server: TuttiServer,
    readonly url: string,
  ) {}

  static async open(): Promise<House> {
    const pages = mkdtempSync(join(tmpdir(), 'tutti-e2e-'));
    cpSync(DIST, pages, { recursive: true });
    writeFileSync(join(pages, RECORDER_URL), RECORDER);
    cpSync(LIBRARY, join(pages, LIBRARY_URL), { recursive: true });
    const server = House.serve(pages, 0);
    return new House(pages, server, await server.listen());
  }

  private static serve(pages: string, port: number): TuttiServer {
    const config = readConfig({
      PORT: String(port === 0 ? 1 : port),
      PAGES_DIR: pages,
      ROOM_SECRET: 'of-these-tests-only-0123456789abcdef',
      GRACE_SECONDS: '600',
      ROOMS_PER_MINUTE: '1000',
    });
    return createServer({ ...config, port }, { log: pino({ level: 'silent' }) });
  }

  async room(): Promise<string> {
    const response = await fetch(`${this.url}/api/rooms`, { method: 'POST' });
    return ((await response.json()) as RoomCreated).url;
  }

  /** The server goes away, */
  async stop(): Promise<void> {
    await this.server.close();
  }
  /** and another one comes at the same address. */
  async restart(): Promise<void> {
    this.server = House.serve(this.pages, Number(new URL(this.url).port));
    await this.server.listen();
  }

  async close(): Promise<void> {
    await this.server.close();
    rmSync(this.pages, { recursive: true, force: true });
  }
}
