import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { Router, type Response } from 'express';

/** Every page there is: where it is reached and which file of the Vite build it is. */
export const PAGES: readonly { path: string; file: string; secret?: true }[] = [
  { path: '/', file: 'index.html' },
  { path: '/bench', file: 'bench.html' },
  // Also for a room that is gone or a link that lost a letter: the page itself says so, in the
  // musician's language. The address is the key to the room, so no search engine should keep it.
  { path: '/r/:room', file: 'room.html', secret: true },
];

/** The files of the table that the build does not have. */
export function missingPages(directory: string): string[] {
  return PAGES.map((page) => page.file).filter((file) => !existsSync(join(directory, file)));
}

const NOT_FOUND = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Not found</title>
<h1>There is no page here</h1>
<p><a href="/">Start a room</a></p>
</html>
`;

const YEAR_SECONDS = 365 * 24 * 3600;

/** Serves the built pages and what belongs to them. */
export function pages(directory: string): Router {
  const router = Router();
  // Nothing here is secret or told by a request, so that its length could give anything away.
  router.use(compression());

  for (const { path, file, secret } of PAGES) {
    router.get(path, (_request, response, next) => {
      if (secret) response.set('X-Robots-Tag', 'noindex');
      revalidate(response);
      response.sendFile(file, { root: directory, cacheControl: false }, (error) => {
        if (error && !response.headersSent) next(error);
      });
    });
  }

  // Vite puts a hash of the content into these names, so a name never changes its content.
  router.use(
    '/assets',
    express.static(join(directory, 'assets'), {
      index: false,
      redirect: false,
      setHeaders: (response) =>
        response.set('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`),
    }),
  );

  // Icons and the like, under names of their own. Pages have their addresses above and no others.
  const others = express.static(directory, {
    index: false,
    redirect: false,
    setHeaders: revalidate,
  });
  router.use((request, response, next) => {
    if (request.path.endsWith('.html')) next();
    else others(request, response, next);
  });

  return router;
}

/** "no-cache" keeps a copy but asks each time whether it is still right. */
function revalidate(response: Response): void {
  response.set('Cache-Control', 'no-cache');
}

export function pageNotFound(response: Response): void {
  response.status(404).type('html').set('Cache-Control', 'no-store').send(NOT_FOUND);
}
