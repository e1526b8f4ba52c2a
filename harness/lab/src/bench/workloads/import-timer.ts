// A process that loads the modules whose URLs it is given, and prints what that took, in ms, as JSON.
import { loadModule } from '../load-module.js';

const cpu = process.cpuUsage();
const began = performance.now();
for (const url of process.argv.slice(2)) await loadModule(url);
const wall = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ cpu: (user + system) / 1000, wall }));
