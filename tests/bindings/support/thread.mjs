// Runs the TypeScript module that workerData.module names in a worker thread: there, Node 20 heeds
// no `--import tsx`.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
