/**
 * Every sentence of the pages, in English. This file gives the other languages their type: a
 * missing key there does not compile. Voice: plain and kind; say what happened, what it means for
 * the music, what to do.
 */
import type { ErrorCode, InputChannels, LatencyPart, Microphone, Provenance, Quality } from 'tutti';
import type { Measurement, QuantumResult } from 'tutti/bench';
import type { RoundTripAdvice, RoundTripVerdict } from 'tutti/round-trip';
import type { CautionWord } from '../logic/caution.js';
import type { DeviceNews, DeviceTrouble } from '../logic/device-news.js';
import type { InputCaution, OutputCaution } from '../logic/devices.js';
import type { LevelVerdict } from '../logic/level-help.js';
import type { News, Resting } from '../logic/news.js';
import type { PanWord } from '../logic/pan.js';
import type { StageState } from '../logic/stage-state.js';
import type { Side } from '../page/test-chord.js';

interface Problem {
  title: string;
  text: string;
}

type Processing = Microphone['processing'][number];

const processing: Record<Processing, string> = {
  echoCancellation: 'echo cancelling',
  noiseSuppression: 'noise removal',
  autoGainControl: 'automatic volume',
  voiceIsolation: 'voice isolation',
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
    measure: 'Measure this browser',
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
    caution: {
      wireless:
        'This looks like a wireless headset. It makes you sound like a telephone, and a fifth of a ' +
        'second late: too late to play together. Take a microphone on a cable, or the computer’s own.',
      telephone:
        'This microphone gives no more sound than a telephone, as wireless headsets do. The others ' +
        'hear you dull, and late. Take a microphone on a cable, or the computer’s own.',
    } satisfies Record<InputCaution, string>,
  },

  loudspeaker: {
    label: 'Headphones or loudspeaker',
    standard: 'The browser’s own choice',
    unnamed: (n: number) => `Output ${n}`,
    volume: 'Volume',
    try: 'Test chord',
    tryHint: 'On the left, on the right, then on both sides. Only you hear it.',
    stop: 'Stop the chord',
    now: {
      left: 'Now on the left.',
      right: 'Now on the right.',
      both: 'Now on both sides.',
    } satisfies Record<Side, string>,
    caution: {
      wireless:
        'These look like wireless headphones. They let you hear everybody a fifth of a second late, ' +
        'too late to play together. Take headphones on a cable.',
      'two-devices':
        'You play into one device and listen on another, and their clocks differ. That costs a ' +
        'little delay. If the microphone’s device has a socket for headphones, use that one.',
    } satisfies Record<OutputCaution, string>,
  },

  echo: {
    start: 'Hear yourself',
    opening: 'Connecting…',
    stop: 'Stop hearing yourself',
    hint: 'As you sound after the way to the server and back. Headphones first: through loudspeakers it howls.',
    noMicrophone: 'For this, try the microphone first.',
    on: 'Now you hear yourself.',
    measuring: 'Now you hear yourself. Measuring how late.',
    late: (ms: string, metres: string) =>
      `You hear yourself ${ms} after you play, as if across ${metres} of air.`,
    ended: 'The connection to the server is over; it lasts a minute at most.',
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
          return (
            `There is no way through to ${now.name}’s network: you do not hear each other. Try a ` +
            'cable, or a phone’s hotspot.'
          );
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

  /** Of devices and of the browser, while in the room. */
  troubles: {
    told: {
      'microphone-back': () => 'Your microphone is back: the others hear you again.',
      'microphone-other': (label: string) =>
        `The others hear you by another microphone now: ${label || 'the browser’s own choice'}.`,
      'microphone-free': () => 'Your microphone is free again: the others hear you.',
      'output-back': () => 'Your sound is back.',
      'output-missing': () =>
        'The loudspeaker or headphones that you chose are gone: you hear the others by what the ' +
        'computer plays to otherwise.',
      'output-found': () => 'You hear the others where you chose to again.',
    } satisfies Record<Exclude<DeviceNews['kind'], DeviceTrouble>, (label: string) => string>,
    resting: {
      'microphone-gone':
        'The others no longer hear you: your microphone is gone. Plug it in again, or choose ' +
        'another in the settings.',
      'microphone-held':
        'The others hear silence from you: a call or a switch holds your microphone back. End the ' +
        'call, or switch it on.',
      'output-gone':
        'You hear nobody: your loudspeaker or headphones are gone. Plug them in, and the sound ' +
        'comes back by itself.',
    } satisfies Record<DeviceTrouble, string>,
    stopped: {
      title: 'The sound has stopped',
      text:
        'A call, or the system, has taken it: you do not hear the others, and they do not hear ' +
        'you. Go on when you are ready.',
      start: 'Go on',
    },
    noDevice: {
      title: 'There is nothing to play to',
      text:
        'Your loudspeaker or headphones are gone: you do not hear the others, and they do not hear ' +
        'you. Plug them in, and it goes on by itself, or here.',
      start: 'Try again',
    },
    elsewhere: {
      title: 'You are in this room in another tab',
      text:
        'Here you have gone out, or the others would hear you twice. Go on in the other tab, or ' +
        'come back to this one.',
      back: 'Come back here',
    },
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

  /** What the musicians show, see tutti-screens. */
  pictures: {
    title: 'Pictures',
    of: {
      camera: (name: string) => name,
      screen: (name: string) => `${name}’s window`,
    },
    own: { camera: 'You', screen: 'Your window' },
    begins: {
      camera: (name: string) => `${name} has turned the camera on.`,
      screen: (name: string) => `${name} is showing a window.`,
    },
    enlarge: (caption: string) => `Enlarge: ${caption}`,
    smaller: 'Back to the room',
    stop: { camera: 'Turn my camera off', screen: 'Stop sharing my window' },
    resting: 'Paused: the sound comes first.',
  },

  show: {
    button: 'Video',
    buttonOn: 'Video on',
    title: 'Camera and window',
    camera: {
      on: 'Turn my camera on',
      off: 'Turn my camera off',
      asking: 'Opening the camera…',
      hint: 'For hands, a bow, a smile.',
    },
    screen: {
      on: 'Share a window',
      off: 'Stop sharing my window',
      asking: 'Choose a window…',
      hint: 'For a score: the others see it large.',
    },
    which: 'Which camera',
    unnamed: (n: number) => `Camera ${n}`,
    soundFirst:
      'The sound comes first: when the line is short, pictures become coarser, or pause for a while.',
  },

  chat: {
    button: 'Chat',
    unread: (count: number) => `Chat, ${count} ${count === 1 ? 'new message' : 'new messages'}`,
    title: 'Chat',
    log: 'Messages',
    empty:
      'Write to everybody in the room, or leave a link. Whoever comes later reads it too, until ' +
      'the last of you leaves.',
    you: 'You',
    /** After the time. */
    toldBy: (name: string) => `passed on by ${name}`,
    field: 'Message to all',
    send: 'Send',
    refused: 'Those were many messages in a short time. Wait a moment, then send it again.',
    written: (name: string) => `${name} has written in the chat.`,
  },

  stage: {
    label: 'Stage',
    /** For those who do not see it. */
    how:
      'Each musician is a slider: the arrows move them left or right, Home puts them in the middle, ' +
      'Enter goes to their volume. The list of musicians has the same, and more.',
    /** For those who see it. */
    hint: 'Drag somebody to where you want to hear them. Press on them for their volume.',
    you: 'you',
    /** What is as wide. */
    arcs: { 3: 'duo', 6: 'chamber group', 10: 'orchestra', 20: 'across the church' },
    pan: {
      centre: 'in the middle',
      littleLeft: 'a little left',
      left: 'left',
      farLeft: 'far left',
      littleRight: 'a little right',
      right: 'right',
      farRight: 'far right',
    } satisfies Record<PanWord, string>,
    away: (metres: string) => `${metres} away`,
    state: {
      unreachable: 'no way through',
      lost: 'interrupted',
      waiting: 'connecting',
      selfMuted: 'muted',
      muted: 'muted by you',
      silenced: 'not in the solo',
      measuring: 'measuring',
      patchy: 'patchy',
    } satisfies Record<Exclude<StageState, 'well'>, string>,
  },

  through: {
    start: (name: string) => `Hear yourself through ${name}`,
    before: (name: string) =>
      `In place of ${name} you hear yourself, as you arrive there; ${name} is told. Put on ` +
      'headphones first: through loudspeakers it howls.',
    begin: 'Headphones are on: begin',
    cancel: 'Cancel',
    asked: (name: string) => `Asking ${name}’s browser…`,
    on: (name: string) => `You hear yourself through ${name}, for a minute at most.`,
    /** After the milliseconds. */
    late: (metres: string) => ` there and back, like across ${metres} of air.`,
    stop: 'Stop hearing yourself',
    refused: (name: string) =>
      `That did not work: ${name} asks for the same just now, or has an older page open. Try again in ` +
      'a minute.',
    lends: (name: string) =>
      `${name} listens to how they sound at your end, and does not hear you for the moment. It ends by itself.`,
    /** In place of how far away they sound. */
    state: 'you hear yourself',
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

  quality: {
    label: 'How your sound is sent',
    name: {
      standard: 'Standard, 16 bit',
      full: 'Full, 24 bit',
    } satisfies Record<Quality, string>,
    why: {
      standard: 'As on a CD. For any connection.',
      full: 'The softest notes in full; takes half as much again of your connection.',
    } satisfies Record<Quality, string>,
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

  /** The page at /bench, for developers. Transports and loads are called as in its JSON. */
  bench: {
    title: 'Measure this browser',
    intro:
      'How long sound is under way inside this browser, what the engine costs on this machine, and ' +
      'what the audio device does. Nothing leaves this page, unless you send it somewhere.',
    advice:
      'Plug the computer in, close other tabs and programs, and keep this tab in front: on battery ' +
      'or in the background, browsers slow a page down, and these would be the numbers of that.',
    inside: 'Inside the browser',
    what: 'What is measured',
    measurement: {
      loopback: 'Loopback',
      quantum: 'Quantum',
      context: 'Context',
    } satisfies Record<Measurement, string>,
    measurementWhy: {
      loopback: 'from one audio worklet to another, over WebRTC within this page',
      quantum: 'what the engine computes for one block of sound, with 1 to 64 streams',
      context: 'the audio device, as the browser opens it',
    } satisfies Record<Measurement, string>,
    seconds: 'Seconds for each loop',
    secondsWrong: (least: string, most: string) =>
      `Write a number of seconds from ${least} to ${most}.`,
    nothingChosen: 'Choose something to measure.',
    takes: (time: string) => `Takes about ${time}. No sound is played.`,
    start: 'Measure',
    cancel: 'Cancel',
    measuring: (measurement: string) => `Measuring: ${measurement}.`,
    left: (time: string) => `about ${time} left`,
    progress: 'How far the measurement is',
    cancelled: 'Cancelled. Nothing of it was kept.',
    done: 'Measured. The results are below.',
    blockedTitle: 'The browser waits for a click',
    blocked: 'Browsers open no sound before you click somewhere. Press the button, and it begins.',
    failed: (message: string) => `The measurement broke off. The browser says: ${message}`,

    wrongTitle: 'This address asks for something that there is not. Nothing was measured.',
    wrong: {
      name: (parameter: string, given: string, possible: string) =>
        `${parameter} cannot be “${given}”. Here it can be: ${possible}.`,
      number: (parameter: string, given: string, least: string, most: string) =>
        `${parameter} cannot be “${given}”. It takes a number from ${least} to ${most}.`,
      path: (parameter: string, given: string) =>
        `${parameter} cannot be “${given}”. It takes a path of this server that begins with /.`,
    },

    results: 'Results',
    hidden:
      'This tab was in the background for some of the time. Browsers slow such a page down: ' +
      'measure again with the tab in front, unless that is what you wanted to know.',
    failures: 'What could not be measured',
    download: 'Download the JSON',
    copy: 'Copy the JSON',
    copied: 'The JSON is copied.',
    copyFailed: 'The browser did not let the page copy. Take the JSON from below.',
    post: (path: string) => `Post to ${path}`,
    posting: (path: string) => `Posting to ${path}…`,
    posted: (path: string) => `Posted to ${path}.`,
    postRefused: (path: string, status: string) =>
      `${path} did not take it: the server answered ${status}.`,
    postFailed: (path: string) =>
      `It could not be posted to ${path}: the server did not answer. Try again, or download it.`,
    json: 'The JSON',
    legend: 'What the columns mean',
    yes: 'yes',
    no: 'no',
    frames: 'frames',

    loop: 'Transport, load',
    loopTimes: 'Loopback: how long',
    loopCounts: 'Loopback: how many',
    columns: {
      latencyFrames: {
        label: 'Latency',
        unit: 'frames',
        why:
          'from the worklet that captures to the worklet that plays, of every frame that came out ' +
          'as it went in. Exact: each frame of the test sound tells its number.',
      },
      latency: { label: 'Latency', unit: 'ms', why: 'the same in milliseconds.' },
      hop: {
        label: 'Hop',
        unit: 'ms',
        why:
          'from the block that filled a packet to its arrival in the network thread of the other ' +
          'side. How late the browser called for that block is part of it. Where the ' +
          'sound device stumbles, so do the stamps: single hops may then even be negative.',
      },
      interval: {
        label: 'Interval',
        unit: 'ms',
        why: 'from one packet’s arrival to the next. A packet of 128 frames lasts 2.67 ms.',
      },
      smallestDelay: {
        label: 'Smallest delay',
        unit: 'ms',
        why:
          'the least constant delay from capture to playout at which every packet that came would ' +
          'have been in time.',
      },
      wakeUp: {
        label: 'Wake-ups',
        unit: 'ms',
        why:
          'how late a thread woke meanwhile that only sleeps for a quantum at a time: what the ' +
          'machine itself does to any program. Below that no delay can be without gaps.',
      },
      received: { label: 'Received', unit: 'packets', why: 'that came.' },
      lost: { label: 'Lost', unit: 'packets', why: 'that never came.' },
      late: {
        label: 'Late',
        unit: 'packets',
        why: 'that came when they should have been playing.',
      },
      dropped: { label: 'Dropped', unit: 'packets', why: 'not sent, as the way out was full.' },
      concealed: {
        label: 'Concealed',
        unit: 'frames',
        why: 'made up by the engine, of those that were to be played.',
      },
      unclear: {
        label: 'Unclear',
        unit: 'frames',
        why: 'heard, but not as they were captured: concealed, interpolated or blended.',
      },
      jumps: { label: 'Jumps', unit: 'times', why: 'that the playout position jumped.' },
      underruns: {
        label: 'Underruns',
        unit: 'times',
        why: 'that the sound device ran dry. Few browsers tell.',
      },
      packet: { label: 'Packet', unit: 'frames', why: 'in each packet.' },
      quantum: { label: 'Quantum', unit: 'frames', why: 'that the browser asks for at a time.' },
      cost: {
        label: 'Time',
        unit: 'µs',
        why:
          'that a quantum took, with all packets that came before it. The mean is exact; each ' +
          'single value is as coarse as the clock.',
      },
      share: {
        label: 'Of the budget',
        unit: '%',
        why: 'the same as a part of the time that a quantum lasts. At 100 % there is a gap.',
      },
      quanta: { label: 'Quanta', unit: 'counted', why: 'in this row.' },
      clock: { label: 'Clock', unit: 'µs', why: 'the steps of the worker’s clock.' },
    },
    quantileTerms: {
      quantiles: 'half, 95 % and 99 % of all values are not larger.',
      nothing: 'nothing was measured, or this browser does not tell.',
    },
    loopTerms: {
      'worker/ring': 'the network in a worker, shared memory between it and the audio worklet.',
      'worker/port': 'the network in a worker, messages to the audio worklet.',
      main: 'the network in the main thread, as in older browsers.',
      idle: 'the page does nothing else.',
      busy: 'the main thread works for 30 ms of every 100.',
      garbage: 'the main thread makes some 100 MB of garbage a second.',
    },
    ranges: 'Latency and hop, ms: the mark is p50, the bar ends at p99, the line at the maximum',
    latency: 'latency',
    hop: 'hop',
    /** The plot for those who do not see it. */
    rangesSummary: (least: string, leastName: string, most: string, mostName: string) =>
      `Median latencies go from ${least} with ${leastName} to ${most} with ${mostName}. The table has all values.`,
    rangesNothing: 'No loop was heard.',

    streams: 'Streams',
    mean: 'mean',
    state: {
      playing: 'playing',
      concealing: 'concealing',
    } satisfies Record<QuantumResult['state'], string>,
    quantumCaption: (frames: string, us: string) =>
      `The engine’s quantum of ${frames} frames, which lasts ${us} µs`,
    quantumTerms: {
      playing: 'nothing is lost.',
      concealing: 'only quanta in which every stream makes up for a lost packet at once.',
    },
    costs:
      'A quantum’s share of its budget by streams: the point is the mean, the line ends at p99',
    budget: 'budget',
    costsSummary: (name: string, share: string) =>
      `The dearest, ${name}, takes ${share} of the budget on average. The table has all values.`,
    costsNothing: 'No quantum took any time that this browser’s clock can tell.',

    facts: {
      userAgent: { label: 'Browser', why: 'as it calls itself' },
      processors: { label: 'Processors', why: 'logical ones, as the browser tells' },
      isolated: {
        label: 'Isolated',
        why: 'whether shared memory and a finer clock are allowed (crossOriginIsolated)',
      },
      clock: { label: 'Clock', why: 'steps of the main thread’s clock' },
      began: { label: 'Begun', why: 'date and time, UTC' },
      sampleRate: { label: 'Sample rate', why: 'the device’s own' },
      quantum: { label: 'Quantum', why: 'what the browser asks for at a time' },
      quantumChoice: {
        label: 'Quantum can be chosen',
        why: 'whether the browser takes a wish (renderSizeHint)',
      },
      baseLatency: { label: 'Base latency', why: 'the browser’s own buffer' },
      outputLatency: {
        label: 'Output latency',
        why: 'to the loudspeaker, as the browser estimates it',
      },
      playback: { label: 'Playback', why: 'how often and how long the device ran dry' },
      playbackLatency: {
        label: 'Playback latency',
        why: 'smallest / mean / largest, as the browser counts it',
      },
    },
    browser: 'Browser',
    context: 'Context',
    playback: (seconds: string, events: string, ms: string) =>
      `${seconds} s, ${events} underruns, ${ms} ms`,

    acoustic: {
      title: 'Through the air',
      intro:
        'From the loudspeaker to the microphone, through all buffers on both ways. It needs you, ' +
        'and six seconds:',
      steps: [
        'Loudspeakers on, headphones unplugged.',
        'Turn them up to the volume of a voice beside you; the sweeps are loud.',
        'Put the microphone near them, and be quiet while it sounds.',
      ],
      microphone:
        'It listens to the microphone that you last chose in a room, or else to the browser’s own.',
      start: 'Play the sweeps',
      playing: 'Playing and listening…',
      progress: 'How far the round trip is',
      result: (ms: string, frames: string, rate: string) =>
        `The round trip takes ${ms} (${frames} frames at ${rate} Hz).`,
      nothing: 'The sweeps were not heard: there is no number.',
      verdict: {
        good: 'It can be relied on.',
        uncertain: 'Not all sweeps agree: take it with care, and try again.',
        'not-heard': 'Change something, and try again.',
      } satisfies Record<RoundTripVerdict, string>,
      advice: {
        silent: 'The microphone gives nothing at all: is it muted, or is another one meant?',
        'processing-on':
          'The browser keeps its speech processing on, which swallows sweeps and takes time. Turn ' +
          'it off in the settings of the browser or the system.',
        'too-loud': 'It distorts: turn the loudspeaker or the microphone down.',
        unsteady: 'The round trip changed on the way: close other programs.',
        noisy: 'The room is too loud for the sweeps: wait for a quiet moment.',
        'too-quiet':
          'The sweeps are faint: turn the loudspeaker up, or bring the microphone nearer.',
      } satisfies Record<RoundTripAdvice, string>,
      noMicrophone:
        'Without a microphone there is no round trip. Allow or plug in one, then try again.',
      cancelled: 'Cancelled.',
      facts: {
        confidence: { label: 'Confidence', why: 'from 0 to 100 %; good from 75 %' },
        agreeing: { label: 'Agreeing', why: 'sweeps that agree to 2 ms' },
        each: { label: 'Each sweep', why: 'in the order in which they were played' },
        spread: { label: 'Spread', why: 'the largest less the smallest of those that agree' },
        snr: { label: 'Signal to noise', why: 'the sweep’s arrival above everything around it' },
        peak: { label: 'Peak', why: 'the loudest that the microphone gave' },
        baseLatency: { label: 'Base latency', why: 'the browser’s own buffer, as it reports it' },
        outputLatency: { label: 'Output latency', why: 'to the loudspeaker, as reported' },
        inputLatency: { label: 'Input latency', why: 'of the microphone, as reported' },
      },
      details: 'In numbers',
      of: (part: string, whole: string) => `${part} of ${whole}`,
    },
  },

  errors: {
    'insecure-origin': () => ({
      title: 'This address is not a safe one',
      text:
        'Browsers give microphone and sound only to pages on https, so you cannot play from here. ' +
        'Put https:// before the link.',
    }),
    'browser-too-old': (detail) => ({
      title: 'This browser lacks something that Tutti needs',
      text:
        (detail ? `What is missing: ${detail}. ` : '') +
        'Without it there is no sound here. A current Chrome, Edge, Firefox or Safari has it.',
    }),
    'context-blocked': () => ({
      title: 'The browser waits for a click',
      text: 'Until then you hear nobody. Click anywhere on the page.',
    }),
    'engine-failed': (detail) => ({
      title: 'The sound did not start',
      text:
        'You would hear nobody, and nobody you. Load the page again. If it happens again, try another browser.' +
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
      text: 'The others could not hear you. Plug one in, or choose another, then try again.',
    }),
    'microphone-busy': () => ({
      title: 'Another program has the microphone',
      text:
        'The others could not hear you. Close the call or the recorder that is using it, then try ' +
        'again.',
    }),
    'microphone-failed': (detail) => ({
      title: 'The microphone did not start',
      text:
        'The others could not hear you. Unplug it and plug it in again, or choose another.' +
        (detail ? ` The browser says: ${detail}.` : ''),
    }),
    'camera-denied': () => ({
      title: 'The browser keeps the camera from this page',
      text: 'The music goes on without it. To be seen, allow it beside the address, at the top, then try again.',
    }),
    'camera-dismissed': () => ({
      title: 'The question about the camera is still open',
      text: 'Try again, and choose “Allow” when the browser asks.',
    }),
    'camera-missing': () => ({
      title: 'There is no camera',
      text: 'The music goes on without it. To be seen, plug one in, then try again.',
    }),
    'camera-busy': () => ({
      title: 'Another program has the camera',
      text: 'Close the call or the program that is using it, then try again.',
    }),
    'camera-failed': (detail) => ({
      title: 'The camera did not start',
      text:
        'Unplug it and plug it in again, or choose another.' +
        (detail ? ` The browser says: ${detail}.` : ''),
    }),
    'screen-dismissed': () => ({
      title: 'No window was chosen',
      text:
        'Try again, and choose the window with the score. If no question came, the system does not ' +
        'let the browser see the screen: allow it in the system’s privacy settings.',
    }),
    'screen-unsupported': () => ({
      title: 'This browser cannot share a window',
      text: 'Phones and tablets cannot. On a computer, Chrome, Edge, Firefox and Safari can.',
    }),
    'screen-failed': (detail) => ({
      title: 'The window could not be shared',
      text: 'Try again, or choose another.' + (detail ? ` The browser says: ${detail}.` : ''),
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
      text:
        'Without it you do not find the others. Look whether you are connected to the internet, ' +
        'then try again.',
    }),
    'peer-unreachable': () => ({
      title: 'There is no way through to the others',
      text:
        'Your network lets no direct connection through, so you would not hear each other. Try a ' +
        'cable, or a phone’s hotspot.',
    }),
    'rate-limited': () => ({
      title: 'That was many tries in a short time',
      text: 'Wait a minute, then try again.',
    }),
    'signalling-failed': () => ({
      title: 'The connection to the room failed',
      text: 'Try again in a moment.',
    }),
    'output-missing': () => ({
      title: 'These headphones or this loudspeaker are not there',
      text: 'Meanwhile the sound comes from the browser’s own choice. Plug them in, or choose another.',
    }),
    'output-failed': (detail) => ({
      title: 'The browser does not play there',
      text:
        'The sound stays where it was. Choose another, or choose in the settings of the system.' +
        (detail ? ` The browser says: ${detail}.` : ''),
    }),
    'echo-unavailable': () => ({
      title: 'This server sends nobody their sound back',
      text: 'In the room you can hear yourself through another musician.',
    }),
    'echo-unreachable': () => ({
      title: 'No sound gets through to the server',
      text:
        'To other musicians it may. If not: your network lets no sound through; try a cable, or a ' +
        'phone’s hotspot.',
    }),
  } satisfies Record<ErrorCode, (detail: string) => Problem>,
};

/** The type that every language fills. */
export type Words = typeof en;
