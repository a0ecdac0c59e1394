package dev.gatlingllm.prompt;

/** Parts of speech in the word list. */
enum WordKind {
  NOUN,
  VERB,
  ADJECTIVE,
  ADVERB,
  DETERMINER,
  PREPOSITION,
  CONJUNCTION
}
