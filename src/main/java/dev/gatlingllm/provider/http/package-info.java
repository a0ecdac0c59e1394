/**
 * What the providers that speak HTTP and the chat-completions format have in common: the transport,
 * the decoders of the answer, and the headers. Knows no vendor's SDK.
 */
package dev.gatlingllm.provider.http;
