/**
 * Readers of the files that users bring: traces, messages, payloads, questions, attachments. Each
 * refuses a bad line with its file, number, value and what is accepted.
 */
package dev.gatlingllm.input;
