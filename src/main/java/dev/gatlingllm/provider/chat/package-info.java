/** The chat completions and Responses APIs: request bodies, and readers of their answers. */
package dev.gatlingllm.provider.chat;
