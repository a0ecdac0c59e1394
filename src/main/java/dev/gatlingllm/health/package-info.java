/**
 * How the client itself was while a run went on, and the verdict on it: what delays it adds, how
 * busy its loops, processors and collector are, and whether its numbers can be trusted. No Gatling,
 * no SDK.
 */
package dev.gatlingllm.health;
