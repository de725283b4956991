/** Tutte le frasi delle pagine, in italiano. Il tipo viene dall'inglese: una voce che manca non compila. */
import type { Words } from './en.js';

const processing = {
  echoCancellation: 'la cancellazione dell’eco',
  noiseSuppression: 'la riduzione del rumore',
  autoGainControl: 'il volume automatico',
  voiceIsolation: 'l’isolamento della voce',
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
    measure: 'Misura questo browser',
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
    caution: {
      wireless:
        'Sembra una cuffia senza filo. Ti fa sentire come al telefono, e con un quinto di secondo di ' +
        'ritardo: troppo per suonare insieme. Usa un microfono con il filo, o quello del computer.',
      telephone:
        'Questo microfono dà un suono da telefono, come fanno le cuffie senza filo. Gli altri ti ' +
        'sentono opaco, e in ritardo. Usa un microfono con il filo, o quello del computer.',
    },
  },

  loudspeaker: {
    label: 'Cuffie o altoparlante',
    standard: 'Quello scelto dal browser',
    unnamed: (n) => `Uscita ${n}`,
    volume: 'Volume',
    try: 'Accordo di prova',
    tryHint: 'A sinistra, a destra, poi da tutte e due le parti. Lo senti solo tu.',
    stop: 'Ferma l’accordo',
    now: {
      left: 'Ora a sinistra.',
      right: 'Ora a destra.',
      both: 'Ora da tutte e due le parti.',
    },
    caution: {
      wireless:
        'Sembrano cuffie senza filo. Ti fanno sentire tutti con un quinto di secondo di ritardo, ' +
        'troppo per suonare insieme. Usa cuffie con il filo.',
      'two-devices':
        'Suoni in un dispositivo e ascolti da un altro, e i loro orologi non vanno insieme. Questo ' +
        'costa un po’ di ritardo. Se il dispositivo del microfono ha una presa per le cuffie, usa quella.',
    },
  },

  echo: {
    start: 'Senti come suoni',
    opening: 'Mi collego…',
    stop: 'Smetti di sentirti',
    hint: 'Come suoni dopo la strada fino al server e ritorno. Prima metti le cuffie: con gli altoparlanti fischia.',
    noMicrophone: 'Per questo prova prima il microfono.',
    on: 'Ora senti te stesso.',
    measuring: 'Ora senti te stesso. Misuro con quanto ritardo.',
    late: (ms, metres) => `Ti senti ${ms} dopo aver suonato, come a ${metres} di distanza.`,
    ended: 'Il collegamento con il server è finito; dura al massimo un minuto.',
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
          return (
            `Non c’è modo di raggiungere la rete di ${now.name}: non vi sentite. Prova con il cavo, ` +
            'o con l’hotspot di un telefono.'
          );
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

  troubles: {
    told: {
      'microphone-back': () => 'Il tuo microfono è tornato: gli altri ti sentono di nuovo.',
      'microphone-other': (label) =>
        `Ora gli altri ti sentono da un altro microfono: ${label || 'quello scelto dal browser'}.`,
      'microphone-free': () => 'Il tuo microfono è di nuovo libero: gli altri ti sentono.',
      'output-missing': () =>
        'L’altoparlante o le cuffie che avevi scelto non ci sono più: senti gli altri dall’uscita ' +
        'che il computer usa di solito.',
      'output-found': () => 'Senti di nuovo gli altri da dove avevi scelto.',
      'output-back': () => 'Il suono è tornato.',
    },
    resting: {
      'microphone-gone':
        'Gli altri non ti sentono più: il tuo microfono non c’è. Ricollegalo, o scegline un altro ' +
        'nelle opzioni.',
      'microphone-held':
        'Gli altri sentono silenzio da te: una chiamata o un interruttore trattiene il microfono. ' +
        'Chiudi la chiamata, o accendilo.',
      'output-gone':
        'Non senti nessuno: l’altoparlante o le cuffie non ci sono più. Ricollegali, e il suono ' +
        'torna da sé.',
    },
    stopped: {
      title: 'Il suono si è fermato',
      text:
        'Lo ha preso una chiamata, o il sistema: tu non senti gli altri, e loro non sentono te. ' +
        'Continua quando vuoi.',
      start: 'Continua',
    },
    noDevice: {
      title: 'Non c’è nulla su cui suonare',
      text:
        'L’altoparlante o le cuffie non ci sono più: tu non senti gli altri, e loro non sentono ' +
        'te. Ricollegali, e si continua da sé, oppure da qui.',
      start: 'Riprova',
    },
    elsewhere: {
      title: 'Sei in questa stanza in un’altra scheda',
      text:
        'Da qui ne sei fuori, o gli altri ti sentirebbero due volte. Continua nell’altra scheda, ' +
        'o torna in questa.',
      back: 'Torna qui',
    },
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

  pictures: {
    title: 'Immagini',
    of: {
      camera: (name) => name,
      screen: (name) => `La finestra di ${name}`,
    },
    own: { camera: 'Tu', screen: 'La tua finestra' },
    begins: {
      camera: (name) => `${name} ha acceso la videocamera.`,
      screen: (name) => `${name} mostra una finestra.`,
    },
    enlarge: (caption) => `Ingrandisci: ${caption}`,
    smaller: 'Torna alla stanza',
    stop: { camera: 'Spegni la videocamera', screen: 'Smetti di mostrare la finestra' },
    resting: 'In pausa: prima il suono.',
  },

  show: {
    button: 'Video',
    buttonOn: 'Video acceso',
    title: 'Videocamera e finestra',
    camera: {
      on: 'Accendi la videocamera',
      off: 'Spegni la videocamera',
      asking: 'Apro la videocamera…',
      hint: 'Per le mani, l’arco, un sorriso.',
    },
    screen: {
      on: 'Mostra una finestra',
      off: 'Smetti di mostrare la finestra',
      asking: 'Scegli una finestra…',
      hint: 'Per uno spartito: gli altri lo vedono in grande.',
    },
    which: 'Quale videocamera',
    unnamed: (n) => `Videocamera ${n}`,
    soundFirst:
      'Il suono viene prima: se la linea non basta, le immagini si fanno meno nitide o si fermano ' +
      'per un po’.',
  },

  chat: {
    button: 'Chat',
    unread: (count) => `Chat, ${count} ${count === 1 ? 'messaggio nuovo' : 'messaggi nuovi'}`,
    title: 'Chat',
    log: 'Messaggi',
    empty:
      'Scrivi a tutti nella stanza, o lascia un link. Lo legge anche chi arriva dopo, finché non ' +
      'esce l’ultimo di voi.',
    you: 'Tu',
    toldBy: (name) => `riferito da ${name}`,
    field: 'Messaggio per tutti',
    send: 'Invia',
    refused: 'Troppi messaggi in poco tempo. Aspetta un momento, poi invialo di nuovo.',
    written: (name) => `${name} ha scritto nella chat.`,
  },

  stage: {
    label: 'Palcoscenico',
    how:
      'Ogni musicista è un cursore: le frecce lo portano a sinistra o a destra, Home lo rimette al ' +
      'centro, Invio porta al suo volume. L’elenco dei musicisti ha le stesse cose, e altre.',
    hint: 'Trascina qualcuno dove vuoi sentirlo. Premi su di lui per il suo volume.',
    you: 'tu',
    arcs: { 3: 'in due', 6: 'gruppo da camera', 10: 'un’orchestra', 20: 'in fondo alla chiesa' },
    pan: {
      centre: 'al centro',
      littleLeft: 'un po’ a sinistra',
      left: 'a sinistra',
      farLeft: 'tutto a sinistra',
      littleRight: 'un po’ a destra',
      right: 'a destra',
      farRight: 'tutto a destra',
    },
    away: (metres) => `a ${metres}`,
    state: {
      unreachable: 'non raggiungibile',
      lost: 'interrotto',
      waiting: 'in collegamento',
      selfMuted: 'microfono spento',
      muted: 'muto per te',
      silenced: 'fuori dal solo',
      measuring: 'sto misurando',
      patchy: 'a tratti',
    },
  },

  through: {
    start: (name) => `Senti come suoni attraverso ${name}`,
    before: (name) =>
      `Al posto di ${name} senti te stesso, così come arrivi lì; ${name} viene avvertito. Prima ` +
      'metti le cuffie: con gli altoparlanti fischia.',
    begin: 'Ho le cuffie: comincia',
    cancel: 'Annulla',
    asked: (name) => `Lo chiedo al browser di ${name}…`,
    on: (name) => `Senti te stesso attraverso ${name}, per un minuto al massimo.`,
    late: (metres) => ` tra andata e ritorno, come attraverso ${metres} d’aria.`,
    stop: 'Smetti di sentirti',
    refused: (name) =>
      `Non è riuscito: ${name} sta chiedendo la stessa cosa, o ha aperta una pagina più vecchia. ` +
      'Riprova fra un minuto.',
    lends: (name) =>
      `${name} ascolta come suona da te, e per il momento non ti sente. Finisce da sé.`,
    state: 'senti te stesso',
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

  quality: {
    label: 'Come parte il tuo suono',
    name: {
      standard: 'Normale, 16 bit',
      full: 'Piena, 24 bit',
    },
    why: {
      standard: 'Come su un CD. Per ogni collegamento.',
      full: 'Intere anche le note più piano; chiede alla rete la metà in più.',
    },
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

  bench: {
    title: 'Misura questo browser',
    intro:
      'Per quanto tempo il suono viaggia dentro questo browser, quanto costa il motore su questo ' +
      'computer, e che cosa fa la scheda audio. Nulla esce da questa pagina, se non lo mandi tu.',
    advice:
      'Collega il computer alla corrente, chiudi altre schede e altri programmi e tieni questa ' +
      'scheda davanti: a batteria o in secondo piano i browser rallentano la pagina, e i numeri ' +
      'direbbero quello.',
    inside: 'Dentro il browser',
    what: 'Che cosa si misura',
    measurement: {
      loopback: 'Andata interna (loopback)',
      quantum: 'Blocco di suono (quantum)',
      context: 'Contesto audio (context)',
    },
    measurementWhy: {
      loopback: 'da un audio worklet a un altro, via WebRTC dentro questa pagina',
      quantum: 'quanto calcola il motore per un blocco di suono, con 1 fino a 64 flussi',
      context: 'la scheda audio, come la apre il browser',
    },
    seconds: 'Secondi per ogni giro',
    secondsWrong: (least, most) => `Scrivi un numero di secondi da ${least} a ${most}.`,
    nothingChosen: 'Scegli che cosa misurare.',
    takes: (time) => `Ci vogliono circa ${time}. Non si sente alcun suono.`,
    start: 'Misura',
    cancel: 'Annulla',
    measuring: (measurement) => `Sto misurando: ${measurement}.`,
    left: (time) => `mancano circa ${time}`,
    progress: 'A che punto è la misura',
    cancelled: 'Annullato. Non è rimasto nulla.',
    done: 'Misura finita. I risultati sono qui sotto.',
    blockedTitle: 'Il browser aspetta un clic',
    blocked: 'I browser non aprono l’audio finché non fai clic. Premi il pulsante, e si comincia.',
    failed: (message) => `La misura si è interrotta. Il browser dice: ${message}`,

    wrongTitle: 'Questo indirizzo chiede qualcosa che non c’è. Non è stato misurato nulla.',
    wrong: {
      name: (parameter, given, possible) =>
        `${parameter} non può essere «${given}». Qui può essere: ${possible}.`,
      number: (parameter, given, least, most) =>
        `${parameter} non può essere «${given}». Vuole un numero da ${least} a ${most}.`,
      path: (parameter, given) =>
        `${parameter} non può essere «${given}». Vuole un percorso di questo server che comincia con /.`,
    },

    results: 'Risultati',
    hidden:
      'Per un po’ questa scheda è stata in secondo piano. I browser rallentano pagine così: misura ' +
      'di nuovo con la scheda davanti, se non volevi sapere proprio questo.',
    failures: 'Che cosa non si è potuto misurare',
    download: 'Scarica il JSON',
    copy: 'Copia il JSON',
    copied: 'Il JSON è copiato.',
    copyFailed: 'Il browser non ha lasciato copiare la pagina. Prendi il JSON qui sotto.',
    post: (path) => `Manda a ${path}`,
    posting: (path) => `Mando a ${path}…`,
    posted: (path) => `Mandato a ${path}.`,
    postRefused: (path, status) => `${path} non l’ha preso: il server ha risposto ${status}.`,
    postFailed: (path) =>
      `Non si è potuto mandare a ${path}: il server non risponde. Riprova, o scaricalo.`,
    json: 'Il JSON',
    legend: 'Che cosa dicono le colonne',
    yes: 'sì',
    no: 'no',
    frames: 'campioni',

    loop: 'Trasporto, carico',
    loopTimes: 'Andata interna: quanto tempo',
    loopCounts: 'Andata interna: quanti',
    columns: {
      latencyFrames: {
        label: 'Latenza',
        unit: 'campioni',
        why:
          'dal worklet che prende il suono al worklet che lo suona, di ogni campione uscito com’era ' +
          'entrato. Esatta: ogni campione del suono di prova dice il suo numero.',
      },
      latency: { label: 'Latenza', unit: 'ms', why: 'la stessa in millisecondi.' },
      hop: {
        label: 'Salto in rete',
        unit: 'ms',
        why:
          'dal blocco che ha completato un pacchetto al suo arrivo nel thread di rete dell’altra ' +
          'parte. Comprende il ritardo con cui il browser ha chiesto quel blocco. Se la scheda ' +
          'audio inciampa, inciampano anche gli orologi: un salto può perfino essere negativo.',
      },
      interval: {
        label: 'Intervallo',
        unit: 'ms',
        why: 'fra l’arrivo di un pacchetto e il successivo. Un pacchetto di 128 campioni dura 2,67 ms.',
      },
      smallestDelay: {
        label: 'Attesa minima',
        unit: 'ms',
        why:
          'la minima attesa costante fra presa ed esecuzione con cui ogni pacchetto arrivato ' +
          'sarebbe stato in tempo.',
      },
      wakeUp: {
        label: 'Risvegli',
        unit: 'ms',
        why:
          'di quanto si è svegliato in ritardo, nel frattempo, un thread che dorme soltanto, un ' +
          'blocco alla volta: ciò che la macchina fa a qualunque programma. Con meno, nessuna ' +
          'attesa può essere senza buchi.',
      },
      received: { label: 'Ricevuti', unit: 'pacchetti', why: 'quelli arrivati.' },
      lost: { label: 'Persi', unit: 'pacchetti', why: 'quelli mai arrivati.' },
      late: {
        label: 'In ritardo',
        unit: 'pacchetti',
        why: 'arrivati quando dovevano già suonare.',
      },
      dropped: { label: 'Non inviati', unit: 'pacchetti', why: 'perché l’uscita era piena.' },
      concealed: {
        label: 'Ricostruiti',
        unit: 'campioni',
        why: 'inventati dal motore, fra quelli da suonare.',
      },
      unclear: {
        label: 'Incerti',
        unit: 'campioni',
        why: 'sentiti, ma non com’erano: ricostruiti, interpolati o sfumati.',
      },
      jumps: { label: 'Salti', unit: 'volte', why: 'che il punto di ascolto è saltato.' },
      underruns: {
        label: 'A secco',
        unit: 'volte',
        why: 'che la scheda audio è rimasta senza suono. Pochi browser lo dicono.',
      },
      packet: { label: 'Pacchetto', unit: 'campioni', why: 'in ogni pacchetto.' },
      quantum: { label: 'Blocco', unit: 'campioni', why: 'che il browser chiede in una volta.' },
      cost: {
        label: 'Tempo',
        unit: 'µs',
        why:
          'impiegato da un blocco, con tutti i pacchetti arrivati prima. La media è esatta; ogni ' +
          'singolo valore è grossolano quanto l’orologio.',
      },
      share: {
        label: 'Del tempo disponibile',
        unit: '%',
        why: 'lo stesso, come parte del tempo che dura un blocco. A 100 % c’è un buco.',
      },
      quanta: { label: 'Blocchi', unit: 'contati', why: 'in questa riga.' },
      clock: { label: 'Orologio', unit: 'µs', why: 'i passi dell’orologio del worker.' },
    },
    quantileTerms: {
      quantiles: 'metà, 95 % e 99 % dei valori non li superano.',
      nothing: 'nulla è stato misurato, o questo browser non lo dice.',
    },
    loopTerms: {
      'worker/ring': 'la rete in un worker, con memoria condivisa verso l’audio worklet.',
      'worker/port': 'la rete in un worker, con messaggi verso l’audio worklet.',
      main: 'la rete nel thread principale, come nei browser più vecchi.',
      idle: 'la pagina non fa altro.',
      busy: 'il thread principale lavora per 30 ms ogni 100.',
      garbage: 'il thread principale produce circa 100 MB di rifiuti al secondo.',
    },
    ranges: 'Latenza e salto, ms: il segno è p50, la barra arriva a p99, la linea al massimo',
    latency: 'latenza',
    hop: 'salto',
    rangesSummary: (least, leastName, most, mostName) =>
      `Le latenze mediane vanno da ${least} con ${leastName} a ${most} con ${mostName}. La tabella ha tutti i valori.`,
    rangesNothing: 'Non si è sentito nessun giro.',

    streams: 'Flussi',
    mean: 'media',
    state: { playing: 'suona', concealing: 'ricostruisce' },
    quantumCaption: (frames, us) => `Un blocco di ${frames} campioni, che dura ${us} µs`,
    quantumTerms: {
      playing: 'nulla va perso.',
      concealing: 'solo i blocchi in cui tutti i flussi insieme rimediano a un pacchetto perso.',
    },
    costs:
      'Parte del tempo disponibile, per numero di flussi: il punto è la media, la linea arriva a p99',
    budget: 'disponibile',
    costsSummary: (name, share) =>
      `Il caso più caro, ${name}, prende in media ${share} del tempo. La tabella ha tutti i valori.`,
    costsNothing: 'Nessun blocco ha preso un tempo che l’orologio di questo browser sappia dire.',

    facts: {
      userAgent: { label: 'Il browser', why: 'come si chiama da sé' },
      processors: { label: 'Processori', why: 'quelli logici, come li dice il browser' },
      isolated: {
        label: 'Isolata',
        why: 'se memoria condivisa e orologio più fine sono concessi (crossOriginIsolated)',
      },
      clock: { label: 'Orologio', why: 'i passi dell’orologio del thread principale' },
      began: { label: 'Inizio', why: 'data e ora, UTC' },
      sampleRate: { label: 'Frequenza di campionamento', why: 'quella della scheda audio' },
      quantum: { label: 'Blocco', why: 'quanto il browser chiede in una volta' },
      quantumChoice: {
        label: 'Blocco a scelta',
        why: 'se il browser accetta un desiderio (renderSizeHint)',
      },
      baseLatency: { label: 'Latenza di base', why: 'il buffer del browser' },
      outputLatency: {
        label: 'Latenza d’uscita',
        why: 'fino all’altoparlante, come la stima il browser',
      },
      playback: { label: 'Riproduzione', why: 'quante volte e per quanto è mancato il suono' },
      playbackLatency: {
        label: 'Latenza di riproduzione',
        why: 'minima / media / massima, come la conta il browser',
      },
    },
    browser: 'Il browser',
    context: 'Contesto audio',
    playback: (seconds, events, ms) => `${seconds} s, ${events} volte a secco, ${ms} ms`,

    acoustic: {
      title: 'Attraverso l’aria',
      intro:
        'Dall’altoparlante al microfono, attraverso tutti i buffer delle due vie. Servi tu, per ' +
        'sei secondi:',
      steps: [
        'Altoparlanti accesi, cuffie staccate.',
        'Alza il volume fino a quello di una voce accanto a te; i suoni di prova sono forti.',
        'Metti il microfono vicino, e fai silenzio finché suona.',
      ],
      microphone:
        'Ascolta il microfono che hai scelto l’ultima volta in una stanza, altrimenti quello del browser.',
      start: 'Suona la prova',
      playing: 'Suono e ascolto…',
      progress: 'A che punto è il giro',
      result: (ms, frames, rate) =>
        `Andata e ritorno prendono ${ms} (${frames} campioni a ${rate} Hz).`,
      nothing: 'La prova non si è sentita: non c’è un numero.',
      verdict: {
        good: 'Ci si può fidare.',
        uncertain: 'Non tutte le prove concordano: prendilo con prudenza, e riprova.',
        'not-heard': 'Cambia qualcosa, e riprova.',
      },
      advice: {
        silent: 'Dal microfono non viene proprio nulla: è spento, o ne serve un altro?',
        'processing-on':
          'Il browser tiene accesa la sua elaborazione della voce, che inghiotte la prova e prende ' +
          'tempo. Spegnila nelle impostazioni del browser o del sistema.',
        'too-loud': 'È distorto: abbassa l’altoparlante o il microfono.',
        unsteady: 'Il tempo è cambiato durante la prova: chiudi gli altri programmi.',
        noisy: 'La stanza è troppo rumorosa: aspetta un momento di quiete.',
        'too-quiet': 'La prova si sente appena: alza l’altoparlante, o avvicina il microfono.',
      },
      noMicrophone:
        'Senza microfono non c’è andata e ritorno. Concedilo o collegane uno, poi riprova.',
      cancelled: 'Annullato.',
      facts: {
        confidence: { label: 'Fiducia', why: 'da 0 a 100 %; buona da 75 %' },
        agreeing: { label: 'Concordi', why: 'prove che concordano entro 2 ms' },
        each: { label: 'Ogni prova', why: 'nell’ordine in cui sono state suonate' },
        spread: { label: 'Dispersione', why: 'la più lunga meno la più corta delle concordi' },
        snr: { label: 'Segnale e rumore', why: 'l’arrivo della prova sopra tutto il resto' },
        peak: { label: 'Picco', why: 'il suono più forte dal microfono' },
        baseLatency: { label: 'Latenza di base', why: 'il buffer del browser, come lo dichiara' },
        outputLatency: { label: 'Latenza d’uscita', why: 'fino all’altoparlante, dichiarata' },
        inputLatency: { label: 'Latenza d’ingresso', why: 'del microfono, dichiarata' },
      },
      details: 'In numeri',
      of: (part, whole) => `${part} su ${whole}`,
    },
  },

  errors: {
    'insecure-origin': () => ({
      title: 'L’indirizzo non è sicuro',
      text:
        'I browser danno microfono e suono solo alle pagine https: da qui non puoi suonare. Metti ' +
        'https:// davanti al link.',
    }),
    'browser-too-old': (detail) => ({
      title: 'A questo browser manca qualcosa che serve a Tutti',
      text:
        (detail ? `Manca: ${detail}. ` : '') +
        'Senza, qui non c’è suono. Chrome, Edge, Firefox e Safari, se aggiornati, ce l’hanno.',
    }),
    'context-blocked': () => ({
      title: 'Il browser aspetta un clic',
      text: 'Fino ad allora non senti nessuno. Fai clic in un punto qualsiasi della pagina.',
    }),
    'engine-failed': (detail) => ({
      title: 'Il suono non è partito',
      text:
        'Non sentiresti nessuno, e nessuno te. Ricarica la pagina. Se succede di nuovo, prova un altro browser.' +
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
      text: 'Gli altri non potrebbero sentirti. Collegane uno, o scegline un altro, poi riprova.',
    }),
    'microphone-busy': () => ({
      title: 'Il microfono è occupato da un altro programma',
      text:
        'Gli altri non potrebbero sentirti. Chiudi la chiamata o il registratore che lo usa, poi ' +
        'riprova.',
    }),
    'microphone-failed': (detail) => ({
      title: 'Il microfono non è partito',
      text:
        'Gli altri non potrebbero sentirti. Scollegalo e ricollegalo, o scegline un altro.' +
        (detail ? ` Il browser dice: ${detail}.` : ''),
    }),
    'camera-denied': () => ({
      title: 'Il browser non concede la videocamera a questa pagina',
      text: 'La musica va avanti senza. Per farti vedere, concedila accanto all’indirizzo, in alto, poi riprova.',
    }),
    'camera-dismissed': () => ({
      title: 'La domanda sulla videocamera è rimasta senza risposta',
      text: 'Riprova, e scegli «Consenti» quando il browser lo chiede.',
    }),
    'camera-missing': () => ({
      title: 'Non c’è nessuna videocamera',
      text: 'La musica va avanti senza. Per farti vedere, collegane una, poi riprova.',
    }),
    'camera-busy': () => ({
      title: 'La videocamera è occupata da un altro programma',
      text: 'Chiudi la chiamata o il programma che la usa, poi riprova.',
    }),
    'camera-failed': (detail) => ({
      title: 'La videocamera non è partita',
      text:
        'Scollegala e ricollegala, o scegline un’altra.' +
        (detail ? ` Il browser dice: ${detail}.` : ''),
    }),
    'screen-dismissed': () => ({
      title: 'Non è stata scelta nessuna finestra',
      text:
        'Riprova, e scegli la finestra con lo spartito. Se non è comparsa nessuna domanda, il sistema ' +
        'non lascia vedere lo schermo al browser: consentilo nelle impostazioni della privacy.',
    }),
    'screen-unsupported': () => ({
      title: 'Questo browser non può mostrare una finestra',
      text: 'Telefoni e tablet non possono. Su un computer possono Chrome, Edge, Firefox e Safari.',
    }),
    'screen-failed': (detail) => ({
      title: 'La finestra non si è potuta mostrare',
      text: 'Riprova, o scegline un’altra.' + (detail ? ` Il browser dice: ${detail}.` : ''),
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
      text: 'Senza, non trovi gli altri. Controlla di essere in rete, poi riprova.',
    }),
    'peer-unreachable': () => ({
      title: 'Non c’è modo di raggiungere gli altri',
      text:
        'La tua rete non lascia passare un collegamento diretto: non vi sentireste. Prova con il ' +
        'cavo, o con l’hotspot di un telefono.',
    }),
    'rate-limited': () => ({
      title: 'Troppi tentativi in poco tempo',
      text: 'Aspetta un minuto, poi riprova.',
    }),
    'output-missing': () => ({
      title: 'Queste cuffie o questo altoparlante non ci sono',
      text: 'Intanto il suono esce da dove sceglie il browser. Ricollegali, o scegli altro.',
    }),
    'output-failed': (detail) => ({
      title: 'Il browser non riesce a suonare lì',
      text:
        'Il suono resta dov’era. Scegli altro, o scegli nelle impostazioni del sistema.' +
        (detail ? ` Il browser dice: ${detail}.` : ''),
    }),
    'echo-unavailable': () => ({
      title: 'Questo server non rimanda a nessuno il suo suono',
      text: 'Nella stanza puoi sentire come suoni attraverso un altro musicista.',
    }),
    'echo-unreachable': () => ({
      title: 'Il suono non arriva fino al server',
      text:
        'Agli altri musicisti forse arriva. Se no, la tua rete non lascia passare il suono: prova ' +
        'con un cavo, o con l’hotspot di un telefono.',
    }),
    'signalling-failed': () => ({
      title: 'Il collegamento con la stanza non è riuscito',
      text: 'Riprova tra un momento.',
    }),
  },
};
