/**
 * The settings of a run: {@code reference.conf}, {@code llm.conf}, the environment and {@code
 * -Dllm.…}, read once, checked, and handed out as records.
 */
package dev.gatlingllm.config;
