/**
 * Every sentence of the pages, in English. This file gives the other languages their type: a
 * missing key there does not compile. Voice: plain and kind; say what happened, what it means for
 * the music, what to do.
 */
import type { ErrorCode, InputChannels, LatencyPart, Microphone, Provenance } from 'tutti';
import type { CautionWord } from '../logic/caution.js';
import type { LevelVerdict } from '../logic/level-help.js';
import type { News, Resting } from '../logic/news.js';

interface Problem {
  title: string;
  text: string;
}

type Processing = Microphone['processing'][number];

const processing: Record<Processing, string> = {
  echoCancellation: 'echo cancelling',
  noiseSuppression: 'noise removal',
  autoGainControl: 'automatic volume',
};

const list = (things: readonly string[]): string => new Intl.ListFormat('en').format(things);

export const en = {
  language: 'en' as string,
  /** On the switch that leaves this language, in the other one: see `other`. */
  other: { code: 'it' as string, name: 'Italiano' },
  lightTheme: 'Light theme',
  tryAgain: 'Try again',
  close: 'Close',
  toStart: 'To the start',

  lobby: {
    tagline: 'Play music together, live, each from your own place.',
    open: 'Open a room',
    opening: 'Opening a room…',
    openHint: 'You get a link to send to the others. Nothing to install, no account.',
    pasteLabel: 'Have you been sent a link?',
    pastePlaceholder: 'Paste it here',
    go: 'Go to the room',
    looking: 'Looking for the room…',
    empty: 'Paste the link that you were sent, or the letters at its end.',
    unclear: 'This is not the link of a room, or a piece of it is missing. Copy the whole link.',
    elsewhere: (host: string) => `This room is on another site, ${host}.`,
    goElsewhere: (host: string) => `Go to ${host}`,
  },

  card: {
    title: 'Before you go in',
    name: 'Your name',
    nameMissing: 'Write a name, so that the others know who is playing.',
    nameTooLong: (most: number) => `A name can have up to ${most} characters.`,
    headphones: 'Use headphones, on a wire if you can.',
    headphonesWhy:
      'From a loudspeaker your microphone would send the others their own sound back. Wireless ' +
      'headphones add a long delay.',
    goIn: 'Go in',
    goingIn: 'Going in…',
    goInSilent: 'Go in without a microphone',
    mainPath:
      'This browser handles the network in the page itself: the sound may stumble while the page ' +
      'is busy. A current Chrome, Firefox or Safari does better.',
  },

  microphone: {
    label: 'Microphone',
    /** `label`: the device that it chose, or ''. */
    standard: (label: string) => `The browser’s own choice${label ? `: ${label}` : ''}`,
    unnamed: (n: number) => `Microphone ${n}`,
    channels: 'Channels',
    channel: {
      '1': 'Channel 1',
      '2': 'Channel 2',
      stereo: '1 and 2, stereo',
      'mono-mix': '1 and 2, mixed to mono',
    } satisfies Record<InputChannels, string>,
    oneChannel: 'This microphone has one channel.',
    try: 'Try the microphone',
    tryHint: 'Your browser will ask whether this page may use it.',
    opening: 'Opening the microphone…',
    level: 'Microphone level',
    goodZone: 'good',
    gone: 'The microphone was unplugged: the others no longer hear you. Plug it in, or choose another.',
    verdict: {
      listening: 'Play or sing something loud, as you will in the piece.',
      silent: 'Nothing is coming in. Is the microphone switched on, and is it the right one?',
      quiet: 'Too quiet: come closer to the microphone, or turn its input up.',
      good: 'Good level.',
      loud: 'Too loud: it distorts. Turn the input down, or move back a little.',
    } satisfies Record<LevelVerdict, string>,
    processing: (on: readonly Processing[]) =>
      `Your browser keeps its ${list(on.map((one) => processing[one]))} on: your notes may be ` +
      'swallowed. Use headphones, and turn it off in the settings of the browser or the system.',
  },

  room: {
    title: (count: number) => (count === 0 ? 'Tutti' : `Tutti, with ${count}`),
    musicians: 'Musicians',
    aloneTitle: 'The room is open',
    aloneText: 'Send this link to those you want to play with. They appear here as they come in.',
    send: 'Send…',
    self: 'you',
    selfMuted: 'muted: nobody hears you',
    selfSilent: 'listening, no microphone',
    mute: 'Mute my microphone',
    muteShort: 'Mute',
    muteKey: 'M',
    copy: 'Copy the link',
    copied: 'The link is copied.',
    copyFailed: (url: string) => `The browser did not let the page copy. The link is ${url}`,
    leave: 'Leave',
    numbers: 'Numbers',
    settings: 'Settings',
    goingIn: 'Going in…',
    startTitle: 'One click, and you hear the others',
    startText: 'Browsers play no sound before you click somewhere.',
    start: 'Start the sound',
    leftTitle: 'You have left the room',
    leftText: 'The room stays open for the others. The same link brings you back.',
    again: 'Go back in',
    resting: (now: Resting): string => {
      switch (now.kind) {
        case 'well':
          return 'All well.';
        case 'alone':
          return 'You are alone here for now.';
        case 'no-microphone':
          return 'You have no microphone on: you hear the others, they do not hear you.';
        case 'rejoining':
          return 'The server does not answer. The music goes on; rejoining by itself.';
        case 'unreachable':
          return `There is no way through to ${now.name}’s network.`;
        case 'lost':
          return `The sound from ${now.name} has stopped. Reconnecting by itself.`;
        case 'waiting':
          return `Connecting to ${now.name}.`;
      }
    },
    news: ({ kind, name }: News): string => {
      switch (kind) {
        case 'came':
          return `${name} came in.`;
        case 'left':
          return `${name} left.`;
        case 'lost':
          return `The sound from ${name} has stopped. Reconnecting by itself.`;
        case 'back':
          return `${name} is back.`;
        case 'unreachable':
          return `There is no way through to ${name}’s network.`;
      }
    },
    rejoined: 'The server is back.',
  },

  musician: {
    level: 'Level',
    volume: 'Volume',
    silent: 'silent',
    pan: 'Left or right',
    centre: 'centre',
    left: (percent: string) => `${percent} left`,
    right: (percent: string) => `${percent} right`,
    mute: 'Mute',
    solo: 'Solo',
    /** After the milliseconds. */
    latency: (metres: string) => `, like ${metres} of air`,
    latencyWhy:
      'From their microphone to your loudspeaker; sound in air takes as long for this way.',
    measuring: 'measuring the delay',
    waiting: 'connecting',
    lost: 'interrupted, reconnecting',
    unreachable: 'no way through',
    unreachableWhy:
      'The two networks let no direct connection through. Another network may help: try a cable, ' +
      'or a phone’s hotspot.',
    selfMuted: 'has muted their microphone',
    silenced: 'silent, another is on solo',
  },

  caution: {
    label: 'Quick or safe',
    labelOf: (name: string) => `Quick or safe, for ${name} alone`,
    quick: 'quick: closer',
    safe: 'safe: smoother',
    value: {
      quick: 'quick',
      ratherQuick: 'rather quick',
      balanced: 'balanced',
      ratherSafe: 'rather safe',
      safe: 'safe',
    } satisfies Record<CautionWord, string>,
    /** For screen readers, at each place along the slider. */
    spoken: (value: string, place: string, of: string) => `${value}, ${place} of ${of}`,
    measuring: 'Measuring how late you hear the others.',
    /** `soon` is empty when nothing is about to change. */
    one: (name: string, ms: string, metres: string, soon: string) =>
      `You hear ${name} ${ms} late (${metres} of air)${soon}.`,
    soon: (ms: string, metres: string) => `, soon ${ms} (${metres})`,
    /** Several, as late as one another. */
    all: (ms: string, metres: string, soon: string) =>
      `You hear the others ${ms} late (${metres} of air)${soon}.`,
    /** The nearest and the furthest of several. */
    several: (near: string, nearAir: string, far: string, farAir: string, soon: string) =>
      `You hear the others ${near} (${nearAir} of air) to ${far} (${farAir}) late${soon}.`,
    soonSeveral: (near: string, far: string) => `, soon ${near} to ${far}`,
  },

  settings: {
    title: 'Settings',
    name: 'Your name',
    rename: 'Change',
    master: 'Everybody’s volume',
    reset: 'Double-click a slider, or press 0 on it, to put it back.',
  },

  numbers: {
    title: 'Numbers',
    perMusician: 'Each musician',
    nobody: 'Nobody else is here yet.',
    measure: 'Measure',
    transport: 'Sound travels',
    path: { worker: 'beside the page (worker)', main: 'through the page (main thread)' },
    pipe: { ring: 'shared memory', port: 'messages' },
    sampleRate: 'Sample rate',
    baseLatency: 'Browser’s buffer',
    outputLatency: 'Way to the loudspeaker',
    ownMicrophone: 'Own microphone',
    heals: 'Microphone caught up',
    engine: 'Engine per block, half below',
    engineWorst: 'Engine per block, 99 % below',
    overruns: 'Blocks that took too long',
    codec: 'Format',
    rtt: 'There and back',
    playoutDelay: 'Playout delay',
    captureToPlayout: 'Microphone to playout',
    drift: 'Clock difference',
    received: 'Packets received',
    lost: 'Lost',
    late: 'Late',
    dropped: 'Not sent, line full',
    targetDelay: 'Delay aimed at',
    jitter: 'Network jitter',
    concealedShare: 'Concealed, last 10 s',
    concealed: 'Concealed in all',
    discontinuities: 'Jumps',
    unknown: 'not measured',
    latency: {
      title: 'From their microphone to your ear, now',
      of: (name: string) => `${name}, from the microphone to your ear`,
      columns: { part: 'Part', ms: 'Time', air: 'In air' },
      part: {
        microphone: 'microphone',
        packet: 'packing',
        network: 'network',
        playout: 'waiting to be played',
        output: 'loudspeaker',
      } satisfies Record<LatencyPart['name'], string>,
      provenance: {
        measured: 'measured',
        reported: 'reported by the browser',
        estimated: 'estimated',
      } satisfies Record<Provenance, string>,
      unknown: 'not known',
      notHeard: 'not heard yet',
      total: (ms: string, metres: string) => `${ms}, like ${metres} of air`,
      /** `total` is that of the parts that are known. */
      atLeast: (total: string) => `at least ${total}`,
      leftOut:
        'Not counted: the air in your rooms, and what devices keep to themselves, as wireless ' +
        'headphones do.',
    },
    /** Of the graphs: how long sound waits at this end, so that late packets are in time. */
    minute: 'Delay at this end, last 60 s',
    ago: '60 s ago',
    now: 'now',
    legend: {
      actual: 'delay',
      target: 'aimed at',
      jitter: 'network jitter',
      concealed: 'concealed',
    },
    /** The graph for those who do not see it. */
    summary: {
      of: (name: string) => `${name}, the last minute.`,
      unknown: 'Nothing is heard yet.',
      delay: (now: string, least: string, most: string) =>
        `Delay at this end now ${now}, between ${least} and ${most}.`,
      target: (ms: string) => `Aimed at: ${ms}.`,
      jitter: (ms: string) => `Network jitter: ${ms}.`,
      concealed: (time: string) => `Concealed: ${time} of sound.`,
      nothingConcealed: 'Nothing was concealed.',
    },
  },

  errors: {
    'insecure-origin': () => ({
      title: 'This address is not a safe one',
      text: 'Browsers give the microphone only to pages on https. Put https:// before the link.',
    }),
    'browser-too-old': (detail) => ({
      title: 'This browser lacks something that Tutti needs',
      text:
        (detail ? `What is missing: ${detail}. ` : '') +
        'A current Chrome, Edge, Firefox or Safari has it.',
    }),
    'context-blocked': () => ({
      title: 'The browser waits for a click',
      text: 'Browsers play no sound before you click somewhere.',
    }),
    'engine-failed': (detail) => ({
      title: 'The sound did not start',
      text:
        'Load the page again. If it happens again, try another browser.' +
        (detail ? ` The browser says: ${detail}.` : ''),
    }),
    'microphone-denied': () => ({
      title: 'The browser keeps the microphone from this page',
      text: 'The others could not hear you. Allow it beside the address, at the top, then try again.',
    }),
    'microphone-dismissed': () => ({
      title: 'The question about the microphone is still open',
      text: 'The others could not hear you. Try again, and choose “Allow” when the browser asks.',
    }),
    'microphone-missing': () => ({
      title: 'There is no microphone',
      text: 'Plug one in, or choose another, then try again.',
    }),
    'microphone-busy': () => ({
      title: 'Another program has the microphone',
      text: 'Close the call or the recorder that is using it, then try again.',
    }),
    'microphone-failed': (detail) => ({
      title: 'The microphone did not start',
      text:
        'Unplug it and plug it in again, or choose another.' +
        (detail ? ` The browser says: ${detail}.` : ''),
    }),
    'name-invalid': () => ({
      title: 'This name cannot be used',
      text: 'Write a shorter name, with at least one letter.',
    }),
    'room-unknown': () => ({
      title: 'This room is gone',
      text:
        'A room closes some time after the last musician leaves; or a piece of the link is ' +
        'missing. Ask for the link again, or open a new room.',
    }),
    'room-full': () => ({
      title: 'This room is full',
      text: 'As many musicians are in as it can hold. Try again when somebody has left.',
    }),
    'server-unreachable': () => ({
      title: 'The server does not answer',
      text: 'Look whether you are connected to the internet, then try again.',
    }),
    'peer-unreachable': () => ({
      title: 'There is no way through to the others',
      text: 'Your network lets no direct connection through. Try a cable, or a phone’s hotspot.',
    }),
    'rate-limited': () => ({
      title: 'That was many tries in a short time',
      text: 'Wait a minute, then try again.',
    }),
    'signalling-failed': () => ({
      title: 'The connection to the room failed',
      text: 'Try again in a moment.',
    }),
  } satisfies Record<ErrorCode, (detail: string) => Problem>,
};

/** The type that every language fills. */
export type Words = typeof en;
