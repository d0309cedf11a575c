import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const

/** Everything the page consists of, by name: what is not listed is not served, whatever lies in the folder. */
const FILES = [
  'index.html',
  'style.css',
  'card.css',
  'icon.svg',
  'app.js',
  'board.js',
  'card.js',
  'combobox.js',
  'composer.js',
  'connection.js',
  'dom.js',
  'form.js',
  'memory.js',
  'pane.js',
  'picker.js',
  'talk.js',
  'thread.js',
  'words.js',
] as const

export type Asset = Readonly<{ body: string; type: string; etag: string }>

export function readAssets(): ReadonlyMap<string, Asset> {
  return new Map(FILES.map((name) => [name, readAsset(name)]))
}

function readAsset(name: (typeof FILES)[number]): Asset {
  const body = readFileSync(new URL(`public/${name}`, import.meta.url), 'utf8')
  const ending = name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`
  return { body, type: TYPES[ending], etag }
}
