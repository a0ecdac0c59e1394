/** Answers of applications: JSON, events or plain text, read by paths that the user names. */
package dev.gatlingllm.provider.app;
