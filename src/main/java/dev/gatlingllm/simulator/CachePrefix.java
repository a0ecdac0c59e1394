package dev.gatlingllm.simulator;

/**
 * The beginning of a conversation, as a prompt cache knows it.
 *
 * @param tokens how many tokens it has
 * @param hash of the model and of every token
 */
record CachePrefix(int tokens, long hash) {}
