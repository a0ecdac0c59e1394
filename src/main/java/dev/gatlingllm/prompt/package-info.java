/** Prompts of a given number of tokens, and the tokenizers that count them. */
package dev.gatlingllm.prompt;
