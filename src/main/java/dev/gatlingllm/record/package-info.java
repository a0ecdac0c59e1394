/** What is written for one call and for one run, with its writer and its reader. No Gatling. */
package dev.gatlingllm.record;
