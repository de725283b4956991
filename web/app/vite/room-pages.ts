/** While developing: `/r/ROOM` shows room.html, as our server does. */
import type { Plugin } from 'vite';

export function roomPages(): Plugin {
  return {
    name: 'room-pages',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url?.startsWith('/r/')) request.url = '/room.html';
        next();
      });
    },
  };
}
