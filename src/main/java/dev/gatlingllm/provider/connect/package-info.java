/** What opening a connection may take: one time limit, and the look-up of names inside it. */
package dev.gatlingllm.provider.connect;
