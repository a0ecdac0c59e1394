/** What is logged and printed passes the gate, whatever the user's logging configuration says. */
package dev.gatlingllm.log;
