import { enableCompileCache } from 'node:module';

// Loaded before a command (`--import`): what Node has stripped and compiled once is kept in the folder for temporary files, which
// takes a third off the time of a short command.
enableCompileCache();
