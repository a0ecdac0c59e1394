package dev.gatlingllm.simulator.wire;

/**
 * The beginning of a conversation, as a prompt cache knows it.
 *
 * @param tokens how many tokens it has
 * @param hash of the model and of every token
 */
public record CachePrefix(int tokens, long hash) {}
