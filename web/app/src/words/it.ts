/** Tutte le frasi delle pagine, in italiano. Il tipo viene dall'inglese: una voce che manca non compila. */
import type { Words } from './en.js';

const processing = {
  echoCancellation: 'la cancellazione dell’eco',
  noiseSuppression: 'la riduzione del rumore',
  autoGainControl: 'il volume automatico',
};

const list = (things: readonly string[]): string => new Intl.ListFormat('it').format(things);

export const it: Words = {
  language: 'it',
  other: { code: 'en', name: 'English' },
  lightTheme: 'Tema chiaro',
  tryAgain: 'Riprova',
  close: 'Chiudi',
  toStart: 'Torna all’inizio',

  lobby: {
    tagline: 'Suonare insieme, dal vivo, ognuno da dove si trova.',
    open: 'Apri una stanza',
    opening: 'Apro una stanza…',
    openHint: 'Avrai un link da mandare agli altri. Niente da installare, nessuna registrazione.',
    pasteLabel: 'Ti hanno mandato un link?',
    pastePlaceholder: 'Incollalo qui',
    go: 'Vai alla stanza',
    looking: 'Cerco la stanza…',
    empty: 'Incolla il link che hai ricevuto, o le lettere alla sua fine.',
    unclear: 'Questo non è il link di una stanza, o ne manca un pezzo. Copia il link per intero.',
    elsewhere: (host) => `Questa stanza è su un altro sito, ${host}.`,
    goElsewhere: (host) => `Vai su ${host}`,
  },

  card: {
    title: 'Prima di entrare',
    name: 'Il tuo nome',
    nameMissing: 'Scrivi un nome, così gli altri sanno chi suona.',
    nameTooLong: (most) => `Un nome può avere al massimo ${most} caratteri.`,
    headphones: 'Usa le cuffie, meglio se con il filo.',
    headphonesWhy:
      'Con gli altoparlanti il tuo microfono rimanderebbe agli altri il loro stesso suono. Le ' +
      'cuffie senza filo aggiungono un lungo ritardo.',
    goIn: 'Entra',
    goingIn: 'Entro…',
    goInSilent: 'Entra senza microfono',
    mainPath:
      'Questo browser gestisce la rete dentro la pagina: il suono può incepparsi quando la pagina ' +
      'ha da fare. Un Chrome, Firefox o Safari recente va meglio.',
  },

  microphone: {
    label: 'Microfono',
    standard: (label) => `Quello scelto dal browser${label ? `: ${label}` : ''}`,
    unnamed: (n) => `Microfono ${n}`,
    channels: 'Canali',
    channel: {
      '1': 'Canale 1',
      '2': 'Canale 2',
      stereo: '1 e 2, stereo',
      'mono-mix': '1 e 2, uniti in mono',
    },
    oneChannel: 'Questo microfono ha un solo canale.',
    try: 'Prova il microfono',
    tryHint: 'Il browser ti chiederà se questa pagina può usarlo.',
    opening: 'Apro il microfono…',
    level: 'Livello del microfono',
    goodZone: 'giusto',
    gone: 'Il microfono è stato scollegato: gli altri non ti sentono più. Ricollegalo o scegline un altro.',
    verdict: {
      listening: 'Suona o canta qualcosa di forte, come farai nel brano.',
      silent: 'Non arriva nulla. Il microfono è acceso? È quello giusto?',
      quiet: 'Troppo piano: avvicinati al microfono, o alza il suo ingresso.',
      good: 'Il livello è giusto.',
      loud: 'Troppo forte: il suono si distorce. Abbassa l’ingresso, o allontanati un po’.',
    },
    processing: (on) =>
      `Il browser tiene in funzione ${list(on.map((one) => processing[one]))}: qualche nota ` +
      'potrebbe andare persa. Usa le cuffie, e disattiva questa funzione nelle impostazioni del ' +
      'browser o del sistema.',
  },

  room: {
    title: (count) => (count === 0 ? 'Tutti' : `Tutti, con ${count}`),
    musicians: 'Musicisti',
    aloneTitle: 'La stanza è aperta',
    aloneText: 'Manda questo link a chi vuoi che suoni con te. Li vedrai comparire qui.',
    send: 'Invia…',
    self: 'tu',
    selfMuted: 'spento: nessuno ti sente',
    selfSilent: 'in ascolto, senza microfono',
    mute: 'Spegni il mio microfono',
    muteShort: 'Spegni',
    muteKey: 'M',
    copy: 'Copia il link',
    copied: 'Il link è copiato.',
    copyFailed: (url) => `Il browser non ha lasciato copiare. Il link è ${url}`,
    leave: 'Esci',
    numbers: 'Numeri',
    settings: 'Opzioni',
    goingIn: 'Entro…',
    startTitle: 'Un clic, e senti gli altri',
    startText: 'I browser non fanno sentire nulla finché non fai clic.',
    start: 'Avvia il suono',
    leftTitle: 'Hai lasciato la stanza',
    leftText: 'Per gli altri la stanza resta aperta. Lo stesso link ti riporta dentro.',
    again: 'Rientra',
    resting: (now) => {
      switch (now.kind) {
        case 'well':
          return 'Tutto bene.';
        case 'alone':
          return 'Per ora ci sei solo tu.';
        case 'no-microphone':
          return 'Non hai un microfono attivo: tu senti gli altri, loro non sentono te.';
        case 'rejoining':
          return 'Il server non risponde. La musica continua; il rientro avviene da sé.';
        case 'unreachable':
          return `Non c’è modo di raggiungere la rete di ${now.name}.`;
        case 'lost':
          return `Il suono di ${now.name} si è interrotto. Si ricollega da sé.`;
        case 'waiting':
          return `Mi collego con ${now.name}.`;
      }
    },
    news: ({ kind, name }) => {
      switch (kind) {
        case 'came':
          return `C’è anche ${name}.`;
        case 'left':
          return `${name} ha lasciato la stanza.`;
        case 'lost':
          return `Il suono di ${name} si è interrotto. Si ricollega da sé.`;
        case 'back':
          return `Si sente di nuovo ${name}.`;
        case 'unreachable':
          return `Non c’è modo di raggiungere la rete di ${name}.`;
      }
    },
    rejoined: 'Il server risponde di nuovo.',
  },

  musician: {
    level: 'Livello',
    volume: 'Volume',
    silent: 'muto',
    pan: 'Sinistra o destra',
    centre: 'al centro',
    left: (percent) => `${percent} a sinistra`,
    right: (percent) => `${percent} a destra`,
    mute: 'Muto',
    solo: 'Solo',
    latency: (metres) => `, come ${metres} d’aria`,
    latencyWhy:
      'Dal suo microfono al tuo altoparlante; nell’aria il suono fa questa strada nello stesso tempo.',
    measuring: 'misuro il ritardo',
    waiting: 'in collegamento',
    lost: 'interrotto, si ricollega',
    unreachable: 'non raggiungibile',
    unreachableWhy:
      'Le due reti non lasciano passare un collegamento diretto. Può aiutare un’altra rete: prova ' +
      'con il cavo, o con l’hotspot di un telefono.',
    selfMuted: 'ha spento il microfono',
    silenced: 'in silenzio, c’è un altro in solo',
  },

  caution: {
    label: 'Pronto o sicuro',
    labelOf: (name) => `Pronto o sicuro, solo per ${name}`,
    quick: 'pronto: più vicino',
    safe: 'sicuro: più pulito',
    value: {
      quick: 'pronto',
      ratherQuick: 'piuttosto pronto',
      balanced: 'in equilibrio',
      ratherSafe: 'piuttosto sicuro',
      safe: 'sicuro',
    },
    spoken: (value, place, of) => `${value}, ${place} su ${of}`,
    measuring: 'Misuro con quanto ritardo senti gli altri.',
    one: (name, ms, metres, soon) =>
      `Senti ${name} con ${ms} di ritardo (${metres} d’aria)${soon}.`,
    soon: (ms, metres) => `, tra poco ${ms} (${metres})`,
    all: (ms, metres, soon) => `Senti gli altri con ${ms} di ritardo (${metres} d’aria)${soon}.`,
    several: (near, nearAir, far, farAir, soon) =>
      `Senti gli altri con un ritardo fra ${near} (${nearAir} d’aria) e ${far} (${farAir})${soon}.`,
    soonSeveral: (near, far) => `, tra poco fra ${near} e ${far}`,
  },

  settings: {
    title: 'Opzioni',
    name: 'Il tuo nome',
    rename: 'Cambia',
    master: 'Volume di tutti',
    reset: 'Un doppio clic su un cursore, o il tasto 0, lo rimette a posto.',
  },

  numbers: {
    title: 'Numeri',
    perMusician: 'Per musicista',
    nobody: 'Non c’è ancora nessun altro.',
    measure: 'Misura',
    transport: 'Il suono passa',
    path: {
      worker: 'a fianco della pagina (worker)',
      main: 'dentro la pagina (thread principale)',
    },
    pipe: { ring: 'memoria condivisa', port: 'messaggi' },
    sampleRate: 'Frequenza di campionamento',
    baseLatency: 'Buffer del browser',
    outputLatency: 'Fino all’altoparlante',
    ownMicrophone: 'Il mio microfono',
    heals: 'Microfono rimesso in pari',
    engine: 'Motore per blocco, metà sotto',
    engineWorst: 'Motore per blocco, 99 % sotto',
    overruns: 'Blocchi durati troppo',
    codec: 'Formato',
    rtt: 'Andata e ritorno',
    playoutDelay: 'Attesa prima del suono',
    captureToPlayout: 'Dal microfono al suono',
    drift: 'Differenza degli orologi',
    received: 'Pacchetti ricevuti',
    lost: 'Persi',
    late: 'In ritardo',
    dropped: 'Non inviati, linea piena',
    targetDelay: 'Attesa voluta',
    jitter: 'Oscillazione della rete',
    concealedShare: 'Ricostruito, ultimi 10 s',
    concealed: 'Ricostruito in tutto',
    discontinuities: 'Salti',
    unknown: 'non misurato',
    latency: {
      title: 'Dal loro microfono al tuo orecchio, adesso',
      of: (name) => `${name}, dal microfono al tuo orecchio`,
      columns: { part: 'Tratto', ms: 'Tempo', air: 'In aria' },
      part: {
        microphone: 'microfono',
        packet: 'pacchetto',
        network: 'rete',
        playout: 'attesa prima del suono',
        output: 'altoparlante',
      },
      provenance: {
        measured: 'misurato',
        reported: 'dichiarato dal browser',
        estimated: 'stimato',
      },
      unknown: 'non si sa',
      notHeard: 'ancora non si sente',
      total: (ms, metres) => `${ms}, come ${metres} d’aria`,
      atLeast: (total) => `almeno ${total}`,
      leftOut:
        'Non è compresa l’aria nelle vostre stanze, né ciò che gli apparecchi tengono per sé, come ' +
        'fanno le cuffie senza filo.',
    },
    minute: 'Attesa da questa parte, ultimi 60 s',
    ago: '60 s fa',
    now: 'adesso',
    legend: {
      actual: 'attesa',
      target: 'voluta',
      jitter: 'oscillazione della rete',
      concealed: 'ricostruito',
    },
    summary: {
      of: (name) => `${name}, l’ultimo minuto.`,
      unknown: 'Ancora non si sente nulla.',
      delay: (now, least, most) => `Attesa da questa parte: adesso ${now}, fra ${least} e ${most}.`,
      target: (ms) => `Voluta: ${ms}.`,
      jitter: (ms) => `Oscillazione della rete: ${ms}.`,
      concealed: (time) => `Ricostruito: ${time} di suono.`,
      nothingConcealed: 'Nulla è stato ricostruito.',
    },
  },

  errors: {
    'insecure-origin': () => ({
      title: 'L’indirizzo non è sicuro',
      text: 'I browser danno il microfono solo alle pagine https. Metti https:// davanti al link.',
    }),
    'browser-too-old': (detail) => ({
      title: 'A questo browser manca qualcosa che serve a Tutti',
      text:
        (detail ? `Manca: ${detail}. ` : '') +
        'Chrome, Edge, Firefox e Safari, se aggiornati, ce l’hanno.',
    }),
    'context-blocked': () => ({
      title: 'Il browser aspetta un clic',
      text: 'I browser non fanno sentire nulla finché non fai clic.',
    }),
    'engine-failed': (detail) => ({
      title: 'Il suono non è partito',
      text:
        'Ricarica la pagina. Se succede di nuovo, prova un altro browser.' +
        (detail ? ` Il browser dice: ${detail}.` : ''),
    }),
    'microphone-denied': () => ({
      title: 'Il browser non concede il microfono a questa pagina',
      text: 'Gli altri non potrebbero sentirti. Concedilo accanto all’indirizzo, in alto, poi riprova.',
    }),
    'microphone-dismissed': () => ({
      title: 'La domanda sul microfono è rimasta senza risposta',
      text: 'Gli altri non potrebbero sentirti. Riprova, e scegli «Consenti» quando il browser lo chiede.',
    }),
    'microphone-missing': () => ({
      title: 'Non c’è nessun microfono',
      text: 'Collegane uno, o scegline un altro, poi riprova.',
    }),
    'microphone-busy': () => ({
      title: 'Il microfono è occupato da un altro programma',
      text: 'Chiudi la chiamata o il registratore che lo usa, poi riprova.',
    }),
    'microphone-failed': (detail) => ({
      title: 'Il microfono non è partito',
      text:
        'Scollegalo e ricollegalo, o scegline un altro.' +
        (detail ? ` Il browser dice: ${detail}.` : ''),
    }),
    'name-invalid': () => ({
      title: 'Questo nome non si può usare',
      text: 'Scrivi un nome più corto, con almeno una lettera.',
    }),
    'room-unknown': () => ({
      title: 'Questa stanza non c’è più',
      text:
        'Una stanza si chiude qualche tempo dopo che l’ultimo musicista è uscito; oppure manca un ' +
        'pezzo del link. Fatti rimandare il link, o apri una stanza nuova.',
    }),
    'room-full': () => ({
      title: 'La stanza è piena',
      text: 'Ci sono già tutti i musicisti che può contenere. Riprova quando qualcuno è uscito.',
    }),
    'server-unreachable': () => ({
      title: 'Il server non risponde',
      text: 'Controlla di essere in rete, poi riprova.',
    }),
    'peer-unreachable': () => ({
      title: 'Non c’è modo di raggiungere gli altri',
      text: 'La tua rete non lascia passare un collegamento diretto. Prova con il cavo, o con l’hotspot di un telefono.',
    }),
    'rate-limited': () => ({
      title: 'Troppi tentativi in poco tempo',
      text: 'Aspetta un minuto, poi riprova.',
    }),
    'signalling-failed': () => ({
      title: 'Il collegamento con la stanza non è riuscito',
      text: 'Riprova tra un momento.',
    }),
  },
};
