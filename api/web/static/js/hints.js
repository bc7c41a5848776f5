// What a hint says of a field of the document, in the words of the form where it is set.

const FORM_WORDS = [
  ["set limits.oversize to split or share", "choose “Split them” or “Share them” for places too heavy for one rep"],
  ["set limits.hours to off", "untick “A rep's selling hours cap the workload”"],
  ["set limits.home to free", "untick “A territory holds the home of its rep”"],
  ["set neighbours.bridges to nearest", "tick “Link islands to the nearest shore”"],
  ["or limits.contiguity to off", "or choose “May be scattered”"],
];

export const inFormWords = (text) => FORM_WORDS.reduce((told, [field, words]) => told.replace(field, words), text);
