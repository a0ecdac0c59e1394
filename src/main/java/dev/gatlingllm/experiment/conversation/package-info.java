/** Conversations and agent sessions: made up to a size, or recorded. */
package dev.gatlingllm.experiment.conversation;
