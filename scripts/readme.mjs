/** `npm run readme`: writes the configuration table of README.md from the configuration class. */
import { readFileSync, writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { configurationTable } from '../dist/src/config/readme-table.js';

const BETWEEN = /(<!-- configuration[^>]*-->\n)[\s\S]*?(<!-- \/configuration -->)/;
writeFileSync('README.md', readFileSync('README.md', 'utf8').replace(BETWEEN, `$1${configurationTable()}\n$2`));
