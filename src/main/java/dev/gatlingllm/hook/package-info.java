/** What a user's own code may do before and after a run and a call. Knows no Gatling. */
package dev.gatlingllm.hook;
