import { prepare, stopWith } from './prepare.mjs';

await prepare().catch(stopWith);
