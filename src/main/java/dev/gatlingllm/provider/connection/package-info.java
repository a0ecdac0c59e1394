/**
 * Rules for every HTTP connection, whichever client opens it: one time limit for opening it, the
 * look-up of names included, and one answer for each request.
 */
package dev.gatlingllm.provider.connection;
