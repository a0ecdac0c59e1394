/**
 * How the client itself is while a run goes on: what delays it adds, and how busy its loops,
 * processors and collector are. No Gatling, no SDK.
 */
package dev.gatlingllm.health;
