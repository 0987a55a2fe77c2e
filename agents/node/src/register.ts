// The `--import` entry: `node --import @sonde/agent app.js`.
import { enable } from './index.ts';

enable();
