/** The packets that we send: as many frames as today's browsers render at a time. */
export const PACKET_FRAMES = 128;
/** The wire's and the engine's, whatever the context's rate. */
const FRAMES_PER_MS = 48;
export const PACKET_MS = PACKET_FRAMES / FRAMES_PER_MS;
