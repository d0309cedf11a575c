/** A flaw that was made public in a library, and the first version of that line without it. */
export type Advisory = Readonly<{
  library: string
  /** The affected versions begin here; everything below `fixed` when absent. */
  from?: string
  fixed: string
  severity: 'critical' | 'high'
  id: string
}>

/**
 * What is known of the libraries in our lock file and of those that they have been built on, kept here so that it can be
 * compared without a network. Add a line when another one becomes known; `npm audit` asks the registry, where it may.
 */
export const ADVISORIES: readonly Advisory[] = [
  {
    library: '@slack/bolt',
    fixed: '4.7.3',
    severity: 'critical',
    id: 'signature not checked: ssl_check, empty secret',
  },
  { library: '@slack/web-api', fixed: '8.0.0', severity: 'high', id: 'tokens in debug logs' },
  { library: 'body-parser', fixed: '1.20.3', severity: 'high', id: 'CVE-2024-45590' },
  { library: 'form-data', from: '4.0.0', fixed: '4.0.4', severity: 'critical', id: 'CVE-2025-7783' },
  { library: 'hono', fixed: '4.11.4', severity: 'high', id: 'CVE-2026-22817' },
  { library: 'js-yaml', from: '4.0.0', fixed: '4.1.1', severity: 'high', id: 'CVE-2025-64718' },
  { library: 'jsonwebtoken', fixed: '9.0.0', severity: 'high', id: 'CVE-2022-23540' },
  { library: 'jws', from: '4.0.0', fixed: '4.0.1', severity: 'high', id: 'CVE-2025-65945' },
  { library: 'lodash', fixed: '4.17.21', severity: 'high', id: 'CVE-2021-23337' },
  { library: 'minimist', fixed: '1.2.6', severity: 'critical', id: 'CVE-2021-44906' },
  { library: 'moment', fixed: '2.29.4', severity: 'high', id: 'CVE-2022-31129' },
  { library: 'mysql2', fixed: '3.9.8', severity: 'critical', id: 'CVE-2024-21508, CVE-2024-21511' },
  { library: 'node-fetch', fixed: '2.6.7', severity: 'high', id: 'CVE-2022-0235' },
  { library: 'path-to-regexp', from: '4.0.0', fixed: '8.0.0', severity: 'high', id: 'CVE-2024-45296' },
  { library: 'pg', fixed: '7.1.2', severity: 'critical', id: 'CVE-2017-16082' },
  { library: 'qs', fixed: '6.14.1', severity: 'high', id: 'CVE-2025-15284' },
  { library: 'vitest', from: '3.0.0', fixed: '3.0.5', severity: 'critical', id: 'CVE-2025-24964' },
  { library: 'ws', from: '8.0.0', fixed: '8.17.1', severity: 'high', id: 'CVE-2024-37890' },
]
