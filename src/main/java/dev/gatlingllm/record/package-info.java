/**
 * What is written for one call and for one run, with its writer and its reader: instants and counts
 * as they came. The measures made of them are in {@code stats}. No Gatling.
 */
package dev.gatlingllm.record;
