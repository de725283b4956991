/**
 * Every page and main state, each with the way there. What holds for all of them is tested over
 * this list (tests/e2e/pages.test.ts), and scripts/screenshots takes their pictures: a new state
 * needs one more entry, and nothing else.
 *
 * `reach` begins with nothing, answers the page once the state is to be seen, and may take several
 * people. The page is in English until somebody changes that.
 */
import type { Page } from 'playwright-core';
import { eventually } from './eventually.js';
import { heardPeer } from './musician.js';
import type { Visit } from './visit.js';

export interface State {
  /** Of the picture's file too. */
  name: string;
  /** What is to be seen: a heading of docs/pages.md. */
  shows: string;
  reach: (visit: Visit) => Promise<Page>;
}

/** Anna's page, once she hears Bruno. */
export async function twoPlaying(visit: Visit): Promise<Page> {
  const anna = await visit.musician('Anna', await visit.company());
  await eventually('Anna hears Bruno', async () => (await heardPeer(anna)) !== null);
  await anna
    .getByText(/of air/)
    .first()
    .waitFor();
  return anna;
}

/** The shortest run of a part of the bench. */
const LITTLE = 'ways=worker/ring&loads=idle&peers=1&seconds=1&settle=1';

export const STATES: readonly State[] = [
  {
    name: 'lobby',
    shows: 'The lobby: open a room, or go to one whose link was sent',
    async reach(visit) {
      const page = await visit.page();
      await page.getByRole('button', { name: 'Open a room' }).waitFor();
      return page;
    },
  },
  {
    name: 'lobby-wrong-link',
    shows: 'The lobby, after a link that is not one of a room',
    async reach(visit) {
      const page = await visit.page();
      await page.getByRole('textbox', { name: 'Have you been sent a link?' }).fill('tomorrow');
      await page.getByRole('button', { name: 'Go to the room' }).click();
      await page.getByText('This is not the link of a room').waitFor();
      return page;
    },
  },
  {
    name: 'lobby-no-server',
    shows: 'The lobby, when the server does not answer',
    async reach(visit) {
      const page = await visit.page();
      await page.context().setOffline(true);
      await page.getByRole('button', { name: 'Open a room' }).click();
      await page.getByText('The server does not answer').waitFor();
      return page;
    },
  },
  {
    name: 'card',
    shows: 'Before going in: the name, the microphone with its level, headphones',
    async reach(visit) {
      const page = await visit.card();
      await page.getByRole('textbox', { name: 'Your name' }).fill('Anna');
      await page
        .getByRole('status')
        .filter({ hasText: /level|quiet|loud/ })
        .first()
        .waitFor();
      return page;
    },
  },
  {
    name: 'card-no-name',
    shows: 'The card, when the name was forgotten',
    async reach(visit) {
      const page = await visit.card();
      await page.getByRole('button', { name: 'Go in' }).click();
      await page.getByText('Write a name').waitFor();
      return page;
    },
  },
  {
    name: 'card-denied',
    shows: 'The card, when the browser keeps the microphone from the page',
    async reach(visit) {
      const page = await visit.card(() => {
        const denied = { state: 'denied' } as PermissionStatus;
        navigator.permissions.query = () => Promise.resolve(denied);
        navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
      });
      await page.getByRole('button', { name: 'Try the microphone' }).click();
      await page.getByText('The browser keeps the microphone').waitFor();
      return page;
    },
  },
  {
    name: 'alone',
    shows: 'In the room, alone so far, with the link to send',
    async reach(visit) {
      const page = await visit.musician('Anna');
      await page.getByText('The room is open').waitFor();
      return page;
    },
  },
  {
    name: 'playing',
    shows: 'Two musicians playing',
    reach: twoPlaying,
  },
  {
    name: 'settings',
    shows: 'The settings, while playing',
    async reach(visit) {
      const page = await twoPlaying(visit);
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('dialog', { name: 'Settings' }).waitFor();
      return page;
    },
  },
  {
    name: 'numbers',
    shows: 'The numbers beside the musicians',
    async reach(visit) {
      const page = await twoPlaying(visit);
      await page.getByRole('button', { name: 'Numbers' }).click();
      await page.getByRole('table').filter({ hasText: 'Playout delay' }).waitFor();
      return page;
    },
  },
  {
    name: 'chat',
    shows: 'The chat, with a link',
    async reach(visit) {
      const page = await twoPlaying(visit);
      await page.getByRole('button', { name: 'Chat' }).click();
      const field = page.getByRole('textbox', { name: 'Message to all' });
      await field.fill('The score: https://imslp.org/wiki/Telemann');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('log').getByRole('link').waitFor();
      return page;
    },
  },
  {
    name: 'pictures',
    shows: 'The camera: own hands beside the musicians',
    async reach(visit) {
      const page = await twoPlaying(visit);
      await page.context().grantPermissions(['microphone', 'camera']);
      await page.getByRole('button', { name: 'Video' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Turn my camera on' }).click();
      await page.getByRole('list', { name: 'Pictures' }).getByText('You').waitFor();
      return page;
    },
  },
  {
    name: 'sound-stopped',
    shows: 'In the room, after a call or the system has taken the sound',
    async reach(visit) {
      const page = await visit.musician('Anna');
      await page.evaluate(async () => {
        const { context } = window.tutti!.audio;
        // Any key or touch would do.
        context.resume = () => Promise.reject(new DOMException('', 'NotAllowedError'));
        await context.suspend();
      });
      await page.getByRole('dialog', { name: 'The sound has stopped' }).waitFor();
      return page;
    },
  },
  {
    name: 'left',
    shows: 'After leaving',
    async reach(visit) {
      const page = await visit.musician('Anna');
      await page.getByRole('button', { name: 'Leave' }).click();
      await page.getByText('You have left the room').waitFor();
      return page;
    },
  },
  {
    name: 'room-gone',
    shows: 'The link of a room that is gone',
    async reach(visit) {
      const page = await visit.page(`/r/${'x'.repeat(22)}`);
      await page.getByText('This room is gone').waitFor();
      return page;
    },
  },
  {
    name: 'too-old',
    shows: 'A browser that lacks what Tutti needs',
    async reach(visit) {
      const page = await visit.card(() => {
        Reflect.deleteProperty(window, 'AudioWorkletNode');
      });
      await page.getByText('This browser lacks something').waitFor();
      return page;
    },
  },
  {
    name: 'no-server',
    shows: 'Going in, when the server does not answer',
    async reach(visit) {
      const page = await visit.card();
      await page.getByRole('textbox', { name: 'Your name' }).fill('Anna');
      await page.context().setOffline(true);
      await page.getByRole('button', { name: 'Go in' }).click();
      await page.getByText('The server does not answer').waitFor();
      return page;
    },
  },
  {
    name: 'bench',
    shows: 'The page that measures its browser, for developers',
    async reach(visit) {
      const page = await visit.page('/bench');
      await page.getByRole('button', { name: 'Measure', exact: true }).waitFor();
      return page;
    },
  },
  {
    name: 'bench-running',
    shows: 'The same, measuring',
    async reach(visit) {
      const page = await visit.page('/bench?run=loopback&seconds=60');
      await page.getByRole('progressbar', { name: 'How far the measurement is' }).waitFor();
      return page;
    },
  },
  {
    name: 'bench-results',
    shows: 'The same, with what it measured',
    async reach(visit) {
      const page = await visit.page(`/bench?run=all&${LITTLE}`);
      await page.getByRole('heading', { name: 'Results' }).waitFor();
      return page;
    },
  },
];
