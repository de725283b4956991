import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { roomPages } from './vite/room-pages.js';

/** Where `vite dev` finds the signalling server. */
const SERVER = process.env['TUTTI_SERVER'] ?? 'http://localhost:8000';

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [roomPages()],
  build: {
    target: 'es2022',
    // The pages live under a strict Content-Security-Policy: nothing inline, no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: true,
    rolldownOptions: {
      input: {
        index: resolve(import.meta.dirname, 'index.html'),
        room: resolve(import.meta.dirname, 'room.html'),
        bench: resolve(import.meta.dirname, 'bench.html'),
      },
    },
  },
  server: {
    // The host stays ours: the server wants pages and requests to be of one origin.
    proxy: { '/api': { target: SERVER }, '/socket.io': { target: SERVER, ws: true } },
  },
});
