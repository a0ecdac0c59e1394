/**
 * Reads the JSON of a chunk for a hundredth of what it costs to receive it. For chunks only: all
 * else is Jackson's.
 */
package dev.gatlingllm.provider.json;
