/** A sign that stands alone, or the word. */
export const URGENT =
  /(?<!\S)!+(?!\S)|(?<![\p{L}\d])(?:очень срочно|срочно|срочн(?:ый|ая|ое)|very urgent|urgently|urgent|asap|important)(?![\p{L}\d])!*/gu
