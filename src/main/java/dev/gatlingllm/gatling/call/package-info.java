/** A call as a simulation describes it, and what it sees of the answer. */
package dev.gatlingllm.gatling.call;
