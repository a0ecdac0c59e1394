/** Makes all that is logged and printed pass the gate, whatever the user's configuration says. */
package dev.gatlingllm.log;
