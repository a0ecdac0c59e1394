/**
 * Secrets that this process knows and prompts of its calls, none of which may be written down.
 * Where a key may be sent is the rule of {@code provider.ServiceAddress}. The lowest floor of the
 * project: it uses the JDK only, and every package may use it.
 */
package dev.gatlingllm.secret;
