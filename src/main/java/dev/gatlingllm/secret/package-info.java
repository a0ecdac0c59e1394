/**
 * What must not be written down: the secrets that this process knows and the prompts of its calls.
 * The lowest floor of the project: it uses the JDK only, and every package may use it.
 */
package dev.gatlingllm.secret;
